//! A function that leaves its group: an op that is driven from status to status, by the request
//! that began it or, after a crash, by whoever finds it.
//!
//! Before the commit point takes are sent, each written down before it is sent. The commit point is
//! one transaction in which everything is read again. After it, gives are sent until each is done.
//! Two that drive one op do no harm: each step moves its row by compare-and-set.

mod before;
mod commit;
mod gives;
mod send;
mod undo;

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Map, Value};

use super::CLOCK;
use super::job::Job;
use crate::call::Deadline;
use crate::cx::Asked;
use crate::db;
use crate::function::{FunctionInfo, Prepared};
use crate::key::Key;
use crate::op::{self, Op, Status};
use crate::runs;
use crate::stop::{Answer, Stop};

/// For how long nobody else drives an op that has just moved, in milliseconds.
const LEASE_MS: i64 = 6_000;

/// How often a function begins anew, because what it read has changed, before it waits like one
/// that failed.
const EPOCHS_AT_ONCE: i64 = 30;

/// A function that leaves its group, under way.
pub(super) struct Drive {
    job: Job,
    /// The op as it is in the database, or will be there.
    op: Op,
    /// Whether it was found in the database, and no request waits for it.
    is_resumed: bool,
    /// Whether it is in the database.
    is_stored: bool,
    /// Whether its reply is kept, whatever it comes to.
    is_keyed: bool,
    /// Whether the next run runs in a transaction.
    commits: bool,
    /// What was asked of others in this epoch.
    asked: Vec<Asked>,
    deadline: Deadline,
}

impl Job {
    /// Runs the function step by step, since it calls managers of other groups. `args` are those of
    /// the request as text. One that is to run once is marked as run at its commit point.
    pub(super) async fn run_apart(self, args: String) -> Result<Answer, Stop> {
        let group = Arc::clone(&self.group);
        if let Some(once) = self.once.clone() {
            let has_run = db::job(move |conn| {
                let once = once.clone();
                Box::pin(async move { Ok::<_, Stop>(once.is_done(conn).await?) })
            });
            // The commit point looks again: here it only saves the work.
            if group.db().read(has_run).await? {
                return Ok(runs::done());
            }
        }
        Drive::begin(self, args).run().await
    }

    /// The same request for another function with other args, in the same transaction.
    pub(super) fn of(
        &self,
        function: &'static FunctionInfo,
        args: &Map<String, Value>,
    ) -> Result<Self, Stop> {
        Ok(Self {
            function,
            prepared: Prepared::new(function, args)?,
            ..self.clone()
        })
    }
}

/// Why a drive ends here.
#[derive(Debug)]
enum Halt {
    /// The op is done, and this is its reply: nothing of it is in the database.
    Answered(Answer),
    /// The op is there already, or another one has moved it.
    Moved,
    /// Something stopped it.
    Stopped(Stop),
}

impl Drive {
    /// The drive of a request with these args; one without a key gets a key that nobody repeats.
    pub(super) fn begin(job: Job, args: String) -> Self {
        let given = job.request.key.clone();
        // What writes nothing keeps nothing, its errors neither.
        let is_keyed = given.is_some() && job.function.writes;
        let maker = if job.once.is_some() { CLOCK } else { 'g' };
        let key = given.unwrap_or_else(|| Key::fresh(maker));
        let op = Op {
            args: args.clone(),
            ..job.op(key, &args)
        };
        let deadline = job.request.deadline;
        Self {
            job,
            op,
            is_resumed: false,
            is_stored: false,
            is_keyed,
            commits: false,
            asked: Vec::new(),
            deadline,
        }
    }

    /// The drive of an op that was found in the database.
    pub(super) fn resume(job: Job, op: Op) -> Self {
        Self {
            deadline: job.request.deadline,
            job,
            op,
            is_resumed: true,
            is_stored: true,
            is_keyed: true,
            commits: false,
            asked: Vec::new(),
        }
    }

    /// Drives it to its end, or until something stops it: then it is due again some time later.
    pub(super) async fn run(mut self) -> Result<Answer, Stop> {
        loop {
            let stepped = match self.op.status {
                Status::Taking => self.before_commit().await,
                Status::Undoing => self.undo_all().await,
                Status::Giving => self.after_commit().await,
                Status::Failed | Status::Ok | Status::Undone => return self.into_reply(),
            };
            match stepped {
                Ok(()) => {}
                Err(Halt::Answered(answer)) => return Ok(answer),
                // Another one drives it.
                Err(Halt::Moved) if self.is_resumed => {
                    let what = format!("{} is driven by another one", self.op.key);
                    return Err(Stop::Unavailable(what));
                }
                Err(Halt::Moved) => return self.job.existing(&self.op).await,
                Err(Halt::Stopped(stop)) if self.is_stored => {
                    self.job.group.postpone(&self.op, &stop).await;
                    return Err(match stop {
                        Stop::Unavailable(_) => stop,
                        // It goes on: nobody may take it as ended.
                        other => Stop::Unavailable(format!("{}: {other}", self.op.key)),
                    });
                }
                Err(Halt::Stopped(stop)) => return self.not_begun(stop).await,
            }
        }
    }

    /// The reply where nothing was written down, because something is not there that the function
    /// asks: the one that was kept, if the request has come before.
    async fn not_begun(self, stop: Stop) -> Result<Answer, Stop> {
        let is_there = self.is_keyed
            && matches!(stop, Stop::Unavailable(_))
            && op::find(self.job.group.db(), &self.op.key).await?.is_some();
        match is_there {
            true => self.job.existing(&self.op).await,
            false => Err(stop),
        }
    }

    fn into_reply(self) -> Result<Answer, Stop> {
        let key = self.op.key;
        let no_reply = || Stop::fault(format!("{key} has ended without a reply"));
        self.op.reply.ok_or_else(no_reply)
    }

    /// Writes down what the op is now, where it is still what it was.
    async fn move_to(&mut self, to: Op) -> Result<(), Halt> {
        let to = Op {
            next: op::due_next(&to, LEASE_MS),
            attempts: 0,
            ..to
        };
        let (from, is_stored, moved) = (self.op.clone(), self.is_stored, to.clone());
        let write = db::job(move |conn| {
            let (from, moved) = (from.clone(), moved.clone());
            Box::pin(async move {
                match is_stored {
                    true => op::advance(conn, &from, &moved).await,
                    false => op::insert(conn, &moved).await,
                }
            })
        });
        match self.job.group.db().write_idempotent(write).await {
            Ok(true) => {
                self.moved(to);
                Ok(())
            }
            Ok(false) if self.was_moved_so(&to).await? => {
                self.moved(to);
                Ok(())
            }
            Ok(false) => Err(Halt::Moved),
            Err(stop) => Err(Halt::Stopped(stop)),
        }
    }

    /// Whether the op has moved as it was to: a server may have committed without an answer, or
    /// another one that drives the op has done the same.
    async fn was_moved_so(&self, to: &Op) -> Result<bool, Halt> {
        let found = op::find(self.job.group.db(), &to.key).await?;
        let counter = self.op.counter + i64::from(self.is_stored);
        Ok(found.is_some_and(|found| {
            (found.seed, found.counter) == (to.seed, counter)
                && (found.status, found.epoch) == (to.status, to.epoch)
                && (found.journal, found.reply) == (to.journal.clone(), to.reply.clone())
        }))
    }

    /// Notes that the database has the op like this now.
    fn moved(&mut self, to: Op) {
        let counter = match self.is_stored {
            true => self.op.counter + 1,
            false => to.counter,
        };
        self.op = Op { counter, ..to };
        self.is_stored = true;
    }

    /// A pause before the function begins anew, so that those which are in each other's way do not
    /// meet again.
    async fn pause(&self) {
        let most_us = 1_000_u64 << self.op.epoch.clamp(0, 6);
        let pause_us = getrandom::u64().unwrap_or_default() % most_us;
        tokio::time::sleep(Duration::from_micros(pause_us)).await;
    }
}

impl From<Stop> for Halt {
    fn from(stop: Stop) -> Self {
        Self::Stopped(stop)
    }
}
