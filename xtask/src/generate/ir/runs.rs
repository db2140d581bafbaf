//! When the server runs a function by itself.

use super::{FunctionId, Per};

/// When a function runs that nobody calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Runs {
    /// Once for each new player.
    PlayerCreated,
    /// After each success of that function, which calls it.
    After(FunctionId),
    /// Once in each window, without a caller.
    Every(Per),
}
