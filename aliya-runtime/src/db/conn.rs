//! What a job gets: a connection inside its transaction.

use super::sqlite::SqliteConn;
use super::{DbError, Param, Row, Statement};
use crate::BoxFuture;

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

    /// The connection, for those who know that it is SQLite's.
    pub(super) fn sqlite(&mut self) -> &mut SqliteConn {
        match self {
            Self::Sqlite(conn) => conn,
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
