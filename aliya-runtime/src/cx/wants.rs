//! What a function wants that has left its group, where a run of it cannot go on.

use crate::op::Sent;
use crate::stop::Answer;

/// What ended a run before the function ended.
#[derive(Clone, Debug)]
pub(crate) enum Wants {
    /// A transaction: the function writes.
    Commit,
    /// The reply of a function elsewhere that writes nothing.
    Ask(Asked),
    /// A take that is not in the journal yet.
    Take(Sent),
    /// Another take than the journal has: what the function read has changed.
    Again,
    /// That what it calls after the commit point is done first.
    Gives,
    /// To read again what it has read before a take that nothing takes back: it writes after it.
    Reads,
}

/// A call of a function elsewhere that writes nothing.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Asked {
    /// The call, with its reply where that is known.
    pub(crate) sent: Sent,
    /// How many calls that write the run had passed: what is asked after one of them is another
    /// question.
    pub(super) passed: usize,
}

impl Asked {
    /// The same with its reply.
    pub(crate) fn answered(mut self, answer: Answer) -> Self {
        self.sent.reply = Some(answer);
        self
    }
}
