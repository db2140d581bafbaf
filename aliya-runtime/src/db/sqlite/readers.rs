//! The readers' threads: each job over a snapshot of its own.

use std::collections::VecDeque;
use std::io;
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use sqlx::sqlite::SqliteConnection;

use super::super::job::Job;
use super::super::queue::EndOfJobs;
use super::super::{Conn, DbError};
use super::{Queues, handle};

/// Starts the thread of one reader; it ends once the queue is closed and empty.
pub(super) fn start(
    number: usize,
    reader: SqliteConnection,
    queues: Queues,
) -> io::Result<JoinHandle<()>> {
    thread::Builder::new()
        .name(format!("db-reader-{number}"))
        .spawn(move || {
            let _end_of_reads = EndOfJobs(Arc::clone(&queues.reads));
            let ended = handle::drive(reader, |conn| {
                let mut waiting = VecDeque::new();
                // One at a time: what waits is for the other readers, too.
                while queues.reads.wait(&mut waiting, 1) {
                    waiting.drain(..).for_each(|job| run(conn, job));
                }
            });
            if let Err(error) = ended {
                tracing::error!("a reader: {error}");
            }
        })
}

fn run(conn: &mut Conn, mut job: Box<dyn Job>) {
    if job.abandoned() {
        job.drop_quietly();
        return;
    }
    if let Err(error) = run_alone(conn, &mut *job) {
        job.fail(error);
    }
    job.answer();
}

fn run_alone(conn: &mut Conn, job: &mut dyn Job) -> Result<(), DbError> {
    conn.sqlite().begin("BEGIN DEFERRED")?;
    conn.sqlite().begin_job(false);
    let keep = job.run(conn);
    let ended = conn.sqlite().end_job(keep);
    conn.sqlite().roll_back(); // There is nothing to keep.
    if keep { ended } else { Ok(()) }
}
