//! The connections that are kept: a job takes one, and gives it back as it got it.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::super::{Conn, DbError, Options};
use super::ServerConn;
use super::session::{Driver, Fault, Kind};

/// How long a job waits for a connection that others have.
const TAKE_TIMEOUT: Duration = Duration::from_secs(5);
/// How long the server may take to let one in.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// How long a connection is kept that nothing needs: less than firewalls forget one after.
const IDLE: Duration = Duration::from_secs(240);

/// Connections to one server.
pub(super) struct Pool {
    driver: Arc<dyn Driver>,
    /// One permit for each connection that may be open.
    open: Arc<Semaphore>,
    /// The one that was used last is taken first, so that the others may grow old.
    idle: Arc<Mutex<VecDeque<Idle>>>,
    /// How many jobs wait for a connection.
    waiting: AtomicUsize,
    max_waiting: usize,
    connections: usize,
    /// Whether no more jobs are taken.
    closed: AtomicBool,
}

struct Idle {
    conn: ServerConn,
    since: Instant,
}

/// A connection that a job has. One that is dropped and not given back is closed.
pub(super) struct Lease {
    pub(super) conn: Conn,
    _permit: OwnedSemaphorePermit,
}

impl Pool {
    pub(super) fn new(driver: Arc<dyn Driver>, options: Options) -> Self {
        let connections = options.connections.clamp(1, Semaphore::MAX_PERMITS);
        Self {
            driver,
            open: Arc::new(Semaphore::new(connections)),
            idle: Arc::default(),
            waiting: AtomicUsize::new(0),
            max_waiting: options.max_waiting,
            connections,
            closed: AtomicBool::new(false),
        }
    }

    /// Opens the first connection and keeps it; says what is wrong where there is none.
    pub(super) async fn connect_first(&self) -> Result<(), String> {
        let conn = self.connect().await.map_err(|fault| fault.what)?;
        self.keep(conn);
        let checked = tokio::time::timeout(CONNECT_TIMEOUT, self.driver.check_first()).await;
        match checked {
            Ok(Err(Fault {
                kind: Kind::Failed,
                what,
            })) => Err(what),
            // Who needs a second connection is told that there is none.
            _ => Ok(()),
        }
    }

    /// A connection: a kept one, or a new one, or one that another job gives back in time.
    ///
    /// # Errors
    /// [`DbError::Unavailable`]
    pub(super) async fn take(&self) -> Result<Lease, DbError> {
        let permit = self.permit().await?;
        let conn = match self.kept() {
            Some(conn) => conn,
            None => {
                let place = self.driver.place();
                self.connect().await.map_err(|Fault { what, .. }| {
                    DbError::Unavailable(format!("no connection to {place}: {what}"))
                })?
            }
        };
        Ok(Lease {
            conn: Conn::Server(conn),
            _permit: permit,
        })
    }

    /// Keeps a connection that is as it was when it was taken.
    pub(super) fn give_back(&self, lease: Lease) {
        if let Conn::Server(conn) = lease.conn {
            self.keep(conn);
        }
    }

    /// Forgets the connections that nobody uses: one of them was found dead, and the others are
    /// likely to be.
    pub(super) fn forget(&self) {
        self.idle().clear();
    }

    /// Takes no more jobs; those that wait for a connection still get one.
    pub(super) fn refuse(&self) {
        self.closed.store(true, Ordering::Relaxed);
    }

    /// Closes the connections that are kept, when no job is under way any more.
    pub(super) async fn close(&self) {
        let all = std::mem::take(&mut *self.idle());
        for Idle { conn, .. } in all {
            conn.close().await;
        }
    }

    async fn permit(&self) -> Result<OwnedSemaphorePermit, DbError> {
        if self.closed.load(Ordering::Relaxed) {
            return Err(DbError::closed());
        }
        let open = Arc::clone(&self.open);
        if let Ok(permit) = Arc::clone(&open).try_acquire_owned() {
            return Ok(permit);
        }
        let waiting = Waiting::begin(&self.waiting, self.max_waiting)?;
        let permit = tokio::time::timeout(TAKE_TIMEOUT, open.acquire_owned()).await;
        drop(waiting);
        match permit {
            // Nothing closes the semaphore.
            Ok(permit) => permit.map_err(|_| DbError::closed()),
            Err(_) => Err(DbError::Unavailable(format!(
                "all {} connections to {} are in use",
                self.connections,
                self.driver.place()
            ))),
        }
    }

    fn kept(&self) -> Option<ServerConn> {
        let mut idle = self.idle();
        while idle.front().is_some_and(|it| it.since.elapsed() > IDLE) {
            idle.pop_front();
        }
        idle.pop_back().map(|it| it.conn)
    }

    fn keep(&self, conn: ServerConn) {
        let since = Instant::now();
        self.idle().push_back(Idle { conn, since });
    }

    async fn connect(&self) -> Result<ServerConn, Fault> {
        let connected = tokio::time::timeout(CONNECT_TIMEOUT, self.driver.connect()).await;
        let session = connected.unwrap_or_else(|_| Err(Fault::no_answer(CONNECT_TIMEOUT)))?;
        Ok(ServerConn::new(session))
    }

    fn idle(&self) -> MutexGuard<'_, VecDeque<Idle>> {
        // No code of others runs under the lock.
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One of the jobs that wait.
struct Waiting<'p>(&'p AtomicUsize);

impl<'p> Waiting<'p> {
    fn begin(waiting: &'p AtomicUsize, max: usize) -> Result<Self, DbError> {
        let before = waiting.fetch_add(1, Ordering::Relaxed);
        let this = Self(waiting);
        if before >= max {
            return Err(DbError::Unavailable(format!("{before} jobs wait already")));
        }
        Ok(this)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}
