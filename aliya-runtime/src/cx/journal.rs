//! The results of a function's operations, in order, so that it can run again from the top.

use crate::db::Row;
use crate::stop::{Answer, Stop};

/// What one operation gave.
#[derive(Clone, Debug)]
pub(crate) enum Entry {
    /// The rows of a read.
    Rows(Vec<Row>),
    /// How many rows a write changed.
    Changed(u64),
    /// The number that a write gave, if it wrote: an id, or a count.
    Number(Option<i64>),
    /// What another process answered.
    Reply(Answer),
}

/// The operations so far, and how many of them this run has passed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Journal {
    entries: Vec<Entry>,
    passed: usize,
}

impl Journal {
    /// Starts another run from the top.
    pub(crate) fn rewind(&mut self) {
        self.passed = 0;
    }

    /// How many operations it holds.
    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    /// The result of the operation that comes now, if an earlier run had it.
    pub(crate) fn replay(&mut self) -> Option<Entry> {
        let entry = self.entries.get(self.passed)?.clone();
        self.passed += 1;
        Some(entry)
    }

    /// Adds the result of an operation that [`Journal::replay`] did not have.
    pub(crate) fn record(&mut self, entry: Entry) {
        self.entries.push(entry);
        self.passed = self.entries.len();
    }
}

impl Entry {
    pub(crate) fn into_rows(self) -> Result<Vec<Row>, Stop> {
        match self {
            Self::Rows(rows) => Ok(rows),
            other => Err(diverged("rows", &other)),
        }
    }

    pub(crate) fn into_changed(self) -> Result<u64, Stop> {
        match self {
            Self::Changed(changed) => Ok(changed),
            other => Err(diverged("a write", &other)),
        }
    }

    pub(crate) fn into_number(self) -> Result<Option<i64>, Stop> {
        match self {
            Self::Number(number) => Ok(number),
            other => Err(diverged("a number", &other)),
        }
    }

    pub(crate) fn into_answer(self) -> Result<Answer, Stop> {
        match self {
            Self::Reply(answer) => Ok(answer),
            other => Err(diverged("a reply", &other)),
        }
    }
}

/// A function that does not repeat itself over the same answers, which only native code can.
fn diverged(wanted: &str, found: &Entry) -> Stop {
    Stop::fault(format!(
        "the function's second run wants {wanted}, its first had {found:?}"
    ))
}
