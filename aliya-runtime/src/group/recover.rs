//! Ops that nobody drives any more: found in the database, and driven to their end.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Map, Value};
use tokio::task::JoinSet;

use super::apart::Drive;
use super::job::Job;
use super::{CLOCK, Group};
use crate::call::{Deadline, Request, TOKEN_SERVER};
use crate::db;
use crate::function::{FunctionInfo, Prepared};
use crate::op::{self, Op};
use crate::runs::{Once, Runs};
use crate::shutdown::CancellationToken;
use crate::stop::Stop;
use crate::types::Time;

/// How often it looks.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// How many ops it drives at a time.
const AT_ONCE: i64 = 32;

/// How many times it deletes some ops of a manager that are too old, before it drives others again.
const COLLECTS_AT_ONCE: u32 = 20;

/// How often it looks for ops that are too old to be kept.
const COLLECT_EVERY: Duration = Duration::from_secs(600);

impl Group {
    /// Drives ops to their end that nobody drives, and collects those that are too old, until
    /// `stop`.
    pub async fn recover(self: Arc<Self>, stop: CancellationToken) {
        // At first, too: keys that are too old are refused from the start.
        let mut collected: Option<tokio::time::Instant> = None;
        while !stop.is_cancelled() {
            let driven = self.recover_due(Time::now()).await;
            if let Err(error) = &driven {
                tracing::warn!("ops that are due: {error}");
            }
            if collected.is_none_or(|at| at.elapsed() >= COLLECT_EVERY) {
                collected = Some(tokio::time::Instant::now());
                if let Err(error) = self.collect_ops(Time::now()).await {
                    tracing::warn!("ops that are too old: {error}");
                }
            }
            // As many as are driven at a time: there may be more.
            if driven.is_ok_and(|driven| driven >= AT_ONCE as usize) {
                continue;
            }
            tokio::select! {
                () = stop.cancelled() => {}
                () = tokio::time::sleep(LOOK_EVERY) => {}
            }
        }
    }

    /// Drives the ops that are due at a time; returns how many there were.
    pub async fn recover_due(self: &Arc<Self>, at: Time) -> Result<usize, Stop> {
        let mut driven = 0;
        for manager in self.driven_managers() {
            let due = op::due(self.db(), manager, at, AT_ONCE).await?;
            driven += due.len();
            let mut drives = JoinSet::new();
            for op in due {
                let group = Arc::clone(self);
                drives.spawn(async move { group.resume(op).await });
            }
            while let Some(ended) = drives.join_next().await {
                if let Err(error) = ended {
                    tracing::error!("an op: {error}");
                }
            }
        }
        Ok(driven)
    }

    /// Drives one op on.
    pub(super) async fn resume(self: &Arc<Self>, op: Op) {
        let (key, status) = (op.key.clone(), op.status);
        tracing::info!(%key, %status, "{}.{} goes on", op.manager, op.function);
        let resumed = match self.job_of(&op) {
            Ok(job) => Drive::resume(job, op).run().await,
            Err(stop) => {
                self.postpone(&op, &stop).await;
                Err(stop)
            }
        };
        // What stopped it is in the log already, and it is due again later.
        if let Err(stop) = resumed {
            tracing::debug!(%key, "not done yet: {stop}");
        }
    }

    /// What marks a function as run that the server began by itself.
    fn once_of(&self, function: &FunctionInfo, op: &Op) -> Option<Once> {
        let FunctionInfo { manager, name, .. } = *function;
        match function.runs? {
            Runs::PlayerCreated => Some(Once::for_player(manager, name, op.caller.clone()?)),
            Runs::Every(per) if op.key.is_made_by(CLOCK) => {
                let (began, _) = per.window(self.zone(), op.now)?;
                Some(Once::in_window(manager, name, began))
            }
            Runs::Every(_) | Runs::After => None,
        }
    }

    /// The job of an op, as its request was.
    fn job_of(self: &Arc<Self>, op: &Op) -> Result<Job, Stop> {
        let function = self.function_of(op)?;
        if op.declaration != function.declaration {
            let FunctionInfo { manager, name, .. } = function;
            return Err(Stop::fault(format!(
                "{manager}.{name} is declared in another way than when it began: it goes on in the \
                 program that began it"
            )));
        }
        let args: Map<String, Value> = serde_json::from_str(&op.args)
            .map_err(|error| Stop::fault(format!("the args of {}: {error}", op.key)))?;
        let request = Request {
            caller: op.caller.clone(),
            key: Some(op.key.clone()),
            deadline: Deadline::after(Deadline::DEFAULT),
            reply_limit: op.reply_limit,
            ..Request::new(op.now, op.key.as_str())
        };
        Ok(Job {
            group: Arc::clone(self),
            function,
            prepared: Prepared::new(function, &args)?,
            request: Arc::new(request),
            gives: op.journal.is_give,
            seed: op.seed,
            once: self.once_of(function, op),
            config: self.values(),
        })
    }

    fn function_of(&self, op: &Op) -> Result<&'static FunctionInfo, Stop> {
        match op.manager == TOKEN_SERVER {
            true => Ok(&super::accounts::PLAYER_CREATED),
            false => self.world.function(&op.manager, &op.function),
        }
    }

    /// Refuses keys that are too old, then deletes their ops.
    pub async fn collect_ops(&self, now: Time) -> Result<u64, Stop> {
        let raise = db::job(move |conn| Box::pin(op::raise_floors(conn, now)));
        self.db().write(raise).await?;
        let mut collected = 0;
        for manager in self.driven_managers() {
            for _ in 0..COLLECTS_AT_ONCE {
                let collect = db::job(move |conn| Box::pin(op::collect(conn, manager, now)));
                let some = self.db().write(collect).await?;
                collected += some;
                if some == 0 {
                    break;
                }
            }
        }
        Ok(collected)
    }
}
