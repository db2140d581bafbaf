//! Migrations that fail in their midst: undone where the database can do that, and gone on with at the
//! very statement where it cannot.

use aliya_runtime::db::migrate::{Class, History, How, MigrateError, Step};
use aliya_runtime::db::{DbError, Value};
use aliya_test_servers::{Kind, On};

use crate::database::{Database, covered};
use crate::{migration, of, step};

static BEGIN: &[Step] = &[step(
    Class::Safe,
    &[
        "CREATE TABLE m_t (k INTEGER NOT NULL, PRIMARY KEY (k))",
        "INSERT INTO m_t VALUES (1), (2)",
    ],
)];
/// The third statement wants a table that is not there.
static MORE: &[Step] = &[
    step(Class::Safe, &["ALTER TABLE m_t ADD COLUMN x INTEGER"]),
    step(
        Class::Rewrites,
        &[
            "UPDATE m_t SET k = k + 10",
            "INSERT INTO m_other SELECT k FROM m_t",
            "UPDATE m_t SET k = k + 100",
        ],
    ),
    step(Class::Safe, &["CREATE UNIQUE INDEX i ON m_t (x)"]),
];
static FIRST: History = of(&[migration(1, "begin", BEGIN)]);
static BOTH: History = of(&[migration(1, "begin", BEGIN), migration(2, "more", MORE)]);

async fn keys(database: &Database) -> Vec<Vec<Value>> {
    database.rows("SELECT k FROM m_t ORDER BY k").await
}

async fn fails(database: &Database) -> String {
    match database.migrate(&BOTH, How::All).await {
        Err(DbError::Migrate(error @ MigrateError::Failed { .. })) => error.to_string(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn what_fails_is_undone_or_gone_on_with() {
    for on in covered() {
        let database = Database::make(on).await;
        let begun = database.migrate(&FIRST, How::All).await;
        begun.expect("a beginning");
        let before = (keys(&database).await, database.schema().await);
        for _ in 0..2 {
            let said = fails(&database).await;
            assert!(said.contains("m_other"), "{said}");
            let now = (keys(&database).await, database.schema().await);
            match on {
                On::Server(Kind::Mariadb) => {
                    // Done as far as it went, and once: the first step, and a statement of the second.
                    assert_eq!(now.0, [[Value::Int(11)], [Value::Int(12)]]);
                    assert_ne!(now.1, before.1);
                }
                _ => assert_eq!(now, before),
            }
        }
        database
            .run_all(&["CREATE TABLE m_other (k INTEGER)"])
            .await;
        let done = database.migrate(&BOTH, How::All).await;
        done.unwrap_or_else(|error| panic!("{}: {error}", on.name()));
        assert_eq!(
            keys(&database).await,
            [[Value::Int(111)], [Value::Int(112)]]
        );
        let other = database.rows("SELECT k FROM m_other ORDER BY k").await;
        assert_eq!(other, [[Value::Int(11)], [Value::Int(12)]]);
        let again = database.migrate(&BOTH, How::All).await;
        assert_eq!(again.expect("nothing to do"), []);
    }
}

/// As where the process or the connection ends between a statement and the note of it.
#[tokio::test]
async fn a_statement_that_was_done_without_a_note_is_not_done_again() {
    let on = On::Server(Kind::Mariadb);
    if !covered().contains(&on) {
        return;
    }
    let database = Database::make(on).await;
    let begun = database.migrate(&FIRST, How::All).await;
    begun.expect("a beginning");
    // The last statement finds its index's name taken.
    let taken = [
        "CREATE TABLE m_other (k INTEGER)",
        "CREATE INDEX i ON m_t (k)",
    ];
    database.run_all(&taken).await;
    let said = fails(&database).await;
    assert!(said.contains("Duplicate key name"), "{said}");
    let done = ["DROP INDEX i ON m_t", "CREATE UNIQUE INDEX i ON m_t (x)"];
    database.run_all(&done).await;
    let done = database.migrate(&BOTH, How::All).await;
    assert_eq!(done.expect("it is there").len(), 1);
    assert_eq!(
        keys(&database).await,
        [[Value::Int(111)], [Value::Int(112)]]
    );
}
