//! The database behind generated code, which names no driver: [`Db`] runs jobs, a job gets a
//! [`Conn`], and values travel as [`Param`] and [`Value`].

mod statement;
mod table;
mod value;

pub use statement::{Dialect, Statement};
pub use table::{Column, ColumnError, OutOfBounds, Table};
pub use value::{Param, Row, Value};

use crate::BoxFuture;

/// Why the database did not do what it was asked.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DbError {
    /// It cannot be reached, is too busy, or lost the connection: nothing was kept, try again.
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
}

/// A connection inside a transaction (or, for readers, a snapshot).
#[derive(Debug)]
pub enum Conn {}

impl Conn {
    /// All rows of a query.
    pub async fn query(
        &mut self,
        _statement: &'static Statement,
        _params: &[Param<'_>],
    ) -> Result<Vec<Row>, DbError> {
        match *self {}
    }

    /// Runs a statement; returns how many rows it changed.
    pub async fn execute(
        &mut self,
        _statement: &'static Statement,
        _params: &[Param<'_>],
    ) -> Result<u64, DbError> {
        match *self {}
    }
}

/// Gives a closure the type of a job, where it is not written as an argument of [`Db::write`].
pub fn job<T, E, F>(job: F) -> F
where
    F: for<'a> FnMut(&'a mut Conn) -> BoxFuture<'a, Result<T, E>> + Send + 'static,
{
    job
}

/// A database: cheap to clone.
#[derive(Clone, Debug)]
pub struct Db {}

impl Db {
    /// Runs `job` as one serializable transaction and returns when that is on disk. An `Err` rolls
    /// back what the job did. The job may run several times; only the last run counts.
    pub async fn write<T, E, F>(&self, _job: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: Send + From<DbError> + 'static,
        F: for<'a> FnMut(&'a mut Conn) -> BoxFuture<'a, Result<T, E>> + Send + 'static,
    {
        unimplemented!("the database helper writes this")
    }

    /// Runs `job`, which only reads, over one snapshot of what is committed.
    pub async fn read<T, E, F>(&self, _job: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: Send + From<DbError> + 'static,
        F: for<'a> FnMut(&'a mut Conn) -> BoxFuture<'a, Result<T, E>> + Send + 'static,
    {
        unimplemented!("the database helper writes this")
    }

    /// All rows of one query, over what is committed.
    pub async fn query(
        &self,
        _query: &'static Statement,
        _params: &[Param<'_>],
    ) -> Result<Vec<Row>, DbError> {
        unimplemented!("the database helper writes this")
    }

    /// Makes the tables that are not there yet; refuses those made from another declaration.
    pub async fn create(&self, _schema: &'static [&'static Statement]) -> Result<(), DbError> {
        unimplemented!("the database helper writes this")
    }
}
