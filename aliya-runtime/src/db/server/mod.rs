//! Databases that are servers: kept connections, and jobs that run on them as transactions.
//!
//! What PostgreSQL and MySQL do in their own ways is a [`Driver`] and its sessions; everything else
//! is here, once.

mod attempt;
mod conn;
mod create;
mod pool;
mod rows;
mod session;
mod tries;
mod turns;

use std::fmt;
use std::sync::Arc;

use tokio_util::task::TaskTracker;

pub use conn::ServerConn;
pub(super) use rows::Insert;
pub(super) use session::{Driver, Fault, Kind, Made, Session};

use self::attempt::How;
use self::pool::Pool;
use self::turns::Turns;
use super::{Conn, DbError, Options, Statement, job};
use crate::BoxFuture;

/// A database on a server.
#[derive(Clone)]
pub(super) struct Server(Arc<Shared>);

struct Shared {
    driver: Arc<dyn Driver>,
    pool: Pool,
    /// The jobs under way: they go on when nobody waits for them any more.
    jobs: TaskTracker,
    /// Of jobs that run again, at the rows that they lock.
    turns: Arc<Turns>,
    /// Held by a job that runs again though it has its turns: those that got into each other's way
    /// come one by one.
    again: tokio::sync::Mutex<()>,
}

impl Server {
    /// Connects once, so that what is wrong with the address or the server is told at the start.
    pub(super) async fn open(driver: Arc<dyn Driver>, options: Options) -> Result<Self, DbError> {
        let pool = Pool::new(Arc::clone(&driver), options);
        pool.connect_first()
            .await
            .map_err(|what| DbError::Connect {
                place: driver.place(),
                what,
            })?;
        Ok(Self(Arc::new(Shared {
            driver,
            pool,
            jobs: TaskTracker::new(),
            turns: Arc::default(),
            again: tokio::sync::Mutex::new(()),
        })))
    }

    pub(super) async fn write<T, E, F>(&self, job: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: Send + From<DbError> + 'static,
        F: for<'a> FnMut(&'a mut Conn) -> BoxFuture<'a, Result<T, E>> + Send + 'static,
    {
        self.run(How::Write, job).await
    }

    /// A job that may be run again where its commit was not answered.
    pub(super) async fn write_idempotent<T, E, F>(&self, job: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: Send + From<DbError> + 'static,
        F: for<'a> FnMut(&'a mut Conn) -> BoxFuture<'a, Result<T, E>> + Send + 'static,
    {
        self.run(How::Idempotent, job).await
    }

    pub(super) async fn read<T, E, F>(&self, job: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: Send + From<DbError> + 'static,
        F: for<'a> FnMut(&'a mut Conn) -> BoxFuture<'a, Result<T, E>> + Send + 'static,
    {
        self.run(How::Snapshot, job).await
    }

    /// A job of one query, which needs no transaction around it.
    pub(super) async fn read_once<T, E, F>(&self, job: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: Send + From<DbError> + 'static,
        F: for<'a> FnMut(&'a mut Conn) -> BoxFuture<'a, Result<T, E>> + Send + 'static,
    {
        self.run(How::Once, job).await
    }

    /// Makes the tables and indexes of `schema` that are not there yet.
    pub(super) async fn create(
        &self,
        schema: &'static [&'static Statement],
    ) -> Result<(), DbError> {
        create::create(&self.0.pool, &*self.0.driver, schema).await
    }

    /// Takes no more jobs, waits for those under way, and closes the connections.
    pub(super) async fn close(&self) -> Result<(), DbError> {
        self.0.jobs.close();
        self.0.pool.refuse();
        self.0.jobs.wait().await;
        self.0.pool.close().await;
        Ok(())
    }

    /// Runs a job in a task of its own, which ends as it should even where the caller goes away
    /// meanwhile.
    async fn run<T, E, F>(&self, how: How, job: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: Send + From<DbError> + 'static,
        F: for<'a> FnMut(&'a mut Conn) -> BoxFuture<'a, Result<T, E>> + Send + 'static,
    {
        let shared = Arc::clone(&self.0);
        let caller = Arc::new(());
        let there = Arc::downgrade(&caller);
        let task = async move { attempt::until_done(&shared, how, &there, job).await };
        let ended = self.0.jobs.spawn(task).await;
        drop(caller);
        match ended {
            Ok(result) => result,
            Err(error) => Err(match error.try_into_panic() {
                Ok(panic) => DbError::Panicked(job::message(&*panic)),
                Err(_) => DbError::closed(),
            }
            .into()),
        }
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Server")
            .field(&self.0.driver.place())
            .finish()
    }
}
