//! Steps that write or remove many rows, or a whole row.

use super::body::Body;
use super::changes::term;
use super::quote::quote;
use super::reads::{by_conditions, condition};
use super::statements::action;
use super::tokens::{Ident, TokenStream};
use crate::generate::ir::{Change, ColumnIndex, Filter, LocalId, TableId};

impl Body<'_, '_> {
    pub(super) fn update(
        &mut self,
        table: TableId,
        filter: &[Filter],
        set: &[(ColumnIndex, Change)],
        bind: Option<LocalId>,
        at: &str,
    ) -> TokenStream {
        let declared = self.table(table);
        let conditions: Vec<_> = filter.iter().map(condition).collect();
        let terms: Vec<_> = set.iter().map(|(at, change)| (*at, term(change))).collect();
        let described = self.describe(table);
        let texts = described.texts(|sql| sql.update_many(&terms, &conditions));
        let names = set
            .iter()
            .map(|(at, _)| declared.columns[*at].name.as_str());
        let verb = action("update", names);
        let action = by_conditions(declared, &format!("{verb}_by"), &conditions);
        let statement = self.statements.add(&declared.name, &action, texts);
        let mut params = Vec::new();
        for (_, change) in set {
            change.values(&mut |value| params.push(self.param(value)));
        }
        params.extend(self.filter_params(filter));
        self.change(&statement, &params, bind, at)
    }

    pub(super) fn delete_many(
        &mut self,
        table: TableId,
        filter: &[Filter],
        bind: Option<LocalId>,
        at: &str,
    ) -> TokenStream {
        let declared = self.table(table);
        let conditions: Vec<_> = filter.iter().map(condition).collect();
        let described = self.describe(table);
        let texts = described.texts(|sql| sql.delete_many(&conditions));
        let action = by_conditions(declared, "delete_by", &conditions);
        let statement = self.statements.add(&declared.name, &action, texts);
        let params = self.filter_params(filter);
        self.change(&statement, &params, bind, at)
    }

    pub(super) fn delete_row(&mut self, table: TableId, row: LocalId, at: &str) -> TokenStream {
        let declared = self.table(table);
        let texts = self.describe(table).texts(|sql| sql.delete());
        let names = declared.key.iter();
        let names = names.map(|&at| declared.columns[at].name.as_str());
        let action = action("delete_by", names);
        let statement = self.statements.add(&declared.name, &action, texts);
        let target = self.local(row);
        let key = declared.key.iter().map(|&at| self.column(table, at));
        let params: Vec<_> = key.map(|column| quote!(#target.#column.param())).collect();
        self.change(&statement, &params, None, at)
    }

    /// Runs a statement that changes or removes rows, and binds how many.
    fn change(
        &self,
        statement: &Ident,
        params: &[TokenStream],
        bind: Option<LocalId>,
        at: &str,
    ) -> TokenStream {
        let changed = quote!(cx.change(&#statement, &[#(#params),*], #at).await?);
        match bind {
            Some(bind) => self.bind(bind, None, &changed),
            None => quote!(#changed;),
        }
    }
}
