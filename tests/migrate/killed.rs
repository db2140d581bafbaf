//! A process that is killed while it migrates.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use aliya_runtime::db::migrate::{Class, History, How, Migration, Step};
use aliya_runtime::db::{DbError, Value};

use crate::database::{Kind, Sqlite, open};

/// Tells the process that is to be killed which file it migrates.
const FILE: &str = "ALIYA_TEST_KILLED";

/// Enough for SQLite to write to the log before the migration ends.
const ROWS: i64 = 200_000;

static BEGIN: &[Step] = &[Step {
    class: Class::Safe,
    what: "a table",
    checks: &[],
    statements: &[
        "CREATE TABLE \"m_t\" (\"k\" INTEGER PRIMARY KEY, \"x\" INTEGER NOT NULL) STRICT",
        "INSERT INTO \"m_t\" WITH RECURSIVE n (k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM n \
         LIMIT 200000) SELECT k, k FROM n",
    ],
}];
static ANEW: &[Step] = &[Step {
    class: Class::Rewrites,
    what: "x becomes a text",
    checks: &[],
    statements: &[
        "CREATE TABLE \"new\" (\"k\" INTEGER PRIMARY KEY, \"x\" TEXT NOT NULL) STRICT",
        "INSERT INTO \"new\" SELECT \"k\", 'number ' || \"x\" FROM \"m_t\"",
        "DROP TABLE \"m_t\"",
        "ALTER TABLE \"new\" RENAME TO \"m_t\"",
        "CREATE INDEX \"i\" ON \"m_t\" (\"x\")",
    ],
}];
static FIRST: History = History {
    owner: "m",
    migrations: &[Migration {
        number: 1,
        name: "begin",
        sqlite: BEGIN,
    }],
    behind: None,
};
static BOTH: History = History {
    owner: "m",
    migrations: &[
        Migration {
            number: 1,
            name: "begin",
            sqlite: BEGIN,
        },
        Migration {
            number: 2,
            name: "anew",
            sqlite: ANEW,
        },
    ],
    behind: None,
};

/// Not a test: the process that the test below starts and kills.
#[tokio::test]
#[ignore = "run by a_killed_migration_has_done_nothing"]
async fn migrates_until_it_is_killed() {
    let Some(file) = std::env::var_os(FILE) else {
        return;
    };
    let db = open(Path::new(&file)).await;
    db.migrate(&[&BOTH], How::All).await.expect("a migration");
    db.close().await.expect("a clean end");
}

#[tokio::test]
async fn a_killed_migration_has_done_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("game.db");
    let db = open(&file).await;
    db.migrate(&[&FIRST], How::All).await.expect("a beginning");
    db.close().await.expect("a clean end");

    kill_in_the_middle(&file);

    let db = open(&file).await;
    let looked = db.migrate(&[&BOTH], How::Look).await.expect("a look");
    let names: Vec<_> = looked.iter().map(|one| one.migration.as_str()).collect();
    assert_eq!(names, ["0002_anew"]);
    let sum = "SELECT count(*), sum(\"x\") FROM \"m_t\"";
    let all = Value::Int(ROWS * (ROWS + 1) / 2);
    let rows = db.query(Sqlite::statement(sum.to_owned()), &[]).await;
    assert_eq!(rows.expect("rows"), [[Value::Int(ROWS), all]]);

    let again: Result<_, DbError> = db.migrate(&[&BOTH], How::All).await;
    assert_eq!(again.expect("it goes through"), looked);
    let sum = "SELECT count(*) FROM \"m_t\" WHERE \"x\" = 'number ' || \"k\"";
    let rows = db.query(Sqlite::statement(sum.to_owned()), &[]).await;
    assert_eq!(rows.expect("rows"), [[Value::Int(ROWS)]]);
}

/// Starts the other process, and kills it when the log tells that it is under way. The log is
/// written from the first rows on that do not fit the cache, and emptied at the end.
fn kill_in_the_middle(file: &Path) {
    let mut log = file.as_os_str().to_owned();
    log.push("-wal");
    let this = std::env::current_exe().expect("this test's program");
    let mut child = Command::new(this)
        .args([
            "--ignored",
            "--exact",
            "killed::migrates_until_it_is_killed",
        ])
        .env(FILE, file)
        .stdout(Stdio::null())
        .spawn()
        .expect("another process");
    let deadline = Instant::now() + Duration::from_secs(60);
    while std::fs::metadata(&log).map_or(0, |about| about.len()) < 64 * 1024 {
        let ended = child.try_wait().expect("a child");
        assert!(ended.is_none(), "it ended by itself: {ended:?}");
        assert!(Instant::now() < deadline, "it does not begin");
        std::thread::yield_now();
    }
    child.kill().expect("a kill");
    let status = child.wait().expect("an end");
    assert_eq!(status.code(), None, "it ended by itself: {status}");
}
