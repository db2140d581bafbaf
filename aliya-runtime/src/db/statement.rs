//! An SQL statement as a constant, with its text for each database.

/// The databases that Aliya speaks to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// SQLite 3.
    Sqlite,
}

/// An SQL statement: written by `cargo xtask gen`, or by hand for the runtime's own tables.
#[derive(Debug)]
pub struct Statement {
    /// A name for logs and plans, unique in the game, such as `bag.supply.by_player_item`.
    pub name: &'static str,
    /// The text for SQLite, with placeholders `?1`, `?2`, ...
    pub sqlite: &'static str,
}

impl Statement {
    /// The text for a database.
    pub fn text(&self, dialect: Dialect) -> &'static str {
        match dialect {
            Dialect::Sqlite => self.sqlite,
        }
    }
}
