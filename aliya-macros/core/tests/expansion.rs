//! What the macros expand to, as a reader of `cargo expand` would see it.

use aliya_macros_core::expand::{self, Expanded};
use expect_test::{Expect, expect};
use proc_macro2::TokenStream;
use quote::quote;

fn check((tokens, errors): Expanded, expected: Expect) {
    assert!(errors.is_empty(), "{errors:?}");
    let file = syn::parse2(tokens).expect("an expansion is items");
    expected.assert_eq(&prettyplease::unparse(&file));
}

/// The expansions of two derives of one struct.
fn both((mut tokens, mut errors): Expanded, (others, more): Expanded) -> Expanded {
    tokens.extend(others);
    errors.extend(more);
    (tokens, errors)
}

#[test]
fn a_table() {
    let item = quote! {
        #[table(name = "supply")]
        pub struct Supply {
            pub player: PlayerId,
            #[column(min = 0, max = 1000)]
            pub amount: i64,
            #[column(name = "type")]
            pub r#type: Option<String>,
            #[column(min = -1)]
            pub weight: f64,
        }
    };
    check(
        expand::table(item),
        expect![[r##"
            #[automatically_derived]
            #[allow(clippy::question_mark)]
            impl ::aliya_runtime::db::Checked for Supply {
                fn check(&self) -> ::core::result::Result<(), ::aliya_runtime::db::OutOfBounds> {
                    if let Err(error) = ::aliya_runtime::columns::min(
                        "supply",
                        "amount",
                        &self.amount,
                        0,
                        "min is 0",
                    ) {
                        return Err(error);
                    }
                    if let Err(error) = ::aliya_runtime::columns::max(
                        "supply",
                        "amount",
                        &self.amount,
                        1000,
                        "max is 1000",
                    ) {
                        return Err(error);
                    }
                    if let Err(error) = ::aliya_runtime::columns::min(
                        "supply",
                        "weight",
                        &self.weight,
                        -1.0,
                        "min is -1",
                    ) {
                        return Err(error);
                    }
                    Ok(())
                }
                fn stop_at_bounds(&mut self) {
                    ::aliya_runtime::columns::at_least(&mut self.amount, 0);
                    ::aliya_runtime::columns::at_most(&mut self.amount, 1000);
                    ::aliya_runtime::columns::at_least(&mut self.weight, -1.0);
                }
            }
            #[automatically_derived]
            #[allow(clippy::question_mark)]
            impl ::aliya_runtime::db::Table for Supply {
                const NAME: &'static str = "supply";
                fn from_row(
                    row: ::aliya_runtime::db::Row,
                ) -> ::core::result::Result<Self, ::aliya_runtime::db::ColumnError> {
                    let mut row = match ::aliya_runtime::columns::Columns::of(
                        row,
                        &["player", "amount", "type", "weight"],
                    ) {
                        Ok(value) => value,
                        Err(error) => return Err(error),
                    };
                    Ok(Self {
                        player: match row.take() {
                            Ok(value) => value,
                            Err(error) => return Err(error),
                        },
                        amount: match row.take() {
                            Ok(value) => value,
                            Err(error) => return Err(error),
                        },
                        r#type: match row.take() {
                            Ok(value) => value,
                            Err(error) => return Err(error),
                        },
                        weight: match row.take() {
                            Ok(value) => value,
                            Err(error) => return Err(error),
                        },
                    })
                }
                fn params(&self) -> ::std::vec::Vec<::aliya_runtime::db::Param<'_>> {
                    ::std::vec::Vec::from([
                        ::aliya_runtime::db::Column::param(&self.player),
                        ::aliya_runtime::db::Column::param(&self.amount),
                        ::aliya_runtime::db::Column::param(&self.r#type),
                        ::aliya_runtime::db::Column::param(&self.weight),
                    ])
                }
            }
        "##]],
    );
}

#[test]
fn an_enum_of_texts() {
    let item = quote! {
        pub enum SupplyKind {
            #[value("iron")]
            Iron,
            #[value("coin")]
            Coin,
        }
    };
    check(
        expand::enumeration(item),
        expect![[r#"
            impl SupplyKind {
                /// Every variant with what it travels and is stored as, in the order of declaration.
                pub const ALL: &'static [(&'static str, Self)] = &[
                    ("iron", Self::Iron),
                    ("coin", Self::Coin),
                ];
                /// The text that it travels and is stored as.
                pub const fn as_str(self) -> &'static str {
                    match self {
                        Self::Iron => "iron",
                        Self::Coin => "coin",
                    }
                }
            }
            #[automatically_derived]
            impl ::aliya_runtime::wire::ToWire for SupplyKind {
                fn write(&self, out: &mut ::std::string::String) {
                    ::aliya_runtime::wire::write_text(self.as_str(), out);
                }
            }
            #[automatically_derived]
            impl ::aliya_runtime::wire::Wire for SupplyKind {
                fn read(
                    value: &::aliya_runtime::wire::Value,
                ) -> ::core::result::Result<Self, ::aliya_runtime::wire::Mismatch> {
                    ::aliya_runtime::wire::choice::read_text(value, Self::ALL)
                }
            }
            #[automatically_derived]
            impl ::aliya_runtime::wire::Key for SupplyKind {}
            #[automatically_derived]
            impl ::aliya_runtime::db::Column for SupplyKind {
                fn from_value(
                    value: ::aliya_runtime::db::Value,
                ) -> ::core::result::Result<Self, ::aliya_runtime::db::ColumnError> {
                    ::aliya_runtime::columns::text_choice(&value, Self::ALL)
                }
                fn param(&self) -> ::aliya_runtime::db::Param<'_> {
                    ::aliya_runtime::db::Param::Text(self.as_str())
                }
            }
        "#]],
    );
}

#[test]
fn an_enum_of_numbers() {
    let item = quote! {
        pub enum FamilyRank {
            #[value(-1)]
            Outcast,
            #[value(4)]
            Elite,
        }
    };
    check(
        expand::enumeration(item),
        expect![[r#"
            impl FamilyRank {
                /// Every variant with what it travels and is stored as, in the order of declaration.
                pub const ALL: &'static [(i64, Self)] = &[(-1, Self::Outcast), (4, Self::Elite)];
                /// The number that it travels and is stored as.
                pub const fn value(self) -> i64 {
                    match self {
                        Self::Outcast => -1,
                        Self::Elite => 4,
                    }
                }
            }
            #[automatically_derived]
            impl ::aliya_runtime::wire::ToWire for FamilyRank {
                fn write(&self, out: &mut ::std::string::String) {
                    ::aliya_runtime::wire::ToWire::write(&self.value(), out);
                }
            }
            #[automatically_derived]
            impl ::aliya_runtime::wire::Wire for FamilyRank {
                fn read(
                    value: &::aliya_runtime::wire::Value,
                ) -> ::core::result::Result<Self, ::aliya_runtime::wire::Mismatch> {
                    ::aliya_runtime::wire::choice::read_number(value, Self::ALL)
                }
            }
            #[automatically_derived]
            impl ::aliya_runtime::wire::Key for FamilyRank {}
            #[automatically_derived]
            impl ::aliya_runtime::db::Column for FamilyRank {
                fn from_value(
                    value: ::aliya_runtime::db::Value,
                ) -> ::core::result::Result<Self, ::aliya_runtime::db::ColumnError> {
                    ::aliya_runtime::columns::number_choice(&value, Self::ALL)
                }
                fn param(&self) -> ::aliya_runtime::db::Param<'_> {
                    ::aliya_runtime::db::Param::Int(self.value())
                }
            }
        "#]],
    );
}

#[test]
fn args() {
    let item = quote! {
        #[callee(manager = "bag", function = "spend_supply")]
        pub struct SpendSupplyArgs {
            pub item: SupplyKind,
            #[arg(min = 1, max = 99)]
            pub amount: i64,
            #[arg(default = "gift")]
            pub reason: String,
            pub r#type: Option<i64>,
        }
    };
    check(
        both(expand::args(item.clone()), expand::outgoing(item)),
        expect![[r##"
            #[automatically_derived]
            #[allow(clippy::question_mark)]
            impl ::aliya_runtime::wire::Args for SpendSupplyArgs {
                fn decode(
                    data: &::aliya_runtime::wire::Data,
                ) -> ::core::result::Result<Self, ::aliya_runtime::wire::Invalid> {
                    let args = Self {
                        item: match ::aliya_runtime::wire::arg(data, "item") {
                            Ok(value) => value,
                            Err(error) => return Err(error),
                        },
                        amount: match ::aliya_runtime::wire::arg(data, "amount") {
                            Ok(value) => value,
                            Err(error) => return Err(error),
                        },
                        reason: match ::aliya_runtime::wire::given(data, "reason") {
                            Ok(Some(given)) => given,
                            Ok(None) => ::std::string::String::from("gift"),
                            Err(error) => return Err(error),
                        },
                        r#type: match ::aliya_runtime::wire::arg(data, "type") {
                            Ok(value) => value,
                            Err(error) => return Err(error),
                        },
                    };
                    if let Err(error) = ::aliya_runtime::wire::arg_min("amount", &args.amount, 1) {
                        return Err(error);
                    }
                    if let Err(error) = ::aliya_runtime::wire::arg_max("amount", &args.amount, 99) {
                        return Err(error);
                    }
                    Ok(args)
                }
            }
            #[automatically_derived]
            #[allow(clippy::question_mark)]
            impl ::aliya_runtime::wire::Outgoing for SpendSupplyArgs {
                fn callee(&self) -> ::aliya_runtime::Callee {
                    ::aliya_runtime::Callee {
                        manager: "bag",
                        function: "spend_supply",
                    }
                }
                fn check(&self) -> ::core::result::Result<(), ::aliya_runtime::wire::Invalid> {
                    if let Err(error) = ::aliya_runtime::wire::arg_min("amount", &self.amount, 1) {
                        return Err(error);
                    }
                    if let Err(error) = ::aliya_runtime::wire::arg_max("amount", &self.amount, 99) {
                        return Err(error);
                    }
                    Ok(())
                }
                fn encode(&self, out: &mut ::std::string::String) {
                    ::aliya_runtime::wire::ObjectWriter::begin(out)
                        .field("item", &self.item)
                        .field("amount", &self.amount)
                        .field("reason", &self.reason)
                        .field("type", &self.r#type)
                        .end();
                }
            }
        "##]],
    );
}

#[test]
fn no_args() {
    check(
        expand::args(quote!(
            pub struct GetAllArgs {}
        )),
        expect![[r#"
            #[automatically_derived]
            #[allow(clippy::question_mark)]
            impl ::aliya_runtime::wire::Args for GetAllArgs {
                fn decode(
                    _data: &::aliya_runtime::wire::Data,
                ) -> ::core::result::Result<Self, ::aliya_runtime::wire::Invalid> {
                    Ok(Self {})
                }
            }
        "#]],
    );
}

#[test]
fn a_reply() {
    let item = quote! {
        pub struct SpendSupplyReply {
            pub left: i64,
            #[reply(name = "self")]
            pub self_: Vec<Pair>,
        }
    };
    check(
        both(expand::reply(item.clone()), expand::incoming(item)),
        expect![[r##"
            #[automatically_derived]
            impl ::aliya_runtime::wire::Reply for SpendSupplyReply {
                fn encode(&self, out: &mut ::std::string::String) {
                    ::aliya_runtime::wire::ObjectWriter::begin(out)
                        .field("left", &self.left)
                        .field("self", &self.self_)
                        .end();
                }
            }
            #[automatically_derived]
            #[allow(clippy::question_mark)]
            impl ::aliya_runtime::wire::Incoming for SpendSupplyReply {
                fn decode(
                    data: &::aliya_runtime::wire::Data,
                ) -> ::core::result::Result<Self, ::aliya_runtime::wire::Mismatch> {
                    Ok(Self {
                        left: match ::aliya_runtime::wire::member(data, "left") {
                            Ok(value) => value,
                            Err(error) => return Err(error),
                        },
                        self_: match ::aliya_runtime::wire::member(data, "self") {
                            Ok(value) => value,
                            Err(error) => return Err(error),
                        },
                    })
                }
            }
        "##]],
    );
}

#[test]
fn a_list_in_a_reply() {
    let item = quote!(
        pub struct Pair(pub SupplyKind, pub i64);
    );
    check(
        both(expand::reply(item.clone()), expand::incoming(item)),
        expect![[r#"
            #[automatically_derived]
            impl ::aliya_runtime::wire::ToWire for Pair {
                fn write(&self, out: &mut ::std::string::String) {
                    ::aliya_runtime::wire::ListWriter::begin(out).item(&self.0).item(&self.1).end();
                }
            }
            #[automatically_derived]
            #[allow(clippy::question_mark)]
            impl ::aliya_runtime::wire::Wire for Pair {
                fn read(
                    value: &::aliya_runtime::wire::Value,
                ) -> ::core::result::Result<Self, ::aliya_runtime::wire::Mismatch> {
                    let mut items = match ::aliya_runtime::wire::Items::of(value, 2) {
                        Ok(value) => value,
                        Err(error) => return Err(error),
                    };
                    Ok(
                        Self(
                            match items.take() {
                                Ok(value) => value,
                                Err(error) => return Err(error),
                            },
                            match items.take() {
                                Ok(value) => value,
                                Err(error) => return Err(error),
                            },
                        ),
                    )
                }
            }
        "#]],
    );
}

#[test]
fn a_manager() {
    let keys = quote!(name = "bag", port = 8082, schema = [CREATE_SUPPLY]);
    let item = quote! {
        impl Bag {
            /// Take supplies out of the caller's bag.
            #[function(
                access = Internal,
                writes,
                reaches = ["mail"],
                outcomes = [1],
                fails,
                undone_by = "self",
                declaration = "0123456789abcdef",
            )]
            pub async fn spend_supply(
                cx: &mut Cx<'_>,
                args: &SpendSupplyArgs,
            ) -> Result<Returned, Stop> {
                fail(INSUFFICIENT)
            }

            #[function(name = "self", access = Player)]
            pub async fn self_(
                cx: &mut Cx<'_>,
                args: &SelfArgs,
            ) -> Result<Returned, Stop> {
                fail(INSUFFICIENT)
            }
        }
    };
    check(
        expand::manager(keys, item),
        expect![[r#"
            impl Bag {
                /// Take supplies out of the caller's bag.
                pub fn spend_supply<'run>(
                    cx: &'run mut Cx<'_>,
                    args: &'run SpendSupplyArgs,
                ) -> ::aliya_runtime::BoxFuture<'run, Result<Returned, Stop>> {
                    ::std::boxed::Box::pin(async move {
                        if false {
                            return ::aliya_runtime::function::nothing();
                        }
                        { fail(INSUFFICIENT) }
                    })
                }
                pub fn self_<'run>(
                    cx: &'run mut Cx<'_>,
                    args: &'run SelfArgs,
                ) -> ::aliya_runtime::BoxFuture<'run, Result<Returned, Stop>> {
                    ::std::boxed::Box::pin(async move {
                        if false {
                            return ::aliya_runtime::function::nothing();
                        }
                        { fail(INSUFFICIENT) }
                    })
                }
            }
            /// The manager `bag` as the runtime sees it.
            pub static BAG: ::aliya_runtime::Manager = ::aliya_runtime::Manager {
                name: "bag",
                port: 8082,
                functions: &[
                    &::aliya_runtime::FunctionInfo {
                        name: "spend_supply",
                        manager: "bag",
                        access: ::aliya_runtime::Access::Internal,
                        writes: true,
                        one_query: false,
                        reaches: &["mail"],
                        outcomes: &[1],
                        fails: true,
                        undone_by: ::core::option::Option::Some("self"),
                        declaration: "0123456789abcdef",
                        runs: ::core::option::Option::None,
                        steps: &::aliya_runtime::function::StepsOf(Bag::spend_supply),
                    },
                    &::aliya_runtime::FunctionInfo {
                        name: "self",
                        manager: "bag",
                        access: ::aliya_runtime::Access::Player,
                        writes: false,
                        one_query: false,
                        reaches: &[],
                        outcomes: &[],
                        fails: false,
                        undone_by: ::core::option::Option::None,
                        declaration: "",
                        runs: ::core::option::Option::None,
                        steps: &::aliya_runtime::function::StepsOf(Bag::self_),
                    },
                ],
                schema: &[&CREATE_SUPPLY],
                migrations: ::core::option::Option::None,
            };
        "#]],
    );
}

#[test]
fn every_mistake_of_an_item_is_reported() {
    let item = quote! {
        #[table(nam = "supply")]
        struct Supply {
            #[column(min = "0", writes)]
            amount: i64,
            #[column(min = 2, max = 1)]
            #[column(min = 3)]
            level: i64,
        }
    };
    let found = messages(expand::table(item));
    expect![[r#"
        unknown key `nam`: did you mean `name`?
        unknown key `writes`: there is `name`, `min`, `max`, `fixed`
        `#[column]` is here a second time
        `min` must be a literal number of at most 64 bits
        `max` is below `min`
    "#]]
    .assert_eq(&found);
}

#[test]
fn a_wrong_manager_keeps_its_impl_block() {
    let item = quote! {
        impl Bag {
            #[function(access = Internal)]
            fn get(cx: &mut Cx<'_>) {}
        }
    };
    let (tokens, errors) = expand::manager(quote!(name = "bag", port = 0), item);
    let kept: syn::Result<syn::ItemImpl> = syn::parse2(tokens.clone());
    let kept = kept.expect("the impl block alone");
    assert!(!quote!(#kept).to_string().contains("function"));
    expect![[r#"
        `port` must be a number from 1 to 65535
        a manager's function is `async`
        its parameters must be `cx: &mut Cx<'_>, args: &TheArgs`
        it must return `Result<Returned, Stop>`
    "#]]
    .assert_eq(&messages((tokens, errors)));
}

fn messages((_, errors): (TokenStream, Vec<syn::Error>)) -> String {
    errors.iter().map(|error| format!("{error}\n")).collect()
}
