//! After the commit point: gives are sent until each is done.

use super::commit::Ended;
use super::{Drive, Halt};
use crate::call::Act;
use crate::cx::{Run, Wants};
use crate::op::{Op, Sent, Status};
use crate::stop::{Answer, Stop, status};

impl Drive {
    /// One step: all gives are sent that are known, then the op ends, or the function goes on with
    /// their replies.
    pub(super) async fn after_commit(&mut self) -> Result<(), Halt> {
        let known = self.op.journal.clone();
        let refused = match self.send_gives().await {
            Ok(refused) => refused,
            Err(halt) => {
                if self.op.journal != known {
                    // What is given already need not be given again.
                    self.move_to(self.op.clone()).await?;
                }
                return Err(halt);
            }
        };
        if self.op.status != Status::Giving {
            return Ok(());
        }
        if self.op.reply.is_some() {
            let to = Op {
                status: Status::Ok,
                ..self.op.clone()
            };
            return self.move_to(to).await;
        }
        let journal = &self.op.journal;
        let mut ended = self.commit(Run::after(journal, &self.asked)).await;
        if let Ended::Wants(Wants::Reads) = ended {
            ended = self.commit(Run::again(journal, &self.asked)).await;
        }
        match ended {
            Ended::Committed(op) => {
                self.moved(*op);
                Ok(())
            }
            Ended::Moved | Ended::HasRun => Err(Halt::Moved),
            Ended::Wants(Wants::Ask(asked)) => Ok(self.ask(asked).await?),
            // The last take was refused, before anything was written.
            Ended::Stopped(stop) if refused && !matches!(stop, Stop::Unavailable(_)) => {
                self.stopped(stop).await
            }
            Ended::Stopped(stop) => Err(Halt::Stopped(stop)),
            Ended::Wants(_) => Err(Halt::Stopped(Stop::fault(
                "after the commit point the function asks another manager for something",
            ))),
            Ended::Answered(answer) => Err(Halt::Answered(answer)),
        }
    }

    /// Sends what is not answered yet, in order. `true` where the last one is a take that was
    /// refused, before which no rows were written.
    async fn send_gives(&mut self) -> Result<bool, Halt> {
        let mut refused = false;
        for at in 0..self.op.journal.gives.len() {
            let Some(give) = self.op.journal.gives.get(at) else {
                continue;
            };
            let world = &self.job.group.world;
            let function = world.function(&give.manager, &give.function)?;
            if let Some(reply) = &give.reply {
                refused = !function.succeeds_with(reply.status);
                continue;
            }
            let is_last_take = function.fails && self.op.reply.is_none();
            let act = if function.fails { Act::Call } else { Act::Give };
            let answer = match self.send(act, &give_step(at), give).await {
                Err(stop) if is_last_take && !matches!(stop, Stop::Unavailable(_)) => {
                    let give = give.clone();
                    return self.keep_from_happening(at, &give, stop).await;
                }
                answered => answered?,
            };
            refused = !function.succeeds_with(answer.status);
            if refused && !is_last_take {
                return Err(Halt::Stopped(unexpected(function.name, &answer)));
            }
            // Not written down at once: after a crash it is sent again, and answered the same.
            if let Some(give) = self.op.journal.gives.get_mut(at) {
                give.reply = Some(answer);
            }
        }
        Ok(refused)
    }

    /// Ends an op with the fault of its last take, if that has done nothing yet and does nothing any
    /// more; else it is sent again later.
    async fn keep_from_happening(
        &mut self,
        at: usize,
        take: &Sent,
        stop: Stop,
    ) -> Result<bool, Halt> {
        match self.send(Act::Undo, &give_step(at), take).await {
            Ok(answer) if answer.status == status::SUCCESS => {
                self.stopped(stop).await?;
                Ok(false)
            }
            _ => Err(Halt::Stopped(stop)),
        }
    }
}

/// What the key of a call after the commit point ends with.
fn give_step(at: usize) -> String {
    format!("g{at}")
}

/// An error of a function that declares none, or of one that nobody is told of.
fn unexpected(function: &str, answer: &Answer) -> Stop {
    let Answer {
        status, message, ..
    } = answer;
    Stop::fault(format!(
        "{function} cannot fail here, and ended with {status}, {message}"
    ))
}
