//! How many statements a function runs.

use super::{Function, Game, Step, StepKind};

impl Game {
    /// Whether the function runs one query at most, with all that it calls: then it sees one state of
    /// the database without a transaction around it.
    pub fn is_one_query(&self, function: &Function) -> bool {
        self.statements(function) <= 1
    }

    /// How many statements the function runs at most; more than one count as any number.
    fn statements(&self, function: &Function) -> usize {
        if function.writes || function.native {
            return usize::MAX;
        }
        let followers = function.followed_by.as_deref();
        let followers = followers.map_or(0, |it| self.within(&it.steps));
        self.within(&function.steps).saturating_add(followers)
    }

    fn within(&self, steps: &[Step]) -> usize {
        let mut count = 0_usize;
        for step in steps {
            count = count.saturating_add(match &step.kind {
                StepKind::Get { .. }
                | StepKind::Select { .. }
                | StepKind::Measure { .. }
                | StepKind::Rank { .. } => 1,
                StepKind::Call { function, .. } => {
                    self.statements(&self.managers[function.0.0].functions[function.1])
                }
                StepKind::If {
                    then, otherwise, ..
                } => self.within(then).max(self.within(otherwise)),
                StepKind::For { steps, .. } => match self.within(steps) {
                    0 => 0,
                    _ => usize::MAX,
                },
                StepKind::Require { .. }
                | StepKind::Let { .. }
                | StepKind::Return { .. }
                | StepKind::Draw(_)
                | StepKind::Lookup(_) => 0,
                // Those write.
                StepKind::Save { .. }
                | StepKind::Insert { .. }
                | StepKind::InsertEach { .. }
                | StepKind::Update { .. }
                | StepKind::DeleteRow { .. }
                | StepKind::DeleteMany { .. }
                | StepKind::Allow(_) => usize::MAX,
            });
            if count > 1 {
                break;
            }
        }
        count
    }
}
