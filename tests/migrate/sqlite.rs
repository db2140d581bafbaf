//! What SQLite alone makes difficult: a table that is made anew is dropped in between.

use aliya_runtime::db::migrate::{Class, History, How, Step};
use aliya_runtime::db::{DbError, Statement, Value};
use aliya_test_servers::On;

use crate::database::Database;
use crate::{migration, of, step};

static BEGIN: &[Step] = &[step(
    Class::Safe,
    &[
        "CREATE TABLE \"m_p\" (\"k\" INTEGER PRIMARY KEY) STRICT",
        "CREATE TABLE \"m_c\" (\"p\" INTEGER REFERENCES \"m_p\" (\"k\") ON DELETE CASCADE) STRICT",
        "INSERT INTO \"m_p\" VALUES (1), (2)",
        "INSERT INTO \"m_c\" VALUES (1), (2)",
    ],
)];
static ANEW: &[Step] = &[step(
    Class::Safe,
    &[
        "CREATE TABLE \"new\" (\"k\" INTEGER PRIMARY KEY, \"x\" INTEGER) STRICT",
        "INSERT INTO \"new\" SELECT \"k\", 0 FROM \"m_p\"",
        "DROP TABLE \"m_p\"",
        "ALTER TABLE \"new\" RENAME TO \"m_p\"",
    ],
)];
static BREAKS: &[Step] = &[step(Class::Safe, &["DELETE FROM \"m_p\" WHERE \"k\" = 1"])];

#[tokio::test]
async fn rows_that_refer_to_a_table_made_anew_stay() {
    static HISTORY: History = of(&[migration(1, "begin", BEGIN), migration(2, "anew", ANEW)]);
    let database = Database::make(On::Sqlite).await;
    database.migrate(&HISTORY, How::All).await.expect("both");
    let rows = database.rows("SELECT \"p\" FROM \"m_c\"").await;
    assert_eq!(rows, [[Value::Int(1)], [Value::Int(2)]]);
    // The database goes on following references.
    let delete = "DELETE FROM \"m_p\" WHERE \"k\" = 2";
    database.run(delete, Vec::new()).await.expect("a delete");
    let rows = database.rows("SELECT \"p\" FROM \"m_c\"").await;
    assert_eq!(rows, [[Value::Int(1)]]);
}

#[tokio::test]
async fn a_migration_that_breaks_references_is_undone() {
    static HISTORY: History = of(&[migration(1, "begin", BEGIN), migration(2, "breaks", BREAKS)]);
    let database = Database::make(On::Sqlite).await;
    let error = database
        .migrate(&HISTORY, How::All)
        .await
        .expect_err("broken");
    let said = error.to_string();
    assert!(matches!(error, DbError::Migrate(_)), "{said}");
    assert!(said.contains("1 rows, of `m_c` among others"), "{said}");
    let rows = database.rows("SELECT \"k\" FROM \"m_p\"").await;
    assert_eq!(rows, [[Value::Int(1)], [Value::Int(2)]]);
}

static CREATE: Statement = Statement {
    name: "test.create",
    sqlite: "CREATE TABLE \"m_t\" (\n  \"k\" INTEGER NOT NULL,\n  PRIMARY KEY (\"k\")\n) STRICT",
    ..Statement::SQLITE_ALONE
};
static KNOWN: History = of(&[
    migration(1, "begin", &[step(Class::Safe, &[CREATE.sqlite])]),
    migration(
        2,
        "more",
        &[step(
            Class::NeedsDefault,
            &["ALTER TABLE \"m_t\" ADD COLUMN \"x\" INTEGER NOT NULL DEFAULT 5"],
        )],
    ),
]);

#[tokio::test]
async fn tables_from_before_migrations_are_taken_over() {
    let database = Database::make(On::Sqlite).await;
    static SCHEMA: &[&Statement] = &[&CREATE];
    database.db.create(SCHEMA).await.expect("a table");
    database.run_all(&["INSERT INTO \"m_t\" VALUES (7)"]).await;
    let done = database.migrate(&KNOWN, How::Safe).await.expect("both");
    let names: Vec<_> = done.iter().map(|one| one.migration.as_str()).collect();
    assert_eq!(names, ["0001_begin", "0002_more"]);
    let rows = database.rows("SELECT \"k\", \"x\" FROM \"m_t\"").await;
    assert_eq!(rows, [[Value::Int(7), Value::Int(5)]]);
    let again = database.reopened().await.migrate(&KNOWN, How::Safe).await;
    assert_eq!(again.expect("nothing to do"), []);
}

#[tokio::test]
async fn a_table_that_no_migration_made_is_refused() {
    let database = Database::make(On::Sqlite).await;
    let other = "CREATE TABLE \"m_t\" (\"k\" TEXT PRIMARY KEY) STRICT";
    database.run_all(&[other]).await;
    let error = database.migrate(&KNOWN, How::All).await;
    let error = error.expect_err("differs");
    assert!(matches!(error, DbError::SchemaDiffers { .. }), "{error}");
}
