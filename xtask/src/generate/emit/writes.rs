//! Steps that write rows.

use aliya_macros_core::names;
use aliya_macros_core::sql::Duplicates;

use super::body::Body;
use super::bounds::{self, may_stop};
use super::code::Code;
use super::quote::quote;
use super::statements::action;
use super::tables::row_number;
use super::tokens::{Ident, TokenStream};
use super::uses::{Part, Root, Uses};
use crate::generate::ir::{
    ColumnIndex, Duplicate, Expr, ExprKind, LocalId, Table, TableId, Template, Ty,
};

impl Body<'_, '_> {
    pub(super) fn save(
        &mut self,
        table: TableId,
        row: LocalId,
        may_insert: bool,
        set: &[(ColumnIndex, Expr)],
        renews: &[LocalId],
    ) -> TokenStream {
        let declared = self.table(table);
        let columns: Vec<_> = set.iter().map(|(column, _)| *column).collect();
        let described = self.describe(table);
        let names = columns.iter().map(|&at| declared.columns[at].name.as_str());
        let target = self.local(row).clone();
        let (verb, texts, params) = if may_insert {
            let by = self
                .got(row)
                .map_or_else(|| declared.key.clone(), |got| got.by);
            (
                "upsert",
                described.texts(|sql| sql.upsert(&by, &columns)),
                quote!(&#target.params()),
            )
        } else {
            let named = columns.iter().chain(&declared.key);
            let named = named.map(|&at| {
                let column = self.column(table, at);
                quote!(#target.#column.param())
            });
            (
                "save",
                described.texts(|sql| sql.update(&columns)),
                quote!(&[#(#named),*]),
            )
        };
        let statement = self
            .statements
            .add(&declared.name, &action(verb, names), texts);
        let assign = self.assign(table, row, set);
        let stops = may_stop(self.function, declared, assigned(row, set));
        let stop = stops.then(|| bounds::stop(&target));
        let renewed = self.following(table, renews, &target, None);
        quote! {
            #assign
            #stop
            cx.save(&#statement, &#target, #params).await?;
            #renewed
        }
    }

    /// Gives the row its new values, all computed from the row as it was.
    fn assign(&mut self, table: TableId, row: LocalId, set: &[(ColumnIndex, Expr)]) -> TokenStream {
        let target = self.local(row).clone();
        let set: Vec<_> = assigned(row, set).collect();
        let columns: Vec<_> = set.iter().map(|(at, _)| self.column(table, *at)).collect();
        let values: Vec<_> = set.iter().map(|(_, value)| self.value(value)).collect();
        let reads_earlier = set.iter().enumerate().any(|(at, (_, value))| {
            set[..at]
                .iter()
                .any(|(column, _)| reads_column(value, row, *column))
        });
        let columns = columns.iter().map(|column| quote!(#target.#column));
        if reads_earlier {
            return quote!((#(#columns),*) = (#(#values),*););
        }
        let set = columns
            .zip(values)
            .map(|(column, value)| quote!(#column = #value;));
        set.collect()
    }

    pub(super) fn insert(
        &mut self,
        table: TableId,
        set: &[(ColumnIndex, Expr)],
        (duplicate, data): (Duplicate, Option<&Template>),
        bind: Option<LocalId>,
        renews: &[LocalId],
    ) -> TokenStream {
        let declared = self.table(table);
        let number = row_number(declared);
        let bind = bind.filter(|bind| self.is_used(*bind));
        // What is renewed takes the id, too.
        let needs_id = bind.is_some() || !renews.is_empty();
        let values = set.iter().map(|(at, value)| (*at, self.value(value)));
        let mut values: Vec<_> = values.collect();
        values.extend(number.map(|at| (at, Code::postfix(quote!(Id(0))))));
        values.sort_by_key(|(at, _)| *at);
        let row = self.row(table, &values);
        let stops = may_stop(self.function, declared, set);
        let (name, made) = match bind {
            Some(bind) => (self.local(bind).clone(), self.bind(bind, None, &row)),
            None => {
                let name = self.fresh(&names::value_name(&declared.name));
                let mutable = (stops || needs_id && number.is_some()).then(|| quote!(mut));
                let made = quote!(let #mutable #name = #row;);
                (name, made)
            }
        };
        let renewed = self.following(table, renews, &name, Some(duplicate));
        let inserted = match (number, bind) {
            (Some(number), _) if needs_id => {
                self.insert_id(table, number, &name, (duplicate, data))
            }
            _ => self.insert_row(table, number, &name, (duplicate, data)),
        };
        let stop = stops.then(|| bounds::stop(&name));
        match (duplicate, renews) {
            (Duplicate::Ignore, []) => quote!(#made #stop #inserted;),
            (Duplicate::Ignore, _) => quote!(#made #stop if #inserted { #renewed }),
            _ => quote!(#made #stop #inserted #renewed),
        }
    }

    /// Inserts the row `name`.
    fn insert_row(
        &mut self,
        table: TableId,
        number: Option<ColumnIndex>,
        name: &Ident,
        (duplicate, data): (Duplicate, Option<&Template>),
    ) -> TokenStream {
        let params = match number {
            None => quote!(&#name.params()),
            Some(number) => self.params_without(table, number, name),
        };
        let statement = self.insert_statement(table, duplicate);
        let args = quote!(&#statement, &#name, #params);
        match duplicate {
            Duplicate::Error(error) => {
                let failure = self.failure(error, data);
                quote! {
                    if !cx.insert_or_ignore(#args).await? {
                        return Err(#failure.into());
                    }
                }
            }
            Duplicate::Ignore => quote!(cx.insert_or_ignore(#args).await?),
            Duplicate::Fault | Duplicate::Replace => quote!(cx.insert(#args).await?;),
        }
    }

    /// Inserts the row `name` and sets its id, the column `number`, to the one that it got.
    fn insert_id(
        &mut self,
        table: TableId,
        number: ColumnIndex,
        name: &Ident,
        (duplicate, data): (Duplicate, Option<&Template>),
    ) -> TokenStream {
        let declared = self.table(table);
        let params = self.params_without(table, number, name);
        let (verb, duplicates) = how(duplicate);
        let texts = self.describe(table).texts(|sql| match duplicate {
            Duplicate::Replace => sql.replace_numbered(&target(declared)),
            _ => sql.insert_numbered(duplicates),
        });
        let action = format!("{verb}_returning_{}", declared.columns[number].name);
        let statement = self.statements.add(&declared.name, &action, texts);
        let args = quote!(&#statement, &#name, #params);
        let inserted = match duplicate {
            Duplicate::Error(error) => {
                let failure = self.failure(error, data);
                let inserted = quote!(cx.insert_id_or_ignore(#args).await?);
                match data {
                    // What the data is made of may end the function itself.
                    Some(_) => quote! {
                        match #inserted {
                            Some(id) => id,
                            None => return Err(#failure.into()),
                        }
                    },
                    None => quote!(#inserted.ok_or(#failure)?),
                }
            }
            Duplicate::Fault | Duplicate::Ignore | Duplicate::Replace => {
                quote!(cx.insert_id(#args).await?)
            }
        };
        let id = self.column(table, number);
        quote!(#name.#id = #inserted;)
    }

    /// The statement that inserts a row.
    pub(super) fn insert_statement(&mut self, table: TableId, duplicate: Duplicate) -> Ident {
        let declared = self.table(table);
        let (verb, duplicates) = how(duplicate);
        let texts = self.describe(table).texts(|sql| match duplicate {
            Duplicate::Replace => sql.replace(&target(declared)),
            _ => sql.insert(duplicates),
        });
        self.statements.add(&declared.name, verb, texts)
    }
}

/// What an `insert` does with a duplicate, and the verb of the statement that does it.
fn how(duplicate: Duplicate) -> (&'static str, Duplicates) {
    match duplicate {
        Duplicate::Fault => ("insert", Duplicates::Refuse),
        Duplicate::Error(_) | Duplicate::Ignore => ("insert_new", Duplicates::Ignore),
        Duplicate::Replace => ("replace", Duplicates::Refuse),
    }
}

/// The columns by which a row is found that is to be replaced: the key, or where that is the
/// server's id, the only unique set.
pub(super) fn target(table: &Table) -> Vec<ColumnIndex> {
    let has_id = |at: &ColumnIndex| table.columns[*at].ty == Ty::Id;
    match table.unique.first() {
        Some(unique) if table.key.iter().any(has_id) => unique.clone(),
        _ => table.key.clone(),
    }
}

/// Whether `expr` reads `row`'s column, or all of the row.
fn reads_column(expr: &Expr, row: LocalId, column: ColumnIndex) -> bool {
    let mut uses = Uses::default();
    uses.expr(expr);
    uses.meeting(Root::Local(row), &Part::Column(column)) > 0
}

/// The columns of a `save` that get other values: `set: { level: w.level }` writes one as it is.
pub(super) fn assigned(
    row: LocalId,
    set: &[(ColumnIndex, Expr)],
) -> impl Iterator<Item = &(ColumnIndex, Expr)> {
    set.iter()
        .filter(move |(column, value)| !is_column(value, row, *column))
}

/// Whether the value is that column of that row.
fn is_column(value: &Expr, row: LocalId, column: ColumnIndex) -> bool {
    matches!(&value.kind, ExprKind::Column(of, at)
        if *at == column && matches!(of.kind, ExprKind::Local(id) if id == row))
}
