//! Rows that are inserted together.

use aliya_macros_core::sql::{Duplicates, Query, Table, Type};
use aliya_runtime::db::{Db, DbError, Param, Row, Statement, Value};

use super::{column, each, lent, make, number, optional, statement};

/// More than one statement has room for on any server.
const MANY: i64 = 40_000;

fn table() -> Table {
    Table {
        name: "gift".to_owned(),
        columns: vec![
            column("key", Type::Int),
            optional(column("text", Type::Text)),
        ],
        key: vec![0],
        ..Table::default()
    }
}

/// Parameters of rows with these keys; every second one has no text.
fn rows(keys: impl IntoIterator<Item = i64>) -> Vec<Row> {
    let row = |key| match key % 2 {
        0 => vec![Value::Int(key), Value::Null],
        _ => vec![Value::Int(key), Value::Text(format!("gift {key}"))],
    };
    keys.into_iter().map(row).collect()
}

async fn insert(db: &Db, statement: &'static Statement, rows: Vec<Row>) -> Result<(), DbError> {
    db.write(move |conn| {
        let rows = rows.clone();
        Box::pin(async move {
            let rows: Vec<_> = rows.iter().map(lent).collect();
            conn.insert_all(statement, &rows).await
        })
    })
    .await
}

async fn count(db: &Db) -> i64 {
    let count = statement(&table(), |sql| sql.count(&[]));
    let counted = db.read(move |conn| Box::pin(number(conn, count))).await;
    counted.expect("a count")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rows_are_inserted_together_or_not_at_all() {
    for place in each().await {
        let (on, db) = (place.on, &place.db);
        make(db, &table()).await;
        let refuse = statement(&table(), |sql| sql.insert(Duplicates::Refuse));
        insert(db, refuse, rows(0..MANY)).await.expect("rows");
        assert_eq!(count(db).await, MANY, "{on:?}");
        let again = insert(db, refuse, rows([MANY, MANY + 1, 7])).await;
        assert!(
            matches!(again, Err(DbError::Constraint { .. })),
            "{on:?}: {again:?}"
        );
        assert_eq!(count(db).await, MANY, "{on:?}");
        insert(db, refuse, rows([])).await.expect("no rows");

        let texts = statement(&table(), |sql| {
            sql.select(&Query {
                order: vec![(0, false)],
                limit: true,
                ..Query::default()
            })
        });
        let first = db.query(texts, &[Param::Int(2)]).await;
        assert_eq!(first.expect("rows"), rows([0, 1]), "{on:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rows_that_are_there_are_left_out_and_not_counted() {
    for place in each().await {
        let (on, db) = (place.on, &place.db);
        make(db, &table()).await;
        let ignore = statement(&table(), |sql| sql.insert(Duplicates::Ignore));
        for (keys, written) in [
            (vec![1, 2], 2),
            // One that is there, and one that comes twice.
            (vec![3, 2, 4, 3], 2),
            (vec![4], 0),
            (vec![5, 6, 7], 3),
        ] {
            let rows = rows(keys.clone());
            let inserted = db.write(move |conn| {
                let rows = rows.clone();
                Box::pin(async move {
                    let rows: Vec<_> = rows.iter().map(lent).collect();
                    conn.insert_all_or_ignore(ignore, &rows).await
                })
            });
            let inserted: Result<u64, DbError> = inserted.await;
            assert_eq!(inserted.expect("rows"), written, "{on:?}: {keys:?}");
        }
        assert_eq!(count(db).await, 7, "{on:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_rows_that_replace_each_other_the_last_one_stays() {
    for place in each().await {
        let (on, db) = (place.on, &place.db);
        make(db, &table()).await;
        let replace = statement(&table(), |sql| sql.replace(&[0]));
        let text = |text: &str| vec![Value::Int(1), Value::Text(text.to_owned())];
        let all = vec![text("first"), text("second"), text("last")];
        insert(db, replace, all).await.expect("rows");
        let found = statement(&table(), |sql| sql.select(&Query::default()));
        let found = db.query(found, &[]).await.expect("rows");
        assert_eq!(found, [text("last")], "{on:?}");
    }
}
