//! Every status that a function can answer with, and where it comes from.

use std::collections::{BTreeMap, BTreeSet};

use crate::generate::ir::{FunctionId, Game, Status, Step, StepKind};

/// The status of the built-in error `invalid`, which the gateway's list has.
const INVALID: i64 = 10;

/// A status of a function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Possible {
    /// The number.
    pub status: i64,
    /// The message.
    pub message: String,
    /// Whether everything is kept.
    pub succeeds: bool,
    /// The called function that it passes through from, as `manager.function`.
    pub from: Option<String>,
}

/// The statuses of a game's functions, each function looked at once.
pub(super) struct Statuses<'g> {
    game: &'g Game,
    known: BTreeMap<FunctionId, Vec<Possible>>,
}

impl<'g> Statuses<'g> {
    pub(super) fn new(game: &'g Game) -> Self {
        Self {
            game,
            known: BTreeMap::new(),
        }
    }

    /// All of a function but the gateway's, by number: 0 and the outcomes, the errors that its
    /// steps name, and those that pass through from functions that it calls.
    pub(super) fn of(&mut self, id: FunctionId) -> Vec<Possible> {
        if let Some(known) = self.known.get(&id) {
            return known.clone();
        }
        let function = &self.game.managers[id.0.0].functions[id.1];
        let success = Status {
            name: "success".to_owned(),
            status: 0,
            message: "success".to_owned(),
        };
        let succeeds = [&success].into_iter().chain(&function.outcomes);
        let errors = function.errors.iter().filter(|e| e.status != INVALID);
        let own = succeeds
            .map(|status| (status, true))
            .chain(errors.map(|status| (status, false)));
        let mut all: Vec<_> = own.map(|(status, kept)| possible(status, kept)).collect();
        self.pass_through(&function.steps, &mut all);
        // Of one number and message, the function's own comes first.
        all.sort_by_key(|possible| possible.status);
        let mut seen = BTreeSet::new();
        all.retain(|possible| seen.insert((possible.status, possible.message.clone())));
        self.known.insert(id, all.clone());
        all
    }

    /// Adds the errors of called functions that the steps do not turn into errors of their own.
    fn pass_through(&mut self, steps: &[Step], found: &mut Vec<Possible>) {
        for step in steps {
            match &step.kind {
                StepKind::Call {
                    function,
                    map,
                    otherwise: None,
                    or_none: false,
                    ..
                } => {
                    let manager = &self.game.managers[function.0.0];
                    let called = &manager.functions[function.1].name;
                    let from = format!("{}.{called}", manager.name);
                    let errors = self.of(*function).into_iter().filter(|error| {
                        let mapped = map.iter().any(|(theirs, _)| *theirs == error.status);
                        !error.succeeds && !mapped
                    });
                    found.extend(errors.map(|error| Possible {
                        from: error.from.or_else(|| Some(from.clone())),
                        ..error
                    }));
                }
                StepKind::If {
                    then, otherwise, ..
                } => {
                    self.pass_through(then, found);
                    self.pass_through(otherwise, found);
                }
                StepKind::For { steps, .. } => self.pass_through(steps, found),
                StepKind::Call { .. }
                | StepKind::Get { .. }
                | StepKind::Select { .. }
                | StepKind::Save { .. }
                | StepKind::Insert { .. }
                | StepKind::Require { .. }
                | StepKind::Let { .. }
                | StepKind::Draw(_)
                | StepKind::Allow(_)
                | StepKind::Lookup(_)
                | StepKind::Return { .. }
                | StepKind::Update { .. }
                | StepKind::DeleteRow { .. }
                | StepKind::DeleteMany { .. }
                | StepKind::Measure { .. }
                | StepKind::Rank { .. }
                | StepKind::InsertEach { .. } => {}
            }
        }
    }
}

fn possible(status: &Status, succeeds: bool) -> Possible {
    Possible {
        status: status.status,
        message: status.message.clone(),
        succeeds,
        from: None,
    }
}
