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
mod walk;
mod way;

use std::collections::BTreeMap;

use crate::generate::diagnostic::Diagnostics;
use crate::generate::ir::{self, FunctionId};
use crate::generate::source::Span;

use super::World;
use super::faults::Faults;
use walk::Walk;

/// What a function, or one of its steps, does.
#[derive(Clone, Default)]
struct Does {
    /// Whether it looks at anything.
    reads: bool,
    /// The calls that write and may fail, its own functions' among them.
    takes: Vec<Take>,
    /// The first step that writes own rows.
    writes: Option<Span>,
    /// The first step that counts uses.
    allows: Option<Span>,
    /// The first call that writes and cannot fail.
    gives: Option<Span>,
    /// What makes that call where no step does: a function of another manager that runs after it.
    gives_by: Option<FunctionId>,
    /// Whether its steps make some, rather than what runs after it by another manager.
    gives_in_steps: bool,
    /// The first of these whose reply is read.
    gives_read: Option<Span>,
    /// The first call of any other manager that writes there, and what it calls.
    writes_elsewhere: Option<(Span, FunctionId)>,
    /// A step that can end with a declared error, or refuse a row that is there already.
    may_fail: Option<Span>,
    /// A step that can end with a declared error.
    declared: Option<Span>,
}

impl Does {
    /// Whether anything else is there after it than before.
    fn changes_anything(&self) -> bool {
        self.writes.is_some()
            || self.allows.is_some()
            || self.gives.is_some()
            || !self.takes.is_empty()
    }

    /// Whether it does anything that must not come after what gives.
    fn is_before_gives(&self) -> bool {
        self.reads || self.writes.is_some() || self.allows.is_some() || !self.takes.is_empty()
    }

    /// The same, done by the step that calls it.
    fn by(&self, step: Span) -> Self {
        let here = |there: Option<Span>| there.and(Some(step));
        Self {
            reads: self.reads,
            takes: self.takes.iter().map(|it| Take { step, ..*it }).collect(),
            writes: here(self.writes),
            allows: here(self.allows),
            gives: here(self.gives),
            gives_by: self.gives_by,
            gives_in_steps: false,
            gives_read: here(self.gives_read),
            writes_elsewhere: self.writes_elsewhere.map(|(_, called)| (step, called)),
            may_fail: here(self.may_fail),
            declared: here(self.declared),
        }
    }

    /// Adds what comes after it.
    fn add(&mut self, later: &Self) {
        self.reads |= later.reads;
        self.takes.extend(&later.takes);
        self.writes = self.writes.or(later.writes);
        self.allows = self.allows.or(later.allows);
        if self.gives.is_none() {
            (self.gives, self.gives_by) = (later.gives, later.gives_by);
        }
        self.gives_read = self.gives_read.or(later.gives_read);
        self.writes_elsewhere = self.writes_elsewhere.or(later.writes_elsewhere);
        self.may_fail = self.may_fail.or(later.may_fail);
        self.declared = self.declared.or(later.declared);
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

impl Take {
    /// Whether no function takes it back.
    fn is_for_good(self, world: &World) -> bool {
        world.names.function(self.function).undone_by.is_none()
    }
}

/// What functions do.
type Known = BTreeMap<FunctionId, Does>;

/// Checks the order of all steps, and notes which functions may fail; `order` has each function after
/// those that it calls, `functions` what became of them. A function that is wrong, or calls one that is,
/// is left out: a step that was not understood may be the one by which it may fail, and `faults` has all
/// mistakes so far.
pub(super) fn check(
    world: &World,
    faults: &Faults,
    order: &[FunctionId],
    functions: &mut BTreeMap<FunctionId, Option<ir::Function>>,
    diagnostics: &mut Diagnostics,
) {
    let mut known = Known::new();
    for &id in order {
        let Some(function) = functions.get(&id).and_then(Option::as_ref) else {
            continue;
        };
        let walked = match function.native {
            true => Some((by_hand(world, id), Diagnostics::default())),
            false => Walk::of(world, &known, id, function),
        };
        if let Some((mut does, said)) = walked {
            diagnostics.append(said);
            if faults.in_declaration(&world.names.function(id).name) {
                continue;
            }
            does.gives_in_steps = does.gives.is_some();
            known.insert(id, does);
            runs::follow(world, &mut known, id, diagnostics);
        }
    }
    runs::check(world, &known, diagnostics);
    undo::check(world, functions, &known, diagnostics);
    takes::check(world, &known, diagnostics);
    for (id, does) in &known {
        if let Some(function) = functions.get_mut(id).and_then(Option::as_mut) {
            function.fails = does.may_fail.is_some();
        }
    }
}

/// What is written by hand may do anything to its manager's rows, and ends with an error only where it
/// declares one.
fn by_hand(world: &World, id: FunctionId) -> Does {
    let declared = world.names.function(id);
    let place = declared
        .native
        .as_ref()
        .map_or(declared.name.span, |native| native.span);
    let fails = (!declared.errors.is_empty()).then_some(place);
    Does {
        reads: true,
        writes: Some(place),
        may_fail: fails,
        declared: fails,
        ..Does::default()
    }
}
