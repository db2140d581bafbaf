//! A job as a transaction, run again where others got in its way.

use std::sync::Arc;

use super::super::{Conn, DbError};
use super::pool::Lease;
use super::session::{Fault, Kind};
use super::tries::Tries;
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

/// Runs a job until it is done, or its tries are used up.
pub(super) async fn until_done<T, E, F>(shared: &Arc<Shared>, how: How, mut job: F) -> Result<T, E>
where
    E: From<DbError>,
    F: for<'a> FnMut(&'a mut Conn) -> BoxFuture<'a, Result<T, E>>,
{
    let mut tries = Tries::new();
    let mut alone = None;
    loop {
        let lease = shared.pool.take().await?;
        match attempt(shared, lease, how, &mut job).await {
            Ended::Done(result) => return result,
            Ended::Again(kind, error) => {
                if kind == Kind::Lost {
                    shared.pool.forget();
                }
                let wait = tries.another(kind, error)?;
                if alone.is_none() {
                    alone = Some(shared.again.lock().await);
                }
                tokio::time::sleep(wait).await;
            }
        }
    }
}

async fn attempt<T, E, F>(shared: &Shared, mut lease: Lease, how: How, job: &mut F) -> Ended<T, E>
where
    E: From<DbError>,
    F: for<'a> FnMut(&'a mut Conn) -> BoxFuture<'a, Result<T, E>>,
{
    let begin = match how {
        How::Write | How::Idempotent => Some(shared.driver.begin()),
        How::Snapshot => Some(shared.driver.begin_snapshot()),
        How::Once => None,
    };
    if let Some(begin) = begin
        && let Err(fault) = lease.conn.server().control(begin).await
    {
        // No statement is at fault here: the server is.
        return Ended::Again(
            fault.kind,
            DbError::Unavailable(format!("begin: {}", fault.what)),
        );
    }
    lease.conn.server().begin_job(how == How::Once);
    let result = job(&mut lease.conn).await;
    let ended = lease.conn.server().end_job();
    if let Some((kind @ (Kind::Conflict | Kind::Lost), error)) = ended {
        if kind == Kind::Conflict {
            roll_back(shared, lease, how).await;
        }
        return Ended::Again(kind, error);
    }
    // The job may have made light of the error that ended its transaction.
    let result = match (result, ended) {
        (Ok(_), Some((_, error))) => Err(error.into()),
        (result, _) => result,
    };
    if result.is_err() {
        roll_back(shared, lease, how).await;
        return Ended::Done(result);
    }
    let writes = matches!(how, How::Write | How::Idempotent);
    if writes {
        crash::point("before a commit");
    }
    match commit(lease.conn.server(), how).await {
        Ok(()) => {
            if writes {
                crash::point("after a commit");
            }
            shared.pool.give_back(lease);
            Ended::Done(result)
        }
        Err(fault) => not_committed(shared, lease, how, fault).await,
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
        How::Write | How::Idempotent | How::Snapshot => conn.control("COMMIT").await,
        How::Once => Ok(()),
    }
}
