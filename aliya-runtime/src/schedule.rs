//! Functions that run at every full hour, day, week or month of the game's time zone, or in a row of
//! windows of a length.
//!
//! The window that a function ran in last is on disk, written together with its effects: a crash
//! neither repeats a run nor loses one, and of several processes over one database one runs it. Windows
//! that went by while nothing ran are made up for by one run.

use std::sync::Arc;

use tokio::task::JoinSet;

use crate::call::{Key, Request};
use crate::clock::Clock;
use crate::db;
use crate::function::FunctionInfo;
use crate::group::Group;
use crate::runs::{Once, Runs};
use crate::shutdown::CancellationToken;
use crate::stop::Stop;
use crate::time_zone::Per;
use crate::types::Time;

/// Runs a group's functions by the clock.
#[derive(Clone)]
pub struct Schedule {
    group: Arc<Group>,
    clock: Clock,
}

impl Schedule {
    /// The schedule of a group. A function that no process has looked at yet counts as run in the
    /// window that it is now.
    pub async fn start(group: Arc<Group>, clock: Clock) -> Result<Self, Stop> {
        let schedule = Self { group, clock };
        let now = schedule.clock.now();
        for (function, per) in schedule.functions() {
            let (began, _) = schedule.window(per, now)?;
            let once = Once::in_window(function.manager, function.name, began);
            let begin = db::job(move |conn| {
                let once = once.clone();
                Box::pin(async move { Ok::<_, Stop>(once.begin(conn).await?) })
            });
            schedule.group.db().write(begin).await?;
        }
        Ok(schedule)
    }

    /// Runs what is due, each function when its windows begin, until `stop`; then ends when those
    /// have ended that are under way.
    pub async fn run(self, stop: CancellationToken) {
        let mut tasks = JoinSet::new();
        for (function, per) in self.functions() {
            let schedule = self.clone();
            let stop = stop.clone();
            tasks.spawn(async move { schedule.keep(function, per, &stop).await });
        }
        while let Some(ended) = tasks.join_next().await {
            if let Err(error) = ended {
                tracing::error!("a function that runs by the clock: {error}");
            }
        }
    }

    /// Runs one function again and again. A run that fails is repeated after 1, 2, 4 and up to 60
    /// seconds, within its window; then it is the next window's turn.
    async fn keep(&self, function: &'static FunctionInfo, per: Per, stop: &CancellationToken) {
        let FunctionInfo { manager, name, .. } = function;
        let (mut failures, mut attempt) = (0, 0);
        while !stop.is_cancelled() {
            let now = self.clock.now();
            let next = match self.run_due(function, per, now, attempt).await {
                Ok(ends) => {
                    (failures, attempt) = (0, 0);
                    ends
                }
                Err(failed) => {
                    // What is under way, or may be, is the same attempt.
                    attempt += i64::from(!matches!(failed, Stop::Unavailable(_)));
                    let wait_ms = wait_ms(failures);
                    failures += 1;
                    tracing::error!(wait_ms, "{manager}.{name}, by the clock: {failed}");
                    Time(now.0.saturating_add(wait_ms))
                }
            };
            tokio::select! {
                () = stop.cancelled() => {}
                () = self.clock.until(next) => {}
            }
        }
    }

    /// Runs a function for the window that `now` is in, unless it has run there, and returns when
    /// the next one begins.
    async fn run_due(
        &self,
        function: &'static FunctionInfo,
        per: Per,
        now: Time,
        attempt: i64,
    ) -> Result<Time, Stop> {
        let (began, ends) = self.window(per, now)?;
        let FunctionInfo { manager, name, .. } = function;
        let began_ms = began.0;
        let key = Key::named(
            'e',
            format_args!("{manager}.{name}:{began_ms}:{attempt}"),
            now,
        );
        let request = Request::new(now, key.as_str()).keyed(key.clone());
        let once = Once::in_window(manager, name, began);
        let answer = self.group.run_once(function, request, once).await?;
        match function.succeeds_with(answer.status) {
            true => Ok(ends),
            false => Err(Stop::fault(format!(
                "it ended with {}, {}",
                answer.status, answer.message
            ))),
        }
    }

    fn window(&self, per: Per, now: Time) -> Result<(Time, Time), Stop> {
        let window = per.window(self.group.zone(), now);
        window.ok_or_else(|| Stop::fault(format!("{} ms are beyond the calendar", now.0)))
    }

    fn functions(&self) -> impl Iterator<Item = (&'static FunctionInfo, Per)> {
        let functions = self.group.managers().iter().flat_map(|it| it.functions);
        functions.filter_map(|function| match function.runs {
            Some(Runs::Every(per)) => Some((*function, per)),
            _ => None,
        })
    }
}

/// How long a run that failed waits before it is repeated; twice as long each time.
const FIRST_WAIT_MS: i64 = 1_000;

/// The longest that it waits.
const LONGEST_WAIT_MS: i64 = 60_000;

/// How many milliseconds a run waits that has failed so many times before.
fn wait_ms(failures: i64) -> i64 {
    let doubled = u32::try_from(failures).ok();
    let doubled = doubled.and_then(|failures| FIRST_WAIT_MS.checked_shl(failures.min(20)));
    doubled.unwrap_or(LONGEST_WAIT_MS).min(LONGEST_WAIT_MS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_a_minute() {
        let waits: Vec<_> = (0..9).map(wait_ms).collect();
        assert_eq!(
            waits,
            [
                1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000
            ]
        );
        assert_eq!(wait_ms(i64::MAX), LONGEST_WAIT_MS);
    }
}
