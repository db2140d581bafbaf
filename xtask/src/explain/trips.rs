//! How often a function goes to a server and waits for it.

use crate::generate::emit::{Stated, statements_of};
use crate::generate::ir::{FunctionId, Game, Step, StepKind};
use crate::generate::source::Sources;

/// What the step `allow` runs: it reads what was used, and writes what is.
const ALLOW: usize = 2;

/// How many statements run where nothing ends the function before its end.
#[derive(Clone, Copy, Debug, Default)]
struct Trips {
    least: usize,
    most: usize,
    /// Whether each round of a loop runs more.
    loops: bool,
}

/// The round trips of a function, in words.
pub(super) fn said(game: &Game, sources: &Sources, id: FunctionId) -> String {
    let counting = Counting { game, sources };
    let Trips { least, most, loops } = counting.function(id, 0);
    let around = match game.is_one_query(game.the_function(id)) {
        true => "",
        false => ", and BEGIN and COMMIT",
    };
    let statements = match (least, most) {
        (1, 1) => "1 statement".to_owned(),
        (least, most) if least == most => format!("{least} statements"),
        (least, most) => format!("{least} to {most} statements"),
    };
    let more = if loops {
        ", more with each round of a loop"
    } else {
        ""
    };
    format!("round trips: {statements}{more}{around}")
}

struct Counting<'g> {
    game: &'g Game,
    sources: &'g Sources,
}

/// The generator takes no circle of calls; deeper ones than this are no longer followed.
const DEPTH_MAX: usize = 32;

impl Counting<'_> {
    fn function(&self, id: FunctionId, depth: usize) -> Trips {
        if depth > DEPTH_MAX {
            return Trips::default();
        }
        let function = self.game.the_function(id);
        let stated = statements_of(self.game, self.sources, id);
        let own = self.steps(&function.steps, &stated, depth);
        match &function.followed_by {
            Some(followers) => own.then(self.steps(&followers.steps, &stated, depth)),
            None => own,
        }
    }

    fn steps(&self, steps: &[Step], stated: &[Stated], depth: usize) -> Trips {
        let all = steps.iter().map(|step| self.step(step, stated, depth));
        all.fold(Trips::default(), Trips::then)
    }

    fn step(&self, step: &Step, stated: &[Stated], depth: usize) -> Trips {
        match &step.kind {
            StepKind::If {
                then, otherwise, ..
            } => {
                let then = self.steps(then, stated, depth);
                then.or(self.steps(otherwise, stated, depth))
            }
            StepKind::For { steps, .. } => Trips {
                loops: self.steps(steps, stated, depth).most > 0,
                ..Trips::default()
            },
            StepKind::Call { function, .. } => {
                let called = self.function(*function, depth + 1);
                called.then(of_step(step, stated))
            }
            StepKind::Allow(_) => Trips::of(ALLOW),
            _ => of_step(step, stated),
        }
    }
}

/// The statements of a step itself, and those that read rows again where it has written.
fn of_step(step: &Step, stated: &[Stated]) -> Trips {
    let (again, own): (Vec<_>, Vec<_>) = stated
        .iter()
        .filter(|it| it.step == step.span)
        .partition(|it| it.again);
    Trips {
        most: own.len() + again.len(),
        ..Trips::of(own.len())
    }
}

impl Trips {
    fn of(count: usize) -> Self {
        Self {
            least: count,
            most: count,
            loops: false,
        }
    }

    fn then(self, next: Self) -> Self {
        Self {
            least: self.least.saturating_add(next.least),
            most: self.most.saturating_add(next.most),
            loops: self.loops || next.loops,
        }
    }

    fn or(self, other: Self) -> Self {
        Self {
            least: self.least.min(other.least),
            most: self.most.max(other.most),
            loops: self.loops || other.loops,
        }
    }
}
