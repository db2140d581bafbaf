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

use std::collections::{BTreeSet, HashMap};
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
    /// Each with the line that it heads, once it does.
    marks: Vec<(Mark, Option<OwnedMutexGuard<()>>)>,
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

    /// Waits for a turn at each of them, in the order of the marks: so nobody waits in a circle.
    pub(super) async fn take(self: &Arc<Self>, marks: &BTreeSet<Mark>) -> Held {
        let mut held = Held {
            turns: Arc::clone(self),
            marks: Vec::with_capacity(marks.len()),
        };
        for mark in marks {
            let line = Arc::clone(self.lines().entry(*mark).or_default());
            held.marks.push((*mark, None));
            let turn = line.lock_owned().await;
            if let Some((_, place)) = held.marks.last_mut() {
                *place = Some(turn);
            }
        }
        held
    }

    fn lines(&self) -> MutexGuard<'_, HashMap<Mark, Line>> {
        // No code of others runs under the lock.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        for (mark, turn) in self.marks.drain(..) {
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
        let first = turns.take(&BTreeSet::from([1, 2])).await;
        let other = turns.take(&BTreeSet::from([3])).await;
        assert!(turns.is_taken(2) && turns.is_taken(3) && !turns.is_taken(4));
        let both = BTreeSet::from([2, 3]);
        let soon = Duration::from_millis(20);
        assert!(tokio::time::timeout(soon, turns.take(&both)).await.is_err());
        drop((first, other));
        assert!(turns.lines().is_empty());
        drop(turns.take(&both).await);
        assert!(turns.lines().is_empty());
    }
}
