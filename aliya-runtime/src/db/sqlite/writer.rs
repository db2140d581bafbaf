//! The writer's thread: the life of an open database.

use std::io;
use std::path::Path;
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use tokio::sync::watch;

use super::super::queue::EndOfJobs;
use super::super::{DbError, Options};
use super::Queues;
use super::log::Log;
use super::open::Opened;
use super::{batch, handle, readers};

/// Starts the threads. What it returns tells how closing ended, once the queues are closed.
pub(super) fn start(
    opened: Opened,
    queues: Queues,
    options: Options,
) -> io::Result<watch::Receiver<Option<Result<(), DbError>>>> {
    let (tell, closed) = watch::channel(None);
    let Opened {
        path,
        lock,
        writer,
        readers,
    } = opened;
    let mut threads = Vec::with_capacity(readers.len());
    for (number, reader) in readers.into_iter().enumerate() {
        threads.push(readers::start(number, reader, queues.clone())?);
    }
    let mut log = Log::new(Path::new(&*path), options.max_log_bytes);
    thread::Builder::new()
        .name("db-writer".to_owned())
        .spawn(move || {
            let close_all = CloseAll(queues.clone());
            let end_of_writes = EndOfJobs(Arc::clone(&queues.writes));
            let ended = handle::drive(writer, |conn| {
                batch::run(conn, &queues.writes, options, &mut log);
                drop((end_of_writes, close_all));
                // A reader that is still open would keep the log from being emptied.
                join(threads);
                conn.sqlite().checkpoint()
            });
            let ended = ended.and_then(|checkpointed| checkpointed);
            if let Err(error) = &ended {
                tracing::error!(%path, "closing the database: {error}");
            }
            drop(lock);
            tell.send_replace(Some(ended));
        })?;
    Ok(closed)
}

/// Without its writer, a database is of no use.
struct CloseAll(Queues);

impl Drop for CloseAll {
    fn drop(&mut self) {
        self.0.close();
    }
}

fn join(threads: Vec<JoinHandle<()>>) {
    for thread in threads {
        if thread.join().is_err() {
            tracing::error!("a reader's thread panicked");
        }
    }
}
