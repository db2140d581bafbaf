//! Tables from their declaration.

use aliya_runtime::db::{DbError, Options, Statement};

use crate::{CREATE, Fixture, open_in, schema};

static OTHER: Statement = Statement {
    name: "test.other.create",
    sqlite: "CREATE TABLE \"other\" (\"id\" INTEGER PRIMARY KEY) STRICT",
    ..Statement::SQLITE_ALONE
};
static INDEX: Statement = Statement {
    name: "test.counter.by_count",
    sqlite: "CREATE INDEX \"counter_by_count\" ON \"counter\" (\"count\")",
    ..Statement::SQLITE_ALONE
};
static UNIQUE: Statement = Statement {
    name: "test.counter.by_count",
    sqlite: "CREATE UNIQUE INDEX \"counter_by_count\" ON \"counter\" (\"count\")",
    ..Statement::SQLITE_ALONE
};
static CHANGED: Statement = Statement {
    name: "test.counter.create",
    sqlite: "CREATE TABLE \"counter\" (\n  \"name\" TEXT PRIMARY KEY,\n  \
             \"count\" REAL NOT NULL\n) STRICT, WITHOUT ROWID",
    ..Statement::SQLITE_ALONE
};
static MALFORMED: Statement = Statement {
    name: "test.malformed",
    sqlite: "CREATE TABLE IF NOT EXISTS \"other\" (\"id\" INTEGER)",
    ..Statement::SQLITE_ALONE
};

#[tokio::test]
async fn what_is_there_already_is_left_alone() {
    let three = schema(&[&CREATE, &OTHER, &INDEX]);
    let f = Fixture::open(Options::default()).await;
    f.add("kept").await.expect("no panic").expect("kept");
    f.db.create(three).await.expect("two are new");
    f.db.create(three).await.expect("none is new");
    assert_eq!(f.count("kept").await, 1);
    f.db.close().await.expect("a clean end");
    let db = open_in(&f.folder, Options::default()).await;
    db.create(three).await.expect("none is new");
}

#[tokio::test]
async fn another_declaration_is_refused_and_nothing_is_made() {
    let f = Fixture::open(Options::default()).await;
    let error =
        f.db.create(schema(&[&OTHER, &CHANGED]))
            .await
            .expect_err("differs");
    match &error {
        DbError::SchemaDiffers {
            object,
            path,
            line,
            found,
            declared,
        } => {
            assert_eq!((object.as_str(), *line), ("table `counter`", 3));
            assert!(path.ends_with("game.db"), "{path}");
            assert_eq!(
                found,
                "\"count\" INTEGER NOT NULL CHECK (\"count\" < 1000000)"
            );
            assert_eq!(declared, "\"count\" REAL NOT NULL");
        }
        other => panic!("{other:?}"),
    }
    // `other` came first, and was not kept: something else may have its name.
    static OTHER_TOO: Statement = Statement {
        name: "test.other.create",
        sqlite: "CREATE TABLE \"other\" (\"name\" TEXT PRIMARY KEY) STRICT",
        ..Statement::SQLITE_ALONE
    };
    f.db.create(schema(&[&OTHER_TOO]))
        .await
        .expect("a new table");
}

#[tokio::test]
async fn an_index_may_not_change_either() {
    let f = Fixture::open(Options::default()).await;
    f.db.create(schema(&[&INDEX])).await.expect("a new index");
    let error = f.db.create(schema(&[&UNIQUE])).await.expect_err("differs");
    let start = "index `counter_by_count` of ";
    assert!(error.to_string().starts_with(start), "{error}");
}

#[tokio::test]
async fn a_statement_of_another_form_is_a_fault() {
    let f = Fixture::open(Options::default()).await;
    let error =
        f.db.create(schema(&[&MALFORMED]))
            .await
            .expect_err("malformed");
    assert!(matches!(&error, DbError::Failed(what) if what.starts_with(MALFORMED.name)));
}
