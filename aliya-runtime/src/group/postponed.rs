//! Ops that cannot be driven on: when they are due again, and when they are reported.

use super::Group;
use crate::db;
use crate::op::{self, Op};
use crate::stop::Stop;
use crate::types::Time;

/// How often driving an op fails before it is reported.
const ATTEMPTS_MAX: i64 = 10;

/// The first wait after a failed attempt, in milliseconds; twice as long each time.
const FIRST_WAIT_MS: i64 = 200;

/// The longest such wait, in milliseconds.
const LONGEST_WAIT_MS: i64 = 5_000;

impl Group {
    /// Lets the op wait that could not be driven on, and says so in the log once it has failed too
    /// often.
    pub(super) async fn postpone(&self, op: &Op, stop: &Stop) {
        let Op {
            key,
            manager,
            function,
            status,
            attempts,
            ..
        } = op;
        if attempts + 1 == ATTEMPTS_MAX {
            tracing::error!(
                %key,
                %status,
                "{manager}.{function} could not go on {ATTEMPTS_MAX} times, and is tried again: \
                 {stop} (`aliya ops show` tells more)"
            );
        } else {
            tracing::warn!(%key, %status, attempts, "{manager}.{function} cannot go on: {stop}");
        }
        let next = Time(Time::now().0.saturating_add(wait_ms(*attempts)));
        let (op, trouble) = (op.clone(), stop.to_string());
        let postpone = db::job(move |conn| {
            let (op, trouble) = (op.clone(), trouble.clone());
            Box::pin(async move { op::postpone(conn, &op, next, &trouble).await })
        });
        if let Err(stop) = self.db().write(postpone).await {
            // Its lease ends by itself.
            tracing::warn!(%key, "cannot be postponed: {stop}");
        }
    }
}

/// How long an op waits that has failed so many times before, in milliseconds: half of it at random.
fn wait_ms(attempts: i64) -> i64 {
    let doubled = FIRST_WAIT_MS << attempts.clamp(0, 10);
    let most = doubled.min(LONGEST_WAIT_MS);
    let random = getrandom::u32().unwrap_or_default();
    most / 2 + i64::from(random) % (most / 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_a_bound() {
        for (attempts, most) in [
            (0, 200),
            (1, 400),
            (4, 3_200),
            (5, 5_000),
            (i64::MAX, 5_000),
        ] {
            let wait = wait_ms(attempts);
            assert!((most / 2..most).contains(&wait), "{attempts}: {wait}");
        }
    }
}
