//! Functions that the server runs by itself: when a player is created, after another function, at
//! every full hour, day, week or month. No client can call them.

mod created;
mod newcomers;
mod once;
mod outbox;

pub use created::Created;
pub use newcomers::{Newcomers, NoNewcomers};
pub use outbox::Outbox;

pub(crate) use once::{HISTORY, Once, done};
pub(crate) use outbox::HISTORY as OUTBOX_HISTORY;

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

/// The functions of a game that run for each new player, in the order in which they do: by their
/// managers' names, then as they are declared.
pub fn on_player_created(game: &'static Game) -> impl Iterator<Item = &'static FunctionInfo> {
    let functions = game.managers.iter().flat_map(|manager| manager.functions);
    let functions = functions.copied();
    functions.filter(|function| function.runs == Some(Runs::PlayerCreated))
}
