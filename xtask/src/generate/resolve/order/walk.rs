//! The ways through a function's steps, and what may not come after what on them.

use std::collections::BTreeMap;

use crate::generate::diagnostic::Diagnostics;
use crate::generate::ir::{Function, FunctionId, Local, Step, TableId, Ty};
use crate::generate::source::Span;

use super::kinds::{self, Kind};
use super::way::Way;
use super::{Does, Known, Take, World};

/// A function under way.
pub(super) struct Walk<'w, 'a> {
    pub(super) world: &'w World<'a>,
    known: &'w Known,
    id: FunctionId,
    locals: &'w [Local],
    does: Does,
    /// Whether all that it calls is known.
    is_whole: bool,
    pub(super) diagnostics: Diagnostics,
    /// The takes of which it was said that nothing takes them back.
    told: Vec<Span>,
    /// Calls that give, each with the last step after it that may not come there.
    pub(super) too_early: BTreeMap<Span, TooEarly>,
    /// Calls that give by what runs after what they call, and what that is.
    pub(super) given_by: BTreeMap<Span, FunctionId>,
    /// Whether it goes through a loop once more.
    pub(super) again: bool,
}

/// A step that comes after a call that gives.
#[derive(Clone, Copy)]
pub(super) struct TooEarly {
    pub(super) step: Span,
    /// Whether it is in the next round of a loop that it comes.
    pub(super) next_round: bool,
}

impl<'w, 'a> Walk<'w, 'a> {
    /// What a function does, and what is wrong with it; `None` where it calls one that is not known.
    pub(super) fn of(
        world: &'w World<'a>,
        known: &'w Known,
        id: FunctionId,
        function: &'w Function,
    ) -> Option<(Does, Diagnostics)> {
        let mut walk = Self {
            world,
            known,
            id,
            locals: &function.locals,
            does: Does::default(),
            is_whole: true,
            diagnostics: Diagnostics::default(),
            told: Vec::new(),
            too_early: BTreeMap::new(),
            given_by: BTreeMap::new(),
            again: false,
        };
        walk.steps(&function.steps, Way::default());
        walk.say_given_too_early();
        walk.is_whole.then_some((walk.does, walk.diagnostics))
    }

    /// Follows steps that `way` leads to; `None` where every way ends in them.
    fn steps(&mut self, steps: &[Step], mut way: Way) -> Option<Way> {
        let (world, manager) = (self.world, self.id.0);
        for step in steps {
            let may_refuse = |at| may_refuse(world, TableId(manager, at));
            match kinds::kind(step, self.locals, may_refuse) {
                Kind::Plain(does) => self.step(step.span, &does, &mut way),
                Kind::Calls { function, is_read } => {
                    if let Some(does) = self.call(step.span, function, is_read) {
                        self.step(step.span, &does, &mut way);
                    }
                }
                Kind::Asks(function) => {
                    self.is_whole &= self.known.contains_key(&function);
                    let does = Does {
                        reads: true,
                        ..Does::default()
                    };
                    self.step(step.span, &does, &mut way);
                }
                Kind::Branches([then, otherwise]) => {
                    let then = self.steps(then, way.clone());
                    let otherwise = self.steps(otherwise, way);
                    way = match (then, otherwise) {
                        (Some(then), Some(otherwise)) => then.meet(otherwise),
                        (one, other) => one.or(other)?,
                    };
                }
                Kind::Repeats(steps) => way = self.repeat(steps, way),
                Kind::Returns => return None,
            }
        }
        Some(way)
    }

    /// A loop: its rounds taken together are run, or not. Once more they are gone through after what
    /// cannot come before anything.
    fn repeat(&mut self, steps: &[Step], way: Way) -> Way {
        let Some(after) = self.steps(steps, way.clone()) else {
            return way;
        };
        let next = after.next_round(&way);
        if let Some(next) = next.filter(|_| !self.again) {
            self.again = true;
            self.steps(steps, next);
            self.again = false;
        }
        after.meet(way)
    }

    /// What a call does, by what it calls: one of the manager's own functions counts as its steps.
    fn call(&mut self, step: Span, function: FunctionId, is_read: bool) -> Option<Does> {
        let Some(called) = self.known.get(&function) else {
            self.is_whole = false;
            return None;
        };
        if function.0 == self.id.0 {
            return Some(called.by(step));
        }
        let failing = called.by(step);
        let mut does = Does {
            may_fail: failing.may_fail,
            declared: failing.declared,
            ..Does::default()
        };
        if !called.changes_anything() {
            does.reads = true;
            return Some(does);
        }
        does.writes_elsewhere = Some((step, function));
        if does.may_fail.is_some() {
            does.takes.push(Take { step, function });
        } else {
            does.gives = Some(step);
            let by_itself = called.writes.is_some() || called.gives_in_steps;
            does.gives_by = called.gives_by.filter(|_| !by_itself);
            does.gives_read = is_read.then_some(step);
        }
        Some(does)
    }

    /// Goes on by a step, and says what of it cannot come here.
    fn step(&mut self, step: Span, does: &Does, way: &mut Way) {
        if does.is_before_gives() {
            if let Some(give) = way.give {
                let next_round = self.again;
                self.too_early.insert(give, TooEarly { step, next_round });
            }
            for &take in &way.for_good {
                self.tell(take, |walk| walk.say_after_last(take, step, does));
            }
        }
        for &take in &does.takes {
            if way.give.is_some() {
                continue;
            }
            if let Some(write) = way.write {
                self.say_take_after_write(take, write);
            } else if let Some(allow) = way.allow.filter(|_| take.is_for_good(self.world)) {
                self.tell(take, |walk| walk.say_beside_allow(take, allow));
            }
        }
        if let (Some(give), Some(by)) = (does.gives, does.gives_by) {
            self.given_by.insert(give, by);
        }
        self.does.add(does);
        way.go(self.world, does);
    }

    /// Says of a take, once, that nothing takes it back.
    fn tell(&mut self, take: Take, say: impl FnOnce(&mut Self)) {
        if !self.told.contains(&take.step) {
            self.told.push(take.step);
            say(self);
        }
    }
}

/// Whether a table can hold a row already that is inserted: any but one whose rows the database numbers
/// and in which nothing else is unique.
fn may_refuse(world: &World, id: TableId) -> bool {
    let Some(table) = world.tables.get(&id) else {
        return true;
    };
    let numbered = match table.key.as_slice() {
        [only] => table.columns[*only].ty == Some(Ty::Id),
        _ => false,
    };
    !numbered || !table.unique.is_empty()
}
