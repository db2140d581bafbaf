//! Rows that a `delete` with `where` has removed for certain before a `save` writes them: the save would
//! be a fault each time. Where it is not certain, the server tells when it comes to it.

use std::collections::BTreeMap;

use crate::generate::diagnostic::{Code, Diagnostics};
use crate::generate::ir::{
    ColumnIndex, Comparison, Expr, ExprKind, Filter, Function, FunctionId, LocalId, Missing, Step,
    StepKind, TableId,
};
use crate::generate::source::Span;

/// Says which saves are of rows that are no more.
pub(super) fn check(
    functions: &BTreeMap<FunctionId, Option<Function>>,
    diagnostics: &mut Diagnostics,
) {
    for function in functions.values().flatten() {
        let mut rows = Rows {
            function,
            diagnostics: &mut *diagnostics,
        };
        rows.steps(&function.steps, Held::new());
    }
}

/// A row that a `get` with an error bound, by what it is known, and where it was removed.
#[derive(Clone, Copy)]
struct Row<'f> {
    table: TableId,
    by: &'f [(ColumnIndex, Expr)],
    removed: Option<Span>,
}

type Held<'f> = BTreeMap<LocalId, Row<'f>>;

struct Rows<'f, 'd> {
    function: &'f Function,
    diagnostics: &'d mut Diagnostics,
}

impl<'f> Rows<'f, '_> {
    /// Follows steps; returns the rows after them, `None` where no way leads there.
    fn steps(&mut self, steps: &'f [Step], mut held: Held<'f>) -> Option<Held<'f>> {
        for step in steps {
            match &step.kind {
                StepKind::Get {
                    table,
                    by,
                    missing: Missing::Error(_),
                    bind,
                    ..
                } => {
                    let row = Row {
                        table: *table,
                        by,
                        removed: None,
                    };
                    held.insert(*bind, row);
                }
                StepKind::DeleteMany { table, filter, .. } => {
                    let rows = held.values_mut();
                    rows.filter(|row| row.table == *table && fits(row, filter))
                        .for_each(|row| row.removed = Some(step.span));
                }
                StepKind::DeleteRow { row, .. } => {
                    let deleted = held.get(row).copied();
                    let rows = held.iter_mut().filter(|(name, _)| *name != row);
                    rows.filter(|(_, it)| deleted.is_some_and(|row| is_one(&row, it)))
                        .for_each(|(_, it)| it.removed = Some(step.span));
                }
                StepKind::Insert { table, .. } | StepKind::InsertEach { table, .. } => {
                    let rows = held.values_mut();
                    rows.filter(|row| row.table == *table)
                        .for_each(|row| row.removed = None);
                }
                // What is called may have made the row anew.
                StepKind::Call { .. } => held.values_mut().for_each(|row| row.removed = None),
                StepKind::Save { row, .. } => self.save(step, *row, &held),
                StepKind::If {
                    then, otherwise, ..
                } => {
                    let then = self.steps(then, held.clone());
                    let otherwise = self.steps(otherwise, held);
                    held = match (then, otherwise) {
                        (Some(then), Some(otherwise)) => both(then, &otherwise),
                        (way, other) => way.or(other)?,
                    };
                }
                StepKind::For { steps, .. } => {
                    if let Some(after) = self.steps(steps, held.clone()) {
                        held = both(held, &after);
                    }
                }
                StepKind::Return { .. } => return None,
                _ => {}
            }
        }
        Some(held)
    }

    fn save(&mut self, step: &Step, row: LocalId, held: &Held<'_>) {
        let Some(removed) = held.get(&row).and_then(|row| row.removed) else {
            return;
        };
        let name = &self.function.locals[row.0].name;
        self.diagnostics
            .error(
                Code::SaveOfNoRow,
                step.span,
                format!("`{name}` cannot be saved: it was deleted above"),
                "there is no such row any more",
            )
            .label(removed, format!("deletes the row of `{name}`, too"))
            .help("save it before, or `insert` a row that is to come back");
    }
}

/// What holds on both ways.
fn both<'f>(mut held: Held<'f>, other: &Held<'f>) -> Held<'f> {
    for (name, row) in &mut held {
        let there = other.get(name).and_then(|row| row.removed);
        row.removed = row.removed.and(there);
    }
    held
}

/// Whether a row fits a filter for certain: it was got by the same values.
fn fits(row: &Row<'_>, filter: &[Filter]) -> bool {
    filter.iter().all(|it| {
        let known = row.by.iter().find(|(column, _)| *column == it.column);
        it.comparison == Comparison::Eq && known.is_some_and(|(_, value)| is_same(value, &it.value))
    })
}

/// Whether two rows are one for certain: they were got by the same values.
fn is_one(row: &Row<'_>, other: &Row<'_>) -> bool {
    let same = |((at, value), (other, its)): (&(ColumnIndex, Expr), &(ColumnIndex, Expr))| {
        at == other && is_same(value, its)
    };
    row.table == other.table
        && row.by.len() == other.by.len()
        && row.by.iter().zip(other.by).all(same)
}

/// Whether two values are the same one wherever they stand in the function.
fn is_same(a: &Expr, b: &Expr) -> bool {
    match (&a.kind, &b.kind) {
        (ExprKind::Literal(a), ExprKind::Literal(b)) => a == b,
        (ExprKind::Caller, ExprKind::Caller) | (ExprKind::Now, ExprKind::Now) => true,
        (ExprKind::Arg(a), ExprKind::Arg(b)) => a == b,
        _ => false,
    }
}
