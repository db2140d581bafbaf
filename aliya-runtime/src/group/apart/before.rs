//! Before the commit point: looking, and takes.

use super::commit::Ended;
use super::{Drive, Halt};
use crate::call::Act;
use crate::cx::{self, Asked, Cx, Run, Wants};
use crate::op::{Op, Status, Then};
use crate::panics;
use crate::runs;
use crate::stop::Stop;

impl Drive {
    /// One step: a take is sent that is not answered yet, then the function runs as far as it comes.
    pub(super) async fn before_commit(&mut self) -> Result<(), Halt> {
        self.send_last_take().await?;
        if self.op.status != Status::Taking {
            return Ok(());
        }
        let ended = match self.commits {
            true => {
                self.commit(Run::before(&self.op.journal, &self.asked))
                    .await
            }
            false => self.look().await,
        };
        match ended {
            Ended::Answered(answer) => Err(Halt::Answered(answer)),
            Ended::Committed(op) => {
                self.moved(*op);
                Ok(())
            }
            Ended::Moved => Err(Halt::Moved),
            Ended::HasRun if self.is_stored => self.undo_then(Then::End(runs::done())).await,
            Ended::HasRun => Err(Halt::Answered(runs::done())),
            Ended::Wants(wants) => self.get(wants).await,
            Ended::Stopped(stop) => self.stopped(stop).await,
        }
    }

    /// Runs the function without a transaction.
    async fn look(&mut self) -> Ended {
        let mut run = Run::before(&self.op.journal, &self.asked);
        let job = &self.job;
        let cx = Cx::looking(&job.group.world, &job.request, job.seed, &mut run);
        // A transaction catches a panic by itself.
        let result = match panics::caught(job.run(cx)).await {
            Ok(result) => result,
            Err(said) => Err(Stop::fault(format!("the function panicked: {said}"))),
        };
        let wants = run.wants().cloned();
        self.asked = run.into_asked();
        match (wants, result) {
            (Some(wants), _) => Ended::Wants(wants),
            (None, Err(Stop::Unavailable(what))) => Ended::Stopped(Stop::Unavailable(what)),
            // What it read may never have been so at one time: a transaction tells.
            (None, _) if job.function.writes || job.once.is_some() => Ended::Wants(Wants::Commit),
            (None, Ok(returned)) => match job.fits(returned.into_answer()) {
                Ok(answer) => Ended::Answered(answer),
                Err(stop) => Ended::Stopped(stop),
            },
            (None, Err(stop)) => Ended::Stopped(stop),
        }
    }

    /// Gets what a run wants.
    async fn get(&mut self, wants: Wants) -> Result<(), Halt> {
        match wants {
            Wants::Commit => {
                self.commits = true;
                Ok(())
            }
            Wants::Ask(asked) => match self.ask(asked).await {
                Ok(()) => Ok(()),
                Err(stop) => self.stopped(stop).await,
            },
            // Written down before it is sent: after a crash it is sent again.
            Wants::Take(sent) => {
                let mut to = Op {
                    status: Status::Taking,
                    ..self.op.clone()
                };
                to.journal.takes.push(sent);
                self.move_to(to).await
            }
            Wants::Again => self.undo_then(Then::Again).await,
            Wants::Gives | Wants::Reads => {
                let what = format!("before the commit point the function wants {wants:?}");
                Err(Halt::Stopped(Stop::fault(what)))
            }
        }
    }

    /// Asks a function elsewhere that writes nothing, for the runs that follow.
    pub(super) async fn ask(&mut self, asked: Asked) -> Result<(), Stop> {
        let world = &self.job.group.world;
        let sent = &asked.sent;
        let function = world.function(&sent.manager, &sent.function)?;
        let request = crate::call::Request {
            caller: sent.player(),
            deadline: self.deadline,
            ..(*self.job.request).clone()
        };
        let answer = cx::asked(&*world.peers, function, &request, sent.body.clone()).await?;
        self.asked.push(asked.answered(answer));
        Ok(())
    }

    /// Sends the last take of the journal, unless its reply is known.
    async fn send_last_take(&mut self) -> Result<(), Halt> {
        let Some(at) = self.op.journal.takes.len().checked_sub(1) else {
            return Ok(());
        };
        let Some(take) = self.op.journal.takes.get(at) else {
            return Ok(());
        };
        if take.reply.is_some() {
            return Ok(());
        }
        match self.send(Act::Call, &take_step(at), take).await {
            Ok(answer) => {
                // The next step writes it down: until then, the take is sent again after a crash.
                if let Some(take) = self.op.journal.takes.get_mut(at) {
                    take.reply = Some(answer);
                }
                self.commits = false;
                Ok(())
            }
            Err(stop @ Stop::Unavailable(_)) => Err(Halt::Stopped(stop)),
            // Whatever it did is taken back, with all takes before it.
            Err(stop) => {
                let reply = stop.into_answer(&self.job.request.id);
                self.undo_then(Then::End(reply)).await
            }
        }
    }

    /// Ends an op whose function stopped before the commit point: what it has taken is taken back.
    pub(super) async fn stopped(&mut self, stop: Stop) -> Result<(), Halt> {
        if matches!(stop, Stop::Unavailable(_)) {
            return Err(Halt::Stopped(stop));
        }
        if !self.is_stored {
            return match self.is_keyed {
                true => {
                    let answer = self.job.stopped(&self.op, stop).await?;
                    Err(Halt::Answered(answer))
                }
                false => Err(Halt::Stopped(stop)),
            };
        }
        let reply = stop.into_answer(&self.job.request.id);
        self.undo_then(Then::End(reply)).await
    }

    /// Takes everything back that was taken, and goes on with `then`.
    pub(super) async fn undo_then(&mut self, then: Then) -> Result<(), Halt> {
        let mut to = Op {
            status: Status::Undoing,
            ..self.op.clone()
        };
        to.journal.gives.clear();
        to.journal.entries.clear();
        to.journal.then = Some(then);
        self.move_to(to).await
    }
}

/// What the key of a take ends with.
pub(super) fn take_step(at: usize) -> String {
    format!("t{at}")
}
