//! What each kind of server does in its own way.

use std::time::Duration;

use super::super::{DbError, Dialect, Param, Row, Statement};
use super::Insert;
use crate::BoxFuture;

/// A kind of server, and where the one is that is meant.
pub(in crate::db) trait Driver: Send + Sync {
    /// Which texts of statements it takes.
    fn dialect(&self) -> Dialect;

    /// Where the database is, for messages: without the password.
    fn place(&self) -> String;

    /// Opens a session whose settings are those of [`super`].
    fn connect(&self) -> BoxFuture<'_, Result<Box<dyn Session>, Fault>>;

    /// Refuses a place whose sessions would not stay what they are made.
    fn check_first(&self) -> BoxFuture<'_, Result<(), Fault>> {
        Box::pin(async { Ok(()) })
    }

    /// Begins a transaction that is serializable.
    fn begin(&self) -> &'static str;

    /// Begins one that reads a snapshot.
    fn begin_snapshot(&self) -> &'static str;

    /// The statements over the table of what [`super::create`] has made.
    fn made(&self) -> &'static Made;
}

/// Statements that [`super::create`] needs.
pub(in crate::db) struct Made {
    /// Waits until no other process makes tables.
    pub(in crate::db) lock: &'static str,
    /// Lets others do so.
    pub(in crate::db) unlock: &'static str,
    /// Makes the table of what was made, where it is not there.
    pub(in crate::db) create: &'static str,
    /// The text that made something. Parameter: its name.
    pub(in crate::db) find: Statement,
    /// Writes down such a text. Parameters: the name, the text.
    pub(in crate::db) insert: Statement,
}

/// A connection to a server.
pub(in crate::db) trait Session: Send {
    /// Which texts of statements it takes.
    fn dialect(&self) -> Dialect;

    /// All rows of a query.
    fn query<'a>(
        &'a mut self,
        statement: &'static Statement,
        params: &'a [Param<'a>],
    ) -> BoxFuture<'a, Result<Vec<Row>, Fault>>;

    /// Runs a statement that writes; returns how many rows it changed.
    fn execute<'a>(
        &'a mut self,
        statement: &'static Statement,
        params: &'a [Param<'a>],
    ) -> BoxFuture<'a, Result<u64, Fault>>;

    /// Inserts a row; `false` where one of the same key or unique columns is there.
    fn insert_or_ignore<'a>(
        &'a mut self,
        statement: &'static Statement,
        params: &'a [Param<'a>],
    ) -> BoxFuture<'a, Result<bool, Fault>>;

    /// Inserts rows; returns how many: those that are there already are not among them.
    fn insert_all<'a>(&'a mut self, insert: Insert<'a>) -> BoxFuture<'a, Result<u64, Fault>>;

    /// Inserts a row into a numbered table; `None` where one of the same unique columns is there.
    fn insert_id<'a>(
        &'a mut self,
        statement: &'static Statement,
        params: &'a [Param<'a>],
    ) -> BoxFuture<'a, Result<Option<i64>, Fault>>;

    /// Runs SQL without parameters, unprepared.
    fn control(&mut self, sql: &'static str) -> BoxFuture<'_, Result<(), Fault>>;

    /// Says goodbye to the server.
    fn close(self: Box<Self>) -> BoxFuture<'static, ()>;
}

/// What a session's error means to a job.
#[derive(Clone, Debug)]
pub(in crate::db) struct Fault {
    pub(in crate::db) kind: Kind,
    /// What the server or the driver says.
    pub(in crate::db) what: String,
}

/// Kinds of errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::db) enum Kind {
    /// Another transaction was in the way: the same may work when it is run again.
    Conflict,
    /// The connection is lost.
    Lost,
    /// The server cannot do it now.
    Unavailable,
    /// A row with the same key or unique columns is there.
    Duplicate,
    /// A row broke another rule of its table.
    Constraint,
    /// The statement or the data is wrong.
    Failed,
}

impl Fault {
    /// The server was silent for that long.
    pub(in crate::db) fn no_answer(within: Duration) -> Self {
        Self {
            kind: Kind::Lost,
            what: format!("no answer within {} s", within.as_secs()),
        }
    }

    /// The server would take no write, ever or for now.
    pub(in crate::db) fn read_only() -> Self {
        Self {
            kind: Kind::Unavailable,
            what: "it is read-only: where it is a replica, name its primary".to_owned(),
        }
    }

    /// The error of the statement of that name.
    pub(in crate::db) fn of(self, statement: &'static str) -> DbError {
        let Self { kind, what } = self;
        match kind {
            Kind::Conflict | Kind::Lost | Kind::Unavailable => {
                DbError::Unavailable(format!("{statement}: {what}"))
            }
            Kind::Duplicate | Kind::Constraint => DbError::Constraint { statement, what },
            Kind::Failed => DbError::Failed(format!("{statement}: {what}")),
        }
    }
}
