//! What SQLite alone makes difficult.

use std::collections::BTreeMap;

use aliya_runtime::db::migrate::{Class, History, How, Migration, Step};
use aliya_runtime::db::{DbError, Value};
use xtask::migrate::snapshot::{Column, Constant, Reference, Schema, Shape, Table};

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

#[tokio::test]
async fn a_new_key_numbers_the_rows_that_are_there() {
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
        let begin = script(&Schema::default(), &old);
        let database = Sqlite::make().await;
        let first = history(std::slice::from_ref(&begin));
        database
            .migrate(first, How::All)
            .await
            .expect("a beginning");
        let insert = "INSERT INTO \"m_t\" VALUES (7, 10), (9, 20)";
        database
            .run::<Sqlite>(insert, Vec::new())
            .await
            .expect("rows");
        let both = history(&[begin, script(&old, &new)]);
        database.migrate(both, How::All).await.expect("another key");
        let all = "SELECT \"id\", \"amount\" FROM \"m_t\" ORDER BY \"amount\"";
        let rows = database.rows::<Sqlite>(all).await;
        let row = |id, amount| [Value::Int(id), Value::Int(amount)];
        assert_eq!(rows, [row(1, 10), row(2, 20)]);
    }
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

/// Parents by name, and children that refer to them.
fn family(parent: &str, name: &str, was: (Option<&str>, Option<&str>), max: i64) -> Schema {
    let (table_was, column_was) = was;
    let named = Column {
        was: column_was.map(str::to_owned),
        ..column(name, Shape::Int)
    };
    let age = Column {
        max: Some(Constant::Int(max)),
        ..column("age", Shape::Int)
    };
    let parents = Table {
        was: table_was.map(str::to_owned),
        columns: vec![named, age],
        key: vec![name.to_owned()],
        ..Table::default()
    };
    let children = Table {
        columns: vec![column("k", Shape::Int), column("of", Shape::Int)],
        key: vec!["k".to_owned()],
        index: vec![vec!["of".to_owned()]],
        references: vec![Reference {
            columns: vec!["of".to_owned()],
            table: parent.to_owned(),
            to: vec![name.to_owned()],
        }],
        ..Table::default()
    };
    let tables = [(parent.to_owned(), parents), ("child".to_owned(), children)];
    Schema {
        managers: BTreeMap::from([(MANAGER.to_owned(), BTreeMap::from(tables))]),
    }
}

#[tokio::test]
async fn references_follow_new_names() {
    let declarations = [
        family("parent", "name", (None, None), 9),
        family("parent", "name", (None, None), 8),
        family("elder", "number", (Some("parent"), Some("name")), 8),
    ];
    let mut scripts = vec![script(&Schema::default(), &declarations[0])];
    let database = Sqlite::make().await;
    database
        .migrate(history(&scripts), How::All)
        .await
        .expect("a beginning");
    for insert in [
        "INSERT INTO \"m_parent\" VALUES (1, 8), (2, 8)",
        "INSERT INTO \"m_child\" VALUES (5, 1), (6, 2)",
    ] {
        database
            .run::<Sqlite>(insert, Vec::new())
            .await
            .expect("rows");
    }
    for pair in declarations.windows(2) {
        scripts.push(script(&pair[0], &pair[1]));
        let done = database.migrate(history(&scripts), How::All).await;
        done.unwrap_or_else(|error| panic!("{error}: {scripts:#?}"));
        let rows = database
            .rows::<Sqlite>("SELECT \"k\", \"of\" FROM \"m_child\"")
            .await;
        assert_eq!(rows.len(), 2);
    }
    let delete = "DELETE FROM \"m_elder\" WHERE \"number\" = 1";
    let refused = database.run::<Sqlite>(delete, Vec::new()).await;
    assert!(
        matches!(refused, Err(DbError::Constraint { .. })),
        "{refused:?}"
    );
    let afresh = Sqlite::make().await;
    let at_once = history(&[script(&Schema::default(), &declarations[2])]);
    afresh
        .migrate(at_once, How::All)
        .await
        .expect("a beginning");
    assert_eq!(
        Sqlite::schema(&database.db).await,
        Sqlite::schema(&afresh.db).await
    );
}

#[tokio::test]
async fn a_row_that_names_none_stops_a_new_reference() {
    let with = family("parent", "name", (None, None), 9);
    let mut without = with.clone();
    let tables = without.managers.get_mut(MANAGER).expect("a manager");
    tables.get_mut("child").expect("a table").references.clear();
    let mut scripts = vec![script(&Schema::default(), &without)];
    let database = Sqlite::make().await;
    database
        .migrate(history(&scripts), How::All)
        .await
        .expect("a beginning");
    let insert = "INSERT INTO \"m_child\" VALUES (5, 1)";
    database
        .run::<Sqlite>(insert, Vec::new())
        .await
        .expect("a row");
    scripts.push(script(&without, &with));
    let error = database
        .migrate(history(&scripts), How::All)
        .await
        .expect_err("an orphan");
    assert!(
        error.to_string().contains("of `m_child` among others"),
        "{error}"
    );
    let insert = "INSERT INTO \"m_parent\" VALUES (1, 1)";
    database
        .run::<Sqlite>(insert, Vec::new())
        .await
        .expect("its parent");
    database
        .migrate(history(&scripts), How::All)
        .await
        .expect("no orphan");
}
