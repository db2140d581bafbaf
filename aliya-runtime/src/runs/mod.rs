//! Functions that the server runs by itself: when a player is created, after another function, at
//! every full hour, day, week or month. No client can call them.

mod created;
mod newcomers;
mod once;
mod outbox;
mod schedule;

pub use created::Created;
pub use newcomers::{Newcomers, NoNewcomers};
pub use outbox::Outbox;
pub use schedule::Schedule;

pub(crate) use once::{HISTORY, Once, done};

use crate::allow::Per;
use crate::function::{FunctionInfo, Game};

/// When the server runs a function by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Runs {
    /// Once for each new player, in the atomic unit that makes the account.
    PlayerCreated,
    /// After each success of another function, in its atomic unit: that function calls it.
    After,
    /// Once in each window of time, at its beginning.
    Every(Per),
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

/// The functions of a game that run for each new player, in the order in which they do: by their
/// managers' names, then as they are declared.
pub fn on_player_created(game: &'static Game) -> impl Iterator<Item = &'static FunctionInfo> {
    let functions = game.managers.iter().flat_map(|manager| manager.functions);
    let functions = functions.copied();
    functions.filter(|function| function.runs == Some(Runs::PlayerCreated))
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
