//! SQLite: one thread that writes, a few that read, each driving a connection of its own.
//!
//! sqlx opens the connections, but would cross a thread for each statement. So our threads drive
//! them through rusqlite ([`handle`]), and a job runs to its end without ever waiting: a commit,
//! which is what costs, is shared by all jobs that came while the one before was under way.

mod batch;
mod conn;
mod failure;
mod handle;
mod lock;
mod log;
mod migrate;
mod open;
mod readers;
mod schema;
mod writer;

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use tokio::sync::watch;

pub use conn::SqliteConn;
pub(super) use lock::MigrationLock;

use super::job::submit;
use super::migrate::{History, How, Planned};
use super::queue::Queue;
use super::{Conn, DbError, Options, Statement};
use crate::BoxFuture;

/// An open database.
#[derive(Clone)]
pub(super) struct Sqlite(Arc<Shared>);

struct Shared {
    path: Arc<str>,
    queues: Queues,
    /// How closing ended; `None` until then.
    closed: watch::Receiver<Option<Result<(), DbError>>>,
}

/// The jobs that wait.
#[derive(Clone)]
struct Queues {
    writes: Arc<Queue>,
    reads: Arc<Queue>,
}

impl Queues {
    fn close(&self) {
        self.writes.close();
        self.reads.close();
    }
}

impl Sqlite {
    /// Opens the file `path` and starts the threads.
    pub(super) async fn open(path: &Path, options: Options) -> Result<Self, DbError> {
        let opened = open::open(path, options.readers, options.beside).await?;
        let path = Arc::clone(&opened.path);
        let queues = Queues {
            writes: Arc::new(Queue::new(options.max_waiting)),
            reads: Arc::new(Queue::new(options.max_waiting)),
        };
        let started = writer::start(opened, queues.clone(), options);
        let closed = started.map_err(|error| {
            queues.close();
            open::failed(&path, &error)
        })?;
        Ok(Self(Arc::new(Shared {
            path,
            queues,
            closed,
        })))
    }

    pub(super) async fn write<T, E, F>(&self, job: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: Send + From<DbError> + 'static,
        F: for<'a> FnMut(&'a mut Conn) -> BoxFuture<'a, Result<T, E>> + Send + 'static,
    {
        submit(&self.0.queues.writes, job).await
    }

    pub(super) async fn read<T, E, F>(&self, job: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: Send + From<DbError> + 'static,
        F: for<'a> FnMut(&'a mut Conn) -> BoxFuture<'a, Result<T, E>> + Send + 'static,
    {
        submit(&self.0.queues.reads, job).await
    }

    pub(super) async fn create(
        &self,
        schema: &'static [&'static Statement],
    ) -> Result<(), DbError> {
        let path = Arc::clone(&self.0.path);
        self.write(move |conn| {
            let path = Arc::clone(&path);
            Box::pin(async move { schema::create(conn, schema, &path).await })
        })
        .await
    }

    /// No job may be under way: see [`migrate`].
    pub(super) async fn migrate(
        &self,
        histories: &[&'static History],
        how: How,
    ) -> Result<Vec<Planned>, DbError> {
        migrate::migrate(Path::new(&*self.0.path), histories, how).await
    }

    pub(super) async fn close(&self) -> Result<(), DbError> {
        self.0.queues.close();
        let mut closed = self.0.closed.clone();
        let ended = closed.wait_for(Option::is_some).await;
        match ended.map(|ended| ended.clone()) {
            Ok(Some(ended)) => ended,
            _ => Err(DbError::Failed("the writer's thread panicked".to_owned())),
        }
    }
}

impl Drop for Shared {
    /// Nobody can submit a job any more: the threads run what waits, then end by themselves.
    fn drop(&mut self) {
        self.queues.close();
    }
}

impl fmt::Debug for Sqlite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Sqlite").field(&self.0.path).finish()
    }
}
