//! What a database refuses, and what is made light of.

use aliya_macros_core::sql::{Constant, Duplicates, Reference, Table, Test, Type};
use aliya_runtime::db::{DbError, Param, Value};
use aliya_runtime::types::Id;

use super::{column, each, insert, make, optional, run, select_by, statement, texts};

/// Numbered rows with a rule of each kind.
fn letters() -> Table {
    let mut count = column("count", Type::Int);
    count.min = Some(Constant::Int(0));
    let mut name = column("name", Type::Text);
    name.max = Some(Constant::Int(3));
    Table {
        name: "letter".to_owned(),
        columns: vec![
            column("id", Type::Int),
            name,
            count,
            column("class", texts(&["a", "b"])),
            optional(column("twin", Type::Int)),
        ],
        key: vec![0],
        row_number: Some(0),
        unique: vec![vec![1], vec![4]],
        references: vec![Reference {
            columns: vec![4],
            table: "letter".to_owned(),
            to: vec!["id".to_owned()],
        }],
        ..Table::default()
    }
}

fn row(name: &str, count: i64) -> [Param<'_>; 4] {
    [
        Param::Text(name),
        Param::Int(count),
        Param::Text("a"),
        Param::Null,
    ]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_broken_rule_is_a_constraint() {
    let table = letters();
    for place in each().await {
        let db = &place.db;
        make(db, &table).await;
        let insert = insert(&table);
        run(db, insert, &row("ann", 0))
            .await
            .expect("keeps all rules");
        let class = [
            Param::Text("cid"),
            Param::Int(0),
            Param::Text("A"),
            Param::Null,
        ];
        let orphan = [
            Param::Text("dan"),
            Param::Int(0),
            Param::Text("a"),
            Param::Int(99),
        ];
        for wrong in [row("ann", 1), row("bob", -1), row("four", 0), class, orphan] {
            match run(db, insert, &wrong).await {
                Err(DbError::Constraint { .. }) => {}
                other => panic!("{wrong:?} is {other:?} on {:?}", place.on),
            }
        }
        let count = statement(&table, |sql| sql.count(&[]));
        let rows = db.query(count, &[]).await.expect("a count");
        assert_eq!(rows, [[Value::Int(1)]], "{:?}", place.on);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_duplicate_that_is_ignored_leaves_the_rest_of_its_job() {
    let table = letters();
    let new = statement(&table, |sql| sql.insert(Duplicates::Ignore));
    let numbered = statement(&table, |sql| sql.insert_numbered(Duplicates::Ignore));
    for place in each().await {
        make(&place.db, &table).await;
        let ran = place.db.write::<_, DbError, _>(move |conn| {
            Box::pin(async move {
                let first = conn.insert_id(numbered, &row("ann", 1)).await?;
                let again = conn.insert_id(numbered, &row("ann", 2)).await?;
                let third = conn.insert_or_ignore(new, &row("ann", 3)).await?;
                let other = conn.insert_or_ignore(new, &row("bob", 4)).await?;
                let last = conn.insert_id(numbered, &row("cid", 5)).await?;
                Ok((first, again, third, other, last))
            })
        });
        let (first, again, third, other, last) = ran.await.expect("kept");
        assert_eq!((again, third, other), (None, false, true), "{:?}", place.on);
        assert!(first > Some(Id(0)) && last > first, "{first:?} {last:?}");
        let get = select_by(&table, 0, Test::Ge);
        let rows = place.db.query(get, &[Param::Int(0)]).await.expect("rows");
        let counts: Vec<_> = rows.iter().map(|row| row[2].clone()).collect();
        assert_eq!(counts, [1, 4, 5].map(Value::Int), "{:?}", place.on);
        let bad = place.db.write::<_, DbError, _>(move |conn| {
            Box::pin(async move { conn.insert_or_ignore(new, &row("dan", -1)).await })
        });
        match bad.await {
            Err(DbError::Constraint { .. }) => {}
            other => panic!("{other:?} on {:?}", place.on),
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_replaced_row_keeps_its_number_and_no_other_is_touched() {
    let mut table = letters();
    table.references.clear();
    let numbered = statement(&table, |sql| sql.insert_numbered(Duplicates::Refuse));
    let replace = statement(&table, |sql| sql.replace_numbered(&[1]));
    let all = select_by(&table, 0, Test::Ge);
    for place in each().await {
        make(&place.db, &table).await;
        let twin = |name, count, twin| {
            [
                Param::Text(name),
                Param::Int(count),
                Param::Text("a"),
                Param::Int(twin),
            ]
        };
        let ran = place.db.write::<_, DbError, _>(move |conn| {
            Box::pin(async move {
                let ann = conn.insert_id(numbered, &twin("ann", 1, 1)).await?;
                conn.insert_id(numbered, &twin("bob", 2, 2)).await?;
                let again = conn.insert_id(replace, &twin("ann", 3, 3)).await?;
                let new = conn.insert_id(replace, &twin("cid", 4, 4)).await?;
                Ok((ann, again, new))
            })
        });
        let (ann, again, new) = ran.await.expect("kept");
        assert_eq!(again, ann, "{:?}", place.on);
        assert!(new > ann, "{:?}", place.on);
        let before = place.db.query(all, &[Param::Int(0)]).await.expect("rows");
        let counts: Vec<_> = before.iter().map(|row| row[2].clone()).collect();
        assert_eq!(counts, [3, 2, 4].map(Value::Int), "{:?}", place.on);
        // A new name with bob's twin is none of the two.
        let other = place.db.write::<_, DbError, _>(move |conn| {
            Box::pin(async move { conn.insert_id(replace, &twin("dan", 5, 2)).await })
        });
        let other = other.await;
        assert!(other.is_err(), "{other:?} on {:?}", place.on);
        let after = place.db.query(all, &[Param::Int(0)]).await.expect("rows");
        assert_eq!(after, before, "{:?}", place.on);
    }
}
