//! What SQLite alone makes difficult.

use std::collections::BTreeMap;

use aliya_runtime::db::migrate::{Class, History, How, Migration, Step};
use aliya_runtime::db::{DbError, Value};
use xtask::migrate::snapshot::{Column, Constant, Schema, Shape, Table};

use crate::database::{Kind, Sqlite};
use crate::{MANAGER, history, script};

fn column(name: &str, shape: Shape) -> Column {
    Column {
        name: name.to_owned(),
        shape,
        optional: false,
        min: None,
        max: None,
        default: None,
        was: None,
    }
}

#[tokio::test]
async fn the_numbers_of_deleted_rows_are_not_given_again() {
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
    let begin = script(&Schema::default(), &numbered(9));
    let wider = script(&numbered(9), &numbered(99));
    let database = Sqlite::make().await;
    let first = history(std::slice::from_ref(&begin));
    database
        .migrate(first, How::All)
        .await
        .expect("a beginning");
    let insert = "INSERT INTO \"m_t\" (\"amount\") VALUES (1)";
    for _ in 0..3 {
        database
            .run::<Sqlite>(insert, Vec::new())
            .await
            .expect("a row");
    }
    let delete = "DELETE FROM \"m_t\"";
    database
        .run::<Sqlite>(delete, Vec::new())
        .await
        .expect("no row");
    let both = history(&[begin, wider]);
    database
        .migrate(both, How::All)
        .await
        .expect("a wider bound");
    database
        .run::<Sqlite>(insert, Vec::new())
        .await
        .expect("a row");
    let rows = database.rows::<Sqlite>("SELECT \"id\" FROM \"m_t\"").await;
    assert_eq!(rows, [[Value::Int(4)]]);
}

const fn step(statements: &'static [&'static str]) -> Step {
    Step {
        class: Class::Safe,
        what: "a test's",
        checks: &[],
        statements,
    }
}

static BEGIN: &[Step] = &[step(&[
    "CREATE TABLE \"m_p\" (\"k\" INTEGER PRIMARY KEY) STRICT",
    "CREATE TABLE \"m_c\" (\"p\" INTEGER REFERENCES \"m_p\" (\"k\") ON DELETE CASCADE) STRICT",
    "INSERT INTO \"m_p\" VALUES (1), (2)",
    "INSERT INTO \"m_c\" VALUES (1), (2)",
])];
static ANEW: &[Step] = &[step(&[
    "CREATE TABLE \"new\" (\"k\" INTEGER PRIMARY KEY, \"x\" INTEGER) STRICT",
    "INSERT INTO \"new\" SELECT \"k\", 0 FROM \"m_p\"",
    "DROP TABLE \"m_p\"",
    "ALTER TABLE \"new\" RENAME TO \"m_p\"",
])];
static BREAKS: &[Step] = &[step(&["DELETE FROM \"m_p\" WHERE \"k\" = 1"])];

#[tokio::test]
async fn rows_that_refer_to_a_table_made_anew_stay() {
    static HISTORY: History = History {
        owner: MANAGER,
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
    let database = Sqlite::make().await;
    database.migrate(&HISTORY, How::All).await.expect("both");
    let rows = database.rows::<Sqlite>("SELECT \"p\" FROM \"m_c\"").await;
    assert_eq!(rows, [[Value::Int(1)], [Value::Int(2)]]);
    // The database goes on following references.
    let delete = "DELETE FROM \"m_p\" WHERE \"k\" = 2";
    database
        .run::<Sqlite>(delete, Vec::new())
        .await
        .expect("a delete");
    let rows = database.rows::<Sqlite>("SELECT \"p\" FROM \"m_c\"").await;
    assert_eq!(rows, [[Value::Int(1)]]);
}

#[tokio::test]
async fn a_migration_that_breaks_references_is_undone() {
    static HISTORY: History = History {
        owner: MANAGER,
        migrations: &[
            Migration {
                number: 1,
                name: "begin",
                sqlite: BEGIN,
            },
            Migration {
                number: 2,
                name: "breaks",
                sqlite: BREAKS,
            },
        ],
        behind: None,
    };
    let database = Sqlite::make().await;
    let error = database
        .migrate(&HISTORY, How::All)
        .await
        .expect_err("broken");
    let said = error.to_string();
    assert!(matches!(error, DbError::Migrate(_)), "{said}");
    assert!(said.contains("1 rows, of `m_c` among others"), "{said}");
    let rows = database.rows::<Sqlite>("SELECT \"k\" FROM \"m_p\"").await;
    assert_eq!(rows, [[Value::Int(1)], [Value::Int(2)]]);
}
