//! Requests that happen once: one that comes with a key keeps its reply in the transaction of its
//! effects, and a request that comes with that key again is given that reply.

use std::sync::Arc;

use super::Function;
use crate::BoxFuture;
use crate::call::{Key, TOKEN_SERVER};
use crate::db::{self, Conn, Db, DbError};
use crate::op::{self, Journal, Op, Status};
use crate::random::Seed;
use crate::stop::{Answer, Failure, Stop};
use crate::types::{PlayerId, Time};

/// A request as something that happens once, where it has a key; one without a key happens whenever it
/// comes, and keeps nothing.
#[derive(Clone, Debug)]
pub(super) struct Once(Option<Arc<Op>>);

/// How a request ended.
#[derive(Debug)]
pub(super) enum Ended<T> {
    /// It happened now.
    Now(T),
    /// It had happened before.
    Before(Kept),
}

/// What an earlier request of the same key and content has kept, which ended well.
#[derive(Debug)]
pub(super) struct Kept {
    /// The player that it was for.
    pub(super) player: PlayerId,
    /// What it has kept of its reply.
    pub(super) answer: Answer,
}

/// Why a transaction was rolled back.
#[derive(Debug)]
pub(super) enum Rolled {
    /// The request stopped, or the database did.
    Stopped(Stop),
    /// Its key is taken, or too old to be known.
    Taken,
}

impl Once {
    /// A request for `function`; `hash` tells whether another one holds the same.
    pub(super) fn new(key: Option<Key>, function: Function, hash: impl FnOnce() -> String) -> Self {
        Self(key.map(|key| Arc::new(begun(key, function, hash()))))
    }

    /// Runs the job that does what is asked and calls [`Once::keep`] last, as a transaction. Of a
    /// declared error nothing is kept but that error.
    pub(super) async fn write<T, F>(&self, db: &Db, job: F) -> Result<Ended<T>, Stop>
    where
        T: Send + 'static,
        F: for<'a> FnMut(&'a mut Conn) -> BoxFuture<'a, Result<T, Rolled>> + Send + 'static,
    {
        let written = match &self.0 {
            Some(_) => db.write_idempotent(job).await,
            None => db.write(job).await,
        };
        let kept = match (written, &self.0) {
            (Ok(done), _) => return Ok(Ended::Now(done)),
            (Err(Rolled::Stopped(stop)), _) => self.stopped(db, stop).await?,
            (Err(Rolled::Taken), Some(op)) => existing(db, op).await?,
            (Err(Rolled::Taken), None) => return Err(Stop::fault("a key, where there is none")),
        };
        Ok(Ended::Before(kept))
    }

    /// Keeps `answer` as the reply, in the transaction of the request's effects. It must hold nothing
    /// that is secret. Last: whoever has the key already has committed, and all of this goes back.
    pub(super) async fn keep(
        &self,
        conn: &mut Conn,
        player: &PlayerId,
        answer: impl FnOnce() -> Answer,
    ) -> Result<(), Rolled> {
        let Some(op) = &self.0 else {
            return Ok(());
        };
        let ended = Op {
            caller: Some(player.clone()),
            ..op.ended(Status::Ok, &answer())
        };
        match op::insert(conn, &ended).await? {
            true => Ok(()),
            false => Err(Rolled::Taken),
        }
    }

    /// What a request comes to that has stopped and kept nothing: what the first request of its key
    /// has kept, or else this stop, which is kept where it is a declared error.
    pub(super) async fn stopped(&self, db: &Db, stop: Stop) -> Result<Kept, Stop> {
        let Some(op) = &self.0 else {
            return Err(stop);
        };
        let is_there = match &stop {
            Stop::Failed(failure) => !keep_failed(db, op, failure).await?,
            Stop::Unavailable(_) => false,
            _ => op::find(db, &op.key).await?.is_some(),
        };
        match is_there {
            true => existing(db, op).await,
            false => Err(stop),
        }
    }
}

/// Keeps a declared error; `false` where the key is taken, or too old to be known.
async fn keep_failed(db: &Db, op: &Op, failure: &Failure) -> Result<bool, Stop> {
    let answer = Stop::Failed(failure.clone()).into_answer("");
    let failed = Arc::new(op.ended(Status::Failed, &answer));
    let keep = db::job(move |conn| {
        let failed = Arc::clone(&failed);
        Box::pin(async move { op::insert(conn, &failed).await })
    });
    db.write_idempotent(keep).await
}

/// What the request of this key has kept; as its own error where it ended with one.
async fn existing(db: &Db, op: &Op) -> Result<Kept, Stop> {
    let found = op.same_of(op::find(db, &op.key).await?)?;
    match (found.status, found.reply, found.caller) {
        (Status::Ok, Some(answer), Some(player)) => Ok(Kept { player, answer }),
        (Status::Failed, Some(answer), _) => Err(Stop::Failed(Failure {
            status: answer.status,
            message: answer.message,
            data: Some(answer.data),
        })),
        (status, ..) => Err(Stop::fault(format!("{} is {status}", op.key))),
    }
}

/// The op of a request, before anything has happened.
fn begun(key: Key, function: Function, args_hash: String) -> Op {
    Op {
        key,
        manager: TOKEN_SERVER.to_owned(),
        function: function.name().to_owned(),
        declaration: String::new(),
        args_hash,
        args: String::new(),
        caller: None,
        now: Time::now(),
        seed: Seed([0; 32]),
        reply_limit: None,
        status: Status::Taking,
        epoch: 0,
        counter: 0,
        journal: Journal::default(),
        reply: None,
        attempts: 0,
        next: Time(0),
        trouble: None,
    }
}

impl From<Stop> for Rolled {
    fn from(stop: Stop) -> Self {
        Self::Stopped(stop)
    }
}

impl From<DbError> for Rolled {
    fn from(error: DbError) -> Self {
        Self::Stopped(error.into())
    }
}
