//! One run of a function that leaves its group: what it is answered from the journal, and what it
//! wants that the journal does not have.

use super::Stop;
use super::wants::{Asked, Wants};
use crate::op::{Entry, Journal, Sent, diverged};
use crate::stop::{Answer, Failure};

/// A run, and what it is answered from.
#[derive(Clone, Debug, Default)]
pub(crate) struct Run {
    /// What the operations of the committed run gave, for one that goes on after it; then what
    /// those of this run gave.
    entries: Vec<Entry>,
    /// How many of these the run has passed.
    passed: usize,
    /// The takes that have been answered.
    takes: Vec<Sent>,
    /// How many of these the run has passed.
    taken: usize,
    /// The replies of functions elsewhere that write nothing.
    asked: Vec<Asked>,
    /// The calls after the commit point.
    gives: Vec<Sent>,
    /// How many of these the run has passed.
    given: usize,
    /// Set when the run is over.
    wants: Option<Wants>,
    /// Whether rows were written, in this run or in the committed one.
    wrote: bool,
    /// Whether the run has passed a take that nothing takes back with what was read before it.
    passed_last_take: bool,
}

impl Run {
    /// A run before the commit point, over the takes of the journal and over what was asked before.
    pub(crate) fn before(journal: &Journal, asked: &[Asked]) -> Self {
        Self {
            takes: journal.takes.clone(),
            asked: asked.to_vec(),
            ..Self::default()
        }
    }

    /// A run that goes on after the commit point, over what was asked before.
    pub(crate) fn after(journal: &Journal, asked: &[Asked]) -> Self {
        Self {
            entries: journal.entries.clone(),
            gives: journal.gives.clone(),
            asked: asked.to_vec(),
            ..Self::default()
        }
    }

    /// A run from the top where nothing was written before the commit point: all is read again.
    pub(crate) fn again(journal: &Journal, asked: &[Asked]) -> Self {
        Self {
            takes: journal.takes.clone(),
            gives: journal.gives.clone(),
            asked: asked.to_vec(),
            ..Self::default()
        }
    }

    /// What the run wants, if that is what ended it.
    pub(crate) fn wants(&self) -> Option<&Wants> {
        self.wants.as_ref()
    }

    /// Whether a take of the journal was not asked for, in a run that has ended well.
    pub(crate) fn left_a_take(&self) -> bool {
        self.taken < self.takes.len()
    }

    /// The call after the commit point that was made before and is not made by this run, which has
    /// ended well.
    pub(crate) fn left_give(&self) -> Option<&Sent> {
        self.gives.get(self.given)
    }

    /// The calls after the commit point, and what the operations of this run gave.
    pub(crate) fn into_gives(self) -> (Vec<Sent>, Vec<Entry>) {
        (self.gives, self.entries)
    }

    /// What was asked of others, with the replies.
    pub(crate) fn into_asked(self) -> Vec<Asked> {
        self.asked
    }

    /// Ends the run: what the function does from here on does not count.
    pub(super) fn end(&mut self, wants: Wants) -> Stop {
        self.wants.get_or_insert(wants);
        Stop::Suspended
    }

    /// Refuses an operation of a run that has ended, which only code written by hand tries.
    pub(super) fn goes_on(&self) -> Result<(), Stop> {
        match &self.wants {
            None => Ok(()),
            Some(_) => Err(Stop::Suspended),
        }
    }

    /// What the operation that comes now gave in the committed run.
    pub(super) fn replay(&mut self) -> Option<Entry> {
        let entry = self.entries.get(self.passed)?.clone();
        self.passed += 1;
        Some(entry)
    }

    /// Adds what an operation gave that [`Run::replay`] did not have.
    pub(super) fn record(&mut self, entry: Entry) {
        self.entries.push(entry);
        self.passed = self.entries.len();
    }

    /// Notes that rows were written by the committed run.
    pub(super) fn wrote(&mut self) {
        self.wrote = true;
    }

    /// Notes that rows are written. Ends the run where others may have changed what they are made
    /// from.
    pub(super) fn writes(&mut self) -> Result<(), Stop> {
        if self.passed_last_take && !self.wrote {
            return Err(self.end(Wants::Reads));
        }
        self.wrote = true;
        Ok(())
    }

    /// A function elsewhere that writes nothing, as it is asked here: with its reply, if it was asked
    /// here before.
    pub(super) fn asks(&self, sent: Sent) -> Asked {
        let passed = self.taken + self.given;
        let known = self
            .asked
            .iter()
            .find(|known| known.passed == passed && known.sent.is_same(&sent));
        let reply = known.and_then(|known| known.sent.reply.clone());
        let sent = Sent { reply, ..sent };
        Asked { sent, passed }
    }

    /// Keeps such a reply.
    pub(super) fn keep_asked(&mut self, asked: Asked) {
        self.asked.push(asked);
    }

    /// Notes that the committed run had a take here.
    pub(super) fn took(&mut self) {
        self.taken += 1;
    }

    /// The reply of a take: of the one that the journal has at this place.
    pub(super) fn take(&mut self, sent: Sent) -> Result<Answer, Stop> {
        let Some(known) = self.takes.get(self.taken) else {
            return Err(self.end(Wants::Take(sent)));
        };
        match &known.reply {
            Some(reply) if known.is_same(&sent) => {
                self.taken += 1;
                Ok(reply.clone())
            }
            _ => Err(self.end(Wants::Again)),
        }
    }

    /// A call after the commit point: its reply, as far as it is known. `fails`: nothing takes it
    /// back, and it may fail, so that nothing may have been written or given before it.
    pub(super) fn give(&mut self, sent: Sent, fails: bool) -> Result<Option<Answer>, Stop> {
        match (self.replay(), self.gives.get(self.given)) {
            (Some(Entry::Given), _) => self.passed_last_take |= fails,
            (Some(other), _) => return Err(diverged("a call", &other)),
            (None, Some(known)) if known.is_same(&sent) => self.record(Entry::Given),
            (None, Some(known)) => return Err(cannot_be_kept(known)),
            (None, None) if fails && (self.wrote || self.given > 0) => return Err(too_late(&sent)),
            (None, None) => {
                self.record(Entry::Given);
                self.gives.push(sent);
            }
        }
        let reply = self.gives.get(self.given).and_then(|it| it.reply.clone());
        self.given += 1;
        match reply {
            None if fails => Err(self.end(Wants::Gives)),
            reply => Ok(reply),
        }
    }
}

/// The fault of a function that has made a call which nothing takes back, and goes another way when
/// it reads again.
pub(crate) fn cannot_be_kept(sent: &Sent) -> Stop {
    let Sent {
        manager, function, ..
    } = sent;
    Stop::fault(format!(
        "what was read has changed since {manager}.{function} was called, and nothing takes it back: it \
         has no `undone_by`"
    ))
}

/// The fault of a function that would keep what it did where a call after it fails.
fn too_late(sent: &Sent) -> Stop {
    let Sent {
        manager, function, ..
    } = sent;
    Stop::fault(format!(
        "{manager}.{function} may fail and nothing takes it back: it has no `undone_by`, and rows were \
         written, or other managers given something, before it was called"
    ))
}

/// A declared error that another group answered, as an error of the function called there.
pub(super) fn failure(answer: Answer) -> Failure {
    Failure {
        status: answer.status,
        message: answer.message,
        data: Some(answer.data),
    }
}
