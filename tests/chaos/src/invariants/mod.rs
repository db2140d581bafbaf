//! What must hold when everything is there again: a pure function of what players were told and what
//! the managers hold.

use std::collections::{BTreeMap, BTreeSet};

use crate::load::Newcomer;
use crate::plan::counter;
use crate::request::{OTHER_CONTENT, Request};
use crate::world::{Entry, Held, World};

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
    levels(known, &mut found);
    held(world, &mut found);
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

/// Of a player, what was counted up to is never the same twice, and not less in a request that was sent
/// when a greater one had been answered.
fn levels(known: &Known, found: &mut Vec<String>) {
    let mut told: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for request in &known.requests {
        let decision = request.decision().filter(|reply| reply.status == 0);
        let counter = counter(request.function);
        if let (Some(reply), Some(counter)) = (decision, counter) {
            let level = level_of(&reply.text).unwrap_or(-1);
            let of = told.entry((&request.player, counter)).or_default();
            of.push((request.sent, reply.at, level));
        }
    }
    for ((player, counter), mut told) in told {
        let mut seen = BTreeSet::new();
        for (_, _, level) in &told {
            if !seen.insert(*level) {
                found.push(format!("{player} was told {counter} {level} twice"));
            }
        }
        // By when each was sent; beside them, by when each was answered.
        told.sort_unstable();
        let mut answered: Vec<_> = told.iter().map(|(_, at, level)| (*at, *level)).collect();
        answered.sort_unstable();
        let (mut answered, mut most) = (answered.into_iter().peekable(), 0);
        for (sent, _, level) in told {
            while let Some((_, before)) = answered.next_if(|(at, _)| *at < sent) {
                most = most.max(before);
            }
            if level < most {
                found.push(format!("{player} was told {counter} {level} after {most}"));
            }
        }
    }
}

/// What players have is what the ledger says.
fn held(world: &World, found: &mut Vec<String>) {
    let mut sums: BTreeMap<&str, Held> = BTreeMap::new();
    let mut counted: BTreeMap<(&str, &str), Vec<i64>> = BTreeMap::new();
    for entry in &world.entries {
        let sum = sums.entry(&entry.player).or_default();
        sum.iron += entry.iron;
        sum.gem += entry.gem;
        sum.gold += entry.gold;
        match entry.deed.as_str() {
            "hunt" => sum.noticed += 1,
            "smelt" => sum.shine += 1,
            "risk" => sum.risks += 1,
            _ => {}
        }
        if let Some(to) = &entry.to {
            sums.entry(to).or_default().iron -= entry.iron;
        }
        if let Some(counter) = counter(&entry.deed) {
            let of = counted.entry((&entry.player, counter)).or_default();
            of.push(entry.level);
        }
    }
    for ((player, counter), mut levels) in counted {
        levels.sort_unstable();
        let most = i64::try_from(levels.len()).unwrap_or(i64::MAX);
        if !levels.iter().copied().eq(1..=most) {
            found.push(format!(
                "{player}'s {counter} are not each one up: {levels:?}"
            ));
        }
        let sum = sums.entry(player).or_default();
        match counter {
            "notes" => sum.notes = most,
            "level" => sum.level = most,
            _ => sum.hunts = most,
        }
    }
    // The clock is nobody.
    sums.remove("clock");
    let nothing = Held::default();
    let players: BTreeSet<&str> = sums
        .keys()
        .copied()
        .chain(world.held.keys().map(String::as_str))
        .collect();
    for player in players {
        let has = world.held.get(player).unwrap_or(&nothing);
        let should = sums.get(player).unwrap_or(&nothing);
        if has != should {
            found.push(format!(
                "{player} has {has:?}; by the ledger it is {should:?}"
            ));
        }
        if [has.iron, has.gem, has.gold]
            .iter()
            .any(|amount| *amount < 0)
        {
            found.push(format!("{player} has less than nothing: {has:?}"));
        }
    }
}

#[cfg(test)]
mod tests;
