//! How pieces of Rust are laid out that are longer than a line, or look like something else.

use expect_test::{Expect, expect};

use super::super::code::doc;
use super::super::quote::quote;
use super::super::tokens::TokenStream;
use super::file;

fn check(items: &TokenStream, expected: Expect) {
    let text = file("Items.", "a test", "", items);
    let (_, items) = text.split_once("Do not edit.\n\n").expect("a head");
    syn::parse_file(items).unwrap_or_else(|error| panic!("{error} in:\n{items}"));
    expected.assert_eq(items);
}

#[test]
fn chains_and_calls_break_where_they_are_too_long() {
    check(
        &quote! {
            fn f() {
                let row: Row = cx.get(&GET_ROW_BY_PLAYER_AND_NAME, &[caller.param(), args.name.param()]).await?.ok_or(GONE)?;
                cx.call(&other::FunctionArgs { item: args.item, amount: args.amount }).await?;
                a.b = c.d + e[0].f - (1..).g(|x| x * 2, move |(a, _): (i64, i64)| { return a; });
            }
        },
        expect![[r#"
            fn f() {
                let row: Row = cx
                    .get(&GET_ROW_BY_PLAYER_AND_NAME, &[caller.param(), args.name.param()])
                    .await?
                    .ok_or(GONE)?;
                cx.call(
                        &other::FunctionArgs {
                            item: args.item,
                            amount: args.amount,
                        },
                    )
                    .await?;
                a.b = c.d + e[0].f
                    - (1..)
                        .g(
                            |x| x * 2,
                            move |(a, _): (i64, i64)| {
                                return a;
                            },
                        );
            }
        "#]],
    );
}

#[test]
fn blocks_stand_on_lines_of_their_own() {
    check(
        &quote! {
            fn f() {
                let Some(&row) = rows.get(0) else { return Err(GONE.into()); };
                if let Some(row) = found { use_it(row); }
                let n = if a < -1 && !b { vec![1, 2] } else { match c { None | Some(_) => Vec::new() } };
                for (at, Row { a, b: _, .. }) in &rows {
                    match a {
                        Kind::A => { continue; }
                        Kind::B => { other }
                        Kind::C => (),
                        _ => return Err(a_name_that_is_longer::THAN_WHAT_A_LINE_HAS_LEFT.with(&a, &b).into()),
                    }
                }
                rows.iter().map(|row| { let b = row.b as f64; b }).collect::<Vec<_>>()
            }
        },
        expect![[r#"
            fn f() {
                let Some(&row) = rows.get(0) else {
                    return Err(GONE.into());
                };
                if let Some(row) = found {
                    use_it(row);
                }
                let n = if a < -1 && !b {
                    vec![1, 2]
                } else {
                    match c {
                        None | Some(_) => Vec::new(),
                    }
                };
                for (at, Row { a, b: _, .. }) in &rows {
                    match a {
                        Kind::A => {
                            continue;
                        }
                        Kind::B => other,
                        Kind::C => {}
                        _ => {
                            return Err(
                                a_name_that_is_longer::THAN_WHAT_A_LINE_HAS_LEFT.with(&a, &b).into(),
                            );
                        }
                    }
                }
                rows.iter()
                    .map(|row| {
                        let b = row.b as f64;
                        b
                    })
                    .collect::<Vec<_>>()
            }
        "#]],
    );
}

#[test]
fn items_of_a_kind_stand_together() {
    let docs = doc("Rows.\n\nOf a \"table\".");
    check(
        &quote! {
            use aliya_runtime::prelude::*;
            use crate::a;
            use crate::enums::{A, B};
            #docs
            #[derive(Clone, Table)]
            #[table(name = "bag_row")]
            pub struct Row { pub a: Vec<Vec<i64>>, #[column(min = -1, max = 5)] pub b: (i64,) }
            pub struct Pair(pub i64, pub Option<&'static str>);
            enum Kind { A, B }
            trait Runs: Send + 'static { fn run<'a>(&'a self, cx: &'a mut Cx<'_>) -> Boxed<'a, ()>; }
            #[manager(name = "a_manager_of_a_long_name", port = 9000, schema = [CREATE_ROW, CREATE_PAIR])]
            impl<R: Runs> Other for R {
                fn a() {}
                pub async fn b(self, r: &mut [R]) -> Option<(i64, R)> { Some((1, r[0] as i64)) }
            }
        },
        expect![[r#"
            use aliya_runtime::prelude::*;

            use crate::a;
            use crate::enums::{A, B};

            /// Rows.
            ///
            /// Of a "table".
            #[derive(Clone, Table)]
            #[table(name = "bag_row")]
            pub struct Row {
                pub a: Vec<Vec<i64>>,
                #[column(min = -1, max = 5)]
                pub b: (i64,),
            }

            pub struct Pair(pub i64, pub Option<&'static str>);

            enum Kind {
                A,
                B,
            }

            trait Runs: Send + 'static {
                fn run<'a>(&'a self, cx: &'a mut Cx<'_>) -> Boxed<'a, ()>;
            }

            #[manager(
                name = "a_manager_of_a_long_name",
                port = 9000,
                schema = [
                    CREATE_ROW,
                    CREATE_PAIR,
                ],
            )]
            impl<R: Runs> Other for R {
                fn a() {}

                pub async fn b(self, r: &mut [R]) -> Option<(i64, R)> {
                    Some((1, r[0] as i64))
                }
            }
        "#]],
    );
}
