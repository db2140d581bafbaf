//! Jobs that share a transaction: what one does must not reach the others.

use std::future;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use aliya_runtime::db::{DbError, Options, Statement};

use crate::{EACH_ALONE, Fixture, SLOW_BATCH, add};

/// Runs `bad` between two good jobs, all in one transaction; returns what it was answered, after
/// seeing that the good ones are kept, once, and what it wrote is not.
async fn among_good_ones<F>(bad: F) -> DbError
where
    F: for<'a> FnMut(
            &'a mut aliya_runtime::db::Conn,
        ) -> aliya_runtime::BoxFuture<'a, Result<u64, DbError>>
        + Send
        + 'static,
{
    let f = Fixture::open(SLOW_BATCH).await;
    let gate = f.gate().await;
    let before = f.add("before");
    let bad = f.spawn(bad);
    let after = f.add("after");
    gate.open().await;
    assert_eq!(before.await.expect("no panic").expect("kept"), 1);
    assert_eq!(after.await.expect("no panic").expect("kept"), 1);
    let counts = [
        f.count("gate").await,
        f.count("before").await,
        f.count("after").await,
    ];
    assert_eq!(counts, [1, 1, 1]);
    assert_eq!(f.count("bad").await, 0);
    // The connection is as good as before.
    f.add("again").await.expect("no panic").expect("kept");
    bad.await.expect("no panic").expect_err("the bad job")
}

#[tokio::test]
async fn an_error_takes_back_its_own_job_only() {
    let error = among_good_ones(|conn| {
        Box::pin(async move {
            add(conn, "bad", 1).await?;
            Err(DbError::Failed("by itself".to_owned()))
        })
    });
    assert_eq!(error.await.to_string(), "by itself");
}

#[tokio::test]
async fn a_panic_takes_back_its_own_job_only() {
    let error = among_good_ones(|conn| {
        Box::pin(async move {
            add(conn, "bad", 1).await?;
            panic!("by {}", "itself")
        })
    });
    assert_eq!(error.await.to_string(), "panicked: by itself");
}

#[tokio::test]
async fn a_panic_before_the_future_is_the_same() {
    let error = among_good_ones(|_| panic!("early"));
    assert_eq!(error.await.to_string(), "panicked: early");
}

#[tokio::test]
async fn a_job_that_waits_is_a_fault() {
    let error = among_good_ones(|conn| {
        Box::pin(async move {
            add(conn, "bad", 1).await?;
            future::pending().await
        })
    });
    let error = error.await;
    assert!(
        matches!(&error, DbError::Failed(what) if what.contains("waits")),
        "{error:?}"
    );
}

static END_ALL: Statement = Statement {
    name: "test.end_all",
    sqlite: "INSERT OR ROLLBACK INTO \"counter\" VALUES ('before', 9), ('before', 9)",
    ..Statement::SQLITE_ALONE
};

#[tokio::test]
async fn an_error_that_ends_the_transaction_costs_the_others_nothing() {
    let error = among_good_ones(|conn| {
        Box::pin(async move {
            add(conn, "bad", 1).await?;
            conn.execute(&END_ALL, &[]).await
        })
    });
    let error = error.await;
    assert!(
        matches!(&error, DbError::Constraint { statement, .. } if *statement == END_ALL.name),
        "{error:?}"
    );
}

#[tokio::test]
async fn a_job_cannot_go_on_after_the_transaction() {
    let went_on = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&went_on);
    let error = among_good_ones(move |conn| {
        let count = Arc::clone(&count);
        Box::pin(async move {
            let _ = conn.execute(&END_ALL, &[]).await;
            if add(conn, "bad", 1).await.is_ok() {
                count.fetch_add(1, Ordering::Relaxed);
            }
            Ok(1)
        })
    });
    let error = error.await;
    assert!(matches!(error, DbError::Constraint { .. }), "{error:?}");
    assert_eq!(went_on.load(Ordering::Relaxed), 0);
}

#[tokio::test]
async fn a_commit_that_fails_is_one_job_s_fault_only() {
    static PARENT: Statement = Statement {
        name: "test.parent",
        sqlite: "CREATE TABLE \"parent\" (\"id\" INTEGER PRIMARY KEY) STRICT",
        ..Statement::SQLITE_ALONE
    };
    static CHILD: Statement = Statement {
        name: "test.child",
        sqlite: "CREATE TABLE \"child\" (\"id\" INTEGER REFERENCES \"parent\" (\"id\") \
                 DEFERRABLE INITIALLY DEFERRED) STRICT",
        ..Statement::SQLITE_ALONE
    };
    static ORPHAN: Statement = Statement {
        name: "test.orphan",
        sqlite: "INSERT INTO \"child\" VALUES (1)",
        ..Statement::SQLITE_ALONE
    };
    let error = among_good_ones(|conn| {
        Box::pin(async move {
            add(conn, "bad", 1).await?;
            conn.execute(&PARENT, &[]).await?;
            conn.execute(&CHILD, &[]).await?;
            // SQLite looks at deferred references when it commits.
            conn.execute(&ORPHAN, &[]).await
        })
    });
    let error = error.await;
    assert!(
        matches!(&error, DbError::Constraint { what, .. } if what.contains("FOREIGN KEY")),
        "{error:?}"
    );
}

#[tokio::test]
async fn nobody_is_answered_before_the_commit() {
    let f = Fixture::open(SLOW_BATCH).await;
    let first = f.gate().await;
    let early = f.add("early");
    // The second gate's job runs after the early one, in the same transaction.
    let (second, started) = f.later_gate();
    tokio::task::yield_now().await;
    first.open.send(()).expect("a gate that waits");
    started.await.expect("a job that starts");
    assert_eq!(f.count("early").await, 0);
    assert!(!early.is_finished());
    second.open().await;
    assert_eq!(early.await.expect("no panic").expect("kept"), 1);
    assert_eq!(f.count("early").await, 1);
}

#[tokio::test]
async fn a_full_queue_refuses_at_once() {
    let f = Fixture::open(Options {
        max_waiting: 2,
        ..SLOW_BATCH
    })
    .await;
    let gate = f.gate().await;
    let fit = [f.add("a"), f.add("a")];
    let over = f.add("a").await.expect("no panic").expect_err("no room");
    assert!(matches!(&over, DbError::Unavailable(what) if what.contains("2 jobs wait")));
    gate.open().await;
    for job in fit {
        job.await.expect("no panic").expect("kept");
    }
    assert_eq!(f.count("a").await, 2);
}

#[tokio::test]
async fn a_job_is_not_begun_for_a_requester_that_has_gone() {
    for options in [SLOW_BATCH, EACH_ALONE] {
        not_begun_for_a_requester_that_has_gone(options).await;
    }
}

async fn not_begun_for_a_requester_that_has_gone(options: Options) {
    let f = Fixture::open(options).await;
    let gate = f.gate().await;
    let ran = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&ran);
    let gone = f.spawn(move |conn| {
        flag.store(true, Ordering::Relaxed);
        Box::pin(add(conn, "gone", 1))
    });
    let after = f.add("after");
    tokio::task::yield_now().await;
    gone.abort();
    assert!(gone.await.expect_err("aborted").is_cancelled());
    gate.open().await;
    after.await.expect("no panic").expect("kept");
    assert!(!ran.load(Ordering::Relaxed));
}

#[tokio::test]
async fn a_job_that_has_begun_is_completed() {
    let f = Fixture::open(SLOW_BATCH).await;
    let gate = f.gate().await;
    gate.task.abort();
    assert!(gate.task.await.expect_err("aborted").is_cancelled());
    gate.open.send(()).expect("a gate that waits");
    f.add("after").await.expect("no panic").expect("kept");
    assert_eq!(f.count("gate").await, 1);
}

#[tokio::test]
async fn a_value_that_panics_when_dropped_harms_nobody() {
    #[derive(Debug)]
    struct Bomb;
    impl Drop for Bomb {
        fn drop(&mut self) {
            // Not where the runtime drops what the aborted task had.
            if std::thread::current().name() == Some("db-writer") {
                panic!("a bomb");
            }
        }
    }
    let f = Fixture::open(SLOW_BATCH).await;
    let gate = f.gate().await;
    let bomb = f.spawn(|_| Box::pin(async { Ok(Bomb) }));
    let (second, started) = f.later_gate();
    tokio::task::yield_now().await;
    gate.open.send(()).expect("a gate that waits");
    started.await.expect("a job that starts");
    // The bomb's job has run, and now nobody takes its value.
    bomb.abort();
    assert!(bomb.await.expect_err("aborted").is_cancelled());
    let after = f.add("after");
    second.open().await;
    after.await.expect("no panic").expect("kept");
    f.add("again").await.expect("no panic").expect("kept");
}
