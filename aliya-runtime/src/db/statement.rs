//! An SQL statement as a constant, with its text for each database.

/// The databases that Aliya speaks to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// SQLite 3.
    Sqlite,
    /// PostgreSQL.
    Postgres,
    /// MySQL and MariaDB.
    Mysql,
}

/// An SQL statement: written by `cargo xtask gen`, or by hand for the runtime's own tables.
///
/// Its parameters stand in their order, each once: MySQL does not number them.
#[derive(Debug)]
pub struct Statement {
    /// A name for logs and plans, unique in the game, such as `bag.supply.by_player_item`.
    pub name: &'static str,
    /// The text for SQLite, with placeholders `?1`, `?2`, ...
    pub sqlite: &'static str,
    /// The text for PostgreSQL, with placeholders `$1`, `$2`, ...
    pub postgres: &'static str,
    /// The text for MySQL and MariaDB, with placeholders `?`.
    pub mysql: &'static str,
}

impl Statement {
    /// What a statement that runs on SQLite alone has for the others:
    /// `Statement { name, sqlite, ..Statement::SQLITE_ALONE }`.
    pub const SQLITE_ALONE: Self = Self {
        name: "",
        sqlite: "",
        postgres: "",
        mysql: "",
    };

    /// The text for a database.
    pub fn text(&self, dialect: Dialect) -> &'static str {
        match dialect {
            Dialect::Sqlite => self.sqlite,
            Dialect::Postgres => self.postgres,
            Dialect::Mysql => self.mysql,
        }
    }
}
