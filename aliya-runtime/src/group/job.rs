//! A function that runs, whole or in phases.

use std::sync::Arc;

use super::Group;
use crate::call::Request;
use crate::config::Values;
use crate::cx::{Cx, Journal};
use crate::db::{self, Conn};
use crate::function::Prepared;
use crate::random::Seed;
use crate::runs::{self, Once};
use crate::stop::{Answer, Stop};
use crate::wire;

/// A request for a function.
#[derive(Clone)]
pub(super) struct Job {
    pub(super) group: Arc<Group>,
    pub(super) prepared: Prepared,
    pub(super) request: Arc<Request>,
    /// The same for every run of the request.
    pub(super) seed: Seed,
    /// Set where it is to run once.
    pub(super) once: Option<Once>,
    /// The balance tables as they were when the request came.
    pub(super) config: Option<Values>,
}

/// How a phase ended.
enum Ended {
    Answered(Answer),
    Suspended(Journal),
}

impl Job {
    /// Marks it as run, where it is to run once; `false` where it has run before.
    pub(super) async fn marks(&self, conn: &mut Conn) -> Result<bool, Stop> {
        match &self.once {
            Some(once) => Ok(once.mark(conn).await?),
            None => Ok(true),
        }
    }

    /// Runs the function without a transaction around its calls to other processes: see
    /// [`crate::cx`].
    pub(super) async fn run_in_phases(self) -> Result<Answer, Stop> {
        let Some(once) = self.once.clone() else {
            return self.run_all_phases().await;
        };
        let asked = once.clone();
        let has_run = db::job(move |conn| {
            let once = asked.clone();
            Box::pin(async move { Ok::<_, Stop>(once.is_done(conn).await?) })
        });
        if self.group.db.read(has_run).await? {
            return Ok(runs::done());
        }
        let group = Arc::clone(&self.group);
        let answer = self.run_all_phases().await?;
        // Its effects are in several databases: no transaction holds them all, so that the mark
        // comes last. A crash before it has the function run again.
        let mark = db::job(move |conn| {
            let once = once.clone();
            Box::pin(async move { Ok::<_, Stop>(once.mark(conn).await?) })
        });
        group.db.write(mark).await?;
        Ok(answer)
    }

    async fn run_all_phases(self) -> Result<Answer, Stop> {
        let mut journal = Journal::default();
        loop {
            let before = journal.len();
            journal.rewind();
            let mut cx = Cx::reading(&self.group, &self.request, self.seed, &mut journal)
                .with_config(self.config.as_ref());
            match self.prepared.run(&mut cx).await {
                Err(Stop::Suspended) => {}
                ended => return self.fits(ended?.into_answer()),
            }
            match self.write(journal).await? {
                Ended::Answered(answer) => return Ok(answer),
                Ended::Suspended(so_far) => journal = so_far,
            }
            if journal.len() == before {
                // Each run went another way: it would do so for ever.
                return Err(Stop::fault("the function does not repeat itself"));
            }
        }
    }

    /// The writing phase: one transaction.
    async fn write(&self, journal: Journal) -> Result<Ended, Stop> {
        let job = self.clone();
        let phase = db::job(move |conn| {
            let (job, mut journal) = (job.clone(), journal.clone());
            Box::pin(async move {
                journal.rewind();
                let mut cx = Cx::writing(&job.group, &job.request, job.seed, conn, &mut journal)
                    .with_config(job.config.as_ref());
                match job.prepared.run(&mut cx).await {
                    Ok(returned) => job.fits(returned.into_answer()).map(Ended::Answered),
                    Err(Stop::Suspended) => Ok(Ended::Suspended(journal)),
                    Err(stop) => Err(stop),
                }
            })
        });
        self.group.db.write(phase).await
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
}
