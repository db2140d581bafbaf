//! What each kind of step is to the order of steps.

use crate::generate::ir::{Duplicate, FunctionId, Missing, Step, StepKind};

/// What a step is to the order of steps.
pub(super) enum Does<'s> {
    /// Computes a value: it may stand anywhere.
    Computes,
    /// Counts a use, or ends with an error; the count is given back where the function fails.
    Allows,
    /// Looks at rows or values, or binds a name; `may_fail` where it can end with a declared error.
    Reads {
        /// Whether it can end with a declared error.
        may_fail: bool,
    },
    /// Writes rows of its own manager.
    Writes {
        /// Whether it can end with a declared error, or refuse a row that is there already.
        may_fail: bool,
    },
    /// Runs another function.
    Calls(FunctionId),
    /// Runs one that writes nothing, and goes on after an error of it.
    Asks(FunctionId),
    /// Goes one of these ways, by a condition.
    Branches([&'s [Step]; 2]),
    /// Ends the function.
    Returns,
}

/// Whether a row that is there already is a fault of the step, and no declared error.
pub(super) fn is_fault(step: &Step) -> bool {
    match &step.kind {
        StepKind::Insert { duplicate, .. } | StepKind::InsertEach { duplicate, .. } => {
            matches!(duplicate, Duplicate::Fault)
        }
        _ => false,
    }
}

/// Sorts a step in. `may_refuse` tells whether a table of the step's manager, by its place, can hold a
/// row already that is inserted.
pub(super) fn does(step: &Step, may_refuse: impl Fn(usize) -> bool) -> Does<'_> {
    match &step.kind {
        StepKind::Get { missing, .. } => Does::Reads {
            may_fail: matches!(missing, Missing::Error(_)),
        },
        StepKind::Lookup(lookup) => Does::Reads {
            may_fail: matches!(lookup.missing, Missing::Error(_)),
        },
        StepKind::Let { .. } => Does::Computes,
        StepKind::Select { .. } | StepKind::Measure { .. } | StepKind::Rank { .. } => {
            Does::Reads { may_fail: false }
        }
        StepKind::Require { .. } => Does::Reads { may_fail: true },
        StepKind::Save { .. }
        | StepKind::Update { .. }
        | StepKind::DeleteRow { .. }
        | StepKind::DeleteMany { .. } => Does::Writes { may_fail: false },
        StepKind::Insert {
            table: id,
            duplicate,
            ..
        }
        | StepKind::InsertEach {
            table: id,
            duplicate,
            ..
        } => Does::Writes {
            may_fail: match duplicate {
                Duplicate::Error(_) => true,
                Duplicate::Ignore | Duplicate::Replace => false,
                Duplicate::Fault => may_refuse(id.1),
            },
        },
        StepKind::Call {
            function, or_none, ..
        } => match or_none {
            true => Does::Asks(*function),
            false => Does::Calls(*function),
        },
        StepKind::If {
            then, otherwise, ..
        } => Does::Branches([then, otherwise]),
        // Its rounds taken together: they are run, or not.
        StepKind::For { steps, .. } => Does::Branches([steps, &[]]),
        StepKind::Return { .. } => Does::Returns,
        StepKind::Draw(_) => Does::Reads { may_fail: false },
        StepKind::Allow(_) => Does::Allows,
    }
}
