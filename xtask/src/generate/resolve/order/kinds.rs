//! What each kind of step does, as far as the order of steps goes.

use crate::generate::ir::{Duplicate, FunctionId, Local, LocalId, Missing, Step, StepKind};

use super::Does;

/// A step, for the order of steps.
pub(super) enum Kind<'s> {
    /// One that does this by itself.
    Plain(Does),
    /// Runs another function; `is_read` where its reply is.
    Calls {
        /// The function.
        function: FunctionId,
        /// Whether its reply is read.
        is_read: bool,
    },
    /// Runs one that writes nothing, and goes on after an error of it.
    Asks(FunctionId),
    /// Goes one of these ways, by a condition.
    Branches([&'s [Step]; 2]),
    /// Goes this way any number of times.
    Repeats(&'s [Step]),
    /// Ends the function.
    Returns,
}

/// Sorts a step of a function with these locals in. `may_refuse` tells whether a table of the step's
/// manager, by its place, can hold a row already that is inserted.
pub(super) fn kind<'s>(
    step: &'s Step,
    locals: &[Local],
    may_refuse: impl Fn(usize) -> bool,
) -> Kind<'s> {
    let may_fail = |fails: bool| fails.then_some(step.span);
    let reads = |fails| {
        Kind::Plain(Does {
            reads: true,
            may_fail: may_fail(fails),
            declared: may_fail(fails),
            ..Does::default()
        })
    };
    let writes = |fails| {
        Kind::Plain(Does {
            writes: Some(step.span),
            may_fail: may_fail(fails),
            declared: may_fail(fails && !is_fault(step)),
            ..Does::default()
        })
    };
    match &step.kind {
        StepKind::Get { missing, .. } => reads(matches!(missing, Missing::Error(_))),
        StepKind::Lookup(lookup) => reads(matches!(lookup.missing, Missing::Error(_))),
        StepKind::Let { .. } => Kind::Plain(Does::default()),
        StepKind::Select { .. }
        | StepKind::Measure { .. }
        | StepKind::Rank { .. }
        | StepKind::Draw(_) => reads(false),
        StepKind::Require { .. } => reads(true),
        StepKind::Save { .. }
        | StepKind::Update { .. }
        | StepKind::DeleteRow { .. }
        | StepKind::DeleteMany { .. } => writes(false),
        StepKind::Insert {
            table, duplicate, ..
        }
        | StepKind::InsertEach {
            table, duplicate, ..
        } => writes(match duplicate {
            Duplicate::Error(_) => true,
            Duplicate::Ignore | Duplicate::Replace => false,
            Duplicate::Fault => may_refuse(table.1),
        }),
        StepKind::Allow(_) => Kind::Plain(Does {
            allows: Some(step.span),
            may_fail: Some(step.span),
            declared: Some(step.span),
            ..Does::default()
        }),
        StepKind::Call {
            function,
            or_none: true,
            ..
        } => Kind::Asks(*function),
        StepKind::Call { function, bind, .. } => Kind::Calls {
            function: *function,
            is_read: is_read(locals, *bind),
        },
        StepKind::If {
            then, otherwise, ..
        } => Kind::Branches([then, otherwise]),
        StepKind::For { steps, .. } => Kind::Repeats(steps),
        StepKind::Return { .. } => Kind::Returns,
    }
}

/// Whether a row that is there already is a fault of the step, and no declared error.
fn is_fault(step: &Step) -> bool {
    match &step.kind {
        StepKind::Insert { duplicate, .. } | StepKind::InsertEach { duplicate, .. } => {
            matches!(duplicate, Duplicate::Fault)
        }
        _ => false,
    }
}

fn is_read(locals: &[Local], bind: Option<LocalId>) -> bool {
    bind.and_then(|bind| locals.get(bind.0))
        .is_some_and(|local| local.used)
}
