//! Steps that have the database compute one value.

use aliya_macros_core::sql::Texts;

use super::body::Body;
use super::quote::quote;
use super::reads::{by_conditions, by_order, condition};
use super::statements::action;
use super::tokens::TokenStream;
use crate::generate::ir::{ColumnIndex, Expr, Filter, LocalId, Measure, TableId};

/// What rows are ranked by, and the columns and values of the one whose rank it is.
type RankOf<'a> = (&'a [(ColumnIndex, bool)], &'a [(ColumnIndex, Expr)]);

impl Body<'_, '_> {
    pub(super) fn measure(
        &mut self,
        what: Measure,
        table: TableId,
        filter: &[Filter],
        bind: LocalId,
        at: &str,
    ) -> TokenStream {
        let declared = self.table(table);
        let conditions: Vec<_> = filter.iter().map(condition).collect();
        let described = self.describe(table);
        let texts = described.texts(|sql| match what {
            Measure::Count => sql.count(&conditions),
            Measure::Exists => sql.exists(&conditions),
            Measure::Sum(column) => sql.sum(column, &conditions),
        });
        let verb = match what {
            Measure::Count => "count".to_owned(),
            Measure::Exists => "exists".to_owned(),
            Measure::Sum(column) => format!("sum_{}", declared.columns[column].name),
        };
        let verb = match filter {
            [] => verb,
            _ => format!("{verb}_by"),
        };
        let action = by_conditions(declared, &verb, &conditions);
        let params = self.filter_params(filter);
        self.computed_value(table, &action, texts, &params, bind, at)
    }

    pub(super) fn rank(
        &mut self,
        table: TableId,
        (order, of): RankOf<'_>,
        filter: &[Filter],
        bind: LocalId,
        at: &str,
    ) -> TokenStream {
        let declared = self.table(table);
        let conditions: Vec<_> = filter.iter().map(condition).collect();
        let columns: Vec<_> = of.iter().map(|(column, _)| *column).collect();
        let described = self.describe(table);
        let texts = described.texts(|sql| sql.rank(order, &columns, &conditions));
        let names = columns.iter().map(|&at| declared.columns[at].name.as_str());
        let mut name = action("rank_of", names);
        if !conditions.is_empty() {
            name = by_conditions(declared, &format!("{name}_by"), &conditions);
        }
        name.push_str(&by_order(declared, order));
        let mut params = self.filter_params(filter);
        params.extend(of.iter().map(|(_, value)| self.param(value)));
        self.computed_value(table, &name, texts, &params, bind, at)
    }

    fn computed_value(
        &mut self,
        table: TableId,
        action: &str,
        texts: Texts,
        params: &[TokenStream],
        bind: LocalId,
        at: &str,
    ) -> TokenStream {
        let declared = self.table(table);
        let statement = self.statements.add(&declared.name, action, texts);
        let ty = self.ty(self.local_ty(bind));
        let value = quote!(cx.value(&#statement, &[#(#params),*], #at).await?.value()?);
        self.bind(bind, Some(ty), &value)
    }
}
