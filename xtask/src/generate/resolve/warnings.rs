//! What is right and still may not be meant.

use crate::generate::diagnostic::Code;
use crate::generate::ir::{ColumnIndex, Expr, ExprKind, LocalId};
use crate::generate::source::Span;

use super::body::Body;

/// A column of a row that a `save` has written.
#[derive(Clone, Copy)]
pub(super) struct Saved {
    /// The row.
    pub(super) row: LocalId,
    /// The column.
    pub(super) column: ColumnIndex,
    /// Where it was set.
    pub(super) span: Span,
}

impl Body<'_, '_> {
    /// Warns of a condition that reads a column saved above: it reads the new value.
    pub(super) fn warn_of_saved(&mut self, condition: &Expr) {
        let mut found = Vec::new();
        columns_read(condition, &mut |row, column, span| {
            let mut saved = self.saved.iter();
            let saved = saved.find(|saved| saved.row == row && saved.column == column);
            found.extend(saved.map(|saved| (span, saved.span)));
        });
        for (span, saved) in found {
            let text = self.text(span).to_owned();
            self.diagnostics
                .error(
                    Code::ReadsSaved,
                    span,
                    format!("`{text}` was saved above, and this reads the new value"),
                    "the new value",
                )
                .label(saved, "saved here")
                .help("check it before the `save`, or bind the old value by a `let` above it");
        }
    }
}

fn columns_read(expr: &Expr, found: &mut impl FnMut(LocalId, ColumnIndex, Span)) {
    match &expr.kind {
        ExprKind::Column(row, column) => {
            if let ExprKind::Local(row) = row.kind {
                found(row, *column, expr.span);
            }
        }
        ExprKind::Literal(_)
        | ExprKind::Caller
        | ExprKind::Now
        | ExprKind::Arg(_)
        | ExprKind::Local(_)
        | ExprKind::Config(_)
        | ExprKind::Absent => {}
        ExprKind::Pluck(inner, _)
        | ExprKind::Field(inner, _)
        | ExprKind::Unary(_, inner)
        | ExprKind::ToFloat(inner)
        | ExprKind::ToInt(inner)
        | ExprKind::ToId(inner)
        | ExprKind::ToOptional(inner) => columns_read(inner, found),
        ExprKind::Index(a, b) | ExprKind::Binary(_, a, b) => {
            columns_read(a, found);
            columns_read(b, found);
        }
        ExprKind::If(a, b, c) => {
            columns_read(a, found);
            columns_read(b, found);
            columns_read(c, found);
        }
        ExprKind::List(items) | ExprKind::Builtin(_, items) | ExprKind::Record(items) => {
            items.iter().for_each(|item| columns_read(item, found));
        }
        ExprKind::Formula(call) => call.args.iter().for_each(|arg| columns_read(arg, found)),
    }
}
