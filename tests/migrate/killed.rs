//! Processes that are killed while they migrate, and servers.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use aliya_runtime::db::migrate::{Class, History, How, Step};
use aliya_runtime::db::{DatabaseUrl, Db, DbError, Migrator, Options, Value};
use aliya_test_servers::{Kind, On, Server};

use crate::database::{covered, fresh, statement};
use crate::{migration, of, step};

/// Tells the process that is to be killed which database it migrates.
const URL: &str = "ALIYA_TEST_KILLED";
/// How many rows there are, so that statements take their time.
const ROWS: i64 = 40_000;
/// When the first kill comes; each comes later than the one before it, until one comes too late.
const FIRST_KILL: Duration = Duration::from_millis(20);

static BEGIN: &[Step] = &[step(
    Class::Safe,
    &[
        "CREATE TABLE m_t (k INTEGER NOT NULL, x INTEGER NOT NULL, PRIMARY KEY (k))",
        "INSERT INTO m_t WITH RECURSIVE n (k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM n \
         WHERE k < 900) SELECT k, k FROM n",
        "INSERT INTO m_t SELECT k + 900, k FROM m_t",
        "INSERT INTO m_t SELECT k + 1800, k FROM m_t",
        "INSERT INTO m_t SELECT k + 3600, k FROM m_t",
        "INSERT INTO m_t SELECT k + 7200, k FROM m_t",
        "INSERT INTO m_t SELECT k + 14400, k FROM m_t",
        "INSERT INTO m_t SELECT k + 28800, k FROM m_t WHERE k <= 11200",
        "UPDATE m_t SET x = 0",
    ],
)];
/// None of these can be done twice: not one that adds, and not one that makes.
static MORE: &[Step] = &[
    step(
        Class::Rewrites,
        &[
            "UPDATE m_t SET x = x + 1",
            "ALTER TABLE m_t ADD COLUMN y INTEGER",
            "UPDATE m_t SET y = x + 10",
        ],
    ),
    step(Class::Safe, &["CREATE INDEX i ON m_t (y)"]),
    step(
        Class::Rewrites,
        &[
            "UPDATE m_t SET x = x + 100",
            "CREATE TABLE m_u (k INTEGER NOT NULL, PRIMARY KEY (k))",
            "INSERT INTO m_u SELECT k FROM m_t",
            "CREATE INDEX j ON m_t (x, y)",
            "UPDATE m_t SET y = y + 1000",
        ],
    ),
];
static FIRST: History = of(&[migration(1, "begin", BEGIN)]);
static BOTH: History = of(&[migration(1, "begin", BEGIN), migration(2, "more", MORE)]);

/// The process to be killed is this very test, run again with [`URL`]: then it migrates and ends.
#[tokio::test]
async fn a_killed_migration_is_done_as_if_it_was_not() {
    if let Ok(url) = std::env::var(URL) {
        let done = migrate(&url.parse().expect("a URL"), &BOTH).await;
        done.expect("a migration");
        return;
    }
    for on in covered() {
        let folder = tempfile::tempdir().expect("a folder");
        let url = fresh(on, folder.path());
        migrate(&url, &FIRST).await.expect("a beginning");
        let (mut time, mut kills) = (FIRST_KILL, 0);
        // These servers have no password, which the URL would be shown without.
        while killed_after(&url.to_string(), time) {
            time = time.mul_f64(1.25);
            kills += 1;
        }
        assert!(kills > 1, "{} was done too soon", on.name());
        is_done(on, &url).await;
    }
}

#[tokio::test]
async fn a_killed_server_goes_on() {
    for on in covered() {
        let On::Server(kind) = on else { continue };
        let mut server = Server::start(kind).expect("a server");
        let url: DatabaseUrl = server
            .fresh_database()
            .expect("a database")
            .parse()
            .expect("a URL");
        migrate(&url, &FIRST).await.expect("a beginning");
        let mut time = FIRST_KILL;
        loop {
            let migrated = tokio::spawn({
                let url = url.clone();
                async move { migrate(&url, &BOTH).await }
            });
            tokio::time::sleep(time).await;
            if migrated.is_finished() {
                migrated.await.expect("no panic").expect("a migration");
                break;
            }
            server.kill().expect("a kill");
            migrated.await.expect("no panic").expect_err("no server");
            server.restart().expect("a restart");
            time = time.mul_f64(1.5);
        }
        is_done(on, &url).await;
    }
}

async fn migrate(url: &DatabaseUrl, history: &'static History) -> Result<(), DbError> {
    let mut migrator = Migrator::wait(url, |_| {}).await?;
    migrator.migrate(&[history], How::All).await.map(drop)
}

/// Starts the other process and kills it after a while; `false` where it has ended by itself.
fn killed_after(url: &str, time: Duration) -> bool {
    let this = std::env::current_exe().expect("this test's program");
    let name = "killed::a_killed_migration_is_done_as_if_it_was_not";
    let mut child = Command::new(this)
        .args(["--exact", name])
        .env(URL, url)
        .stdout(Stdio::null())
        .spawn()
        .expect("another process");
    let begin = Instant::now();
    while begin.elapsed() < time {
        if let Some(status) = child.try_wait().expect("a child") {
            assert!(status.success(), "{status}");
            return false;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    child.kill().expect("a kill");
    let status = child.wait().expect("an end");
    status.code().is_none()
}

/// Every statement was done once.
async fn is_done(on: On, url: &DatabaseUrl) {
    let db = Db::open(url, Options::default()).await.expect("a database");
    let all =
        "SELECT (SELECT count(*) FROM m_t WHERE x = 101 AND y = 1011), (SELECT count(*) FROM m_u)";
    let rows = db.query(statement(on, all), &[]).await.expect("rows");
    assert_eq!(rows, [[Value::Int(ROWS), Value::Int(ROWS)]]);
    let looked = db.migrate(&[&BOTH], How::Look).await.expect("a look");
    assert_eq!(looked, []);
    db.close().await.expect("a clean end");
    if on == On::Server(Kind::Mariadb) {
        // What a killed process has begun ends with its connection.
        let left = Migrator::wait(url, |_| panic!("a lock is left")).await;
        left.expect("a lock");
    }
}
