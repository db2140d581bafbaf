//! Jobs that lock the same rows in opposite orders: each is done, soon, and none behind its caller's
//! back.

use std::time::{Duration, Instant};

use aliya_macros_core::sql::{Condition, Query, Table, Test, Type};
use aliya_runtime::db::{Db, DbError, Param, Statement, Value};
use aliya_test_servers::On;
use tokio::sync::oneshot;
use tokio::task::JoinSet;

use super::{column, each, make, number, run, statement};

/// How long clients play.
const PLAYED: Duration = Duration::from_secs(2);
/// What a player waits for an answer.
const PATIENCE: Duration = Duration::from_secs(5);
/// Nobody waits longer, but for one of a hundred: the tests' build, on a machine that others use.
/// Where a deadlock was PostgreSQL's to find, which takes a second, this took three, and with 64
/// clients five.
const P99_MAX: Duration = Duration::from_secs(2);

fn purses() -> Table {
    Table {
        name: "purse".to_owned(),
        columns: vec![column("id", Type::Int), column("coins", Type::Int)],
        key: vec![0],
        ..Table::default()
    }
}

/// The statements of a transfer.
#[derive(Clone, Copy)]
struct Transfer {
    get: &'static Statement,
    save: &'static Statement,
}

impl Transfer {
    /// Takes a coin of one purse and puts it into another, each read before both are written.
    async fn run(self, db: &Db, from: i64, to: i64) -> Result<(), DbError> {
        db.write(move |conn| {
            Box::pin(async move {
                let mut held = Vec::new();
                for id in [from, to] {
                    let rows = conn.query(self.get, &[Param::Int(id)]).await?;
                    match rows.first().map(Vec::as_slice) {
                        Some([_, Value::Int(coins)]) => held.push(*coins),
                        other => return Err(DbError::Failed(format!("{other:?}"))),
                    }
                }
                for (id, coins) in [(from, held[0] - 1), (to, held[1] + 1)] {
                    conn.execute(self.save, &[Param::Int(id), Param::Int(coins)])
                        .await?;
                }
                Ok(())
            })
        })
        .await
    }
}

#[derive(Default)]
struct Played {
    /// How long each answer took.
    took: Vec<Duration>,
    refused: usize,
    /// What the first purse has got by what was answered well.
    got: i64,
}

async fn play(db: Db, transfer: Transfer, client: i64) -> Played {
    let begin = Instant::now();
    let mut played = Played::default();
    let (from, to) = if client % 2 == 0 { (1, 2) } else { (2, 1) };
    while begin.elapsed() < PLAYED {
        let asked = Instant::now();
        let answer = tokio::time::timeout(PATIENCE, transfer.run(&db, from, to)).await;
        played.took.push(asked.elapsed());
        match answer {
            Ok(Ok(())) => played.got += if from == 1 { -1 } else { 1 },
            Ok(Err(DbError::Unavailable(_))) | Err(_) => played.refused += 1,
            Ok(Err(other)) => panic!("{other}"),
        }
    }
    played
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_orders_of_two_rows_by_two_clients() {
    opposite(2, 1).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_orders_of_two_rows_by_64_clients() {
    opposite(64, 1).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_orders_of_two_rows_by_16_clients_of_two_processes() {
    opposite(16, 2).await;
}

fn transfer() -> Transfer {
    let query = Query {
        conditions: vec![Condition {
            column: 0,
            test: Test::Eq,
        }],
        lock: true,
        ..Query::default()
    };
    let table = purses();
    Transfer {
        get: statement(&table, |sql| sql.select(&query)),
        save: statement(&table, |sql| sql.upsert(&[0], &[1])),
    }
}

/// `processes`: how many have connections of their own, and know nothing of each other.
async fn opposite(clients: i64, processes: usize) {
    let (table, transfer) = (purses(), transfer());
    for place in each().await {
        if place.on == On::Sqlite && processes > 1 {
            continue;
        }
        make(&place.db, &table).await;
        for id in [1, 2] {
            let row = [Param::Int(id), Param::Int(0)];
            run(&place.db, transfer.save, &row).await.expect("a row");
        }
        let mut dbs = vec![place.db.clone()];
        for _ in 1..processes {
            let other = Db::open(&place.url.parse().expect("a URL"), Default::default()).await;
            dbs.push(other.expect("a database"));
        }
        let mut all = JoinSet::new();
        for (client, db) in (0..clients).zip(dbs.iter().cycle()) {
            // Of each process, clients of both orders.
            let order = client / i64::try_from(processes).expect("a few");
            all.spawn(play(db.clone(), transfer, order));
        }
        let all = all.join_all().await;
        let mut took: Vec<_> = all.iter().flat_map(|it| it.took.iter().copied()).collect();
        took.sort();
        let refused: usize = all.iter().map(|it| it.refused).sum();
        let (count, p99) = (took.len(), took[took.len() * 99 / 100]);
        let (p50, last) = (took[took.len() / 2], took[took.len() - 1]);
        let said = format!(
            "{clients} clients of {processes} processes on {:?}: {count} calls, {refused} refused, p50 {p50:?}, p99 {p99:?}, \
             last {last:?}",
            place.on
        );
        eprintln!("{said}");
        assert!(count > 100, "{said}");
        assert!(refused * 1000 <= count, "{said}");
        // None was done that was refused, and each that was not.
        let got: i64 = all.iter().map(|it| it.got).sum();
        let held = place.db.query(transfer.get, &[Param::Int(1)]).await;
        assert_eq!(held.expect("a purse")[0][1], Value::Int(got), "{said}");
        assert!(p99 < P99_MAX, "{said}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_nobody_waits_for_any_more_is_not_done() {
    let (table, transfer) = (purses(), transfer());
    let sum = statement(&table, |sql| sql.sum(1, &[]));
    for place in each().await {
        make(&place.db, &table).await;
        let row = [Param::Int(1), Param::Int(0)];
        run(&place.db, transfer.save, &row).await.expect("a row");
        let (started, wait) = oneshot::channel();
        let (open, gate) = std::sync::mpsc::channel::<()>();
        let (db, mut of_first) = (place.db.clone(), Some((started, gate)));
        let holder = tokio::spawn(async move {
            db.write::<_, DbError, _>(move |conn| {
                let of_first = of_first.take();
                Box::pin(async move {
                    conn.query(transfer.get, &[Param::Int(1)]).await?;
                    if let Some((started, gate)) = of_first {
                        started.send(()).expect("a test that waits");
                        tokio::task::block_in_place(|| gate.recv()).expect("a gate that opens");
                    }
                    Ok(())
                })
            })
            .await
        });
        wait.await.expect("a job that starts");
        let late = run(&place.db, transfer.save, &[Param::Int(1), Param::Int(1)]);
        let late = tokio::time::timeout(Duration::from_millis(100), late).await;
        assert!(late.is_err(), "{:?}: {late:?}", place.on);
        open.send(()).expect("a job that waits");
        holder.await.expect("no panic").expect("a job that ends");
        place.db.close().await.expect("a clean end");
        let again = Db::open(&place.url.parse().expect("a URL"), Default::default()).await;
        let again = again.expect("a database");
        let found = again.read::<_, DbError, _>(move |conn| Box::pin(number(conn, sum)));
        assert_eq!(found.await.expect("a sum"), 0, "{:?}", place.on);
    }
}
