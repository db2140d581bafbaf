//! How often a job is run again, and when.

use std::time::{Duration, Instant};

use super::super::DbError;
use super::session::Kind;

/// How often a job is run at most that others got in the way of: more often than there is time for,
/// where the waits between are not all short by chance.
const TRIES_MAX: u32 = 200;
/// How often one is run at most whose connection was lost: the kept ones may all be dead.
const LOST_MAX: u32 = 3;
/// How long a job's runs take together at most, before the last one: one that waits for a lock again
/// and again would hold its client for minutes.
const TOGETHER_MAX: Duration = Duration::from_secs(10);
/// The longest that a job waits before it is run again, in milliseconds.
const WAIT_MAX_MS: u32 = 64;

/// The runs of one job so far.
#[derive(Debug)]
pub(super) struct Tries {
    begin: Instant,
    conflicts: u32,
    lost: u32,
}

impl Tries {
    /// None so far.
    pub(super) fn new() -> Self {
        Self {
            begin: Instant::now(),
            conflicts: 0,
            lost: 0,
        }
    }

    /// How long to wait before the next run, after one that ended with `error`; that error where there
    /// is no next.
    pub(super) fn another(&mut self, kind: Kind, error: DbError) -> Result<Duration, DbError> {
        let (count, max) = match kind {
            Kind::Conflict => (&mut self.conflicts, TRIES_MAX),
            Kind::Lost => (&mut self.lost, LOST_MAX),
            Kind::Unavailable | Kind::Duplicate | Kind::Constraint | Kind::Failed => {
                return Err(error);
            }
        };
        *count += 1;
        if *count >= max || self.begin.elapsed() >= TOGETHER_MAX {
            return Err(match error {
                DbError::Unavailable(what) => {
                    DbError::Unavailable(format!("after {count} tries: {what}"))
                }
                other => other,
            });
        }
        let most_ms = 1_u32.checked_shl(*count).unwrap_or(WAIT_MAX_MS);
        let most_us = most_ms.min(WAIT_MAX_MS) * 1000;
        // At random, so that two do not meet again and again.
        let wait_us = getrandom::u32().unwrap_or(0) % most_us;
        Ok(Duration::from_micros(wait_us.into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tries_end() {
        let error = || DbError::Unavailable("x".to_owned());
        let mut tries = Tries::new();
        for _ in 1..TRIES_MAX {
            let wait = tries.another(Kind::Conflict, error());
            assert!(wait.unwrap() < Duration::from_millis(WAIT_MAX_MS.into()));
        }
        let last = tries.another(Kind::Conflict, error()).unwrap_err();
        assert_eq!(
            last.to_string(),
            "the database is unavailable: after 200 tries: x"
        );
        let mut slow = Tries::new();
        slow.begin -= TOGETHER_MAX;
        assert!(slow.another(Kind::Conflict, error()).is_err());
        for kind in [Kind::Unavailable, Kind::Constraint, Kind::Failed] {
            assert!(Tries::new().another(kind, error()).is_err());
        }
        let mut tries = Tries::new();
        let lost = (0..9).take_while(|_| tries.another(Kind::Lost, error()).is_ok());
        assert_eq!(lost.count(), 2);
    }
}
