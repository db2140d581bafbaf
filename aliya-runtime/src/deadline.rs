//! Until when somebody waits for the answer of a request.

use std::time::Duration;

use tokio::time::Instant;

use crate::types::Time;

/// A point in time after which nobody waits any more: a monotonic one, which no clock that is set
/// moves. Between processes it travels as milliseconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Deadline(Instant);

impl Deadline {
    /// How long a request has that nobody gave a deadline.
    pub const DEFAULT: Duration = Duration::from_secs(5);

    /// The longest that a deadline lies ahead: another process may say anything.
    const LONGEST: Duration = Duration::from_secs(600);

    /// So long from now.
    pub fn after(time: Duration) -> Self {
        Self(Instant::now() + time.min(Self::LONGEST))
    }

    /// At a time of this machine's clock; a time that has passed is now.
    pub fn at(time: Time) -> Self {
        let left_ms = time.0.saturating_sub(Time::now().0);
        Self::after(Duration::from_millis(u64::try_from(left_ms).unwrap_or(0)))
    }

    /// The time by this machine's clock.
    pub fn time(self) -> Time {
        let left_ms = i64::try_from(self.left().as_millis()).unwrap_or(i64::MAX);
        Time(Time::now().0.saturating_add(left_ms))
    }

    /// How long it is until then: zero when it has passed.
    pub fn left(self) -> Duration {
        self.0.saturating_duration_since(Instant::now())
    }

    /// Whether nobody waits any more.
    pub fn has_passed(self) -> bool {
        self.left().is_zero()
    }

    /// The moment itself, to wait for.
    pub fn instant(self) -> Instant {
        self.0
    }
}
