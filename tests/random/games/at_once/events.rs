//! What each group did, as one event after the other.

use std::collections::{BTreeMap, BTreeSet};

use aliya_runtime::FunctionInfo;
use aliya_runtime::call::{Act, Request};

use super::batch::{Asked, Outcome, Seen};
use super::calls::{Call, parent, plain, succeeded};
use super::world::World;

/// Something that a group did as one: it ran a request, or a call of another group, or took one back.
#[derive(Debug)]
pub struct Event {
    pub function: &'static FunctionInfo,
    pub act: Act,
    pub body: String,
    pub request: Request,
    pub outcome: Outcome,
    /// Whether it kept what it did.
    pub succeeded: bool,
    ended: u64,
}

impl Event {
    /// Its key, whoever made that.
    pub fn key(&self) -> Option<&str> {
        self.request.key.as_ref().map(|key| plain(key.as_str()))
    }
}

/// What each group did, in the order in which it ended.
pub fn events(world: &World, batch: &[Asked], seen: &Seen) -> Result<Vec<Vec<Event>>, String> {
    let mut all: Vec<Vec<Event>> = world.managers.iter().map(|_| Vec::new()).collect();
    for (asked, ends) in batch.iter().zip(&seen.ends) {
        for (outcome, ended) in ends {
            let succeeded = matches!(outcome, Outcome::Answered(status, _)
                if *status == 0 || asked.function.outcomes.contains(status));
            all[world.wire.group_of(asked.function.manager)].push(Event {
                function: asked.function,
                act: Act::Call,
                body: asked.body.clone(),
                request: asked.request(),
                outcome: outcome.clone(),
                succeeded,
                ended: *ended,
            });
        }
    }
    let mut calls = BTreeMap::new();
    for call in &seen.calls {
        let outcome = Outcome::of(&call.answer);
        if let (Some(key), false) = (&call.request.key, matches!(outcome, Outcome::Unknown(_))) {
            let is_undo = call.act == Act::Undo;
            calls.insert((key.as_str(), is_undo, outcome), call);
        }
    }
    for ((_, _, outcome), call) in calls {
        all[world.wire.group_of(call.function.manager)].push(Event {
            function: call.function,
            act: call.act,
            body: call.body.clone(),
            request: call.request.clone(),
            outcome,
            succeeded: succeeded(call.function, &call.answer),
            ended: call.ended,
        });
    }
    for events in &mut all {
        events.sort_by_key(|it| it.ended);
        if let Some(key) = answered_in_two_ways(events) {
            return Err(format!("{key} has two replies\n{}", told(events)));
        }
        let half = events.iter().find(|it| is_half_done(it, events, seen));
        if let Some(half) = half {
            return Err(format!(
                "what {half:?} did elsewhere stays\n{}",
                told(events)
            ));
        }
        events.retain(|it| it.succeeded || !has_faulty_take(it, &seen.calls));
    }
    Ok(all)
}

/// The events, a line each.
pub fn told(events: &[Event]) -> String {
    let lines = events.iter().map(|it| {
        let Event {
            function,
            act,
            body,
            request,
            outcome,
            ..
        } = it;
        let (key, caller) = (it.key().unwrap_or("no key"), &request.caller);
        format!(
            "  {act:?} {}.{}({body}) of {caller:?}, {key}: {outcome:?}\n",
            function.manager, function.name
        )
    });
    lines.collect()
}

/// The calls that a function made which count: epoch and step of those that succeeded and were not
/// taken back. `epoch` stands for that of calls that were made again.
pub fn net(key: &str, calls: &[Call], epoch: Option<i64>) -> BTreeSet<(i64, String)> {
    let mut net = BTreeSet::new();
    for is_undo in [false, true] {
        for call in calls {
            let of = call.request.key.as_ref();
            let Some((of, its, step)) = of.and_then(|key| parent(key.as_str())) else {
                continue;
            };
            if of != key || (call.act == Act::Undo) != is_undo {
                continue;
            }
            let place = (epoch.unwrap_or(its), step.to_owned());
            match is_undo {
                true if call.answer.is_ok() => drop(net.remove(&place)),
                false if call.succeeded() => drop(net.insert(place)),
                _ => {}
            }
        }
    }
    net
}

/// A key with two replies. A fault is none: it keeps nothing, and what comes again runs anew.
fn answered_in_two_ways(events: &[Event]) -> Option<&str> {
    let mut known = BTreeSet::new();
    let replied = events
        .iter()
        .filter(|it| matches!(it.outcome, Outcome::Answered(..)));
    let mut keys = replied.filter_map(|it| Some((it.key()?, it.act == Act::Undo)));
    keys.find(|key| !known.insert(*key)).map(|(key, _)| key)
}

/// Whether calls of an event that kept nothing itself are not taken back.
fn is_half_done(event: &Event, events: &[Event], seen: &Seen) -> bool {
    let Some(key) = event.key() else { return false };
    let kept = |it: &Event| it.succeeded && it.key() == Some(key);
    event.act != Act::Undo && !events.iter().any(kept) && !net(key, &seen.calls, None).is_empty()
}

/// Whether it ended because a take ended in a fault. It is not read again then what led to the take.
fn has_faulty_take(event: &Event, calls: &[Call]) -> bool {
    let made = calls.iter().filter(|call| {
        let key = call.request.key.as_ref();
        let of = key.and_then(|key| parent(key.as_str()));
        of.is_some_and(|(of, ..)| Some(of) == event.key())
    });
    let mut outcomes = made.map(|call| Outcome::of(&call.answer));
    outcomes.any(|it| matches!(it, Outcome::Fault(_)))
}
