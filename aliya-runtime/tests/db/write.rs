//! One job: its values, its errors, its limits.

use aliya_runtime::db::{DbError, Options, Param, Statement, Value};

use crate::{ADD, Fixture, GET, SET, add, count_of, open_in};

#[tokio::test]
async fn a_commit_survives_reopening() {
    let f = Fixture::open(Options::default()).await;
    assert_eq!(f.add("a").await.expect("no panic").expect("an insert"), 1);
    f.db.close().await.expect("a clean end");
    let db = open_in(&f.folder, Options::default()).await;
    let rows = db.query(&GET, &[Param::Text("a")]).await.expect("a row");
    assert_eq!(count_of(&rows), 1);
}

#[tokio::test]
async fn a_job_sees_its_own_writes() {
    let f = Fixture::open(Options::default()).await;
    let seen = f.spawn(|conn| {
        Box::pin(async move {
            add(conn, "a", 2).await?;
            add(conn, "a", 3).await?;
            conn.query(&GET, &[Param::Text("a")]).await
        })
    });
    assert_eq!(count_of(&seen.await.expect("no panic").expect("rows")), 5);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn concurrent_increments_all_count() {
    for options in [
        Options::default(),
        Options {
            max_batch: 1,
            ..Options::default()
        },
        // A batch is over at once, but never empty.
        Options {
            max_batch_ms: 0,
            ..Options::default()
        },
    ] {
        let f = Fixture::open(options).await;
        let increment = |_| {
            let db = f.db.clone();
            tokio::spawn(async move {
                for _ in 0..20 {
                    let read_then_write = db.write(|conn| {
                        Box::pin(async move {
                            let held = conn.query(&GET, &[Param::Text("a")]).await?;
                            let more = Param::Int(count_of(&held) + 1);
                            conn.execute(&SET, &[Param::Text("a"), more]).await
                        })
                    });
                    read_then_write.await.expect("an increment");
                }
            })
        };
        let tasks: Vec<_> = (0..64).map(increment).collect();
        for task in tasks {
            task.await.expect("no panic");
        }
        assert_eq!(f.count("a").await, 64 * 20, "{options:?}");
        f.db.close().await.expect("a clean end");
    }
}

#[tokio::test]
async fn a_broken_rule_is_told_with_its_statement() {
    let f = Fixture::open(Options::default()).await;
    let job = f.spawn(|conn| Box::pin(add(conn, "a", 1_000_000)));
    match job.await.expect("no panic") {
        Err(DbError::Constraint { statement, what }) => {
            assert_eq!(statement, ADD.name);
            assert!(what.contains("CHECK constraint failed"), "{what}");
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn values_come_back_as_they_went() {
    static ECHO: Statement = Statement {
        name: "test.echo",
        sqlite: "SELECT ?1, ?2, ?3, ?4, ?5",
        ..Statement::SQLITE_ALONE
    };
    let f = Fixture::open(Options::default()).await;
    let params = [
        Param::Null,
        Param::Int(i64::MIN),
        Param::Float(0.1),
        Param::Text(""),
        Param::Text("é\0日本"),
    ];
    let rows = f.db.query(&ECHO, &params).await.expect("a row");
    assert_eq!(rows, [params.map(Value::from).to_vec()]);
    let error =
        f.db.query(&ECHO, &params[..4])
            .await
            .expect_err("one lacks");
    assert!(matches!(error, DbError::Failed(_)), "{error:?}");
}

#[tokio::test]
async fn what_is_no_statement_of_a_job_is_refused() {
    static COMMIT: Statement = Statement {
        name: "test.commit",
        sqlite: "COMMIT",
        ..Statement::SQLITE_ALONE
    };
    static TYPO: Statement = Statement {
        name: "test.typo",
        sqlite: "SELEKT 1",
        ..Statement::SQLITE_ALONE
    };
    static BLOB: Statement = Statement {
        name: "test.blob",
        sqlite: "SELECT x'00'",
        ..Statement::SQLITE_ALONE
    };
    async fn refused(f: &Fixture, statement: &'static Statement, execute: bool) {
        let job = f.spawn(move |conn| {
            Box::pin(async move {
                add(conn, "a", 1).await?;
                if execute {
                    conn.execute(statement, &[]).await.map(drop)
                } else {
                    conn.query(statement, &[]).await.map(drop)
                }
            })
        });
        match job.await.expect("no panic") {
            Err(DbError::Failed(what)) => assert!(what.starts_with(statement.name), "{what}"),
            other => panic!("{other:?}"),
        }
        assert_eq!(f.count("a").await, 0);
    }
    let f = Fixture::open(Options::default()).await;
    refused(&f, &COMMIT, true).await;
    refused(&f, &COMMIT, false).await;
    refused(&f, &TYPO, true).await;
    refused(&f, &BLOB, false).await;
    refused(&f, &GET, true).await;
    refused(&f, &ADD, false).await;
}
