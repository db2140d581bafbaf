//! What a database has applied, beside what a program knows.

use aliya_runtime::db::migrate::{Check, Class, History, How, MigrateError, Step};
use aliya_runtime::db::{DbError, Value};
use aliya_test_servers::On;

use crate::database::{Database, covered};
use crate::{migration, of, step};

static BEGIN: &[Step] = &[step(
    Class::Safe,
    &["CREATE TABLE m_t (k INTEGER NOT NULL, PRIMARY KEY (k))"],
)];
static MORE: &[Step] = &[step(
    Class::NeedsDefault,
    &["ALTER TABLE m_t ADD COLUMN x INTEGER NOT NULL DEFAULT 5"],
)];
static DROP: &[Step] = &[step(Class::Destroys, &["ALTER TABLE m_t DROP COLUMN x"])];

static FIRST: History = of(&[migration(1, "begin", BEGIN)]);
static SECOND: History = of(&[migration(1, "begin", BEGIN), migration(2, "more", MORE)]);
static THIRD: History = of(&[
    migration(1, "begin", BEGIN),
    migration(2, "more", MORE),
    migration(3, "less", DROP),
]);

/// A database that has applied a history.
async fn with(on: On, history: &'static History) -> Database {
    let database = Database::make(on).await;
    let done = database.migrate(history, How::All).await;
    done.unwrap_or_else(|error| panic!("{}: {error}", on.name()));
    database
}

async fn refused(database: &Database, history: &'static History, how: How) -> MigrateError {
    match database.migrate(history, how).await {
        Err(DbError::Migrate(error)) => error,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn what_is_applied_is_not_applied_again() {
    for on in covered() {
        let database = with(on, &FIRST).await;
        database.run_all(&["INSERT INTO m_t VALUES (7)"]).await;
        let done = database
            .migrate(&SECOND, How::All)
            .await
            .expect("the second");
        let names: Vec<_> = done.iter().map(|one| one.migration.as_str()).collect();
        assert_eq!(names, ["0002_more"]);
        let rows = database.rows("SELECT k, x FROM m_t").await;
        assert_eq!(rows, [[Value::Int(7), Value::Int(5)]]);
        let again = database.reopened().await.migrate(&SECOND, How::Safe).await;
        assert_eq!(again.expect("nothing to do"), []);
    }
}

#[tokio::test]
async fn an_older_program_is_refused() {
    for on in covered() {
        let database = with(on, &SECOND).await;
        for how in [How::Look, How::Safe, How::All] {
            let error = refused(&database, &FIRST, how).await;
            let said = error.to_string();
            assert!(matches!(error, MigrateError::Newer { .. }), "{said}");
            assert!(said.contains("0002_more of m"), "{said}");
            assert!(said.contains("its last one is 0001_begin"), "{said}");
        }
    }
}

#[tokio::test]
async fn history_is_not_edited() {
    static EDITED: &[Step] = &[step(
        Class::NeedsDefault,
        &["ALTER TABLE m_t ADD COLUMN x INTEGER NOT NULL DEFAULT 6"],
    )];
    static CHANGED: History = of(&[migration(1, "begin", BEGIN), migration(2, "more", EDITED)]);
    static RENAMED: History = of(&[migration(1, "begin", BEGIN), migration(2, "other", MORE)]);
    for on in covered() {
        let database = with(on, &SECOND).await;
        for history in [&CHANGED, &RENAMED] {
            let error = refused(&database, history, How::Safe).await;
            assert!(matches!(error, MigrateError::Edited { .. }), "{error}");
            let help = error.to_string();
            assert!(help.contains("Bring back migrations/0002_more"), "{help}");
        }
    }
}

/// How the lines of the SQL end is no edit: neither where the program was generated in a checkout with
/// other line ends than before, nor where an earlier version took them into its checksum.
#[tokio::test]
async fn line_ends_are_no_edit() {
    const SQL: [&str; 2] = [
        "CREATE TABLE m_t (\n  k INTEGER NOT NULL,\n  PRIMARY KEY (k)\n)",
        "CREATE TABLE m_t (\r\n  k INTEGER NOT NULL,\r\n  PRIMARY KEY (k)\r\n)",
    ];
    static UNIX: &[Step] = &[step(Class::Safe, &[SQL[0]])];
    static WINDOWS: &[Step] = &[step(Class::Safe, &[SQL[1]])];
    static HERE: History = of(&[migration(1, "begin", UNIX)]);
    static THERE: History = of(&[migration(1, "begin", WINDOWS)]);
    // Of the SQL with `\r\n`, and the bytes 0 and 1 behind it.
    let left = "UPDATE \"aliya$migration\" SET \"checksum\" = \
        '1a431702054056f5da94aff28aafc43bbcb2dda95e8360b8caeddfc36d646dba'";
    for on in covered() {
        for (first, second) in [(&HERE, &THERE), (&THERE, &HERE)] {
            let database = with(on, first).await;
            let again = database.migrate(second, How::Safe).await;
            assert_eq!(again.expect("nothing to do"), []);
            database.run_all(&[left]).await;
            let again = database.reopened().await.migrate(second, How::Safe).await;
            assert_eq!(again.expect("nothing to do"), []);
        }
    }
}

#[tokio::test]
async fn a_server_that_starts_leaves_to_an_operator_what_is_his() {
    for on in covered() {
        let database = with(on, &FIRST).await;
        let error = refused(&database, &THIRD, How::Safe).await;
        let said = error.to_string();
        assert!(matches!(error, MigrateError::Needed { .. }), "{said}");
        let what = "0002_more of m, 0003_less of m (what it does)";
        assert!(said.contains(what), "{said}");
        assert!(said.contains("run `aliya migrate`"), "{said}");
        // Not even what came before it was applied.
        let looked = database.migrate(&THIRD, How::Look).await.expect("a look");
        assert_eq!(looked.len(), 2);
        let done = database.migrate(&THIRD, How::All).await;
        assert_eq!(done.expect("all"), looked);
    }
}

/// What destroys nothing is applied at the start, where the database is the server's own.
#[tokio::test]
async fn a_server_that_starts_applies_on_sqlite_alone() {
    for on in covered() {
        let database = with(on, &FIRST).await;
        let done = database.migrate(&SECOND, How::Safe).await;
        match on {
            On::Sqlite => assert_eq!(done.expect("applied").len(), 1),
            On::Server(_) => {
                let needed = matches!(done, Err(DbError::Migrate(MigrateError::Needed { .. })));
                assert!(needed, "{done:?}");
            }
        }
    }
}

#[tokio::test]
async fn a_program_that_is_behind_itself_is_refused() {
    static BEHIND: History = History {
        owner: "m",
        migrations: &[],
        behind: Some("t: new table `t`"),
    };
    for on in covered() {
        let database = Database::make(on).await;
        let said = refused(&database, &BEHIND, How::Safe).await.to_string();
        let what = "(t: new table `t`): run `cargo xtask migrate`";
        assert!(said.contains(what), "{said}");
    }
}

#[tokio::test]
async fn rows_in_the_way_are_counted_and_nothing_is_kept() {
    static NARROW: &[Step] = &[Step {
        class: Class::Rewrites,
        what: "k is at most 7",
        checks: &[Check {
            what: "no k is above 7",
            query: "SELECT count(*) FROM m_t WHERE k > 7",
        }],
        statements: &["CREATE INDEX i ON m_t (k)", "DELETE FROM m_t"],
    }];
    static HISTORY: History = of(&[migration(1, "begin", BEGIN), migration(2, "less", NARROW)]);
    for on in covered() {
        let database = with(on, &FIRST).await;
        database
            .run_all(&["INSERT INTO m_t VALUES (7), (8), (9)"])
            .await;
        let before = database.schema().await;
        let looked = database.migrate(&HISTORY, How::Look).await.expect("a look");
        assert_eq!(looked[0].in_the_way, ["not so of 2: no k is above 7"]);
        let error = refused(&database, &HISTORY, How::All).await;
        let said = error.to_string();
        let counted = matches!(error, MigrateError::InTheWay { rows: 2, .. });
        assert!(counted && said.contains("Nothing was changed"), "{said}");
        assert_eq!(database.schema().await, before);
        database.run_all(&["DELETE FROM m_t WHERE k > 7"]).await;
        let done = database.migrate(&HISTORY, How::All).await;
        done.expect("no row is in the way");
        assert_ne!(database.schema().await, before);
    }
}
