//! Managers that take from each other: never in a circle, in which each could change what the other has
//! read, so that both begin anew for ever.

use std::collections::BTreeMap;

use crate::generate::diagnostic::{Code, Diagnostics};
use crate::generate::ir::ManagerId;
use crate::generate::source::Span;

use super::{Known, World};

/// The first take from one manager to another.
type Takes = BTreeMap<ManagerId, BTreeMap<ManagerId, Span>>;

/// Says where managers take from each other in a circle, each circle once.
pub(super) fn check(world: &World, known: &Known, diagnostics: &mut Diagnostics) {
    let mut takes = Takes::new();
    for (id, does) in known {
        for take in &does.takes {
            let of = takes.entry(id.0).or_default();
            of.entry(take.function.0).or_insert(take.step);
        }
    }
    let mut done: Vec<ManagerId> = Vec::new();
    for &start in takes.keys() {
        if done.contains(&start) {
            continue;
        }
        if let Some(circle) = shortest_circle(&takes, start) {
            say_circle(world, &takes, &circle, diagnostics);
            done.extend(circle);
        }
    }
}

/// The managers of a shortest circle through `start`, which comes first.
fn shortest_circle(takes: &Takes, start: ManagerId) -> Option<Vec<ManagerId>> {
    let mut came_from: BTreeMap<ManagerId, ManagerId> = BTreeMap::new();
    let mut next = std::collections::VecDeque::from([start]);
    while let Some(at) = next.pop_front() {
        for &to in takes.get(&at).into_iter().flat_map(BTreeMap::keys) {
            if to == start {
                let mut circle = vec![at];
                while circle[circle.len() - 1] != start {
                    circle.push(came_from[&circle[circle.len() - 1]]);
                }
                circle.reverse();
                return Some(circle);
            }
            came_from.entry(to).or_insert_with(|| {
                next.push_back(to);
                at
            });
        }
    }
    None
}

fn say_circle(world: &World, takes: &Takes, circle: &[ManagerId], diagnostics: &mut Diagnostics) {
    let name = |id: ManagerId| world.names.manager(id).ast.name.value.as_str();
    let pairs = circle.iter().zip(circle.iter().cycle().skip(1));
    let mut steps: Vec<(Span, String)> = pairs
        .map(|(from, to)| {
            let text = format!("`{}` takes from `{}`", name(*from), name(*to));
            (takes[from][to], text)
        })
        .collect();
    let Some((last, text)) = steps.pop() else {
        return;
    };
    let mut path: Vec<&str> = circle.iter().map(|id| name(*id)).collect();
    path.extend(circle.first().map(|id| name(*id)));
    let diagnostic = diagnostics.error(
        Code::TakeCycle,
        last,
        format!(
            "managers take from each other in a circle: {}",
            path.join(" -> ")
        ),
        text,
    );
    for (step, text) in steps {
        diagnostic.label(step, text);
    }
    diagnostic.help("each could change what the other has read, so that both begin anew: make one of these calls one that cannot fail, or let one manager keep both");
}
