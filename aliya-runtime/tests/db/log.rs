//! The write-ahead log of SQLite: bounded while another program reads, given back afterwards, and empty
//! where nobody writes.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use aliya_runtime::db::{DatabaseUrl, Db, DbError, Options, Param, Statement};
use rusqlite::Connection;

use crate::{Fixture, GET, SLOW_BATCH, count_of, schema};

static NOTES: Statement = Statement {
    name: "test.notes",
    sqlite: "CREATE TABLE \"notes\" (\"text\" TEXT NOT NULL) STRICT",
    ..Statement::SQLITE_ALONE
};
static NOTE: Statement = Statement {
    name: "test.note",
    sqlite: "INSERT INTO \"notes\" VALUES (?1)",
    ..Statement::SQLITE_ALONE
};

const MAX: u64 = 4 * 1024 * 1024;
const PATIENCE: Duration = Duration::from_secs(20);

fn bytes(path: &Path) -> u64 {
    fs::metadata(path).map_or(0, |found| found.len())
}

fn log_of(f: &Fixture) -> PathBuf {
    f.folder.path().join("game.db-wal")
}

async fn is_empty_soon(log: &Path) {
    let begin = Instant::now();
    while bytes(log) > 0 {
        assert!(begin.elapsed() < PATIENCE, "{} bytes", bytes(log));
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

async fn note(f: &Fixture) -> Result<u64, DbError> {
    let note = f.spawn(|conn| {
        Box::pin(async move {
            let text = "x".repeat(64 * 1024);
            conn.execute(&NOTE, &[Param::Text(&text)]).await
        })
    });
    note.await.expect("no panic")
}

#[tokio::test]
async fn a_reader_that_stays_makes_the_log_no_larger_than_it_may_be() {
    let options = Options {
        max_log_bytes: MAX,
        ..Options::default()
    };
    let f = Fixture::open(options).await;
    f.db.create(schema(&[&NOTES])).await.expect("a table");
    let log = log_of(&f);
    let outside = Connection::open(f.folder.path().join("game.db")).expect("opens");
    outside
        .execute_batch("BEGIN; SELECT count(*) FROM notes")
        .expect("reads");
    let mut kept = 0;
    let refused = loop {
        match note(&f).await {
            Ok(_) => kept += 1,
            Err(error) => break error.to_string(),
        }
        assert!(kept < 1000, "{} bytes", bytes(&log));
    };
    assert!(
        refused.contains("game.db-wal is as large as it may be"),
        "{refused}"
    );
    assert!(
        (MAX..MAX + MAX / 2).contains(&bytes(&log)),
        "{}",
        bytes(&log)
    );
    // Readers go on, and when the other program is done, so do writers.
    assert_eq!(f.count("a").await, 0);
    drop(outside);
    is_empty_soon(&log).await;
    note(&f).await.expect("there is room");
}

#[tokio::test]
async fn a_log_that_is_used_all_the_time_stays_small() {
    let options = Options {
        max_log_bytes: MAX,
        ..Options::default()
    };
    let f = Fixture::open(options).await;
    f.db.create(schema(&[&NOTES])).await.expect("a table");
    for _ in 0..200 {
        note(&f).await.expect("there is room");
    }
}

#[tokio::test]
async fn a_copy_of_the_file_alone_of_a_quiet_server_is_whole() {
    let f = Fixture::open(SLOW_BATCH).await;
    for _ in 0..3 {
        f.add("ada").await.expect("no panic").expect("kept");
    }
    is_empty_soon(&log_of(&f)).await;
    let copy = f.folder.path().join("copy.db");
    fs::copy(f.folder.path().join("game.db"), &copy).expect("a copy");
    let copy = Db::open(&DatabaseUrl::sqlite(&copy), Options::default()).await;
    let copy = copy.expect("opens");
    let rows = copy.query(&GET, &[Param::Text("ada")]).await;
    assert_eq!(count_of(&rows.expect("a count")), 3);
}

#[tokio::test]
async fn a_torn_copy_is_told_with_its_file() {
    let f = Fixture::open(SLOW_BATCH).await;
    f.db.create(schema(&[&NOTES])).await.expect("a table");
    for _ in 0..20 {
        note(&f).await.expect("there is room");
    }
    is_empty_soon(&log_of(&f)).await;
    let whole = fs::read(f.folder.path().join("game.db")).expect("a file");
    let half = whole.len() / 2;
    let mut mixed = whole.clone();
    mixed[4096..half].fill(0);
    for (name, bytes) in [("short", &whole[..half]), ("mixed", &mixed)] {
        let copy = f.folder.path().join(format!("{name}.db"));
        fs::write(&copy, bytes).expect("a copy");
        let opened = Db::open(&DatabaseUrl::sqlite(&copy), Options::default()).await;
        match opened {
            Err(error @ DbError::Damaged { .. }) => {
                let said = error.to_string();
                assert!(said.contains(&copy.display().to_string()), "{said}");
                assert!(said.contains("docs/running.md"), "{said}");
            }
            other => panic!("{name}: {other:?}"),
        }
    }
}
