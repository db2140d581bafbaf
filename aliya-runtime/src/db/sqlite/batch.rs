//! Many jobs, one commit.

use std::collections::VecDeque;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use super::super::job::Job;
use super::super::queue::{Queue, Waited};
use super::super::{Conn, DbError, Options};
use super::log::{self, Log};
use crate::told::Told;

/// The statement that begins a transaction which writes: it takes SQLite's write lock at once.
const BEGIN: &str = "BEGIN IMMEDIATE";

/// What was said of batches that failed.
static SINGLY: LazyLock<Told> = LazyLock::new(Told::default);

type Jobs = VecDeque<Box<dyn Job>>;

/// Runs the jobs of `queue` until that is closed and empty.
pub(super) fn run(conn: &mut Conn, queue: &Queue, options: Options, log: &mut Log) {
    let max = options.max_batch.max(1);
    let max_time = Duration::from_millis(options.max_batch_ms);
    let mut waiting = Jobs::new();
    loop {
        if waiting.is_empty() {
            let most = log.is_used.then_some(log::QUIET);
            match queue.wait_for(&mut waiting, max, most) {
                Waited::Jobs => {}
                Waited::InVain => {
                    log.empty(conn.sqlite());
                    continue;
                }
                Waited::Closed => return,
            }
        }
        if let Err(error) = log.has_room(conn.sqlite()) {
            fail_all(waiting.drain(..), &error);
            continue;
        }
        if max == 1 {
            let (gone, wanted): (Jobs, Jobs) = waiting.drain(..).partition(|job| job.abandoned());
            gone.into_iter().for_each(|job| job.drop_quietly());
            run_singly(conn, wanted);
            continue;
        }
        let batch = Batch {
            conn,
            queue,
            max,
            deadline: Instant::now() + max_time,
            done: Vec::with_capacity(max),
        };
        batch.run(&mut waiting);
    }
}

/// A transaction that jobs share.
struct Batch<'a> {
    conn: &'a mut Conn,
    queue: &'a Queue,
    max: usize,
    deadline: Instant,
    /// The jobs that have run.
    done: Vec<Box<dyn Job>>,
}

impl Batch<'_> {
    fn run(mut self, waiting: &mut Jobs) {
        if let Err(error) = self.conn.sqlite().begin(BEGIN) {
            fail_all(waiting.drain(..), &error);
            return;
        }
        while let Some(mut job) = self.next(waiting) {
            self.conn.sqlite().begin_job(true);
            let keep = job.run(self.conn);
            let ended = self.conn.sqlite().end_job(keep);
            self.done.push(job);
            if let Err(error) = ended {
                self.start_over(&error);
                return;
            }
        }
        match self.conn.sqlite().commit() {
            Ok(()) => {
                let gone = self.done.iter().filter(|job| job.abandoned()).count();
                if gone > 0 {
                    tracing::warn!(
                        gone,
                        "a commit took so long that whoever asked has gone: it has happened all the same"
                    );
                }
                self.done.into_iter().for_each(|job| job.answer());
            }
            Err(error) => self.start_over(&error),
        }
    }

    /// The next job for this transaction; `None` where it has enough.
    fn next(&mut self, waiting: &mut Jobs) -> Option<Box<dyn Job>> {
        loop {
            let enough = self.done.len() >= self.max || Instant::now() >= self.deadline;
            if enough && !self.done.is_empty() {
                return None;
            }
            if waiting.is_empty() {
                let room = self.max - self.done.len();
                self.queue.take(waiting, room);
            }
            let job = waiting.pop_front()?;
            if !job.abandoned() {
                return Some(job);
            }
            job.drop_quietly();
        }
    }

    /// The transaction is lost, and with it what every job of it did: each gets one of its own, so
    /// that the job that lost it cannot do so to the others again.
    fn start_over(self, error: &DbError) {
        let (jobs, text) = (self.done.len(), error.to_string());
        match SINGLY.says(&text) {
            Some(again) => tracing::warn!(jobs, again, "running a batch singly: {error}"),
            None => tracing::debug!(jobs, "running a batch singly: {error}"),
        }
        self.conn.sqlite().roll_back();
        run_singly(self.conn, self.done);
    }
}

/// Runs jobs in a transaction each.
fn run_singly(conn: &mut Conn, jobs: impl IntoIterator<Item = Box<dyn Job>>) {
    for mut job in jobs {
        if let Err(error) = run_alone(conn, &mut *job) {
            job.fail(error);
        }
        job.answer();
    }
}

fn run_alone(conn: &mut Conn, job: &mut dyn Job) -> Result<(), DbError> {
    conn.sqlite().begin(BEGIN)?;
    conn.sqlite().begin_job(false);
    let keep = job.run(conn);
    let ended = conn.sqlite().end_job(keep);
    if !keep {
        conn.sqlite().roll_back();
        return Ok(());
    }
    // The job may have made light of the error that ended its transaction: it is none the less lost.
    ended?;
    conn.sqlite().commit()
}

fn fail_all(jobs: impl Iterator<Item = Box<dyn Job>>, error: &DbError) {
    for mut job in jobs {
        job.fail(error.clone());
        job.answer();
    }
}
