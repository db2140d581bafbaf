//! Takes that are taken back, the last one first.

use super::before::take_step;
use super::{Drive, EPOCHS_AT_ONCE, Halt};
use crate::call::Act;
use crate::op::{Op, Sent, Status, Then};
use crate::stop::{Answer, Stop, status};

impl Drive {
    /// Takes all takes of this epoch back, then ends the op, or begins the next epoch.
    pub(super) async fn undo_all(&mut self) -> Result<(), Halt> {
        let all = self.op.journal.takes.len();
        while let Some(at) = self.op.journal.takes.len().checked_sub(1) {
            if let Err(stop) = self.undo_one(at).await {
                if at + 1 < all {
                    // What is taken back already need not be taken back again.
                    self.move_to(self.op.clone()).await?;
                }
                return Err(Halt::Stopped(stop));
            }
            self.op.journal.takes.pop();
        }
        let mut to = self.op.clone();
        match to.journal.then.take() {
            Some(Then::End(reply)) => {
                to.status = Status::Failed;
                to.reply = Some(reply);
                self.move_to(to).await
            }
            Some(Then::Again) | None => self.begin_anew(to).await,
        }
    }

    async fn undo_one(&self, at: usize) -> Result<(), Stop> {
        let Some(take) = self.op.journal.takes.get(at) else {
            return Ok(());
        };
        if !self.may_have_effects(take)? {
            return Ok(());
        }
        let answer = self.send(Act::Undo, &take_step(at), take).await?;
        match answer.status {
            status::SUCCESS => Ok(()),
            _ => Err(refused(take, &answer)),
        }
    }

    /// The next epoch: its calls have other keys, since those of this one do nothing any more.
    async fn begin_anew(&mut self, to: Op) -> Result<(), Halt> {
        let to = Op {
            status: Status::Taking,
            epoch: to.epoch.saturating_add(1),
            ..to
        };
        self.move_to(to).await?;
        self.commits = false;
        self.asked.clear();
        let epoch = self.op.epoch;
        if epoch % EPOCHS_AT_ONCE == 0 {
            let (key, function) = (&self.op.key, &self.op.function);
            tracing::error!(%key, "{function} has begun anew {epoch} times, and is tried again");
            let what = format!("what it reads has changed {epoch} times while it ran");
            return Err(Halt::Stopped(Stop::Unavailable(what)));
        }
        self.pause().await;
        Ok(())
    }

    /// Whether a take may have done something: one that ended with a declared error of the game has not.
    /// A refusal of the runtime (10 to 19) says nothing of an attempt before it.
    fn may_have_effects(&self, take: &Sent) -> Result<bool, Stop> {
        let world = &self.job.group.world;
        let function = world.function(&take.manager, &take.function)?;
        Ok(match &take.reply {
            None => true,
            Some(reply) => function.succeeds_with(reply.status) || (10..20).contains(&reply.status),
        })
    }
}

/// An undo that ended with an error, and took nothing back.
fn refused(take: &Sent, answer: &Answer) -> Stop {
    let Sent {
        manager, function, ..
    } = take;
    let Answer {
        status, message, ..
    } = answer;
    Stop::fault(format!(
        "what takes {manager}.{function} back cannot fail, and ended with {status}, {message}"
    ))
}
