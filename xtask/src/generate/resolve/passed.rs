//! Errors of called functions that pass through, and have the number of another status of the function
//! that lets them pass: whoever is answered that number cannot know which of the two it is.
//!
//! Runs over the functions as they were understood, the called before the caller.

use std::collections::BTreeMap;

use crate::generate::diagnostic::{Code, Diagnostics};
use crate::generate::ir::{Function, FunctionId, Status, Step, StepKind};
use crate::generate::source::Span;

use super::World;
use super::statuses::INVALID_STATUS;

/// A status with which a function may end, and the function that declares it.
#[derive(Clone)]
struct Ending {
    status: Status,
    of: FunctionId,
}

/// What each function may end with: its own errors, and those that pass through.
type Endings = BTreeMap<FunctionId, Vec<Ending>>;

/// Looks at all functions; `order` has the called before the caller.
pub(super) fn check(
    world: &World,
    order: &[FunctionId],
    functions: &BTreeMap<FunctionId, Option<Function>>,
    diagnostics: &mut Diagnostics,
) {
    let mut endings = Endings::new();
    for id in order {
        let Some(Some(function)) = functions.get(id) else {
            continue;
        };
        let own = function.errors.iter();
        let own = own.filter(|error| error.status != INVALID_STATUS);
        let ending = |status: &Status| Ending {
            status: status.clone(),
            of: *id,
        };
        let mut passing = Passing {
            world,
            id: *id,
            endings: &endings,
            outcomes: function.outcomes.iter().map(ending).collect(),
            errors: own.map(ending).collect(),
            diagnostics: &mut *diagnostics,
        };
        passing.steps(&function.steps);
        let errors = passing.errors;
        endings.insert(*id, errors);
    }
}

/// A function whose calls are looked at.
struct Passing<'w, 'a, 'd> {
    world: &'w World<'a>,
    id: FunctionId,
    endings: &'w Endings,
    outcomes: Vec<Ending>,
    errors: Vec<Ending>,
    diagnostics: &'d mut Diagnostics,
}

impl Passing<'_, '_, '_> {
    fn steps(&mut self, steps: &[Step]) {
        for step in steps {
            match &step.kind {
                StepKind::If {
                    then, otherwise, ..
                } => {
                    self.steps(then);
                    self.steps(otherwise);
                }
                StepKind::For { steps, .. } => self.steps(steps),
                StepKind::Call {
                    function,
                    map,
                    otherwise: None,
                    or_none: false,
                    ..
                } => {
                    let theirs = self.endings.get(function).cloned().unwrap_or_default();
                    for passed in theirs {
                        let number = passed.status.status;
                        if !map.iter().any(|(status, _)| *status == number) {
                            self.passes(step.span, *function, passed);
                        }
                    }
                }
                _ => {}
            }
        }
    }

    /// An error that passes through at a call.
    fn passes(&mut self, call: Span, called: FunctionId, passed: Ending) {
        let mine = self.outcomes.iter().chain(&self.errors);
        let mut mine = mine.filter(|it| it.status.status == passed.status.status);
        let Some(other) = mine.next().cloned() else {
            self.errors.push(passed);
            return;
        };
        if other.status.message != passed.status.message {
            self.say(call, called, &passed, &other);
        }
    }

    fn say(&mut self, call: Span, called: FunctionId, passed: &Ending, other: &Ending) {
        let names = &self.world.names;
        let number = passed.status.status;
        let caller = names.function(self.id).name.value.as_str();
        let (theirs, mine) = (&passed.status.name, &other.status.name);
        let called = names.full_name(called);
        let places = [(passed, "the one that passes"), (other, "the other one")];
        let places = places.map(|(ending, what)| (self.declared(ending), what));
        let said = self.diagnostics.error(
            Code::PassedStatus,
            call,
            format!("`{caller}` ends with {number} for two reasons: `{theirs}` of `{called}`, which passes through, and `{mine}`"),
            format!("lets {number} pass"),
        );
        for (place, what) in places {
            if let Some(place) = place {
                said.label(place, what);
            }
        }
        said.help(format!(
            "have it become an error of `{caller}`, as in `else: {{ {theirs}: one_of_its_own }}`, or give one of the two another number"
        ));
    }

    /// Where a status is declared.
    fn declared(&self, ending: &Ending) -> Option<Span> {
        let statuses = self.world.statuses.get(&ending.of)?;
        statuses.declared(&ending.status.name)
    }
}
