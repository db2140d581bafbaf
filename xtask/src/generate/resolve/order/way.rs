//! What was done on a way through the steps.

use crate::generate::source::Span;

use super::{Does, Take, World};

/// What was done on a way through the steps.
#[derive(Clone, Default)]
pub(super) struct Way {
    /// The first step that wrote own rows.
    pub(super) write: Option<Span>,
    /// The first step that counted uses.
    pub(super) allow: Option<Span>,
    /// The first call that gave.
    pub(super) give: Option<Span>,
    /// The first of these whose reply is read: it is known only once all before it is kept.
    pub(super) read_give: Option<Span>,
    /// The takes that nothing takes back.
    pub(super) for_good: Vec<Take>,
}

impl Way {
    /// Both, where two ways meet.
    pub(super) fn meet(mut self, other: Self) -> Self {
        self.take(other.for_good);
        self.write = self.write.or(other.write);
        self.allow = self.allow.or(other.allow);
        self.give = self.give.or(other.give);
        self.read_give = self.read_give.or(other.read_give);
        self
    }

    /// Goes on by a step.
    pub(super) fn go(&mut self, world: &World, does: &Does) {
        let for_good = does.takes.iter().copied();
        self.take(for_good.filter(|take| take.is_for_good(world)));
        self.write = self.write.or(does.writes);
        self.allow = self.allow.or(does.allows);
        self.give = self.give.or(does.gives);
        self.read_give = self.read_give.or(does.gives_read);
    }

    /// The way into the next round of a loop that was entered by `before` and whose round ends here: what
    /// it says of the steps of a round comes after what is in it. `None` where nothing is.
    pub(super) fn next_round(&self, before: &Self) -> Option<Self> {
        let is_new = |take: &&Take| !before.for_good.iter().any(|it| it.step == take.step);
        let again = Self {
            give: self.read_give.filter(|_| before.give.is_none()),
            for_good: self.for_good.iter().filter(is_new).copied().collect(),
            ..Self::default()
        };
        (again.give.is_some() || !again.for_good.is_empty()).then_some(again)
    }

    fn take(&mut self, takes: impl IntoIterator<Item = Take>) {
        for take in takes {
            if !self.for_good.iter().any(|known| known.step == take.step) {
                self.for_good.push(take);
            }
        }
    }
}
