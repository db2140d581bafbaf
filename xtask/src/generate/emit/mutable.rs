//! Which locals are `mut`.

use super::bounds::may_stop;
use super::tables::row_number;
use super::writes::assigned;
use crate::generate::ir::{Function, Game, LocalId, Step, StepKind};

/// Whether a step changes what the local is bound to: a `save` that gives columns other values, an
/// `insert` of a row that gets its id from the database, or stops at bounds, a `for` that builds a list,
/// or any that may have written a row which the local holds.
pub(super) fn is_changed(game: &Game, function: &Function, local: LocalId) -> bool {
    changes(game, function, &function.steps, local)
}

fn changes(game: &Game, function: &Function, steps: &[Step], local: LocalId) -> bool {
    let within = |steps: &[Step]| changes(game, function, steps, local);
    steps.iter().any(|step| {
        if step.renews.contains(&local) {
            return true;
        }
        match &step.kind {
            StepKind::Save { row, set, .. } => {
                *row == local && assigned(*row, set).next().is_some()
            }
            StepKind::Insert {
                table, set, bind, ..
            } if *bind == Some(local) => {
                let table = game.the_table(*table);
                row_number(table).is_some() || may_stop(function, table, set)
            }
            StepKind::For { steps, give, .. } => {
                let builds = give.iter().any(|(_, bind)| *bind == local);
                builds || within(steps)
            }
            StepKind::If {
                then, otherwise, ..
            } => within(then) || within(otherwise),
            _ => false,
        }
    })
}
