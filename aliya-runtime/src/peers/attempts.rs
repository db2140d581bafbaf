//! Sending a call until a whole reply comes: again and again where that does no harm, with longer
//! and longer pauses, and not beyond the call's deadline.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode};

use super::callee::Callee;
use super::http::{Failed, Http, Reply};
use crate::call::Deadline;
use crate::stop::Stop;

/// The longest pause after the first attempt; twice as long after each further one.
const FIRST_PAUSE: Duration = Duration::from_millis(20);

/// The longest pause of all.
const LONGEST_PAUSE: Duration = Duration::from_secs(1);

/// A call to be sent.
#[derive(Debug)]
pub(super) struct ToSend<'a> {
    /// GET or POST.
    pub(super) method: Method,
    /// The path, without the slash at its beginning.
    pub(super) path: &'a str,
    /// The body: JSON, or nothing.
    pub(super) body: Bytes,
    /// When nobody waits for the reply any more.
    pub(super) deadline: Deadline,
    /// When the call may be sent again.
    pub(super) repeat: Repeat,
}

/// When a call may be sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Repeat {
    /// Whenever no reply came: it has a key, or changes nothing.
    Always,
    /// Only where the callee got nothing of it.
    Unsent,
}

impl Http {
    /// Sends a call, each time with the headers that `sign` makes for its body.
    /// [`Stop::Unavailable`] where no whole reply comes in time, or the callee's circuit is open.
    pub(super) async fn send(
        &self,
        callee: Callee<'_>,
        call: &ToSend<'_>,
        sign: impl Fn(&[u8]) -> Result<HeaderMap, Stop>,
    ) -> Result<Reply, Stop> {
        let mut longest = FIRST_PAUSE;
        loop {
            let stop = match self.attempt(callee, call, &sign).await {
                Ok(reply) if reply.status != StatusCode::SERVICE_UNAVAILABLE => return Ok(reply),
                Ok(reply) if call.repeat != Repeat::Always => return Ok(reply),
                Ok(reply) => callee.refused(&reply),
                Err(Failed::Unsent(stop)) => stop,
                Err(Failed::Lost(stop)) if call.repeat == Repeat::Always => stop,
                Err(Failed::Lost(stop) | Failed::Final(stop)) => return Err(stop),
            };
            let pause = up_to(longest);
            if pause >= call.deadline.left() {
                return Err(stop);
            }
            tracing::debug!("sent again in {} ms: {stop}", pause.as_millis());
            tokio::time::sleep(pause).await;
            longest = (2 * longest).min(LONGEST_PAUSE);
        }
    }
}

/// A random time up to a limit.
pub(super) fn up_to(limit: Duration) -> Duration {
    let random = getrandom::u32().unwrap_or(u32::MAX / 2);
    limit.mul_f64(f64::from(random) / f64::from(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_are_anything_up_to_their_limit() {
        let limit = Duration::from_millis(20);
        let pauses: Vec<_> = (0..1000).map(|_| up_to(limit)).collect();
        assert!(pauses.iter().all(|pause| *pause <= limit));
        let short = pauses.iter().filter(|pause| **pause < limit / 2).count();
        assert!((300..700).contains(&short), "{short} of 1000 are short");
        assert_eq!(up_to(Duration::ZERO), Duration::ZERO);
    }
}
