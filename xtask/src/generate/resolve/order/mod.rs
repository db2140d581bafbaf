//! The order of steps: reads, then takes (calls that write and may fail), then own writes, then gives
//! (calls that write and cannot fail). It is what lets a function be all or nothing over several
//! processes: what may fail comes first and can be taken back, then everything is certain.
//!
//! It is checked once the functions are resolved, the called before the caller. A call to one of the
//! manager's own functions counts as its steps.

mod kinds;
mod runs;
mod say;
mod takes;
mod undo;

use std::collections::BTreeMap;

use crate::generate::diagnostic::Diagnostics;
use crate::generate::ir::{self, FunctionId, Step, TableId, Ty};
use crate::generate::source::Span;

use super::World;
use kinds::Does;

/// What a function does, for those that call it.
#[derive(Clone, Default)]
struct Summary {
    /// Whether it looks at anything.
    reads: bool,
    /// The calls that write and may fail, its own functions' among them.
    takes: Vec<Take>,
    /// Whether its own rows are written.
    writes: bool,
    /// Whether it counts uses.
    allows: bool,
    /// Whether it makes calls that write and cannot fail.
    gives: bool,
    /// Whether its steps make some, rather than what runs after it by another manager.
    gives_in_steps: bool,
    /// A step that can end with a declared error, or refuse a row that is there already.
    may_fail: Option<Span>,
    /// A step that can end with a declared error.
    declared: Option<Span>,
}

impl Summary {
    fn changes_anything(&self) -> bool {
        self.writes || self.allows || self.gives || !self.takes.is_empty()
    }
}

/// A call that writes and may fail.
#[derive(Clone, Copy)]
struct Take {
    /// Its step.
    step: Span,
    /// What it calls, of another manager.
    function: FunctionId,
}

/// What was done on a way through the steps.
#[derive(Clone, Default)]
struct Way {
    takes: Vec<Take>,
    /// The first step that wrote own rows.
    write: Option<Span>,
    /// The first call that gave.
    give: Option<Span>,
}

impl Way {
    /// Both, where two ways meet.
    fn meet(mut self, other: Self) -> Self {
        for take in other.takes {
            if !self.takes.iter().any(|known| known.step == take.step) {
                self.takes.push(take);
            }
        }
        self.write = self.write.or(other.write);
        self.give = self.give.or(other.give);
        self
    }
}

/// Checks the order of all steps, and notes which functions may fail; `order` has each function after
/// those that it calls, `functions` what became of them. A function that is wrong, or calls one that is,
/// is left out.
pub(super) fn check(
    world: &World,
    order: &[FunctionId],
    functions: &mut BTreeMap<FunctionId, Option<ir::Function>>,
    diagnostics: &mut Diagnostics,
) {
    let mut summaries = BTreeMap::new();
    for &id in order {
        let Some(function) = functions.get(&id).and_then(Option::as_ref) else {
            continue;
        };
        let mut walk = Walk {
            world,
            summaries: &summaries,
            id,
            summary: Summary::default(),
            known: true,
            diagnostics: Diagnostics::default(),
            told: Vec::new(),
            too_early: BTreeMap::new(),
        };
        walk.steps(&function.steps, Way::default());
        walk.say_given_too_early();
        walk.native();
        let Walk {
            mut summary,
            known,
            diagnostics: said,
            ..
        } = walk;
        if known {
            diagnostics.append(said);
            summary.gives_in_steps = summary.gives;
            summaries.insert(id, summary);
            runs::follow(world, &mut summaries, id, diagnostics);
        }
    }
    runs::check(world, &summaries, diagnostics);
    undo::check(world, functions, &summaries, diagnostics);
    takes::check(world, &summaries, diagnostics);
    for (id, summary) in &summaries {
        if let Some(function) = functions.get_mut(id).and_then(Option::as_mut) {
            function.fails = summary.may_fail.is_some();
        }
    }
}

/// A function under way.
struct Walk<'w, 'a> {
    world: &'w World<'a>,
    summaries: &'w BTreeMap<FunctionId, Summary>,
    id: FunctionId,
    summary: Summary,
    /// Whether all that it calls is known.
    known: bool,
    diagnostics: Diagnostics,
    /// The takes of which it was said that they cannot be undone.
    told: Vec<Span>,
    /// Calls that give, each with the last step after it that may not come there.
    too_early: BTreeMap<Span, Span>,
}

impl Walk<'_, '_> {
    /// Follows steps that `way` leads to; `None` where every way ends in them.
    fn steps(&mut self, steps: &[Step], mut way: Way) -> Option<Way> {
        let (world, manager) = (self.world, self.id.0);
        for step in steps {
            let may_refuse = |at| may_refuse(world, TableId(manager, at));
            match kinds::does(step, may_refuse) {
                Does::Computes => {}
                Does::Allows => {
                    self.allow(step.span, &way);
                    self.fails(Some(step.span), step.span, &way);
                }
                Does::Reads { may_fail } => {
                    self.declares(may_fail.then_some(step.span));
                    self.read(step.span, &way);
                    self.fails(may_fail.then_some(step.span), step.span, &way);
                }
                Does::Writes { may_fail } => {
                    let declared = may_fail && !kinds::is_fault(step);
                    self.declares(declared.then_some(step.span));
                    self.write(step.span, &mut way);
                    self.fails(may_fail.then_some(step.span), step.span, &way);
                }
                Does::Calls(function) => self.call(step.span, function, &mut way),
                Does::Asks(function) => self.ask(step.span, function, &way),
                Does::Branches([then, otherwise]) => {
                    let then = self.steps(then, way.clone());
                    let otherwise = self.steps(otherwise, way);
                    way = match (then, otherwise) {
                        (Some(then), Some(otherwise)) => then.meet(otherwise),
                        (one, other) => one.or(other)?,
                    };
                }
                Does::Returns => return None,
            }
        }
        Some(way)
    }

    /// What is written by hand may do anything to its manager's rows, and ends with an error only where
    /// it declares one.
    fn native(&mut self) {
        let declared = self.world.names.function(self.id);
        let Some(native) = &declared.native else {
            return;
        };
        let fails = (!declared.errors.is_empty()).then_some(native.span);
        self.summary = Summary {
            reads: true,
            writes: true,
            may_fail: fails,
            declared: fails,
            ..Summary::default()
        };
    }

    fn call(&mut self, step: Span, function: FunctionId, way: &mut Way) {
        let Some(called) = self.summaries.get(&function) else {
            self.known = false;
            return;
        };
        self.declares(called.declared.and(Some(step)));
        if function.0 == self.id.0 {
            self.own_function(step, called, way);
        } else if !called.changes_anything() {
            self.read(step, way);
            self.fails(called.may_fail, step, way);
        } else if called.may_fail.is_some() {
            self.fails(called.may_fail, step, way);
            self.take(Take { step, function }, way);
        } else {
            self.summary.gives = true;
            way.give = way.give.or(Some(step));
        }
    }

    /// A call that cannot fail, as an error of what is called is caught.
    fn ask(&mut self, step: Span, function: FunctionId, way: &Way) {
        self.known &= self.summaries.contains_key(&function);
        self.read(step, way);
    }

    /// A call to one of the manager's own functions: it counts as its steps.
    fn own_function(&mut self, step: Span, called: &Summary, way: &mut Way) {
        if called.reads {
            self.read(step, way);
        }
        self.fails(called.may_fail, step, way);
        for take in &called.takes {
            self.take(Take { step, ..*take }, way);
        }
        if called.allows {
            self.allow(step, way);
        }
        if called.writes {
            self.write(step, way);
        }
        if called.gives {
            self.summary.gives = true;
            way.give = way.give.or(Some(step));
        }
    }

    fn read(&mut self, step: Span, way: &Way) {
        self.summary.reads = true;
        if let Some(give) = way.give {
            self.too_early.insert(give, step);
        }
    }

    /// An allowance may stand before takes, as it is given back, and between own writes.
    fn allow(&mut self, step: Span, way: &Way) {
        self.summary.allows = true;
        if let Some(give) = way.give {
            self.too_early.insert(give, step);
        }
    }

    fn write(&mut self, step: Span, way: &mut Way) {
        self.summary.writes = true;
        if let Some(give) = way.give {
            self.too_early.insert(give, step);
        }
        way.write = way.write.or(Some(step));
    }

    fn take(&mut self, take: Take, way: &mut Way) {
        if let Some(give) = way.give {
            self.too_early.insert(give, take.step);
        } else if let Some(write) = way.write {
            self.say_take_after_write(take, write);
        }
        self.summary.takes.push(take);
        way.takes.push(take);
    }

    fn declares(&mut self, step: Option<Span>) {
        self.summary.declared = self.summary.declared.or(step);
    }

    /// Notes that `step` can fail, and says which takes before it could not be undone.
    fn fails(&mut self, why: Option<Span>, step: Span, way: &Way) {
        if why.is_none() {
            return;
        }
        self.summary.may_fail = self.summary.may_fail.or(Some(step));
        for take in &way.takes {
            let declared = self.world.names.function(take.function);
            if declared.undone_by.is_none() && !self.told.contains(&take.step) {
                self.told.push(take.step);
                self.say_no_undo(*take, step);
            }
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
