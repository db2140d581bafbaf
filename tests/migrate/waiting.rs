//! A process that migrates while another one does: it says for whom it waits, and goes on where that
//! one is gone.

use std::sync::mpsc;
use std::time::{Duration, Instant};

use aliya_runtime::db::Migrator;
use aliya_test_servers::{Kind, On};

use crate::database::{covered, fresh};

/// Longer than a server keeps the lock of a process that says nothing.
const PATIENCE: Duration = Duration::from_secs(60);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_waits_says_for_whom_and_takes_over_where_that_one_is_gone() {
    for on in covered() {
        let folder = tempfile::tempdir().expect("a folder");
        let url = fresh(on, folder.path());
        let silent = Migrator::wait(&url, |_| panic!("nobody has it")).await;
        let silent = silent.expect("a lock");
        let (say, said) = mpsc::channel();
        let waiting = tokio::spawn({
            let url = url.clone();
            async move {
                let waits = move |holder: &str| say.send(holder.to_owned()).expect("a test");
                Migrator::wait(&url, waits).await
            }
        });
        let begin = Instant::now();
        let holder = loop {
            match said.try_recv() {
                Ok(holder) => break holder,
                Err(error) => assert!(begin.elapsed() < PATIENCE, "{error} on {on:?}"),
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        };
        let expected = match on {
            On::Server(Kind::Mariadb) => "connection ".to_owned(),
            _ => format!("process {}", std::process::id()),
        };
        assert!(
            holder.starts_with(&expected) && holder.contains(", for "),
            "{holder}"
        );
        // A file's lock is there as long as its process; a server lets go of one that says nothing.
        let silent = match on {
            On::Sqlite => {
                drop(silent);
                None
            }
            On::Server(_) => Some(silent),
        };
        let taken = tokio::time::timeout(PATIENCE, waiting).await;
        let taken = taken.expect("in time").expect("no panic");
        taken.expect("the lock");
        drop(silent);
    }
}
