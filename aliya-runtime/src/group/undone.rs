//! A call that its caller takes back.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::job::{Job, Rolled};
use crate::cx::Cx;
use crate::db::{self, Conn};
use crate::op::{self, Op, Status};
use crate::stop::{Answer, Stop, status};

/// How often it is tried again where the call itself arrives meanwhile.
const TRIES_MAX: u32 = 8;

impl Job {
    /// Takes back what the call of this key did; one that has not come yet does nothing any more.
    /// `args` are those of the call, and `undo` runs with them and its reply.
    pub(super) async fn undo(self, args: Map<String, Value>) -> Result<Answer, Stop> {
        let Some(key) = self.request.key.clone() else {
            return Err(Stop::fault("a call without a key cannot be taken back"));
        };
        let text = Value::Object(args.clone()).to_string();
        let op = Arc::new(self.op(key, &text));
        let (job, args) = (Arc::new(self), Arc::new(args));
        for _ in 0..TRIES_MAX {
            let (job_here, op, args) = (Arc::clone(&job), Arc::clone(&op), Arc::clone(&args));
            let undo = db::job(move |conn| {
                let (job, op, args) = (Arc::clone(&job_here), Arc::clone(&op), Arc::clone(&args));
                Box::pin(async move { undo(&job, &op, &args, conn).await })
            });
            match job.group.db().write_idempotent(undo).await {
                Ok(()) => return Ok(done()),
                Err(Rolled::Stopped(stop)) => return Err(stop),
                Err(Rolled::Moved | Rolled::HasRun | Rolled::Wants(_)) => {}
            }
        }
        let key = &op.key;
        let what = format!("{key} is under way, or older than this server remembers");
        Err(Stop::Unavailable(what))
    }
}

async fn undo(
    job: &Job,
    op: &Op,
    args: &Map<String, Value>,
    conn: &mut Conn,
) -> Result<(), Rolled> {
    let Some(found) = op::find_locked(conn, &op.key).await? else {
        // A call that comes later finds this, and does nothing.
        let tombstone = Op {
            status: Status::Undone,
            ..op.clone()
        };
        let tombstone = Op {
            next: tombstone.kept_until(),
            ..tombstone
        };
        return match op::insert(conn, &tombstone).await? {
            true => Ok(()),
            false => Err(Rolled::Moved),
        };
    };
    match found.status {
        Status::Undone | Status::Failed => return Ok(()),
        Status::Ok => {}
        Status::Taking | Status::Undoing | Status::Giving => {
            let what = format!("{} is still under way", op.key);
            return Err(Stop::Unavailable(what).into());
        }
    }
    if found.args_hash != op.args_hash {
        return Err(Stop::Reused.into());
    }
    let takes_back = job.function.undone_by.and_then(|name| {
        let manager = job.group.world.hosted_manager(job.function.manager)?;
        manager.function(name)
    });
    let Some(takes_back) = takes_back else {
        let name = job.function.name;
        return Err(Stop::fault(format!("nothing takes {name} back")).into());
    };
    let mut given = args.clone();
    if let Some(reply) = &found.reply {
        let reply: Map<String, Value> = serde_json::from_str(&reply.data)
            .map_err(|error| Stop::fault(format!("the reply of {}: {error}", found.key)))?;
        given.extend(reply);
    }
    let undoing = job.of(takes_back, &given)?;
    let cx = Cx::whole(&job.group.world, &undoing.request, undoing.seed, conn);
    undoing.run(cx).await?;
    let undone = Op {
        status: Status::Undone,
        ..found.clone()
    };
    match op::advance(
        conn,
        &found,
        &Op {
            next: undone.kept_until(),
            ..undone
        },
    )
    .await?
    {
        true => Ok(()),
        false => Err(Rolled::Moved),
    }
}

/// What the caller is told: there is nothing to say.
fn done() -> Answer {
    Answer {
        status: status::SUCCESS,
        message: "success".into(),
        data: "{}".to_owned(),
    }
}
