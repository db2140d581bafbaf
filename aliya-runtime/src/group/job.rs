//! A request for a function of a group, ready to run any number of times.

use std::sync::Arc;

use super::Group;
use crate::call::Request;
use crate::config::Values;
use crate::cx::{Cx, Wants};
use crate::db::{Conn, DbError};
use crate::function::{FunctionInfo, Prepared, Returned};
use crate::key::Key;
use crate::op::{self, Journal, Op, Status};
use crate::ops;
use crate::random::Seed;
use crate::runs::Once;
use crate::stop::{Answer, Stop};
use crate::types::Time;
use crate::wire;

/// A request for a function.
#[derive(Clone)]
pub(super) struct Job {
    pub(super) group: Arc<Group>,
    pub(super) function: &'static FunctionInfo,
    pub(super) prepared: Prepared,
    pub(super) request: Arc<Request>,
    /// Whether it must not fail: what passes a bound stops there.
    pub(super) gives: bool,
    /// The same for every run of the request.
    pub(super) seed: Seed,
    /// Set where it is to run once.
    pub(super) once: Option<Once>,
    /// The balance tables as they were when the request came.
    pub(super) config: Option<Values>,
}

/// Why a transaction was rolled back.
#[derive(Debug)]
pub(super) enum Rolled {
    /// The function stopped, or the database did.
    Stopped(Stop),
    /// The function wants something that no transaction may wait for.
    Wants(Wants),
    /// The op is there already, or another one has moved it.
    Moved,
    /// The function was to run once, and has run before.
    HasRun,
}

impl Job {
    /// Marks it as run, where it is to run once; `false` where it has run before.
    pub(super) async fn marks(&self, conn: &mut Conn) -> Result<bool, Stop> {
        match &self.once {
            Some(once) => Ok(once.mark(conn).await?),
            None => Ok(true),
        }
    }

    /// Runs the function over `cx`.
    pub(super) async fn run<'c>(&'c self, cx: Cx<'c>) -> Result<Returned, Stop> {
        let mut cx = cx.with_config(self.config.as_ref());
        let run = self.prepared.run(&mut cx);
        match self.gives {
            true => ops::stopping_at_bounds(run).await,
            false => run.await,
        }
    }

    /// Refuses an answer that the client's frame cannot hold, before anything is committed.
    pub(super) fn fits(&self, answer: Answer) -> Result<Answer, Stop> {
        let Some(limit) = self.request.reply_limit else {
            return Ok(answer);
        };
        let mut message = String::new();
        wire::write_text(&answer.message, &mut message);
        let bytes = message.len() + answer.data.len();
        if bytes > limit {
            return Err(Stop::TooLarge { bytes, limit });
        }
        Ok(answer)
    }

    /// Refuses to keep what comes after its deadline: whoever asked was told to try again. What must
    /// not fail, or runs by itself, has nobody who is told.
    pub(super) fn in_time(&self) -> Result<(), Stop> {
        let has_asker = self.function.writes && !self.gives && self.once.is_none();
        match has_asker && self.request.deadline.has_passed() {
            true => Err(Stop::Unavailable(
                "it took longer than anybody waits: nothing was kept".to_owned(),
            )),
            false => Ok(()),
        }
    }

    /// The op of this request under that key, before anything has happened; `args` are its own.
    pub(super) fn op(&self, key: Key, args: &str) -> Op {
        let FunctionInfo { manager, name, .. } = self.function;
        let caller = self.request.caller.as_ref();
        Op {
            key,
            manager: (*manager).to_owned(),
            function: (*name).to_owned(),
            declaration: self.function.declaration.to_owned(),
            args_hash: op::hash_of(manager, name, caller, args),
            args: String::new(),
            caller: caller.cloned(),
            now: self.request.now,
            seed: self.seed,
            reply_limit: self.request.reply_limit,
            status: Status::Taking,
            epoch: 0,
            counter: 0,
            journal: Journal {
                is_give: self.gives,
                ..Journal::default()
            },
            reply: None,
            attempts: 0,
            next: Time(0),
            trouble: None,
        }
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
