//! What players are told that they have counted up to.

use std::collections::{BTreeMap, BTreeSet};

use super::{Known, level_of};
use crate::plan::counter;

/// Of a player, what was counted up to is never the same twice, and not less in a request that was sent
/// when a greater one had been answered.
pub fn in_order(known: &Known, found: &mut Vec<String>) {
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
