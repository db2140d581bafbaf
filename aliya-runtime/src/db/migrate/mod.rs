//! Migrations: how the tables of a database came to be, and what it still lacks.
//!
//! Tables have owners, the managers and the runtime itself, and each owner's have a history of their
//! own: managers can lie in one database or in several. What a database has applied stands in its
//! table `aliya$migration`, with a checksum of the SQL.

mod decide;
mod error;
mod run;
mod wait;

pub use error::MigrateError;

pub(super) use decide::{Applied, Pending};
pub(super) use run::{Session, bring_along, check, failure};
pub(super) use wait::{SILENT_S, Wait, Waits, since};

use std::fmt::Write;

use sha2::{Digest, Sha256};

/// How the tables of one owner came to be. Written by `cargo xtask gen` from `migrations/`, or by
/// hand for the runtime's own tables.
#[derive(Debug)]
pub struct History {
    /// The manager, or a name with `$` for the runtime's own.
    pub owner: &'static str,
    /// In order; the first makes the tables.
    pub migrations: &'static [Migration],
    /// What the program expects of the tables and no migration does, in words.
    pub behind: Option<&'static str>,
}

/// Each history once, in the order in which they come first: parts that share a database may share
/// tables.
pub(crate) fn distinct(histories: impl Iterator<Item = &'static History>) -> Vec<&'static History> {
    let mut distinct: Vec<&'static History> = Vec::new();
    for history in histories {
        if distinct.iter().all(|known| known.owner != history.owner) {
            distinct.push(history);
        }
    }
    distinct
}

/// The history of tables of the runtime's own that have not changed yet: statements make them.
macro_rules! beginning {
    ($owner:literal, $what:literal, [$($create:ident),+ $(,)?]) => {
        $crate::db::migrate::History {
            owner: $owner,
            migrations: &[$crate::db::migrate::Migration {
                number: 1,
                name: "begin",
                sqlite: &[$crate::db::migrate::made($what, &[$($create.sqlite),+])],
                postgres: &[$crate::db::migrate::made($what, &[$($create.postgres),+])],
                mysql: &[$crate::db::migrate::made($what, &[$($create.mysql),+])],
            }],
            behind: None,
        }
    };
}
pub(crate) use beginning;

/// A step of [`beginning`].
pub(crate) const fn made(what: &'static str, statements: &'static [&'static str]) -> Step {
    Step {
        class: Class::Safe,
        what,
        checks: &[],
        statements,
    }
}

/// One of them.
#[derive(Debug)]
pub struct Migration {
    /// Its number in the game: that of an owner's next one is greater, but need not be the next.
    pub number: u32,
    /// Its name.
    pub name: &'static str,
    /// What it does in SQLite.
    pub sqlite: &'static [Step],
    /// What it does in PostgreSQL.
    pub postgres: &'static [Step],
    /// What it does in MySQL and MariaDB.
    pub mysql: &'static [Step],
}

/// What is done together.
#[derive(Debug)]
pub struct Step {
    /// How much it asks of a database that is in use.
    pub class: Class,
    /// What it does, in words.
    pub what: &'static str,
    /// What must hold before.
    pub checks: &'static [Check],
    /// What is executed, in order.
    pub statements: &'static [&'static str],
}

/// What must hold before a step.
#[derive(Debug)]
pub struct Check {
    /// The same, in words.
    pub what: &'static str,
    /// A query of one number: how many rows are in the way.
    pub query: &'static str,
}

/// How much a step asks of a database that is in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// Every row stays as it is.
    Safe,
    /// The rows that are there get a value that they never had.
    NeedsDefault,
    /// Every row is read, and most are written anew.
    Rewrites,
    /// Values are gone afterwards.
    Destroys,
}

/// What to do about migrations that a database lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// Nothing: only tell.
    Look,
    /// Apply them where that is safe while a server starts, else refuse. In SQLite, whose file no
    /// other program has open then, that is all but those which destroy data; elsewhere none.
    Safe,
    /// Apply them all.
    All,
}

/// A migration that a database lacks, or has now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// Whose tables.
    pub owner: &'static str,
    /// Number and name, as its folder is called.
    pub migration: String,
    /// Class and words of each step.
    pub steps: Vec<(Class, &'static str)>,
    /// What the rows that are there do not keep, where that is known already.
    pub in_the_way: Vec<String>,
}

impl Migration {
    /// `0002_raise_level`
    pub fn full_name(&self) -> String {
        format!("{:04}_{}", self.number, self.name)
    }
}

impl Class {
    /// What it is called in plans.
    pub fn name(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::NeedsDefault => "needs a default",
            Self::Rewrites => "rewrites the table",
            Self::Destroys => "destroys data",
        }
    }
}

/// The SHA-256 of the SQL of some steps, in hex: what they say in words does not count, nor how their
/// lines end.
pub(super) fn checksum(steps: &[Step]) -> String {
    checksum_with("\n", steps)
}

/// Whether a database's checksum is that of some steps. Programs that were generated from files whose
/// lines end with `\r\n` have left checksums of the SQL as it stood there.
fn is_checksum(found: &str, steps: &[Step]) -> bool {
    found == checksum(steps) || found == checksum_with("\r\n", steps)
}

fn checksum_with(line_end: &str, steps: &[Step]) -> String {
    let mut hash = Sha256::new();
    for step in steps {
        let checks = step.checks.iter().map(|check| check.query);
        for sql in checks.chain(step.statements.iter().copied()) {
            hash.update(sql.replace("\r\n", "\n").replace('\n', line_end));
            // No SQL has these: where statements and steps end is a part of what is hashed.
            hash.update([0]);
        }
        hash.update([1]);
    }
    let mut hex = String::with_capacity(64);
    for byte in hash.finalize() {
        // Writing to a String cannot fail.
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}
