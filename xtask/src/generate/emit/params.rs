//! Rows as structs, and values for statements.

use super::quote::quote;
use super::tokens::{Ident, TokenStream};
use aliya_macros_core::sql;

use super::body::Body;
use super::code::{Code, ident, int};
use super::tables::describe;
use super::template::field;
use crate::generate::ir::{ColumnIndex, Expr, ExprKind, Literal, Table, TableId, Ty};

impl<'g> Body<'_, 'g> {
    /// A table's declaration.
    pub(super) fn table(&self, id: TableId) -> &'g Table {
        self.scope.game.the_table(id)
    }

    /// A table as core knows it.
    pub(super) fn describe(&self, id: TableId) -> sql::Table {
        describe(self.scope.game, id)
    }

    /// `Row { column: value, ... }`.
    pub(super) fn row(&self, table: TableId, values: &[(ColumnIndex, Code)]) -> TokenStream {
        let row = self.scope.row(table);
        let columns = &self.table(table).columns;
        let fields = values
            .iter()
            .map(|(at, value)| field(&columns[*at].name, value));
        quote!(#row { #(#fields),* })
    }

    /// The parameters of the row `name`, but the column `number`.
    pub(super) fn params_without(
        &self,
        table: TableId,
        number: ColumnIndex,
        name: &Ident,
    ) -> TokenStream {
        let params = self.params_of(table, number, name);
        quote!(&[#(#params),*])
    }

    /// What gives the parameters of one of several rows of the struct `row`; without the column `number`,
    /// where there is one.
    pub(super) fn params_of_each(
        &self,
        table: TableId,
        number: Option<ColumnIndex>,
        row: &Ident,
    ) -> TokenStream {
        let Some(number) = number else {
            return quote!(#row::params);
        };
        let params = self.params_of(table, number, &ident("row"));
        let row = match params.is_empty() {
            true => quote!(_),
            false => quote!(row),
        };
        quote!(|#row| vec![#(#params),*])
    }

    fn params_of(&self, table: TableId, number: ColumnIndex, row: &Ident) -> Vec<TokenStream> {
        let columns = 0..self.table(table).columns.len();
        let columns = columns.filter(|at| *at != number);
        let columns = columns.map(|at| self.column(table, at));
        columns.map(|column| quote!(#row.#column.param())).collect()
    }

    /// A value for a statement.
    pub(super) fn param(&mut self, expr: &Expr) -> TokenStream {
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
            ExprKind::Literal(Literal::EmptyList) => quote!(Param::Text("[]")),
            ExprKind::Literal(Literal::EmptyMap) => quote!(Param::Text("{}")),
            _ => {
                let value = self.receiver(expr);
                quote!(#value.param())
            }
        }
    }

    /// A list, as the text of a JSON array.
    pub(super) fn list_param(&mut self, list: &Expr) -> TokenStream {
        let items = match &list.kind {
            ExprKind::Literal(Literal::EmptyList) => return quote!(Param::Text("[]")),
            ExprKind::List(items) => {
                let items: Vec<_> = items.iter().map(|item| self.value(item)).collect();
                quote!(&[#(#items),*])
            }
            _ => self.borrowed(list),
        };
        quote!(Param::Text(&ops::json(#items)))
    }

    /// How many rows: less than none is none.
    pub(super) fn count_param(&mut self, count: &Expr) -> TokenStream {
        if let ExprKind::Literal(Literal::Int(n)) = count.kind {
            let n = int(n.max(0), false);
            return quote!(Param::Int(#n));
        }
        let count = self.receiver(count);
        quote!(Param::Int(#count.max(0)))
    }
}

/// A time or an id is an int to a statement.
fn plain(expr: &Expr) -> Expr {
    Expr {
        ty: Ty::Int,
        ..expr.clone()
    }
}
