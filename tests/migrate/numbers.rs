//! Rows that the database numbers.

use std::collections::BTreeMap;

use aliya_runtime::db::Value;
use aliya_runtime::db::migrate::How;
use xtask::migrate::snapshot::{Column, Constant, Schema, Shape, Table};

use crate::database::{Database, covered};
use crate::{MANAGER, column, history, scripts};

#[tokio::test]
async fn the_numbers_of_deleted_rows_are_not_given_again() {
    for on in covered() {
        let database = Database::make(on).await;
        let numbered = |max| {
            let amount = Column {
                max: Some(Constant::Int(max)),
                ..column("amount", Shape::Int)
            };
            let table = Table {
                columns: vec![column("id", Shape::Id), amount],
                key: vec!["id".to_owned()],
                ..Table::default()
            };
            let tables = BTreeMap::from([("t".to_owned(), table)]);
            Schema {
                managers: BTreeMap::from([(MANAGER.to_owned(), tables)]),
            }
        };
        let begin = scripts(&Schema::default(), &numbered(9));
        let wider = scripts(&numbered(9), &numbered(99));
        let first = history(std::slice::from_ref(&begin));
        database
            .migrate(first, How::All)
            .await
            .expect("a beginning");
        let insert = "INSERT INTO \"m_t\" (\"amount\") VALUES (1)";
        for _ in 0..3 {
            database.run(insert, Vec::new()).await.expect("a row");
        }
        let delete = "DELETE FROM \"m_t\"";
        database.run(delete, Vec::new()).await.expect("no row");
        let both = history(&[begin, wider]);
        database
            .migrate(both, How::All)
            .await
            .expect("a wider bound");
        database.run(insert, Vec::new()).await.expect("a row");
        let rows = database.rows("SELECT \"id\" FROM \"m_t\"").await;
        assert_eq!(rows, [[Value::Int(4)]]);
    }
}

#[tokio::test]
async fn a_new_key_numbers_the_rows_that_are_there() {
    for on in covered() {
        let keyed = |key: &str, shape| {
            let table = Table {
                columns: vec![column(key, shape), column("amount", Shape::Int)],
                key: vec![key.to_owned()],
                ..Table::default()
            };
            let tables = BTreeMap::from([("t".to_owned(), table)]);
            Schema {
                managers: BTreeMap::from([(MANAGER.to_owned(), tables)]),
            }
        };
        for before in [Shape::Int, Shape::Id] {
            let (old, new) = (keyed("k", before), keyed("id", Shape::Id));
            let begin = scripts(&Schema::default(), &old);
            let database = Database::make(on).await;
            let first = history(std::slice::from_ref(&begin));
            database
                .migrate(first, How::All)
                .await
                .expect("a beginning");
            let insert = "INSERT INTO \"m_t\" VALUES (7, 10), (9, 20)";
            database.run(insert, Vec::new()).await.expect("rows");
            let both = history(&[begin, scripts(&old, &new)]);
            database.migrate(both, How::All).await.expect("another key");
            let all = "SELECT \"id\", \"amount\" FROM \"m_t\" ORDER BY \"amount\"";
            let rows = database.rows(all).await;
            let row = |id, amount| [Value::Int(id), Value::Int(amount)];
            assert_eq!(rows, [row(1, 10), row(2, 20)]);
        }
    }
}
