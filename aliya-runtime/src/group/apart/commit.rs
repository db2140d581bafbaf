//! The commit point, and what follows it in the op's own database: one transaction, in which the
//! function runs from the top.

use super::{Drive, LEASE_MS};
use crate::cx::{Cx, Run, Wants, cannot_be_kept};
use crate::db::{self, Conn};
use crate::group::job::{Job, Rolled};
use crate::op::{self, Op, Sent, Status};
use crate::ops;
use crate::stop::{Answer, Stop};

/// What a run came to.
#[derive(Debug)]
pub(super) enum Ended {
    /// It ended, and nothing of it has to be kept.
    Answered(Answer),
    /// Its writes are committed, together with the op.
    Committed(Box<Op>),
    /// The op is there already, or another one has moved it.
    Moved,
    /// It is rolled back: the function was to run once, and has run before.
    HasRun,
    /// It is rolled back: it wants something first.
    Wants(Wants),
    /// It is rolled back: the function stopped, or the database did.
    Stopped(Stop),
}

/// What a transaction committed.
enum Committed {
    /// The op, as it is in the database now.
    Op(Box<Op>),
    /// No op: nobody repeats the request, and nothing has to be sent any more.
    Answer(Answer),
}

impl Drive {
    /// Runs the function in one transaction with its op, from where `run` leaves off.
    pub(super) async fn commit(&self, run: Run) -> Ended {
        let (mut job, from) = (self.job.clone(), self.op.clone());
        // Past the commit point nothing may fail any more, whatever the request asked for.
        job.gives |= from.status == Status::Giving;
        let (is_stored, is_keyed) = (self.is_stored, self.is_keyed);
        let commit = db::job(move |conn| {
            let (job, from, run) = (job.clone(), from.clone(), run.clone());
            Box::pin(async move {
                let to = run_once(&job, &from, run, conn).await?;
                if !is_stored && !is_keyed && to.status == Status::Ok {
                    return to.reply.map(Committed::Answer).ok_or(Rolled::Moved);
                }
                let moved = match is_stored {
                    true => op::advance(conn, &from, &to).await?,
                    false => op::insert(conn, &to).await?,
                };
                match moved {
                    true => Ok(Committed::Op(Box::new(to))),
                    false => Err(Rolled::Moved),
                }
            })
        });
        let db = self.job.group.db();
        let committed = match is_stored || is_keyed {
            true => db.write_idempotent(commit).await,
            false => db.write(commit).await,
        };
        match committed {
            Ok(Committed::Op(op)) => Ended::Committed(op),
            Ok(Committed::Answer(answer)) => Ended::Answered(answer),
            Err(Rolled::Moved) => Ended::Moved,
            Err(Rolled::HasRun) => Ended::HasRun,
            Err(Rolled::Wants(wants)) => Ended::Wants(wants),
            Err(Rolled::Stopped(stop)) => Ended::Stopped(stop),
        }
    }
}

/// Runs the function; returns its op as it is then.
async fn run_once(job: &Job, from: &Op, mut run: Run, conn: &mut Conn) -> Result<Op, Rolled> {
    let is_committed = from.status == Status::Giving;
    let cx = Cx::committing(&job.group.world, &job.request, job.seed, conn, &mut run);
    let result = match is_committed {
        // Nothing may fail any more: what passes a bound stops there.
        true => ops::stopping_at_bounds(job.run(cx)).await,
        false => job.run(cx).await,
    };
    let wants = match run.wants() {
        None | Some(Wants::Gives) => None,
        Some(wants) => Some(wants.clone()),
    };
    let reply = match (wants, result) {
        (Some(wants), _) => return Err(Rolled::Wants(wants)),
        (None, Err(Stop::Suspended)) => None,
        (None, Err(stop)) => return Err(stop.into()),
        (None, Ok(_)) if run.left_a_take() => return Err(Rolled::Wants(Wants::Again)),
        (None, Ok(returned)) => match run.left_give() {
            None => Some(fitting(job, from, returned.into_answer())?),
            Some(give) => return Err(cannot_be_kept(give).into()),
        },
    };
    let (gives, entries) = run.into_gives();
    let mut to = from.clone();
    let all_given = gives.iter().all(|give| give.reply.is_some());
    // Without a reply, what was given is asked for again: the run goes on from its entries.
    to.journal.entries = if reply.is_none() { entries } else { Vec::new() };
    to.status = match (all_given, &reply) {
        (true, Some(_)) => Status::Ok,
        (true, None) => return Err(Stop::fault("the function waits for nothing").into()),
        (false, _) => Status::Giving,
    };
    // A last take may still be refused: until it is answered, the function has not run.
    let waits = gives
        .last()
        .is_some_and(|give| give.reply.is_none() && is_take(job, give));
    let waited = from
        .journal
        .gives
        .last()
        .is_some_and(|give| is_take(job, give));
    let counts = !waits && (!is_committed || waited);
    // What is committed has run, whoever ran it before.
    if counts && !job.marks(conn).await? && !is_committed {
        return Err(Rolled::HasRun);
    }
    to.journal.gives = gives;
    to.reply = reply;
    to.attempts = 0;
    to.next = op::due_next(&to, LEASE_MS);
    Ok(to)
}

/// Whether a call after the commit point is a take, which may be refused.
fn is_take(job: &Job, give: &Sent) -> bool {
    let function = job.group.world.function(&give.manager, &give.function);
    function.is_ok_and(|function| function.fails)
}

/// An answer that the client's frame can hold. What is past its commit point ends, whatever it can
/// tell.
fn fitting(job: &Job, from: &Op, answer: Answer) -> Result<Answer, Stop> {
    match job.fits(answer) {
        Err(stop @ Stop::TooLarge { .. }) if from.status == Status::Giving => {
            Ok(stop.into_answer(&job.request.id))
        }
        fitting => fitting,
    }
}
