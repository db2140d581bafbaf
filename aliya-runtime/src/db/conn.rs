//! What a job gets: a connection inside its transaction.

use super::sqlite::SqliteConn;
use super::{DbError, Param, Row, Statement, Value};
use crate::BoxFuture;
use crate::types::Id;

/// A connection inside a transaction (or, for readers, a snapshot).
#[derive(Debug)]
pub enum Conn {
    /// SQLite. Its methods never wait: their futures are ready when polled first.
    #[doc(hidden)]
    Sqlite(SqliteConn),
}

impl Conn {
    /// All rows of a query; also of a statement that writes and has a RETURNING clause.
    pub async fn query(
        &mut self,
        statement: &'static Statement,
        params: &[Param<'_>],
    ) -> Result<Vec<Row>, DbError> {
        match self {
            Self::Sqlite(conn) => conn.query(statement, params),
        }
    }

    /// Runs a statement that writes; returns how many rows it changed.
    pub async fn execute(
        &mut self,
        statement: &'static Statement,
        params: &[Param<'_>],
    ) -> Result<u64, DbError> {
        match self {
            Self::Sqlite(conn) => conn.execute(statement, params),
        }
    }

    /// Runs a statement that inserts a row; `false` where a row of the same
    /// key or unique columns is there already.
    pub async fn insert_or_ignore(
        &mut self,
        statement: &'static Statement,
        params: &[Param<'_>],
    ) -> Result<bool, DbError> {
        match self {
            Self::Sqlite(conn) => Ok(conn.execute(statement, params)? > 0),
        }
    }

    /// Runs a statement that inserts a row into a table whose ids the database fills in; `None` where
    /// it does nothing.
    pub async fn insert_id(
        &mut self,
        statement: &'static Statement,
        params: &[Param<'_>],
    ) -> Result<Option<Id>, DbError> {
        match self {
            Self::Sqlite(conn) => returned_id(statement, &conn.query(statement, params)?),
        }
    }

    /// The connection, for those who know that it is SQLite's.
    pub(super) fn sqlite(&mut self) -> &mut SqliteConn {
        match self {
            Self::Sqlite(conn) => conn,
        }
    }
}

/// The id that a statement with a RETURNING clause gave back.
fn returned_id(statement: &'static Statement, rows: &[Row]) -> Result<Option<Id>, DbError> {
    match rows.first().map(Vec::as_slice) {
        None => Ok(None),
        Some([Value::Int(id)]) => Ok(Some(Id(*id))),
        Some(other) => {
            let what = format!("{}: {other:?} is no id", statement.name);
            Err(DbError::Failed(what))
        }
    }
}

/// Gives a closure the type of a job, where it is not written as an argument of
/// [`Db::write`](super::Db::write).
pub fn job<T, E, F>(job: F) -> F
where
    F: for<'a> FnMut(&'a mut Conn) -> BoxFuture<'a, Result<T, E>> + Send + 'static,
{
    job
}
