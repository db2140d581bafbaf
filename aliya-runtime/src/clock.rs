//! The clock that requests take their time from.
//!
//! Programs always use the machine's: no setting, flag, variable or endpoint can reach another one.
//! A clock that is set exists only where code makes it, which tests do that run a gateway or a
//! [`Group`](crate::group::Group) in their own process. Sessions and credentials never look here:
//! when they expire is not for a game's tests to move.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;

use crate::types::Time;

/// How long a wait goes on without a look at the machine's clock.
const LOOK_AGAIN: Duration = Duration::from_secs(30);

/// Says what time it is; clones show the same.
#[derive(Clone, Debug, Default)]
pub struct Clock(Source);

#[derive(Clone, Debug, Default)]
enum Source {
    #[default]
    Machine,
    Set(Arc<watch::Sender<i64>>),
}

impl Clock {
    /// The clock of this machine.
    pub fn system() -> Self {
        Self(Source::Machine)
    }

    /// A clock that stands at a time until [`Clock::set`] or [`Clock::advance`] moves it.
    pub fn at(time: Time) -> Self {
        Self(Source::Set(Arc::new(watch::Sender::new(time.0))))
    }

    /// The time.
    pub fn now(&self) -> Time {
        match &self.0 {
            Source::Machine => Time::now(),
            Source::Set(time) => Time(*time.borrow()),
        }
    }

    /// Returns when it is that late.
    pub async fn until(&self, time: Time) {
        match &self.0 {
            Source::Set(set) => {
                // It goes on for ever where nobody moves the clock: its sender is ours.
                let _ = set.subscribe().wait_for(|now| *now >= time.0).await;
            }
            Source::Machine => loop {
                let wait_ms = time.0.saturating_sub(Time::now().0);
                let Some(wait_ms) = u64::try_from(wait_ms).ok().filter(|ms| *ms > 0) else {
                    return;
                };
                // Never for long: the machine's clock may be set meanwhile.
                tokio::time::sleep(Duration::from_millis(wait_ms).min(LOOK_AGAIN)).await;
            },
        }
    }

    /// Moves a clock made by [`Clock::at`].
    ///
    /// # Panics
    /// On the machine's clock, which is not ours to move.
    pub fn set(&self, time: Time) {
        self.ours().send_replace(time.0);
    }

    /// Moves a clock made by [`Clock::at`] by so many milliseconds.
    ///
    /// # Panics
    /// On the machine's clock.
    pub fn advance(&self, ms: i64) {
        self.ours()
            .send_modify(|time| *time = time.saturating_add(ms));
    }

    fn ours(&self) -> &watch::Sender<i64> {
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

    #[tokio::test]
    async fn who_waits_goes_on_when_a_set_clock_is_moved() {
        let clock = Clock::at(Time(5));
        clock.until(Time(5)).await;
        let waits = tokio::spawn({
            let clock = clock.clone();
            async move {
                clock.until(Time(8)).await;
                clock.now()
            }
        });
        tokio::task::yield_now().await;
        clock.set(Time(7));
        tokio::task::yield_now().await;
        assert!(!waits.is_finished());
        clock.set(Time(9));
        assert_eq!(waits.await.unwrap(), Time(9));
        Clock::system().until(Time::now()).await;
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
