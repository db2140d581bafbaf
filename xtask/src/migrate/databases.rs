//! The databases that migrations are written for.

use std::fmt;

use aliya_macros_core::dialect::{Dialect, Mysql, Postgres, Sqlite};

/// A database that migrations are written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, clap::ValueEnum)]
pub enum Database {
    /// SQLite.
    Sqlite,
    /// PostgreSQL.
    Postgres,
    /// MySQL and MariaDB.
    Mysql,
}

impl Database {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Sqlite, Self::Postgres, Self::Mysql];

    /// What plans, files and options call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
            Self::Mysql => "mysql",
        }
    }

    /// What people call it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
            Self::Mysql => "MySQL and MariaDB",
        }
    }

    /// Its SQL.
    pub fn dialect(self) -> &'static dyn Dialect {
        match self {
            Self::Sqlite => &Sqlite,
            Self::Postgres => &Postgres,
            Self::Mysql => &Mysql,
        }
    }
}

/// Something that each database has of its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Each<T> {
    /// SQLite's.
    pub sqlite: T,
    /// PostgreSQL's.
    pub postgres: T,
    /// MySQL's and MariaDB's.
    pub mysql: T,
}

impl<T> Each<T> {
    /// What `make` makes for each.
    pub fn new(mut make: impl FnMut(Database) -> T) -> Self {
        Self {
            sqlite: make(Database::Sqlite),
            postgres: make(Database::Postgres),
            mysql: make(Database::Mysql),
        }
    }

    /// That of one.
    pub fn of(&self, database: Database) -> &T {
        match database {
            Database::Sqlite => &self.sqlite,
            Database::Postgres => &self.postgres,
            Database::Mysql => &self.mysql,
        }
    }

    /// Each with its database.
    pub fn iter(&self) -> impl Iterator<Item = (Database, &T)> {
        Database::ALL
            .map(|database| (database, self.of(database)))
            .into_iter()
    }
}

impl fmt::Display for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
