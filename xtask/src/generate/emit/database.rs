//! Steps that read and write rows.

use aliya_macros_core::dialect::Sqlite;
use aliya_macros_core::names;
use aliya_macros_core::sql::{Condition, Duplicates, Query, Test};
use proc_macro2::TokenStream;
use quote::quote;

use super::body::Body;
use super::code::Code;
use super::statements::action;
use super::tables::{describe, row_number};
use super::template::field;
use super::types::is_copy;
use crate::generate::ir::{
    ColumnIndex, Comparison, Duplicate, Expr, ExprKind, Filter, Literal, LocalId, Missing, Table,
    TableId,
};

impl<'g> Body<'_, 'g> {
    fn table(&self, id: TableId) -> &'g Table {
        self.scope.game.the_table(id)
    }

    /// `Row { column: value, ... }`.
    fn row(&self, table: TableId, values: &[(ColumnIndex, Code)]) -> TokenStream {
        let row = self.scope.row(table);
        let columns = &self.table(table).columns;
        let fields = values
            .iter()
            .map(|(at, value)| field(&columns[*at].name, value));
        quote!(#row { #(#fields),* })
    }

    pub(super) fn get(
        &mut self,
        table: TableId,
        by: &[(ColumnIndex, Expr)],
        missing: &Missing,
        bind: LocalId,
    ) -> TokenStream {
        let declared = self.table(table);
        let conditions = by.iter().map(|(column, _)| Condition {
            column: *column,
            test: Test::Eq,
        });
        let query = Query {
            conditions: conditions.collect(),
            ..Query::default()
        };
        let text = describe(self.scope.game, table).sql(&Sqlite).select(&query);
        let names = by
            .iter()
            .map(|(column, _)| declared.columns[*column].name.as_str());
        let statement = self
            .statements
            .add(&declared.name, &action("get_by", names), text);
        let row = self.scope.row(table);
        let params: Vec<_> = by.iter().map(|(_, value)| self.param(value)).collect();
        let used = self.is_used(bind);
        // Where it is bound, the type stands there.
        let of = (!used).then(|| quote!(::<#row>));
        let found = quote!(cx.get #of(&#statement, &[#(#params),*]).await?);
        let value = match missing {
            Missing::Error(error) => {
                let error = self.error(*error);
                quote!(#found.ok_or(#error)?)
            }
            Missing::Default(values) if used => self.or_default_row(table, &found, values),
            Missing::Default(_) | Missing::None => found,
        };
        if !used {
            return quote!(#value;);
        }
        let ty = match missing {
            Missing::None => quote!(Option<#row>),
            Missing::Error(_) | Missing::Default(_) => quote!(#row),
        };
        self.bind(bind, Some(ty), &value)
    }

    fn or_default_row(
        &mut self,
        table: TableId,
        found: &TokenStream,
        values: &[Expr],
    ) -> TokenStream {
        let plain = values.iter().all(|value| {
            is_copy(&value.ty)
                && matches!(
                    value.kind,
                    ExprKind::Literal(_) | ExprKind::Arg(_) | ExprKind::Local(_)
                )
        });
        let values = values.iter().map(|value| self.value(value)).enumerate();
        let values: Vec<_> = values.collect();
        let row = self.row(table, &values);
        if plain {
            quote!(#found.unwrap_or(#row))
        } else if values.iter().any(|(_, value)| value.fails()) {
            quote! {
                match #found {
                    Some(row) => row,
                    None => #row,
                }
            }
        } else {
            quote!(#found.unwrap_or_else(|| #row))
        }
    }

    pub(super) fn select(
        &mut self,
        table: TableId,
        filter: &[Filter],
        order: &[(ColumnIndex, bool)],
        (first, offset): (Option<&Expr>, Option<&Expr>),
        bind: LocalId,
    ) -> TokenStream {
        let declared = self.table(table);
        let query = Query {
            conditions: filter.iter().map(condition).collect(),
            order: order.to_vec(),
            limit: first.is_some(),
            offset: offset.is_some(),
        };
        let text = describe(self.scope.game, table).sql(&Sqlite).select(&query);
        let action = select_action(declared, &query);
        let statement = self.statements.add(&declared.name, &action, text);
        let row = self.scope.row(table);
        let mut params = Vec::new();
        for Filter {
            comparison,
            value,
            upper,
            ..
        } in filter
        {
            params.push(match comparison {
                Comparison::In => self.list_param(value),
                _ => self.param(value),
            });
            params.extend(upper.iter().map(|upper| self.param(upper)));
        }
        let part = [first, offset];
        params.extend(
            part.into_iter()
                .flatten()
                .map(|count| self.count_param(count)),
        );
        let params = quote!(&[#(#params),*]);
        if !self.is_used(bind) {
            return quote!(cx.select::<#row>(&#statement, #params).await?;);
        }
        let rows = quote!(cx.select(&#statement, #params).await?);
        self.bind(bind, Some(quote!(Vec<#row>)), &rows)
    }

    pub(super) fn save(
        &mut self,
        table: TableId,
        row: LocalId,
        may_insert: bool,
        set: &[(ColumnIndex, Expr)],
    ) -> TokenStream {
        let declared = self.table(table);
        let columns: Vec<_> = set.iter().map(|(column, _)| *column).collect();
        let described = describe(self.scope.game, table);
        let sql = described.sql(&Sqlite);
        let names = columns.iter().map(|&at| declared.columns[at].name.as_str());
        let target = self.local(row).clone();
        let (verb, text, params) = if may_insert {
            let by = self
                .looked_up_by(row)
                .unwrap_or_else(|| declared.key.clone());
            (
                "upsert",
                sql.upsert(&by, &columns),
                quote!(&#target.params()),
            )
        } else {
            let named = columns.iter().chain(&declared.key);
            let named: Vec<_> = named.map(|&at| self.column(table, at)).collect();
            (
                "save",
                sql.update(&columns),
                quote!(&[#(#target.#named.param()),*]),
            )
        };
        let statement = self
            .statements
            .add(&declared.name, &action(verb, names), text);
        let assign = self.assign(table, row, set);
        quote! {
            #assign
            cx.save(&#statement, &#target, #params).await?;
        }
    }

    /// Gives the row its new values, all computed from the row as it was.
    fn assign(&mut self, table: TableId, row: LocalId, set: &[(ColumnIndex, Expr)]) -> TokenStream {
        let target = self.local(row).clone();
        let columns: Vec<_> = set.iter().map(|(at, _)| self.column(table, *at)).collect();
        let values: Vec<_> = set.iter().map(|(_, value)| self.value(value)).collect();
        let reads_earlier = set.iter().enumerate().any(|(at, (_, value))| {
            set[..at]
                .iter()
                .any(|(column, _)| reads_column(value, row, *column))
        });
        if reads_earlier {
            return quote!((#(#target.#columns),*) = (#(#values),*););
        }
        quote!(#(#target.#columns = #values;)*)
    }

    pub(super) fn insert(
        &mut self,
        table: TableId,
        set: &[(ColumnIndex, Expr)],
        duplicate: Duplicate,
        bind: Option<LocalId>,
        at: &str,
    ) -> TokenStream {
        let declared = self.table(table);
        let number = row_number(declared);
        let bind = bind.filter(|bind| self.is_used(*bind));
        let mut values: Vec<_> = set
            .iter()
            .map(|(at, value)| (*at, self.value(value)))
            .collect();
        values.extend(number.map(|at| (at, Code::postfix(quote!(Id(0))))));
        values.sort_by_key(|(at, _)| *at);
        let row = self.row(table, &values);
        let name = match bind {
            Some(bind) => self.local(bind).clone(),
            None => self.fresh(&names::value_name(&declared.name)),
        };
        let made = match bind {
            Some(bind) => self.bind(bind, None, &row),
            None => quote!(let #name = #row;),
        };
        let params = match number {
            None => quote!(&#name.params()),
            Some(number) => {
                let columns = (0..declared.columns.len()).filter(|at| *at != number);
                let columns = columns.map(|at| self.column(table, at));
                quote!(&[#(#name.#columns.param()),*])
            }
        };
        let duplicates = match duplicate {
            Duplicate::Fault => Duplicates::Refuse,
            Duplicate::Error(_) | Duplicate::Ignore => Duplicates::Ignore,
        };
        let described = describe(self.scope.game, table);
        let sql = described.sql(&Sqlite);
        let verb = match duplicates {
            Duplicates::Refuse => "insert",
            Duplicates::Ignore => "insert_new",
        };
        if let (Some(number), Some(_)) = (number, bind)
            && let Some(text) = sql.insert_returning(duplicates, number)
        {
            let action = format!("{verb}_returning_{}", declared.columns[number].name);
            let statement = self.statements.add(&declared.name, &action, text);
            let inserted = quote!(cx.insert_id(&#statement, &#name, #params).await?);
            let id = self.column(table, number);
            let or = match duplicate {
                Duplicate::Error(error) => {
                    let error = self.error(error);
                    quote!(.ok_or(#error)?)
                }
                Duplicate::Fault | Duplicate::Ignore => quote!(.at(#at)?),
            };
            return quote!(#made #name.#id = #inserted #or;);
        }
        let statement = self
            .statements
            .add(&declared.name, verb, sql.insert(duplicates));
        let inserted = quote!(cx.insert(&#statement, &#name, #params).await?);
        match duplicate {
            Duplicate::Error(error) => {
                let error = self.error(error);
                quote! {
                    #made
                    if !#inserted {
                        return Err(#error.into());
                    }
                }
            }
            Duplicate::Fault | Duplicate::Ignore => quote!(#made #inserted;),
        }
    }

    /// A value for a statement.
    fn param(&mut self, expr: &Expr) -> TokenStream {
        match &expr.kind {
            ExprKind::ToOptional(of) => self.param(of),
            ExprKind::Absent => quote!(Param::Null),
            ExprKind::Literal(Literal::Int(_)) => {
                let value = self.value(&plain(expr));
                quote!(Param::Int(#value))
            }
            ExprKind::Literal(Literal::Float(_)) => {
                let value = self.value(expr);
                quote!(Param::Float(#value))
            }
            ExprKind::Literal(Literal::Text(text)) => quote!(Param::Text(#text)),
            _ => {
                let value = self.receiver(expr);
                quote!(#value.param())
            }
        }
    }

    /// A list, as the text of a JSON array.
    fn list_param(&mut self, list: &Expr) -> TokenStream {
        let items = match &list.kind {
            ExprKind::List(items) => {
                let items: Vec<_> = items.iter().map(|item| self.value(item)).collect();
                quote!(&[#(#items),*])
            }
            _ => self.borrowed(list),
        };
        quote!(Param::Text(&ops::json(#items)))
    }

    /// How many rows: less than none is none.
    fn count_param(&mut self, count: &Expr) -> TokenStream {
        if let ExprKind::Literal(Literal::Int(n)) = count.kind {
            let n = super::code::int(n.max(0), false);
            return quote!(Param::Int(#n));
        }
        let count = self.receiver(count);
        quote!(Param::Int(#count.max(0)))
    }
}

/// A time or an id is an int to a statement.
fn plain(expr: &Expr) -> Expr {
    Expr {
        ty: crate::generate::ir::Ty::Int,
        ..expr.clone()
    }
}

fn condition(filter: &Filter) -> Condition {
    let test = match filter.comparison {
        Comparison::Eq => Test::Eq,
        Comparison::Ne => Test::Ne,
        Comparison::Gt => Test::Gt,
        Comparison::Lt => Test::Lt,
        Comparison::Ge => Test::Ge,
        Comparison::Le => Test::Le,
        Comparison::In => Test::In,
        Comparison::Between => Test::Between,
    };
    Condition {
        column: filter.column,
        test,
    }
}

/// `select_by_player_level_gt_order_item_desc_first`
fn select_action(table: &Table, query: &Query) -> String {
    let conditions = query.conditions.iter().map(|condition| {
        let column = &table.columns[condition.column].name;
        let test = match condition.test {
            Test::Eq => return column.clone(),
            Test::Ne => "ne",
            Test::Gt => "gt",
            Test::Lt => "lt",
            Test::Ge => "ge",
            Test::Le => "le",
            Test::In => "in",
            Test::Between => "between",
        };
        format!("{column}_{test}")
    });
    let conditions: Vec<_> = conditions.collect();
    let verb = if conditions.is_empty() {
        "select_all"
    } else {
        "select_by"
    };
    let mut name = action(verb, conditions.iter().map(String::as_str));
    if !query.order.is_empty() {
        let order = query.order.iter().map(|(column, descending)| {
            let direction = if *descending { "_desc" } else { "" };
            format!("{}{direction}", table.columns[*column].name)
        });
        let order: Vec<_> = order.collect();
        name.push_str(&action("_order", order.iter().map(String::as_str)));
    }
    if query.limit {
        name.push_str("_first");
    }
    if query.offset {
        name.push_str("_offset");
    }
    name
}

/// Whether `expr` reads `row`'s column, or all of the row.
fn reads_column(expr: &Expr, row: LocalId, column: ColumnIndex) -> bool {
    use super::uses::{Part, Root, Uses};
    let mut uses = Uses::default();
    uses.expr(expr);
    uses.meeting(Root::Local(row), &Part::Column(column)) > 0
}
