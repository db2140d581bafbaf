//! What a log says of trouble that many requests meet: once, and again after a while.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How long what was said is not said again.
const QUIET: Duration = Duration::from_secs(60);
/// How many different things are kept in mind: one more is said each time.
const KEPT_MAX: usize = 256;

/// What was said, and when.
#[derive(Debug, Default)]
pub(crate) struct Told(Mutex<HashMap<String, Since>>);

#[derive(Debug)]
struct Since {
    said: Instant,
    /// How often it was to be said since.
    again: u64,
}

impl Told {
    /// Whether `what` is to be said now: how often it was not since it was said last. Words in which
    /// a digit stands (names of requests, counts) make no other thing of it.
    pub(crate) fn says(&self, what: &str) -> Option<u64> {
        self.says_at(what, Instant::now())
    }

    fn says_at(&self, what: &str, now: Instant) -> Option<u64> {
        let words = what.split(' ');
        let same = words.filter(|word| !word.bytes().any(|byte| byte.is_ascii_digit()));
        let same: Vec<&str> = same.collect();
        let mut kept = self.kept();
        if kept.len() >= KEPT_MAX {
            kept.retain(|_, since| now.saturating_duration_since(since.said) < QUIET);
            if kept.len() >= KEPT_MAX {
                return Some(0);
            }
        }
        let since = kept.entry(same.join(" ")).or_insert(Since {
            said: now,
            again: u64::MAX,
        });
        let is_first = since.again == u64::MAX;
        if !is_first && now.saturating_duration_since(since.said) < QUIET {
            since.again = since.again.saturating_add(1);
            return None;
        }
        let again = if is_first { 0 } else { since.again };
        *since = Since {
            said: now,
            again: 0,
        };
        Some(again)
    }

    fn kept(&self) -> MutexGuard<'_, HashMap<String, Since>> {
        // No code of others runs under the lock.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_said_is_said_again_after_a_while() {
        let (told, begin) = (Told::default(), Instant::now());
        let says = |what, s| told.says_at(what, begin + Duration::from_secs(s));
        assert_eq!(says("bag.save: disk is full", 0), Some(0));
        assert_eq!(says("bag.save: disk is full", 1), None);
        assert_eq!(says("17 jobs wait already", 1), Some(0));
        assert_eq!(says("18 jobs wait already", 2), None);
        assert_eq!(says("bag.save: disk is full", 59), None);
        assert_eq!(says("bag.save: disk is full", 61), Some(2));
        assert_eq!(says("bag.save: disk is full", 62), None);
    }

    #[test]
    fn what_is_kept_is_bounded() {
        let (told, begin) = (Told::default(), Instant::now());
        let word = |n: usize| "x".repeat(n + 1);
        for n in 0..2 * KEPT_MAX {
            assert_eq!(told.says_at(&word(n), begin), Some(0));
        }
        assert_eq!(told.kept().len(), KEPT_MAX);
        assert_eq!(told.says_at("new", begin + QUIET), Some(0));
        assert_eq!(told.kept().len(), 1);
    }
}
