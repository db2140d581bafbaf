//! What the server runs by itself, for what caused it: nobody is there to be told of an error.

use std::collections::BTreeMap;

use crate::generate::ast::When;
use crate::generate::diagnostic::{Code, Diagnostics};
use crate::generate::ir::FunctionId;

use super::{Summary, World};

/// Says which functions run for what another one did, and may fail. What runs for a new player may
/// insert rows that could be there already: the player is new.
pub(super) fn check(
    world: &World,
    summaries: &BTreeMap<FunctionId, Summary>,
    diagnostics: &mut Diagnostics,
) {
    for (id, summary) in summaries {
        let function = world.names.function(*id);
        let Some(runs) = &function.runs else {
            continue;
        };
        let (fails, when) = match runs.when {
            When::PlayerCreated => (summary.declared, "for each new player"),
            When::After { .. } => (summary.may_fail, "after a success"),
            When::Every(_) => continue,
        };
        let Some(fails) = fails else {
            continue;
        };
        diagnostics
            .error(
                Code::RunsAndFails,
                fails,
                format!("`{}` runs {when}, and may fail", function.name.value),
                "may fail",
            )
            .label(runs.span, "when it runs")
            .help(
                "let it do what it can: `or: default` instead of `else`, `if` instead of `require`",
            );
    }
}
