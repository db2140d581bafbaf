//! A function that stays in its group: one transaction, in which a keyed request also keeps its
//! reply.

use std::sync::Arc;
use std::time::Duration;

use super::job::{Job, Rolled};
use crate::cx::Cx;
use crate::db;
use crate::op::{self, Op, Status};
use crate::runs;
use crate::stop::{Answer, Stop};

/// The first pause between two looks at an op that another one drives; twice as long each time.
const FIRST_PAUSE: Duration = Duration::from_millis(4);

/// The longest such pause.
const LONGEST_PAUSE: Duration = Duration::from_millis(200);

impl Job {
    /// Runs the function as one transaction.
    pub(super) async fn run_unkeyed(self) -> Result<Answer, Stop> {
        let (function, group) = (self.function, Arc::clone(&self.group));
        let whole = db::job(move |conn| {
            let job = self.clone();
            Box::pin(async move {
                if !job.marks(conn).await? {
                    return Ok(runs::done());
                }
                let cx = Cx::whole(&job.group.world, &job.request, job.seed, conn);
                let returned = job.run(cx).await?;
                let answer = job.fits(returned.into_answer())?;
                job.in_time().map(|()| answer)
            })
        });
        let db = group.db();
        if function.writes || function.runs.is_some() {
            db.write(whole).await
        } else if function.one_query {
            db.read_once(whole).await
        } else {
            db.read(whole).await
        }
    }

    /// The same for a keyed request, which keeps its reply in the transaction. `args` are its own as
    /// text: they tell whether the key comes with the same content again.
    pub(super) async fn run_keyed(self, args: &str) -> Result<Answer, Stop> {
        let Some(key) = self.request.key.clone() else {
            return self.run_unkeyed().await;
        };
        let op = Arc::new(self.op(key, args));
        let (job, ended) = (self.clone(), Arc::clone(&op));
        let whole = db::job(move |conn| {
            let (job, op) = (job.clone(), Arc::clone(&ended));
            Box::pin(async move {
                if !job.marks(conn).await? {
                    return Ok(runs::done());
                }
                let cx = Cx::whole(&job.group.world, &job.request, job.seed, conn);
                let returned = job.run(cx).await?;
                let answer = job.fits(returned.into_answer())?;
                job.in_time()?;
                // Last: whoever has the key already has committed, and all of this goes back.
                match op::insert(conn, &op.ended(Status::Ok, &answer)).await? {
                    true => Ok(answer),
                    false => Err(Rolled::Moved),
                }
            })
        });
        match self.group.db().write_idempotent(whole).await {
            Ok(answer) => Ok(answer),
            Err(Rolled::Moved) => self.existing(&op).await,
            Err(Rolled::Stopped(stop)) => self.stopped(&op, stop).await,
            Err(Rolled::HasRun) => Ok(runs::done()),
            Err(Rolled::Wants(_)) => Err(Stop::fault("a function within a group left it")),
        }
    }

    /// The reply of a keyed request whose function stopped and kept nothing: that of the first
    /// request of this key, if there was one. A declared error is kept as the reply of this one.
    pub(super) async fn stopped(&self, op: &Op, stop: Stop) -> Result<Answer, Stop> {
        let Stop::Failed(failure) = stop else {
            let was_there = match &stop {
                Stop::Unavailable(_) => None,
                _ => op::find(self.group.db(), &op.key).await?,
            };
            return match was_there {
                Some(_) => self.existing(op).await,
                None => Err(stop),
            };
        };
        let answer = Stop::Failed(failure).into_answer(&self.request.id);
        let failed = Arc::new(op.ended(Status::Failed, &answer));
        let keep = db::job(move |conn| {
            let failed = Arc::clone(&failed);
            Box::pin(async move { op::insert(conn, &failed).await })
        });
        match self.group.db().write_idempotent(keep).await? {
            true => Ok(answer),
            false => self.existing(op).await,
        }
    }

    /// The reply of the op that has this key already; waits for it as long as somebody waits for
    /// this request.
    pub(super) async fn existing(&self, op: &Op) -> Result<Answer, Stop> {
        let mut pause = FIRST_PAUSE;
        loop {
            let found = op.same_of(op::find(self.group.db(), &op.key).await?)?;
            match found.reply {
                Some(reply) if found.status.is_final() => return Ok(reply),
                _ if found.status.is_final() => {
                    return Err(Stop::fault(format!("{} has ended without a reply", op.key)));
                }
                _ => {}
            }
            let left = self.request.deadline.left();
            if left.is_zero() {
                return Err(Stop::Unavailable(format!("{} is still under way", op.key)));
            }
            tokio::time::sleep(pause.min(left)).await;
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }
}
