//! How jobs end, and databases.

use aliya_macros_core::sql::{Table, Type};
use aliya_runtime::db::{Db, DbError, Options, Param};
use aliya_test_servers::{Kind, On, Server, chosen};
use tokio::sync::oneshot;
use tokio::task::JoinSet;

use super::{column, each, insert, make, number, run, statement};

fn members() -> Table {
    Table {
        name: "member".to_owned(),
        columns: vec![column("id", Type::Int)],
        key: vec![0],
        ..Table::default()
    }
}

async fn count(db: &Db, table: &Table) -> Result<i64, DbError> {
    let count = statement(table, |sql| sql.count(&[]));
    db.read(move |conn| Box::pin(number(conn, count))).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_job_that_fails_keeps_nothing_and_costs_no_connection() {
    let table = members();
    let insert = insert(&table);
    for place in each().await {
        let db = &place.db;
        make(db, &table).await;
        // More often than there are connections.
        for id in 0..40 {
            let failed = db.write::<(), DbError, _>(move |conn| {
                Box::pin(async move {
                    conn.execute(insert, &[Param::Int(id)]).await?;
                    Err(DbError::Failed("no".to_owned()))
                })
            });
            assert!(matches!(failed.await, Err(DbError::Failed(what)) if what == "no"));
            let panicked = db.write::<(), DbError, _>(move |conn| {
                Box::pin(async move {
                    conn.execute(insert, &[Param::Int(id)]).await?;
                    panic!("boom")
                })
            });
            assert!(matches!(panicked.await, Err(DbError::Panicked(what)) if what == "boom"));
        }
        assert_eq!(
            count(db, &table).await.expect("a count"),
            0,
            "{:?}",
            place.on
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reader_writes_nothing() {
    let table = members();
    let insert = insert(&table);
    for place in each().await {
        make(&place.db, &table).await;
        let write = place.db.read(move |conn| {
            Box::pin(async move { conn.execute(insert, &[Param::Int(1)]).await })
        });
        let error: DbError = write.await.expect_err("a write");
        assert!(!matches!(error, DbError::Constraint { .. }), "{error:?}");
        assert_eq!(count(&place.db, &table).await.expect("a count"), 0);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_error_that_is_made_light_of_is_one_all_the_same() {
    let table = members();
    let insert = insert(&table);
    for place in each().await {
        if place.on == On::Sqlite {
            // There, a statement that fails leaves its transaction as it was.
            continue;
        }
        make(&place.db, &table).await;
        let light = place.db.write::<_, DbError, _>(move |conn| {
            Box::pin(async move {
                conn.execute(insert, &[Param::Int(1)]).await?;
                let _ = conn.execute(insert, &[Param::Int(1)]).await;
                conn.execute(insert, &[Param::Int(2)]).await.ok();
                Ok(())
            })
        });
        match light.await {
            Err(DbError::Constraint { .. }) => {}
            other => panic!("{other:?} on {:?}", place.on),
        }
        assert_eq!(count(&place.db, &table).await.expect("a count"), 0);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_declaration_is_refused() {
    let table = members();
    let mut changed = members();
    changed.columns.push(column("more", Type::Int));
    for place in each().await {
        make(&place.db, &table).await;
        make(&place.db, &table).await;
        let other = statement(&changed, |sql| sql.create_table());
        match place.db.create(vec![other].leak()).await {
            Err(DbError::SchemaDiffers { object, line, .. }) => {
                assert_eq!(
                    (object.as_str(), line),
                    ("table `member`", 3),
                    "{:?}",
                    place.on
                );
            }
            other => panic!("{other:?} on {:?}", place.on),
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn closing_completes_what_is_under_way() {
    let table = members();
    let insert = insert(&table);
    for place in each().await {
        make(&place.db, &table).await;
        let (started, wait) = oneshot::channel();
        let (db, mut started) = (place.db.clone(), Some(started));
        let under_way = tokio::spawn(async move {
            let job = db.write::<_, DbError, _>(move |conn| {
                let started = started.take();
                Box::pin(async move {
                    let inserted = conn.execute(insert, &[Param::Int(1)]).await;
                    started
                        .into_iter()
                        .for_each(|it| it.send(()).unwrap_or_default());
                    inserted
                })
            });
            job.await
        });
        wait.await.expect("a job that starts");
        place.db.close().await.expect("a clean end");
        let late = run(&place.db, insert, &[Param::Int(2)]).await;
        assert!(matches!(late, Err(DbError::Unavailable(_))), "{late:?}");
        assert_eq!(under_way.await.expect("no panic").expect("kept"), 1);
        let again = Db::open(&place.url.parse().expect("a URL"), Options::default()).await;
        let again = again.expect("a database");
        let kept = count(&again, &table).await.expect("a count");
        assert_eq!(kept, 1, "{:?}", place.on);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn jobs_wait_for_a_connection_but_not_too_many() {
    let table = members();
    let insert = insert(&table);
    for place in each().await {
        if place.on == On::Sqlite {
            // Its queue is tried in `batch.rs`.
            continue;
        }
        make(&place.db, &table).await;
        let options = Options {
            connections: 1,
            max_waiting: 1,
            ..Options::default()
        };
        let db = Db::open(&place.url.parse().expect("a URL"), options).await;
        let db = db.expect("a database");
        let (started, wait) = oneshot::channel();
        let (open, gate) = oneshot::channel::<()>();
        let mut of_first = Some((started, gate));
        let holder = db.clone();
        let first = tokio::spawn(async move {
            let job = holder.write::<_, DbError, _>(move |conn| {
                let of_first = of_first.take();
                Box::pin(async move {
                    if let Some((started, gate)) = of_first {
                        started.send(()).expect("a test that waits");
                        gate.await.expect("a gate that opens");
                    }
                    conn.execute(insert, &[Param::Int(1)]).await
                })
            });
            job.await
        });
        wait.await.expect("a job that starts");
        // Of two more, one waits, and there is no room for the other.
        let mut more = JoinSet::new();
        for id in [2, 3] {
            let db = db.clone();
            more.spawn(async move { run(&db, insert, &[Param::Int(id)]).await });
        }
        let refused = more.join_next().await.expect("two").expect("no panic");
        let refused = refused.expect_err("there is no room").to_string();
        assert!(refused.ends_with("1 jobs wait already"), "{refused}");
        open.send(()).expect("a job that waits");
        let waited = more.join_next().await.expect("one").expect("no panic");
        assert_eq!(waited.expect("kept"), 1);
        assert_eq!(first.await.expect("no panic").expect("kept"), 1);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_was_killed_is_used_again_when_it_is_back() {
    let table = members();
    let insert = insert(&table);
    for kind in Kind::ALL {
        if !chosen().expect("databases").contains(&On::Server(kind)) {
            continue;
        }
        let mut server = Server::start(kind).expect("a server");
        let url = server.fresh_database().expect("a database");
        let db = Db::open(&url.parse().expect("a URL"), Options::default()).await;
        let db = db.expect("a database that opens");
        make(&db, &table).await;
        run(&db, insert, &[Param::Int(1)]).await.expect("a row");
        server.kill().expect("killed");
        let gone = run(&db, insert, &[Param::Int(2)]).await;
        let gone = gone.expect_err("it is gone");
        assert!(matches!(gone, DbError::Unavailable(_)), "{gone:?}");
        server.restart().expect("it is back");
        run(&db, insert, &[Param::Int(3)]).await.expect("a row");
        let kept = count(&db, &table).await.expect("a count");
        assert_eq!(kept, 2, "{kind:?}");
        db.close().await.expect("a clean end");
    }
}
