//! Who calls whom: in which order functions can be looked at, and that none calls itself.
//!
//! A function calls what runs after it (`after`). Such a one is looked at after the function that
//! it follows, whose reply it is given, and before that one's callers, of which it is a part.

use std::collections::{BTreeMap, BTreeSet};

use crate::generate::ast::{Step, StepKind, When};
use crate::generate::diagnostic::{Code, Diagnostics};
use crate::generate::ir::FunctionId;
use crate::generate::source::Name;

use super::declare::Declared;

/// A call that a function makes.
struct Call<'a> {
    to: FunctionId,
    name: &'a Name,
    /// The function that is called, where `to` runs after it.
    through: Option<FunctionId>,
    /// Whether it is called by `to`, rather than calling it: it runs after that.
    follows: bool,
}

/// A function whose calls are being followed.
struct Visit {
    function: FunctionId,
    next_call: usize,
}

/// All functions, each after those that it calls; where calls go in a circle, that is said.
pub(super) fn called_first(names: &Declared, diagnostics: &mut Diagnostics) -> Vec<FunctionId> {
    let followers = followers(names);
    let calls: BTreeMap<FunctionId, Vec<Call>> = names
        .function_ids()
        .map(|id| (id, calls_of(names, id, &followers)))
        .collect();
    let mut order = Vec::with_capacity(calls.len());
    let mut seen = BTreeSet::new();
    for &start in calls.keys() {
        if !seen.insert(start) {
            continue;
        }
        // A stack of its own: a chain of calls may be longer than the thread's stack is deep.
        let mut path = vec![Visit {
            function: start,
            next_call: 0,
        }];
        while let Some(visit) = path.last_mut() {
            let function = visit.function;
            let Some(call) = calls[&function].get(visit.next_call) else {
                order.push(function);
                path.pop();
                continue;
            };
            visit.next_call += 1;
            if seen.insert(call.to) {
                path.push(Visit {
                    function: call.to,
                    next_call: 0,
                });
            } else if let Some(from) = path.iter().position(|v| v.function == call.to) {
                say_cycle(names, &calls, &path[from..], call, diagnostics);
            }
        }
    }
    order
}

/// The functions that others may call: those that steps call, or that run after another one, and
/// all of a manager of which some are written by hand, where nobody sees what they call.
pub(super) fn called(names: &Declared) -> BTreeSet<FunctionId> {
    let mut called = BTreeSet::new();
    let by_hand: BTreeSet<_> = names
        .function_ids()
        .filter(|id| names.function(*id).native.is_some())
        .map(|id| id.0)
        .collect();
    for id in names.function_ids() {
        if followed(names, id).is_some() || by_hand.contains(&id.0) {
            called.insert(id);
        }
        walk(&names.function(id).steps, &mut |name| {
            called.extend(names.called(id.0, &name.value));
        });
    }
    called
}

/// Those of them that other managers call.
pub(super) fn called_elsewhere(names: &Declared) -> BTreeSet<FunctionId> {
    let mut called = BTreeSet::new();
    for id in names.function_ids() {
        if let Some((by, _)) = followed(names, id)
            && by.0 != id.0
        {
            called.insert(id);
        }
        walk(&names.function(id).steps, &mut |name| {
            let to = names.called(id.0, &name.value);
            called.extend(to.filter(|to| to.0 != id.0));
        });
    }
    called
}

/// The functions that run after each.
type Followers = BTreeMap<FunctionId, Vec<FunctionId>>;

fn followers(names: &Declared) -> Followers {
    let mut followers = Followers::new();
    for id in names.function_ids() {
        if let Some((by, _)) = followed(names, id) {
            followers.entry(by).or_default().push(id);
        }
    }
    followers
}

/// The function after which this one runs.
fn followed<'a>(names: &Declared<'a>, id: FunctionId) -> Option<(FunctionId, &'a Name)> {
    match &names.function(id).runs.as_ref()?.when {
        When::After { function, .. } => Some((names.called(id.0, &function.value)?, function)),
        When::PlayerCreated | When::Every(_) => None,
    }
}

fn calls_of<'a>(names: &Declared<'a>, id: FunctionId, followers: &Followers) -> Vec<Call<'a>> {
    let mut found = Vec::new();
    if let Some((to, name)) = followed(names, id) {
        found.push(Call {
            to,
            name,
            through: None,
            follows: true,
        });
    }
    walk(&names.function(id).steps, &mut |name| {
        let Some(called) = names.called(id.0, &name.value) else {
            return;
        };
        found.push(Call {
            to: called,
            name,
            through: None,
            follows: false,
        });
        let mut after = vec![called];
        let mut seen = BTreeSet::from([called]);
        while let Some(at) = after.pop() {
            for &to in followers.get(&at).into_iter().flatten() {
                if seen.insert(to) {
                    after.push(to);
                    found.push(Call {
                        to,
                        name,
                        through: Some(at),
                        follows: false,
                    });
                }
            }
        }
    });
    found
}

fn walk<'a>(steps: &'a [Step], found: &mut impl FnMut(&'a Name)) {
    for step in steps {
        match &step.kind {
            StepKind::Call { function, .. } => found(function),
            StepKind::If {
                then, otherwise, ..
            } => {
                walk(then, found);
                walk(otherwise, found);
            }
            StepKind::For { steps, .. } => walk(steps, found),
            _ => {}
        }
    }
}

fn say_cycle(
    names: &Declared,
    calls: &BTreeMap<FunctionId, Vec<Call>>,
    path: &[Visit],
    last: &Call,
    diagnostics: &mut Diagnostics,
) {
    let taken = path.iter().map(|visit| {
        let at = visit.next_call - 1;
        (visit.function, &calls[&visit.function][at])
    });
    let taken: Vec<_> = taken.collect();
    // What follows a function is called by it: that way around.
    let runs_after = taken.iter().all(|(_, call)| call.follows);
    let mut circle = vec![names.full_name(path[0].function)];
    for (_, call) in &taken {
        circle.extend(call.through.map(|through| names.full_name(through)));
        circle.push(names.full_name(call.to));
    }
    let title = match (circle.as_slice(), runs_after) {
        ([one, _], true) => format!("`{one}` runs after itself"),
        (_, true) => format!(
            "functions run after each other in a circle: {}",
            circle.join(" -> ")
        ),
        ([one, _], false) => format!("`{one}` calls itself"),
        _ => format!(
            "functions call each other in a circle: {}",
            circle.join(" -> ")
        ),
    };
    let diagnostic = diagnostics.error(
        Code::CallCycle,
        last.name.span,
        title,
        "leads back to where it came from",
    );
    for (function, call) in &taken[..taken.len() - 1] {
        let name = names.full_name(*function);
        let how = match call.follows {
            true => format!("`{name}` runs after it"),
            false => format!("`{name}` calls it here"),
        };
        diagnostic.label(call.name.span, how);
    }
    for (_, call) in &taken {
        let to = &names.function(call.to);
        if let (Some(_), Some(runs)) = (call.through, &to.runs) {
            diagnostic.label(runs.span, format!("`{}` runs after it", to.name.value));
        }
    }
    diagnostic.help("a function cannot wait for itself: take what both need into a third function");
}
