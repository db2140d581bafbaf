//! Steps that write rows.

use aliya_macros_core::dialect::Sqlite;
use aliya_macros_core::names;
use aliya_macros_core::sql::Duplicates;
use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::body::Body;
use super::code::Code;
use super::statements::action;
use super::tables::row_number;
use super::uses::{Part, Root, Uses};
use crate::generate::ir::{ColumnIndex, Duplicate, Expr, ExprKind, LocalId, TableId};

impl Body<'_, '_> {
    pub(super) fn save(
        &mut self,
        table: TableId,
        row: LocalId,
        may_insert: bool,
        set: &[(ColumnIndex, Expr)],
    ) -> TokenStream {
        let declared = self.table(table);
        let columns: Vec<_> = set.iter().map(|(column, _)| *column).collect();
        let described = self.describe(table);
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
        // `set: { level: w.level }` writes the column as it is.
        let set: Vec<_> = set
            .iter()
            .filter(|(column, value)| !is_column(value, row, *column))
            .collect();
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
        let values = set.iter().map(|(at, value)| (*at, self.value(value)));
        let mut values: Vec<_> = values.collect();
        values.extend(number.map(|at| (at, Code::postfix(quote!(Id(0))))));
        values.sort_by_key(|(at, _)| *at);
        let row = self.row(table, &values);
        let (name, made) = match bind {
            Some(bind) => (self.local(bind).clone(), self.bind(bind, None, &row)),
            None => {
                let name = self.fresh(&names::value_name(&declared.name));
                let made = quote!(let #name = #row;);
                (name, made)
            }
        };
        let inserted = match (number, bind) {
            (Some(number), Some(_)) => self.insert_id(table, number, &name, duplicate, at),
            _ => self.insert_row(table, number, &name, duplicate),
        };
        quote!(#made #inserted)
    }

    /// Inserts the row `name`.
    fn insert_row(
        &mut self,
        table: TableId,
        number: Option<ColumnIndex>,
        name: &Ident,
        duplicate: Duplicate,
    ) -> TokenStream {
        let params = match number {
            None => quote!(&#name.params()),
            Some(number) => self.params_without(table, number, name),
        };
        let (verb, duplicates) = how(duplicate);
        let text = self.describe(table).sql(&Sqlite).insert(duplicates);
        let statement = self.statements.add(&self.table(table).name, verb, text);
        let inserted = quote!(cx.insert(&#statement, &#name, #params).await?);
        match duplicate {
            Duplicate::Error(error) => {
                let error = self.error(error);
                quote! {
                    if !#inserted {
                        return Err(#error.into());
                    }
                }
            }
            Duplicate::Fault | Duplicate::Ignore => quote!(#inserted;),
        }
    }

    /// Inserts the row `name` and sets its id, the column `number`, to the one that it got.
    fn insert_id(
        &mut self,
        table: TableId,
        number: ColumnIndex,
        name: &Ident,
        duplicate: Duplicate,
        at: &str,
    ) -> TokenStream {
        let declared = self.table(table);
        let params = self.params_without(table, number, name);
        let (verb, duplicates) = how(duplicate);
        let described = self.describe(table);
        let text = described.sql(&Sqlite).insert_returning(duplicates, number);
        let text = text.expect("SQLite gives back ids");
        let action = format!("{verb}_returning_{}", declared.columns[number].name);
        let statement = self.statements.add(&declared.name, &action, text);
        let or = match duplicate {
            Duplicate::Error(error) => {
                let error = self.error(error);
                quote!(.ok_or(#error)?)
            }
            Duplicate::Fault | Duplicate::Ignore => quote!(.at(#at)?),
        };
        let id = self.column(table, number);
        quote!(#name.#id = cx.insert_id(&#statement, &#name, #params).await? #or;)
    }

    fn params_without(&self, table: TableId, number: ColumnIndex, name: &Ident) -> TokenStream {
        let columns = 0..self.table(table).columns.len();
        let columns = columns
            .filter(|at| *at != number)
            .map(|at| self.column(table, at));
        quote!(&[#(#name.#columns.param()),*])
    }
}

/// What an `insert` does with a duplicate, and the verb of the statement that does it.
fn how(duplicate: Duplicate) -> (&'static str, Duplicates) {
    match duplicate {
        Duplicate::Fault => ("insert", Duplicates::Refuse),
        Duplicate::Error(_) | Duplicate::Ignore => ("insert_new", Duplicates::Ignore),
    }
}

/// Whether `expr` reads `row`'s column, or all of the row.
fn reads_column(expr: &Expr, row: LocalId, column: ColumnIndex) -> bool {
    let mut uses = Uses::default();
    uses.expr(expr);
    uses.meeting(Root::Local(row), &Part::Column(column)) > 0
}

/// Whether the value is that column of that row.
fn is_column(value: &Expr, row: LocalId, column: ColumnIndex) -> bool {
    matches!(&value.kind, ExprKind::Column(of, at)
        if *at == column && matches!(of.kind, ExprKind::Local(id) if id == row))
}
