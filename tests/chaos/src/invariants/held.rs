//! What players have, held against the sums of the ledger.

use std::collections::{BTreeMap, BTreeSet};

use crate::plan::counter;
use crate::world::{Held, World};

/// What players have is what the ledger says.
pub fn as_written(world: &World, found: &mut Vec<String>) {
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
