//! Steps that read rows.

use aliya_macros_core::sql::{Condition, Query, Test};

use super::body::Body;
use super::quote::quote;
use super::statements::action;
use super::tokens::{Ident, TokenStream};
use super::types::is_copy;
use crate::generate::ir::{
    ColumnIndex, Comparison, Expr, ExprKind, Filter, LocalId, Missing, Table, TableId, Template,
};

impl Body<'_, '_> {
    pub(super) fn get(
        &mut self,
        table: TableId,
        (by, lock): (&[(ColumnIndex, Expr)], bool),
        (missing, data): (&Missing, Option<&Template>),
        bind: LocalId,
    ) -> TokenStream {
        let columns: Vec<_> = by.iter().map(|(column, _)| *column).collect();
        let statement = self.get_statement(table, &columns, lock);
        let row = self.scope.row(table);
        let params: Vec<_> = by.iter().map(|(_, value)| self.param(value)).collect();
        let used = self.is_used(bind);
        // Where it is bound, the type stands there.
        let of = (!used).then(|| quote!(::<#row>));
        let found = quote!(cx.get(&#statement, &[#(#params),*]).await?.row #of()?);
        let value = match missing {
            Missing::Error(error) if data.is_some() => {
                let failure = self.failure(*error, data);
                // With nothing to bind, the arms are of type ().
                let (row, then) = match used {
                    true => (quote!(row), quote!(row)),
                    false => (quote!(_), quote!({})),
                };
                quote! {
                    match #found {
                        Some(#row) => #then,
                        None => return Err(#failure.into()),
                    }
                }
            }
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

    /// The statement that reads one row by the values of columns, and where it is to be written locks it.
    pub(super) fn get_statement(
        &mut self,
        table: TableId,
        by: &[ColumnIndex],
        lock: bool,
    ) -> Ident {
        let declared = self.table(table);
        let conditions = by.iter().map(|column| Condition {
            column: *column,
            test: Test::Eq,
        });
        let query = Query {
            conditions: conditions.collect(),
            lock,
            ..Query::default()
        };
        let texts = self.describe(table).texts(|sql| sql.select(&query));
        let verb = if lock { "lock_by" } else { "get_by" };
        let names = by.iter().map(|at| declared.columns[*at].name.as_str());
        self.statements
            .add(&declared.name, &action(verb, names), texts)
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
        } else {
            // No closure: an expression may fail, and rustc would compile a function for each.
            quote! {
                match #found {
                    Some(row) => row,
                    None => #row,
                }
            }
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
            lock: false,
        };
        let texts = self.describe(table).texts(|sql| sql.select(&query));
        let action = select_action(declared, &query);
        let statement = self.statements.add(&declared.name, &action, texts);
        let row = self.scope.row(table);
        let mut params = self.filter_params(filter);
        let part = [first, offset];
        params.extend(
            part.into_iter()
                .flatten()
                .map(|count| self.count_param(count)),
        );
        let params = quote!(&[#(#params),*]);
        if !self.is_used(bind) {
            return quote!(cx.select(&#statement, #params).await?;);
        }
        let rows = quote!(cx.select(&#statement, #params).await?.rows()?);
        self.bind(bind, Some(quote!(Vec<#row>)), &rows)
    }

    /// The parameters of conditions.
    pub(super) fn filter_params(&mut self, filter: &[Filter]) -> Vec<TokenStream> {
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
        params
    }
}

/// A filter as core knows it.
pub(super) fn condition(filter: &Filter) -> Condition {
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
    let verb = if query.conditions.is_empty() {
        "select_all"
    } else {
        "select_by"
    };
    let mut name = by_conditions(table, verb, &query.conditions);
    if !query.order.is_empty() {
        name.push_str(&by_order(table, &query.order));
    }
    if query.limit {
        name.push_str("_first");
    }
    if query.offset {
        name.push_str("_offset");
    }
    name
}

/// `_order_item_desc`
pub(super) fn by_order(table: &Table, order: &[(ColumnIndex, bool)]) -> String {
    let order = order.iter().map(|(column, descending)| {
        let direction = if *descending { "_desc" } else { "" };
        format!("{}{direction}", table.columns[*column].name)
    });
    let order: Vec<_> = order.collect();
    action("_order", order.iter().map(String::as_str))
}

/// `verb`, and the columns that conditions are about.
pub(super) fn by_conditions(table: &Table, verb: &str, conditions: &[Condition]) -> String {
    let conditions = conditions.iter().map(|condition| {
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
    action(verb, conditions.iter().map(String::as_str))
}
