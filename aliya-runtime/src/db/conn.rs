//! What a job gets: a connection inside its transaction.

use super::server::ServerConn;
use super::sqlite::SqliteConn;
use super::{DbError, Param, Row, Statement};
use crate::BoxFuture;
use crate::types::Id;

/// A connection inside a transaction (or, for readers, a snapshot).
#[derive(Debug)]
pub enum Conn {
    /// SQLite. Its methods never wait: their futures are ready when polled first.
    #[doc(hidden)]
    Sqlite(SqliteConn),
    /// A server's.
    #[doc(hidden)]
    Server(ServerConn),
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
            Self::Server(conn) => conn.query(statement, params).await,
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
            Self::Server(conn) => conn.execute(statement, params).await,
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
            Self::Server(conn) => conn.insert_or_ignore(statement, params).await,
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
            Self::Sqlite(conn) => conn.insert_id(statement, params),
            Self::Server(conn) => conn.insert_id(statement, params).await,
        }
    }

    /// The connection, for SQLite's own code.
    ///
    /// # Panics
    /// Where it is a server's, which never gets there.
    pub(super) fn sqlite(&mut self) -> &mut SqliteConn {
        match self {
            Self::Sqlite(conn) => conn,
            Self::Server(_) => unreachable!("SQLite's threads have its own connections"),
        }
    }

    /// The connection, for the servers' own code.
    ///
    /// # Panics
    /// Where it is SQLite's, which never gets there.
    pub(super) fn server(&mut self) -> &mut ServerConn {
        match self {
            Self::Server(conn) => conn,
            Self::Sqlite(_) => unreachable!("a server's pool has its own connections"),
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
