//! Which locals are `mut`.

use super::tables::row_number;
use super::writes::assigned;
use crate::generate::ir::{Game, LocalId, Step, StepKind};

/// Whether a step changes what the local is bound to: a `save` that gives columns other values, an
/// `insert` of a row that gets its id from the database, a `for` that builds a list.
pub(super) fn is_changed(game: &Game, steps: &[Step], local: LocalId) -> bool {
    steps.iter().any(|step| match &step.kind {
        StepKind::Save { row, set, .. } => *row == local && assigned(*row, set).next().is_some(),
        StepKind::Insert { table, bind, .. } => {
            *bind == Some(local) && row_number(game.the_table(*table)).is_some()
        }
        StepKind::For { steps, give, .. } => {
            let builds = give.iter().any(|(_, bind)| *bind == local);
            builds || is_changed(game, steps, local)
        }
        StepKind::If {
            then, otherwise, ..
        } => is_changed(game, then, local) || is_changed(game, otherwise, local),
        _ => false,
    })
}
