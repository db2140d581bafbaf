//! The database behind generated code, which names no driver: [`Db`] runs jobs, a job gets a
//! [`Conn`], and values travel as [`Param`] and [`Value`].

mod column;
mod conn;
mod error;
mod job;
mod json;
pub mod migrate;
mod migrator;
mod mysql;
mod options;
mod postgres;
mod queue;
mod schema;
mod server;
mod sqlite;
mod statement;
mod table;
mod url;
mod value;

pub use conn::{Conn, job};
pub use error::DbError;
pub use migrator::Migrator;
pub use options::Options;
pub use statement::{Dialect, Statement};
pub use table::{Checked, Column, ColumnError, OutOfBounds, Table};
pub use url::{DatabaseUrl, DatabaseUrlError, Place, without_password};
pub use value::{Param, Row, Value};

use std::sync::Arc;

use self::migrate::{History, How, Planned};
use crate::BoxFuture;

/// A database: cheap to clone. It is closed by [`Db::close`], or in the background once the last
/// clone is dropped; in both cases after the jobs that wait.
#[derive(Clone, Debug)]
pub struct Db {
    backend: Backend,
}

#[derive(Clone, Debug)]
enum Backend {
    Sqlite(sqlite::Sqlite),
    /// With its URL, by which it is migrated.
    Server(server::Server, Arc<DatabaseUrl>),
}

impl Db {
    /// Opens the database; makes its file, and the folder that it is in, where they are not there
    /// yet. Another process that has the file open is an error ([`DbError::InUse`]).
    pub async fn open(url: &DatabaseUrl, options: Options) -> Result<Self, DbError> {
        let backend = match url {
            DatabaseUrl::Sqlite(path) => {
                Backend::Sqlite(sqlite::Sqlite::open(path, options).await?)
            }
            DatabaseUrl::Postgres(place) => {
                let driver = Arc::new(postgres::Postgres::at(place)?);
                let server = server::Server::open(driver, options).await?;
                Backend::Server(server, Arc::new(url.clone()))
            }
            DatabaseUrl::Mysql(place) => {
                let driver = Arc::new(mysql::Mysql::at(place)?);
                let server = server::Server::open(driver, options).await?;
                Backend::Server(server, Arc::new(url.clone()))
            }
        };
        Ok(Self { backend })
    }

    /// Runs `job` as one serializable transaction and returns when that is on disk. An `Err` rolls
    /// back what the job did, as does a panic. The job may run several times; only the last run
    /// counts. It must wait for nothing but its connection. If the caller goes away, a job that
    /// waits is not run, and one that has begun is not committed on a server: on SQLite it is, as it
    /// ends within milliseconds.
    pub async fn write<T, E, F>(&self, job: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: Send + From<DbError> + 'static,
        F: for<'a> FnMut(&'a mut Conn) -> BoxFuture<'a, Result<T, E>> + Send + 'static,
    {
        match &self.backend {
            Backend::Sqlite(sqlite) => sqlite.write(job).await,
            Backend::Server(server, _) => server.write(job).await,
        }
    }

    /// As [`Db::write`], of a job that finds out by itself whether it has happened already: it is run
    /// again, too, where a server did not answer its commit.
    pub async fn write_idempotent<T, E, F>(&self, job: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: Send + From<DbError> + 'static,
        F: for<'a> FnMut(&'a mut Conn) -> BoxFuture<'a, Result<T, E>> + Send + 'static,
    {
        match &self.backend {
            Backend::Sqlite(sqlite) => sqlite.write(job).await,
            Backend::Server(server, _) => server.write_idempotent(job).await,
        }
    }

    /// Runs `job`, which only reads, over one snapshot of what is committed.
    pub async fn read<T, E, F>(&self, job: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: Send + From<DbError> + 'static,
        F: for<'a> FnMut(&'a mut Conn) -> BoxFuture<'a, Result<T, E>> + Send + 'static,
    {
        match &self.backend {
            Backend::Sqlite(sqlite) => sqlite.read(job).await,
            Backend::Server(server, _) => server.read(job).await,
        }
    }

    /// Runs `job`, which is one query: a server needs no transaction around it.
    pub async fn read_once<T, E, F>(&self, job: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: Send + From<DbError> + 'static,
        F: for<'a> FnMut(&'a mut Conn) -> BoxFuture<'a, Result<T, E>> + Send + 'static,
    {
        match &self.backend {
            Backend::Sqlite(sqlite) => sqlite.read(job).await,
            Backend::Server(server, _) => server.read_once(job).await,
        }
    }

    /// All rows of one query, over what is committed.
    pub async fn query(
        &self,
        query: &'static Statement,
        params: &[Param<'_>],
    ) -> Result<Vec<Row>, DbError> {
        // The params go to another thread, which the borrowed ones cannot.
        let params: Arc<[Value]> = params.iter().copied().map(Value::from).collect();
        self.read_once(move |conn| {
            let params = Arc::clone(&params);
            Box::pin(async move {
                let params: Vec<_> = params.iter().map(Param::from).collect();
                conn.query(query, &params).await
            })
        })
        .await
    }

    /// Makes the tables and indexes that are not there yet, all or none; refuses those made from
    /// another declaration ([`DbError::SchemaDiffers`]). Each statement is one of
    /// `CREATE TABLE "name" ...`, `CREATE INDEX "name" ...`, `CREATE UNIQUE INDEX "name" ...`.
    pub async fn create(&self, schema: &'static [&'static Statement]) -> Result<(), DbError> {
        match &self.backend {
            Backend::Sqlite(sqlite) => sqlite.create(schema).await,
            Backend::Server(server, _) => server.create(schema).await,
        }
    }

    /// Brings the tables of some owners along, as far as `how` lets it; returns what the database
    /// lacked. Tables that programs without migrations made are taken over, where they are what the
    /// first migration makes. To be called before anything else uses those tables.
    ///
    /// # Errors
    /// [`DbError::Migrate`]; [`DbError::SchemaDiffers`] of a table that is there and unknown.
    pub async fn migrate(
        &self,
        histories: &[&'static History],
        how: How,
    ) -> Result<Vec<Planned>, DbError> {
        match &self.backend {
            Backend::Sqlite(sqlite) => sqlite.migrate(histories, how).await,
            Backend::Server(_, url) => {
                let mut migrator = match how {
                    How::Safe => Migrator::looking(url).await?,
                    How::Look | How::All => Migrator::wait(url, |_| {}).await?,
                };
                migrator.migrate(histories, how).await
            }
        }
    }

    /// Takes no more jobs, runs those that wait, and closes the database. Returns when its file may
    /// be opened by others; every clone may call it.
    pub async fn close(&self) -> Result<(), DbError> {
        match &self.backend {
            Backend::Sqlite(sqlite) => sqlite.close().await,
            Backend::Server(server, _) => server.close().await,
        }
    }
}
