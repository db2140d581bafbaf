//! The clock that requests take their time from.
//!
//! Programs always use the machine's: no setting, flag, variable or endpoint can reach another one.
//! A clock that is set exists only where code makes it, which tests do that run a gateway or a
//! [`Group`](crate::group::Group) in their own process. Sessions and credentials never look here:
//! when they expire is not for a game's tests to move.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use crate::types::Time;

/// Says what time it is; clones show the same.
#[derive(Clone, Debug, Default)]
pub struct Clock(Source);

#[derive(Clone, Debug, Default)]
enum Source {
    #[default]
    Machine,
    Set(Arc<AtomicI64>),
}

impl Clock {
    /// The clock of this machine.
    pub fn system() -> Self {
        Self(Source::Machine)
    }

    /// A clock that stands at a time until [`Clock::set`] or [`Clock::advance`] moves it.
    pub fn at(time: Time) -> Self {
        Self(Source::Set(Arc::new(AtomicI64::new(time.0))))
    }

    /// The time.
    pub fn now(&self) -> Time {
        match &self.0 {
            Source::Machine => Time::now(),
            Source::Set(time) => Time(time.load(Ordering::SeqCst)),
        }
    }

    /// Moves a clock made by [`Clock::at`].
    ///
    /// # Panics
    /// On the machine's clock, which is not ours to move.
    pub fn set(&self, time: Time) {
        self.ours().store(time.0, Ordering::SeqCst);
    }

    /// Moves a clock made by [`Clock::at`] by so many milliseconds.
    ///
    /// # Panics
    /// On the machine's clock.
    pub fn advance(&self, ms: i64) {
        self.ours().fetch_add(ms, Ordering::SeqCst);
    }

    fn ours(&self) -> &AtomicI64 {
        match &self.0 {
            Source::Set(time) => time,
            Source::Machine => panic!("the machine's clock is not to be set"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clones_of_a_set_clock_move_together() {
        let clock = Clock::at(Time(5));
        let other = clock.clone();
        clock.advance(7);
        assert_eq!(other.now(), Time(12));
        other.set(Time(-1));
        assert_eq!(clock.now(), Time(-1));
    }

    #[test]
    fn the_default_is_the_machine_s() {
        let (before, now, after) = (Time::now(), Clock::default().now(), Time::now());
        assert!(before <= now && now <= after);
    }

    #[test]
    #[should_panic(expected = "not to be set")]
    fn the_machine_s_is_not_to_be_set() {
        Clock::system().set(Time(0));
    }
}
