//! What the server runs by itself, for what caused it: nobody is there to be told of an error.

use crate::generate::ast::When;
use crate::generate::diagnostic::{Code, Diagnostics};
use crate::generate::ir::FunctionId;
use crate::generate::ir::Runs;
use crate::generate::source::Span;

use super::{Does, Known, Take, World};
use crate::generate::resolve::runs::of as runs_of;

/// What runs after a function is what that one does, too: its last call, which gives. One of the same
/// manager counts as its steps, which must not come after what gives; it runs before those of others.
pub(super) fn follow(
    world: &World,
    known: &mut Known,
    id: FunctionId,
    diagnostics: &mut Diagnostics,
) {
    let mut at = id;
    // A function that read or wrote before was told of by itself.
    let mut was_told = false;
    let mut seen = vec![id];
    while let Some(Runs::After(by)) = runs_of(world, at) {
        let (Some(follower), false) = (known.get(&at).cloned(), seen.contains(&by)) else {
            return;
        };
        let Some(followed) = known.get_mut(&by) else {
            return;
        };
        seen.push(by);
        let Some(place) = world.names.function(at).runs.as_ref().map(|runs| runs.span) else {
            return;
        };
        let is_own = by.0 == at.0;
        let looks = |does: &Does| does.reads || does.writes.is_some();
        if is_own && looks(&follower) && !was_told {
            let mut takes = followed.takes.iter();
            if followed.gives_in_steps {
                say_after_gives(world, at, by, diagnostics);
            } else if let Some(take) = takes.find(|take| take.is_for_good(world)) {
                say_after_last(world, (at, place), *take, diagnostics);
            }
        }
        was_told = looks(followed);
        if is_own {
            followed.add(&follower.by(place));
            followed.gives_in_steps |= follower.gives.is_some();
        } else if follower.changes_anything() {
            followed.add(&Does {
                gives: Some(place),
                gives_by: Some(at),
                writes_elsewhere: Some((place, at)),
                ..Does::default()
            });
        }
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

/// A take that nothing takes back, of a function that one of its manager runs after.
fn say_after_last(
    world: &World,
    (id, runs): (FunctionId, Span),
    take: Take,
    diagnostics: &mut Diagnostics,
) {
    let called = world.names.full_name(take.function);
    let name = &world.names.function(id).name.value;
    diagnostics
        .error(
            Code::NoUndo,
            take.step,
            format!("nothing takes `{called}` back, and `{name}` runs after it"),
            "takes: it writes and may fail",
        )
        .label(runs, "reads or writes, as steps of the same function")
        .label(world.names.function(take.function).name.span, "has no `undone_by`")
        .help(format!(
            "give `{called}` an `undone_by`: the function that does the opposite; or let a function of another \
             manager run here"
        ));
}

/// Says which functions run for what another one did, and may fail. What runs for a new player may
/// insert rows that could be there already: the player is new.
pub(super) fn check(world: &World, known: &Known, diagnostics: &mut Diagnostics) {
    for (id, does) in known {
        let function = world.names.function(*id);
        let Some(runs) = &function.runs else {
            continue;
        };
        let (fails, when) = match runs.when {
            When::PlayerCreated => (does.declared, "for each new player"),
            When::After { .. } => (does.may_fail, "after a success"),
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
