//! A job as a transaction, run again where others got in its way.

use std::collections::BTreeSet;
use std::sync::{Arc, Weak};

use super::super::{Conn, DbError};
use super::conn::Rows;
use super::pool::Lease;
use super::session::{Fault, Kind};
use super::tries::Tries;
use super::turns::{Held, Mark};
use super::{ServerConn, Shared};
use crate::BoxFuture;
use crate::crash;

/// What stands around a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    /// A serializable transaction.
    Write,
    /// The same, of a job that may be run again although it has happened.
    Idempotent,
    /// One that reads a snapshot.
    Snapshot,
    /// Nothing: the job is one query.
    Once,
}

/// How a run of a job ended.
enum Ended<T, E> {
    /// For good.
    Done(Result<T, E>),
    /// Nothing of it was kept, and it may be run again.
    Again(Kind, DbError),
}

/// A job and what it has met.
struct Tried<'a, F> {
    shared: &'a Arc<Shared>,
    how: How,
    /// Lives as long as somebody waits for the result.
    there: &'a Weak<()>,
    job: F,
    /// The rows that its runs have locked.
    rows: BTreeSet<Mark>,
}

/// Runs a job until it is done, or its tries are used up, or nobody waits for it any more.
pub(super) async fn until_done<T, E, F>(
    shared: &Arc<Shared>,
    how: How,
    there: &Weak<()>,
    job: F,
) -> Result<T, E>
where
    E: From<DbError>,
    F: for<'a> FnMut(&'a mut Conn) -> BoxFuture<'a, Result<T, E>>,
{
    let mut tried = Tried {
        shared,
        how,
        there,
        job,
        rows: BTreeSet::new(),
    };
    let mut tries = Tries::new();
    let mut held = Held::none(&shared.turns);
    let mut alone = None;
    loop {
        if tried.is_given_up() {
            return Err(given_up().into());
        }
        let lease = shared.pool.take().await?;
        let (kind, error) = match tried.attempt(lease, held.marks()).await {
            Ended::Done(result) => return result,
            Ended::Again(kind, error) => (kind, error),
        };
        if kind == Kind::Lost {
            shared.pool.forget();
        }
        let wait = tries.another(kind, error)?;
        drop(alone.take());
        // One that comes to a row for the first time has not had its turn there.
        if tried.rows.is_subset(held.marks()) {
            held = Held::none(&shared.turns);
            tokio::time::sleep(wait).await;
            held.take(&tried.rows).await;
            alone = Some(shared.again.lock().await);
        } else {
            held.take(&tried.rows).await;
        }
    }
}

/// The error of a job that nobody waits for any more.
fn given_up() -> DbError {
    DbError::Unavailable("whoever asked has gone, and nothing was kept".to_owned())
}

impl<F> Tried<'_, F> {
    /// Whether nobody waits for the job any more, who was told to try again: that would make it
    /// happen twice. What finds out by itself whether it has happened, is completed.
    fn is_given_up(&self) -> bool {
        self.how == How::Write && self.is_left()
    }

    fn is_left(&self) -> bool {
        self.there.strong_count() == 0
    }

    async fn attempt<T, E>(&mut self, mut lease: Lease, held: &BTreeSet<Mark>) -> Ended<T, E>
    where
        E: From<DbError>,
        F: for<'a> FnMut(&'a mut Conn) -> BoxFuture<'a, Result<T, E>>,
    {
        let (shared, how) = (self.shared, self.how);
        let begin = match how {
            How::Write | How::Idempotent => Some(shared.driver.begin()),
            How::Snapshot => Some(shared.driver.begin_snapshot()),
            How::Once => None,
        };
        let writes = matches!(how, How::Write | How::Idempotent);
        let rows = writes.then(|| Rows {
            turns: Arc::clone(&shared.turns),
            held: held.clone(),
            met: BTreeSet::new(),
        });
        lease.conn.server().begin_job(begin, rows);
        let result = (self.job)(&mut lease.conn).await;
        let (ended, met) = lease.conn.server().end_job();
        self.rows.extend(met);
        if let Some((kind @ (Kind::Conflict | Kind::Lost), error)) = ended {
            if kind == Kind::Conflict {
                roll_back(shared, lease, how).await;
            }
            return Ended::Again(kind, error);
        }
        // The job may have made light of the error that ended its transaction.
        let result = match (result, ended) {
            (Ok(_), Some((_, error))) => Err(error.into()),
            (Ok(_), None) if self.is_given_up() => Err(given_up().into()),
            (result, _) => result,
        };
        if result.is_err() {
            roll_back(shared, lease, how).await;
            return Ended::Done(result);
        }
        self.commit(lease, result).await
    }

    async fn commit<T, E>(&mut self, mut lease: Lease, result: Result<T, E>) -> Ended<T, E>
    where
        E: From<DbError>,
    {
        let (shared, how) = (self.shared, self.how);
        let writes = matches!(how, How::Write | How::Idempotent);
        if writes {
            crash::point("before a commit");
        }
        match commit(lease.conn.server(), how).await {
            Ok(()) => {
                if writes {
                    crash::point("after a commit");
                }
                if self.is_given_up() {
                    let place = shared.driver.place();
                    tracing::warn!(
                        %place,
                        "a commit took so long that whoever asked has gone: it has happened all the same"
                    );
                }
                shared.pool.give_back(lease);
                Ended::Done(result)
            }
            Err(fault) => not_committed(shared, lease, how, fault).await,
        }
    }
}

/// What a commit comes to that failed: what a server refuses to commit, it has rolled back, but one
/// that does not answer may have committed.
async fn not_committed<T, E>(shared: &Shared, lease: Lease, how: How, fault: Fault) -> Ended<T, E>
where
    E: From<DbError>,
{
    let Fault { kind, what } = fault;
    let error = DbError::Unavailable(format!("commit: {what}"));
    match kind {
        Kind::Lost if how != How::Write => Ended::Again(kind, error),
        Kind::Lost => {
            let place = shared.driver.place();
            tracing::error!(%place, "a commit was not answered: it may have happened: {what}");
            Ended::Done(Err(error.into()))
        }
        // Refused for another transaction's sake, this one is over: there is nothing to roll back.
        Kind::Conflict => {
            shared.pool.give_back(lease);
            Ended::Again(kind, error)
        }
        _ => {
            roll_back(shared, lease, how).await;
            Ended::Again(kind, error)
        }
    }
}

/// Ends the transaction, keeps nothing of it, and gives the connection back; one on which that fails
/// is closed.
async fn roll_back(shared: &Shared, mut lease: Lease, how: How) {
    let rolled_back = match how {
        _ if lease.conn.server().is_untouched() => Ok(()),
        How::Write | How::Idempotent | How::Snapshot => {
            lease.conn.server().control("ROLLBACK").await
        }
        How::Once => Ok(()),
    };
    match rolled_back {
        Ok(()) => shared.pool.give_back(lease),
        Err(fault) => tracing::warn!("a connection is closed: rollback: {}", fault.what),
    }
}

async fn commit(conn: &mut ServerConn, how: How) -> Result<(), Fault> {
    match how {
        _ if conn.is_untouched() => Ok(()),
        How::Write | How::Idempotent | How::Snapshot => conn.control("COMMIT").await,
        How::Once => Ok(()),
    }
}
