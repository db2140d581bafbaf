//! Who calls whom: in which order functions can be looked at, and that none calls itself.

use std::collections::{BTreeMap, BTreeSet};

use crate::generate::ast::{Step, StepKind};
use crate::generate::diagnostic::{Code, Diagnostics};
use crate::generate::ir::FunctionId;
use crate::generate::source::Name;

use super::declare::Declared;

/// A call that a function makes.
struct Call<'a> {
    to: FunctionId,
    name: &'a Name,
}

/// A function whose calls are being followed.
struct Visit {
    function: FunctionId,
    next_call: usize,
}

/// All functions, each after those that it calls; where calls go in a circle, that is said.
pub(super) fn called_first(names: &Declared, diagnostics: &mut Diagnostics) -> Vec<FunctionId> {
    let calls: BTreeMap<FunctionId, Vec<Call>> = names
        .function_ids()
        .map(|id| (id, calls_of(names, id)))
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

fn calls_of<'a>(names: &Declared<'a>, id: FunctionId) -> Vec<Call<'a>> {
    let mut found = Vec::new();
    walk(&names.function(id).steps, &mut |name| {
        if let Some(to) = names.called(id.0, &name.value) {
            found.push(Call { to, name });
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
    let mut circle: Vec<String> = path.iter().map(|v| names.full_name(v.function)).collect();
    circle.push(names.full_name(last.to));
    let title = match path {
        [_] => format!("`{}` calls itself", circle[0]),
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
    for visit in &path[..path.len() - 1] {
        let taken = calls[&visit.function].get(visit.next_call - 1);
        if let Some(call) = taken {
            diagnostic.label(
                call.name.span,
                format!("`{}` calls it here", names.full_name(visit.function)),
            );
        }
    }
    diagnostic.help("a function cannot wait for itself: take what both need into a third function");
}
