//! What must hold when everything is there again: a pure function of what players were told and what
//! the managers hold.

mod held;
mod levels;

use std::collections::{BTreeMap, BTreeSet};

use crate::load::Newcomer;
use crate::request::{OTHER_CONTENT, Request};
use crate::world::{Entry, World};

/// The errors that the functions declare.
const DECLARED: std::ops::RangeInclusive<i64> = 2..=6;

/// What players know.
#[derive(Debug, Default)]
pub struct Known {
    /// Who has played from the beginning.
    pub players: Vec<String>,
    /// All requests.
    pub requests: Vec<Request>,
    /// Requests under a key of another one, with other content.
    pub others: Vec<Request>,
    /// Who came while things failed.
    pub newcomers: Vec<Newcomer>,
}

/// All that does not hold, a line each.
pub fn violations(known: &Known, world: &World) -> Vec<String> {
    let mut found = Vec::new();
    let mut by_op: BTreeMap<&str, Vec<&Entry>> = BTreeMap::new();
    for entry in &world.entries {
        by_op.entry(&entry.op).or_default().push(entry);
    }
    let mut expected = BTreeSet::new();
    for request in &known.requests {
        expected.insert(request.key.clone());
        let entries = by_op.get(request.key.as_str()).map_or(&[][..], |it| it);
        answered(request, entries, &mut found);
    }
    for other in &known.others {
        let statuses: Vec<_> = other.replies.iter().map(|reply| reply.status).collect();
        if statuses != [OTHER_CONTENT] {
            let key = &other.key;
            found.push(format!(
                "other content under the key {key} was answered {statuses:?}, not 16"
            ));
        }
    }
    began(known, &by_op, &mut expected, &mut found);
    ticked(world.ticks, &by_op, &mut expected, &mut found);
    for op in by_op.keys().filter(|op| !expected.contains(**op)) {
        found.push(format!("the ledger holds {op}, which nobody has asked for"));
    }
    levels::in_order(known, &mut found);
    held::as_written(world, &mut found);
    found
}

/// A request happened once, or not at all, as it was answered.
fn answered(request: &Request, entries: &[&Entry], found: &mut Vec<String>) {
    let Request {
        key,
        function,
        player,
        ..
    } = request;
    let what = format!("{function} of {player}, {key}");
    for fault in &request.faults {
        found.push(format!("{what} was answered with a fault: {fault}"));
    }
    let Some(first) = request.decision() else {
        found.push(format!(
            "{what} is not decided; the ledger has it {} times",
            entries.len()
        ));
        return;
    };
    if let Some(other) = request
        .replies
        .iter()
        .find(|reply| reply.text != first.text)
    {
        found.push(format!(
            "{what} has two replies: {} and {}",
            first.text, other.text
        ));
    }
    let times = match first.status {
        0 => 1,
        status if DECLARED.contains(&status) => 0,
        _ => {
            found.push(format!("{what} was answered {}", first.text));
            return;
        }
    };
    if entries.len() != times {
        let status = first.status;
        let count = entries.len();
        found.push(format!(
            "{what} was answered {status}, and the ledger has it {count} times"
        ));
    }
    for entry in entries {
        if entry.player != *player || entry.deed != *function {
            found.push(format!("{what} stands in the ledger as {entry:?}"));
        }
        let told = level_of(&first.text);
        if first.status == 0 && told.is_some_and(|told| told != entry.level) {
            found.push(format!(
                "{what} was told level {told:?}, and the ledger has {}",
                entry.level
            ));
        }
    }
}

fn level_of(reply: &str) -> Option<i64> {
    let reply: serde_json::Value = serde_json::from_str(reply).ok()?;
    reply["data"]["level"].as_i64()
}

type ByOp<'a> = BTreeMap<&'a str, Vec<&'a Entry>>;

/// Each player has what players begin with, once.
fn began(
    known: &Known,
    by_op: &ByOp<'_>,
    expected: &mut BTreeSet<String>,
    found: &mut Vec<String>,
) {
    let old = known.players.iter().map(|name| (name, true));
    let new = known.newcomers.iter().map(|it| (&it.name, it.known));
    for (player, is_known) in old.chain(new) {
        if !is_known {
            found.push(format!("the login of {player} is not decided"));
        }
        for manager in ["bag", "purse"] {
            let op = format!("{manager}-{player}");
            let count = by_op.get(op.as_str()).map_or(0, Vec::len);
            if count != 1 {
                found.push(format!("{player} began {count} times in {manager}"));
            }
            expected.insert(op);
        }
    }
}

/// The clock has each tick once.
fn ticked(ticks: i64, by_op: &ByOp<'_>, expected: &mut BTreeSet<String>, found: &mut Vec<String>) {
    for tick in 1..=ticks {
        let op = format!("tick-{tick}");
        let count = by_op.get(op.as_str()).map_or(0, Vec::len);
        if count != 1 {
            found.push(format!("the ledger has {op} {count} times"));
        }
        expected.insert(op);
    }
}

#[cfg(test)]
mod tests;
