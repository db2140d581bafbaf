//! Turns at rows: a job that got into others' way waits here, without a connection, until the rows
//! that it locks are nobody else's in this process.
//!
//! On a server a job that waits for a row's lock waits in vain as a rule: when the row is free it has
//! changed, and the job runs again. Two that lock rows in opposite orders wait for each other, which
//! PostgreSQL finds out after a second. So a job that others were in the way of gives back all that
//! it holds, takes its turn at each row that it has locked so far, in one order that all jobs have,
//! and runs again. One that runs for the first time gives way to those that have a turn.
//!
//! This saves time; what is right does not depend on it. Other processes do not wait here.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::OwnedMutexGuard;

use super::super::Param;

/// How a statement ends that locks the rows that it reads.
const LOCKS: &str = "FOR UPDATE";

/// What a statement locks: two that have the same mark wait for each other more often than they must.
pub(super) type Mark = u64;

type Line = Arc<tokio::sync::Mutex<()>>;

/// The rows that jobs have turns at, or wait for.
#[derive(Debug, Default)]
pub(super) struct Turns(Mutex<HashMap<Mark, Line>>);

/// Some turns, until they are dropped.
#[derive(Debug)]
pub(super) struct Held {
    turns: Arc<Turns>,
    marks: BTreeSet<Mark>,
    /// Each with the line that it heads, once it does.
    lines: BTreeMap<Mark, Option<OwnedMutexGuard<()>>>,
}

/// The mark of a statement that locks rows; `None` of another one.
pub(super) fn mark(sql: &str, params: &[Param<'_>]) -> Option<Mark> {
    if !sql.trim_end().ends_with(LOCKS) {
        return None;
    }
    let mut hasher = DefaultHasher::new();
    sql.hash(&mut hasher);
    for param in params {
        match param {
            Param::Null => 0_u8.hash(&mut hasher),
            Param::Int(int) => int.hash(&mut hasher),
            Param::Float(float) => float.to_bits().hash(&mut hasher),
            Param::Text(text) => text.hash(&mut hasher),
            Param::Json(json) => json.to_string().hash(&mut hasher),
        }
    }
    Some(hasher.finish())
}

impl Turns {
    /// Whether a job has a turn there.
    pub(super) fn is_taken(&self, mark: Mark) -> bool {
        self.lines().contains_key(&mark)
    }

    fn lines(&self) -> MutexGuard<'_, HashMap<Mark, Line>> {
        // No code of others runs under the lock.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Held {
    /// No turn.
    pub(super) fn none(turns: &Arc<Turns>) -> Self {
        Self {
            turns: Arc::clone(turns),
            marks: BTreeSet::new(),
            lines: BTreeMap::new(),
        }
    }

    /// Where the job has its turn.
    pub(super) fn marks(&self) -> &BTreeSet<Mark> {
        &self.marks
    }

    /// Waits for a turn at each of these, which are all of those held and more. All jobs do so in the
    /// order of the marks, so that nobody waits in a circle: turns that come after a new one in that
    /// order are given back and waited for again.
    pub(super) async fn take(&mut self, marks: &BTreeSet<Mark>) {
        let first = marks.difference(&self.marks).next().copied();
        let later = first.map(|first| self.lines.split_off(&first));
        later.into_iter().flatten().for_each(|it| self.end(it));
        for mark in marks {
            if self.lines.contains_key(mark) {
                continue;
            }
            let line = Arc::clone(self.turns.lines().entry(*mark).or_default());
            self.lines.insert(*mark, None);
            let turn = line.lock_owned().await;
            self.lines.insert(*mark, Some(turn));
        }
        self.marks.clone_from(marks);
    }

    fn end(&self, (mark, turn): (Mark, Option<OwnedMutexGuard<()>>)) {
        drop(turn);
        let mut lines = self.turns.lines();
        // The map's own is the last one: nobody waits.
        if lines
            .get(&mark)
            .is_some_and(|line| Arc::strong_count(line) == 1)
        {
            lines.remove(&mark);
        }
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        let lines = std::mem::take(&mut self.lines);
        lines.into_iter().for_each(|it| self.end(it));
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn what_locks_the_same_has_the_same_mark() {
        let sql = r#"SELECT "n" FROM "t" WHERE "k" = $1 FOR UPDATE"#;
        let of = |key| mark(sql, &[Param::Text(key)]);
        assert_eq!(of("a"), of("a"));
        assert_ne!(of("a"), of("b"));
        assert!(of("a").is_some());
        assert_eq!(mark(r#"SELECT "n" FROM "t""#, &[]), None);
    }

    #[tokio::test]
    async fn turns_come_one_after_the_other_and_leave_nothing_behind() {
        let turns = Arc::new(Turns::default());
        let both = BTreeSet::from([2, 3]);
        let (mut first, mut other) = (Held::none(&turns), Held::none(&turns));
        first.take(&BTreeSet::from([1, 2])).await;
        other.take(&BTreeSet::from([3])).await;
        assert!(turns.is_taken(2) && turns.is_taken(3) && !turns.is_taken(4));
        // It gives its turn back, and waits for the one before it.
        let soon = Duration::from_millis(20);
        let waited = tokio::time::timeout(soon, other.take(&both)).await;
        assert!(waited.is_err() && !turns.is_taken(3));
        drop((first, other));
        assert!(turns.lines().is_empty());
        let mut last = Held::none(&turns);
        last.take(&both).await;
        assert_eq!(last.marks(), &both);
        drop(last);
        assert!(turns.lines().is_empty());
    }
}
