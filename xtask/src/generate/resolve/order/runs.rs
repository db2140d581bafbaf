//! What the server runs by itself, for what caused it: nobody is there to be told of an error.

use std::collections::BTreeMap;

use crate::generate::ast::When;
use crate::generate::diagnostic::{Code, Diagnostics};
use crate::generate::ir::FunctionId;
use crate::generate::ir::Runs;

use super::{Summary, World};
use crate::generate::resolve::runs::of as runs_of;

/// What runs after a function is what that one does, too: its last call, which gives. One of the same
/// manager counts as its steps, which must not come after what gives; it runs before those of others.
pub(super) fn follow(
    world: &World,
    summaries: &mut BTreeMap<FunctionId, Summary>,
    id: FunctionId,
    diagnostics: &mut Diagnostics,
) {
    let mut at = id;
    // A function that read or wrote before was told of by itself.
    let mut was_told = false;
    let mut seen = vec![id];
    while let Some(Runs::After(by)) = runs_of(world, at) {
        let (Some(follower), false) = (summaries.get(&at).cloned(), seen.contains(&by)) else {
            return;
        };
        let Some(followed) = summaries.get_mut(&by) else {
            return;
        };
        seen.push(by);
        let is_own = by.0 == at.0;
        let looks = follower.reads || follower.writes;
        if is_own && followed.gives_in_steps && looks && !was_told {
            say_after_gives(world, at, by, diagnostics);
        }
        was_told = followed.reads || followed.writes;
        followed.reads |= is_own && follower.reads;
        followed.writes |= is_own && follower.writes;
        followed.gives_in_steps |= is_own && follower.gives;
        followed.gives |= match is_own {
            true => follower.gives,
            false => follower.changes_anything(),
        };
        // A chain: what is before it does this, too.
        at = by;
    }
}

fn say_after_gives(world: &World, id: FunctionId, by: FunctionId, diagnostics: &mut Diagnostics) {
    let function = world.names.function(id);
    let Some(runs) = &function.runs else {
        return;
    };
    let before = &world.names.function(by).name;
    diagnostics
        .error(
            Code::StepOrder,
            runs.span,
            format!(
                "`{}` counts as steps of `{}`, and comes after what that one gives",
                function.name.value, before.value
            ),
            "reads or writes after what gives",
        )
        .label(before.span, "makes calls that give")
        .help("let a function of another manager run here, or call this one before what gives");
}

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
