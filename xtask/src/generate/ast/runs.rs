//! `runs:`, of a function that nobody calls: the server runs it by itself.

use super::{Assign, Name, Per, Span};

/// `runs:`
#[derive(Clone, Debug, PartialEq)]
pub struct Runs {
    /// When it runs.
    pub when: When,
    /// Where `on`, `after` or `every` stands.
    pub span: Span,
}

/// When a function runs.
#[derive(Clone, Debug, PartialEq)]
pub enum When {
    /// `{ on: player_created }`
    PlayerCreated,
    /// `{ after: { manager.function: { arg: value } } }`; its args have no types of their own.
    After {
        /// The function after which it runs.
        function: Name,
        /// Its args, and what each is.
        with: Vec<Assign>,
    },
    /// `{ every: hour }`
    Every(Per),
}
