//! The judge: whether what was seen of a group has a serial order.

use std::collections::BTreeSet;
use std::sync::Arc;

use aliya_runtime::call::{Act, Request};

use super::batch::{Asked, Outcome, Seen};
use super::calls::Again;
use super::events::{Event, events, net, told};
use super::tables::Rows;
use super::wire::run;
use super::world::World;

/// How many beginnings of orders are tried for a group.
const TRIES: usize = 3000;

/// What is wrong with what was seen; `None` where each group has a serial order.
pub async fn wrong(world: &World, batch: &[Asked], seen: &Seen) -> Option<String> {
    let events = match events(world, batch, seen) {
        Ok(events) => events,
        Err(wrong) => return Some(wrong),
    };
    let epochs = seen
        .ops
        .iter()
        .map(|(key, (_, epoch))| (key.clone(), *epoch));
    let again = Again {
        calls: Arc::new(seen.calls.clone()),
        epochs: Arc::new(epochs.collect()),
        ..Again::default()
    };
    let now = batch.first().map_or(0, |it| it.request().now.0);
    for (group, events) in events.into_iter().enumerate() {
        let judge = Judge {
            world,
            group,
            now,
            seen,
            again: &again,
            events: &events,
        };
        if let Some(wrong) = judge.wrong().await {
            return Some(format!("{wrong}\n{}", told(&events)));
        }
    }
    None
}

struct Judge<'a> {
    world: &'a World,
    group: usize,
    now: i64,
    seen: &'a Seen,
    again: &'a Again,
    events: &'a [Event],
}

impl Judge<'_> {
    /// Looks for an order: the one in which things ended is tried first, then all others, without
    /// those whose beginning gives another reply, or rows that were there before.
    async fn wrong(&self) -> Option<String> {
        let (mut known, mut best) = (BTreeSet::new(), None);
        let (mut waiting, mut at) = (vec![Vec::new()], None);
        let mut tries = 0;
        while let Some(order) = waiting.pop() {
            tries += 1;
            if tries > TRIES {
                return Some(format!("no order of group {} in {TRIES} tries", self.group));
            }
            if let Err(other) = self.run_to(&mut at, &order).await {
                best.get_or_insert(other);
                continue;
            }
            let rows = self.world.rows_of(self.group, self.now).await;
            if order.len() == self.events.len() {
                if rows == self.seen.rows[self.group] {
                    return None;
                }
                best = Some(differing(&rows, &self.seen.rows[self.group]));
                continue;
            }
            let mut run: Vec<usize> = order.clone();
            run.sort_unstable();
            if known.insert((run, rows)) {
                let next = (0..self.events.len()).rev();
                let next = next.filter(|event| self.may_follow(&order, *event));
                waiting.extend(next.map(|event| [order.as_slice(), &[event]].concat()));
            }
        }
        let best = best.unwrap_or_default();
        Some(format!("group {} has no serial order: {best}", self.group))
    }

    /// Whether an event may come after those of an order: what is taken back has come before.
    fn may_follow(&self, order: &[usize], event: usize) -> bool {
        let it = &self.events[event];
        let waits = |at: usize| {
            let other = &self.events[at];
            other.succeeded && other.act != Act::Undo && other.key() == it.key()
        };
        let mut missing = (0..self.events.len()).filter(|at| !order.contains(at));
        let is_new = !order.contains(&event);
        is_new && (it.act != Act::Undo || !missing.any(waits))
    }

    /// Runs the events of an order, of which the last one is new. `at`: those that have run since the
    /// rows were put back. An error is how that one ended in another way.
    async fn run_to(&self, at: &mut Option<Vec<usize>>, order: &[usize]) -> Result<(), String> {
        let mut begun = match at.take() {
            Some(begun) if order.starts_with(&begun) => begun,
            _ => {
                self.world.put_group_back(self.group).await;
                Vec::new()
            }
        };
        let mut result = Ok(());
        for event in &order[begun.len()..] {
            result = self.run(&self.events[*event]).await;
            begun.push(*event);
        }
        *at = Some(begun);
        result
    }

    /// Runs an event, and compares.
    async fn run(&self, event: &Event) -> Result<(), String> {
        let wire = &self.world.wire;
        wire.repeats(self.again.clone());
        let request = Request {
            deadline: aliya_runtime::call::Deadline::after(std::time::Duration::from_secs(3)),
            ..event.request.clone()
        };
        let host = &wire.hosts()[self.group][0];
        let answer = run(host, event.function, &event.body, request, event.act).await;
        let again = wire.repeated();
        let outcome = Outcome::of(&answer);
        let (function, key) = (event.function.name, event.key().unwrap_or("no key"));
        if outcome != event.outcome {
            let strayed = again.strayed.unwrap_or_default();
            return Err(format!(
                "{function} of {key} would end with {outcome:?} {strayed}"
            ));
        }
        if let (Some(key), true) = (event.key(), event.succeeded && event.act != Act::Undo) {
            let epoch = self.again.epochs.get(key).copied().unwrap_or_default();
            let made = net(key, &again.made, Some(epoch));
            let seen = net(key, &self.seen.calls, None);
            if made != seen {
                return Err(format!(
                    "{function} of {key} would call {made:?}, and did {seen:?}"
                ));
            }
        }
        Ok(())
    }
}

/// What differs between the rows of an order and those that were seen.
pub fn differing(rows: &Rows, seen: &Rows) -> String {
    let mut text = String::new();
    for ((name, rows), (_, seen)) in rows.iter().zip(seen) {
        let only = |these: &[String], those: &[String]| {
            let these = these.iter().filter(|row| !those.contains(row));
            these.map(|row| format!("    {row}\n")).collect::<String>()
        };
        if rows != seen {
            let (one, other) = (only(rows, seen), only(seen, rows));
            text.push_str(&format!(
                "in `{name}` an order gives\n{one}  and there is\n{other}"
            ));
        }
    }
    text
}
