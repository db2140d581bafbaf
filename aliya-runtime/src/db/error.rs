//! Why the database did not do what it was asked.

use super::migrate::MigrateError;
use crate::stop::Stop;

/// Why the database did not do what it was asked. Nothing of the job was kept.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DbError {
    /// It cannot be reached, is too busy or full, or lost the connection: try again.
    #[error("the database is unavailable: {0}")]
    Unavailable(String),
    /// A row broke a rule of its table (key, unique, min, max, references).
    #[error("{statement}: {what}")]
    Constraint {
        /// The statement's name.
        statement: &'static str,
        /// What the driver says.
        what: String,
    },
    /// The statement or the data is wrong.
    #[error("{0}")]
    Failed(String),
    /// The job panicked.
    #[error("panicked: {0}")]
    Panicked(String),
    /// The database cannot be opened.
    #[error(
        "cannot open the database {path}: {what} (the server must be able to write there; \
         --data or --database names another place)"
    )]
    Open {
        /// The database's file.
        path: String,
        /// What the system or the driver says.
        what: String,
    },
    /// The database's server does not let this one in.
    #[error(
        "cannot use the database {place}: {what} (--database names another; see docs/running.md for \
         what it must have)"
    )]
    Connect {
        /// The server and the database, without the password.
        place: String,
        /// What the system, the server or the driver says.
        what: String,
    },
    /// Another process has the database open.
    #[error(
        "the database {path} is in use by {holder}: stop that one first, or give this one a file \
         of its own with --data or --database"
    )]
    InUse {
        /// The database's file.
        path: String,
        /// Who has it open, as far as known.
        holder: String,
    },
    /// The file is there and holds something else.
    #[error(
        "{path} is not an SQLite database: move it away, or name another file with --data or \
         --database"
    )]
    NotADatabase {
        /// The file.
        path: String,
    },
    /// The file is an SQLite database, and not whole.
    #[error(
        "the database {path} is damaged: {what}. A file that was copied while a server wrote to it is \
         no copy: docs/running.md says how to make one, under Copies"
    )]
    Damaged {
        /// The file.
        path: String,
        /// What is wrong.
        what: String,
    },
    /// A table or index was made from another declaration than the game's.
    #[error(
        "{object} of {path} was made from another declaration: its line {line} is `{found}`, the \
         program's is `{declared}`. No migration leads from the one to the other: bring back the \
         declaration that made it, run `cargo xtask migrate` before it changes and once more \
         afterwards; or begin with an empty database"
    )]
    SchemaDiffers {
        /// The table or index, such as "table `supply`".
        object: String,
        /// The database.
        path: String,
        /// The first line that differs, from 1.
        line: usize,
        /// That line in the file; empty where the text has ended.
        found: String,
        /// That line in the declaration; empty where the text has ended.
        declared: String,
    },
    /// The tables could not be brought to what the program expects.
    #[error(transparent)]
    Migrate(#[from] MigrateError),
}

impl DbError {
    /// What a job is answered that comes when the database is closed already.
    pub(crate) fn closed() -> Self {
        Self::Unavailable("it has been closed".to_owned())
    }
}

impl From<DbError> for Stop {
    fn from(error: DbError) -> Self {
        match error {
            DbError::Unavailable(what) => Self::Unavailable(what),
            other => Self::fault(other.to_string()),
        }
    }
}
