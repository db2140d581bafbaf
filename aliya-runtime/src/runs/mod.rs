//! Functions that the server runs by itself: when, and the marks that make each happen once.

mod once;

pub(crate) use once::{HISTORY, Once, done};

use crate::time_zone::Per;

/// When the server runs a function by itself. No client can call such a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Runs {
    /// Once for each new player, in the atomic unit that makes the account.
    PlayerCreated,
    /// After each success of another function, in its atomic unit: that function calls it.
    After,
    /// Once in each window of time, at its beginning.
    Every(Per),
}
