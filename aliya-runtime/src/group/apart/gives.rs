//! After the commit point: gives are sent until each is done.

use super::commit::Ended;
use super::{Drive, Halt};
use crate::call::Act;
use crate::cx::Run;
use crate::op::{Op, Status};
use crate::stop::{Answer, Stop};

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
        if self.op.reply.is_some() {
            let to = Op {
                status: Status::Ok,
                ..self.op.clone()
            };
            return self.move_to(to).await;
        }
        match self.commit(Run::after(&self.op.journal)).await {
            Ended::Committed(op) => {
                self.moved(*op);
                Ok(())
            }
            Ended::Moved => Err(Halt::Moved),
            // The last take was refused, before anything was written.
            Ended::Stopped(stop) if refused && !matches!(stop, Stop::Unavailable(_)) => {
                self.stopped(stop).await
            }
            Ended::Stopped(stop) => Err(Halt::Stopped(stop)),
            Ended::HasRun => Err(Halt::Stopped(Stop::fault("it runs, and has run before"))),
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
            if give.reply.is_some() {
                continue;
            }
            let world = &self.job.group.world;
            let function = world.function(&give.manager, &give.function)?;
            let act = if function.fails { Act::Call } else { Act::Give };
            let answer = self.send(act, &format!("g{at}"), give).await?;
            refused = !function.succeeds_with(answer.status);
            if refused && !function.fails {
                return Err(Halt::Stopped(unexpected(function.name, &answer)));
            }
            // Not written down at once: after a crash it is sent again, and answered the same.
            if let Some(give) = self.op.journal.gives.get_mut(at) {
                give.reply = Some(answer);
            }
        }
        Ok(refused)
    }
}

/// An error of a function that declares none.
fn unexpected(function: &str, answer: &Answer) -> Stop {
    let Answer {
        status, message, ..
    } = answer;
    Stop::fault(format!(
        "{function} cannot fail, and ended with {status}, {message}"
    ))
}
