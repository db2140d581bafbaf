//! A request alone: it does in several groups what it does in one.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::batch::{Asked, Outcome, Seen, at_once};
use super::broken::Broken;
use super::order::differing;
use super::tables::Rows;
use super::world::World;

/// Runs a request alone.
pub async fn run(world: &Arc<World>, asked: &Asked) -> Seen {
    world.put_back().await;
    world.wire.carries(Broken::Nothing);
    at_once(world, std::slice::from_ref(asked)).await
}

/// Whether a request that leaves its group in `apart` can be compared, which came to its end there and in one
/// group. It is not where the two may differ: of what is thrown, each group throws its own; a fault of a
/// call ends all in one group, and a give is bounded in several; takes that are taken back keep what
/// their undo leaves; and a function elsewhere that asks back sees what is not written yet in one group
/// alone.
pub fn is_comparable(asked: &Asked, apart: &World, in_one: &Seen, in_several: &Seen) -> bool {
    let home = apart.wire.group_of(asked.function.manager);
    let is_fault = |seen: &Seen| {
        let mut ends = seen.ends.iter().flat_map(BTreeMap::keys);
        ends.any(|it| !matches!(it, Outcome::Answered(..)))
    };
    let mut calls = in_several.calls.iter();
    let asks_back = calls.any(|it| it.request.key.is_none() && it.from != home);
    let anew = |(status, epoch): &(String, i64)| status == "UNDONE" || *epoch > 0;
    let is_anew = in_several.ops.values().any(anew);
    !(asked.is_random || is_fault(in_one) || asks_back || is_anew)
}

/// What differs, if anything does.
pub fn differs(in_one: &Seen, in_several: &Seen) -> Option<String> {
    let outcomes = |seen: &Seen| -> Vec<Outcome> { seen.ends[0].keys().cloned().collect() };
    let (one, other) = (outcomes(in_one), outcomes(in_several));
    if one != other {
        return Some(format!(
            "it ends in one group with {one:?}, in several with {other:?}"
        ));
    }
    let (one, other) = (by_name(&in_one.rows), by_name(&in_several.rows));
    (one != other).then(|| format!("in one group and in several, {}", differing(&one, &other)))
}

/// The rows of all groups.
fn by_name(rows: &[Rows]) -> Rows {
    let mut rows: Rows = rows.iter().flatten().cloned().collect();
    rows.sort();
    rows
}
