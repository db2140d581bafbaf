//! Jobs at the same time end as if one came after the other.

use std::sync::Arc;

use aliya_macros_core::sql::{Condition, Query, Table, Test, Type};
use aliya_runtime::db::{Db, DbError, Param, Value};
use tokio::task::JoinSet;

use super::{column, each, insert, make, number, run, statement};

const CLIENTS: i64 = 16;

fn members() -> Table {
    Table {
        name: "member".to_owned(),
        columns: vec![column("id", Type::Int), column("count", Type::Int)],
        key: vec![0],
        ..Table::default()
    }
}

/// Runs a client many times at once; returns what each of them did.
async fn at_once<T, F>(db: &Db, client: impl Fn(Db, i64) -> F) -> Vec<T>
where
    T: Send + 'static,
    F: Future<Output = T> + Send + 'static,
{
    let mut clients = JoinSet::new();
    for number in 0..CLIENTS {
        clients.spawn(client(db.clone(), number));
    }
    clients.join_all().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_limit_that_is_counted_is_kept() {
    const LIMIT: i64 = 100;
    let table = Arc::new(members());
    let (count, insert) = (statement(&table, |sql| sql.count(&[])), insert(&table));
    for place in each().await {
        make(&place.db, &table).await;
        let inserted = at_once(&place.db, |db, client| async move {
            let mut inserted = 0;
            for number in 0.. {
                let id = client * 1000 + number;
                let there_was_room = db.write::<_, DbError, _>(move |conn| {
                    Box::pin(async move {
                        if super::number(conn, count).await? >= LIMIT {
                            return Ok(false);
                        }
                        conn.execute(insert, &[Param::Int(id), Param::Int(0)])
                            .await?;
                        Ok(true)
                    })
                });
                if !there_was_room.await.expect("a job that ends") {
                    break;
                }
                inserted += 1;
            }
            inserted
        });
        let inserted: i64 = inserted.await.into_iter().sum();
        assert_eq!(inserted, LIMIT, "{:?}", place.on);
        let found = place
            .db
            .read::<_, DbError, _>(move |conn| Box::pin(number(conn, count)));
        assert_eq!(found.await.expect("a count"), LIMIT, "{:?}", place.on);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn increments_of_a_row_all_count() {
    increments(true).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn increments_of_a_row_that_may_not_be_there_all_count() {
    increments(false).await;
}

async fn increments(there: bool) {
    const EACH: i64 = 10;
    let table = members();
    let query = Query {
        conditions: vec![Condition {
            column: 0,
            test: Test::Eq,
        }],
        lock: true,
        ..Query::default()
    };
    let get = statement(&table, |sql| sql.select(&query));
    let save = statement(&table, |sql| sql.upsert(&[0], &[1]));
    let count = statement(&table, |sql| sql.sum(1, &[]));
    for place in each().await {
        make(&place.db, &table).await;
        if there {
            run(&place.db, save, &[Param::Int(7), Param::Int(0)])
                .await
                .expect("a row");
        }
        let client = |db: Db, _| async move {
            for _ in 0..EACH {
                let increment = db.write::<_, DbError, _>(move |conn| {
                    Box::pin(async move {
                        let rows = conn.query(get, &[Param::Int(7)]).await?;
                        let held = match rows.first().map(Vec::as_slice) {
                            Some([_, Value::Int(held)]) => *held,
                            _ => 0,
                        };
                        let more = [Param::Int(7), Param::Int(held + 1)];
                        conn.execute(save, &more).await
                    })
                });
                increment.await.expect("an increment");
            }
        };
        at_once(&place.db, client).await;
        let found = place
            .db
            .read::<_, DbError, _>(move |conn| Box::pin(number(conn, count)));
        assert_eq!(
            found.await.expect("a sum"),
            CLIENTS * EACH,
            "{:?}",
            place.on
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_read_is_one_snapshot() {
    let table = members();
    let (insert, count) = (insert(&table), statement(&table, |sql| sql.count(&[])));
    for place in each().await {
        // SQLite's reads do not wait, and so cannot meet a write: see `read.rs`.
        if place.on == aliya_test_servers::On::Sqlite {
            continue;
        }
        make(&place.db, &table).await;
        let db = place.db.clone();
        let seen = place.db.read::<_, DbError, _>(move |conn| {
            let db = db.clone();
            Box::pin(async move {
                let before = number(conn, count).await?;
                run(&db, insert, &[Param::Int(1), Param::Int(0)]).await?;
                Ok((before, number(conn, count).await?))
            })
        });
        assert_eq!(seen.await.expect("a read"), (0, 0), "{:?}", place.on);
        let rows = place.db.query(count, &[]).await.expect("a count");
        assert_eq!(rows, [[Value::Int(1)]]);
    }
}
