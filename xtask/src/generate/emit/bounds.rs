//! Rows that stop at the bounds of their columns: those that functions write which cannot fail, and may
//! run where nobody can be told of a value that passes them.

use super::quote::quote;
use super::tokens::{Ident, TokenStream};
use crate::generate::ir::{ColumnIndex, Expr, ExprKind, Function, Literal, Table, Ty};

/// Whether values that a function gives a row may pass bounds at which the row is to stop.
pub(super) fn may_stop<'e>(
    function: &Function,
    table: &Table,
    set: impl IntoIterator<Item = &'e (ColumnIndex, Expr)>,
) -> bool {
    function.writes
        && !function.fails
        && set.into_iter().any(|(at, value)| {
            is_bounded(table, *at) && !is_fixed(table, *at) && !is_constant(value)
        })
}

/// Brings the row `name` within its bounds.
pub(super) fn stop(name: &Ident) -> TokenStream {
    quote!(cx.keep_in_bounds(&mut #name);)
}

/// The same of each of the rows `name`.
pub(super) fn stop_each(name: &Ident) -> TokenStream {
    quote!(#name.iter_mut().for_each(|row| cx.keep_in_bounds(row));)
}

/// Whether a column's number stays where it passes a bound: it tells the row from others.
pub(super) fn is_fixed(table: &Table, at: ColumnIndex) -> bool {
    is_bounded(table, at)
        && (table.key.contains(&at) || table.unique.iter().flatten().any(|it| *it == at))
}

fn is_bounded(table: &Table, at: ColumnIndex) -> bool {
    let column = &table.columns[at];
    let ty = match &column.ty {
        Ty::Optional(inner) => inner,
        ty => ty,
    };
    let has_bounds = column.min.is_some() || column.max.is_some();
    has_bounds && matches!(ty, Ty::Int | Ty::Float)
}

/// Whether it is known to be within the bounds: the declaration of a constant that passes them is wrong.
fn is_constant(value: &Expr) -> bool {
    match &value.kind {
        ExprKind::Literal(Literal::Int(_) | Literal::Float(_)) | ExprKind::Absent => true,
        ExprKind::ToOptional(of) => is_constant(of),
        _ => false,
    }
}
