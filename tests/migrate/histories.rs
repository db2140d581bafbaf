//! What a database has applied, beside what a program knows.

use aliya_runtime::db::migrate::{Check, Class, History, How, MigrateError, Migration, Step};
use aliya_runtime::db::{DbError, Statement, Value};

use crate::database::{Database, Kind, Sqlite};

static CREATE: Statement = Statement {
    name: "test.create",
    sqlite: "CREATE TABLE \"m_t\" (\n  \"k\" INTEGER NOT NULL,\n  PRIMARY KEY (\"k\")\n) STRICT",
    ..Statement::SQLITE_ALONE
};

const fn step(class: Class, statements: &'static [&'static str]) -> Step {
    Step {
        class,
        what: "what it does",
        checks: &[],
        statements,
    }
}

const fn migration(number: u32, name: &'static str, sqlite: &'static [Step]) -> Migration {
    Migration {
        number,
        name,
        sqlite,
    }
}

const fn of(migrations: &'static [Migration]) -> History {
    History {
        owner: "m",
        migrations,
        behind: None,
    }
}

static BEGIN: &[Step] = &[step(Class::Safe, &[CREATE.sqlite])];
static MORE: &[Step] = &[step(
    Class::NeedsDefault,
    &["ALTER TABLE \"m_t\" ADD COLUMN \"x\" INTEGER NOT NULL DEFAULT 5"],
)];
static DROP: &[Step] = &[step(
    Class::Destroys,
    &["ALTER TABLE \"m_t\" DROP COLUMN \"x\""],
)];

static FIRST: History = of(&[migration(1, "begin", BEGIN)]);
static SECOND: History = of(&[migration(1, "begin", BEGIN), migration(2, "more", MORE)]);
static THIRD: History = of(&[
    migration(1, "begin", BEGIN),
    migration(2, "more", MORE),
    migration(3, "less", DROP),
]);

async fn refused(database: &Database, history: &'static History, how: How) -> MigrateError {
    match database.migrate(history, how).await {
        Err(DbError::Migrate(error)) => error,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn tables_from_before_migrations_are_taken_over() {
    let database = Sqlite::make().await;
    static SCHEMA: &[&Statement] = &[&CREATE];
    database.db.create(SCHEMA).await.expect("a table");
    let insert = "INSERT INTO \"m_t\" VALUES (7)";
    database
        .run::<Sqlite>(insert, Vec::new())
        .await
        .expect("a row");
    let done = database.migrate(&SECOND, How::Safe).await.expect("both");
    let names: Vec<_> = done.iter().map(|one| one.migration.as_str()).collect();
    assert_eq!(names, ["0001_begin", "0002_more"]);
    let rows = database
        .rows::<Sqlite>("SELECT \"k\", \"x\" FROM \"m_t\"")
        .await;
    assert_eq!(rows, [[Value::Int(7), Value::Int(5)]]);
    let again = database.reopened().await.migrate(&SECOND, How::Safe).await;
    assert_eq!(again.expect("nothing to do"), []);
}

#[tokio::test]
async fn a_table_that_no_migration_made_is_refused() {
    let database = Sqlite::make().await;
    let other = "CREATE TABLE \"m_t\" (\"k\" TEXT PRIMARY KEY) STRICT";
    database
        .run::<Sqlite>(other, Vec::new())
        .await
        .expect("a table");
    let error = database
        .migrate(&FIRST, How::All)
        .await
        .expect_err("differs");
    assert!(matches!(error, DbError::SchemaDiffers { .. }), "{error}");
}

#[tokio::test]
async fn an_older_program_is_refused() {
    let database = Sqlite::make().await;
    database.migrate(&SECOND, How::All).await.expect("both");
    for how in [How::Look, How::Safe, How::All] {
        let error = refused(&database, &FIRST, how).await;
        let said = error.to_string();
        assert!(matches!(error, MigrateError::Newer { .. }), "{said}");
        assert!(said.contains("0002_more of m"), "{said}");
        assert!(said.contains("its last one is 0001_begin"), "{said}");
    }
}

#[tokio::test]
async fn history_is_not_edited() {
    static EDITED: &[Step] = &[step(
        Class::NeedsDefault,
        &["ALTER TABLE \"m_t\" ADD COLUMN \"x\" INTEGER NOT NULL DEFAULT 6"],
    )];
    static CHANGED: History = of(&[migration(1, "begin", BEGIN), migration(2, "more", EDITED)]);
    static RENAMED: History = of(&[migration(1, "begin", BEGIN), migration(2, "other", MORE)]);
    let database = Sqlite::make().await;
    database.migrate(&SECOND, How::All).await.expect("both");
    for history in [&CHANGED, &RENAMED] {
        let error = refused(&database, history, How::Safe).await;
        assert!(matches!(error, MigrateError::Edited { .. }), "{error}");
        let help = error.to_string();
        assert!(help.contains("Bring back migrations/0002_more"), "{help}");
    }
}

#[tokio::test]
async fn data_is_destroyed_by_an_operator_alone() {
    let database = Sqlite::make().await;
    database
        .migrate(&FIRST, How::All)
        .await
        .expect("a beginning");
    let error = refused(&database, &THIRD, How::Safe).await;
    let said = error.to_string();
    assert!(matches!(error, MigrateError::Needed { .. }), "{said}");
    assert!(
        said.contains("0002_more of m, 0003_less of m (what it does)"),
        "{said}"
    );
    // Not even what came before it was applied.
    let looked = database.migrate(&THIRD, How::Look).await.expect("a look");
    assert_eq!(looked.len(), 2);
    assert_eq!(
        database.migrate(&THIRD, How::All).await.expect("all"),
        looked
    );
}

#[tokio::test]
async fn a_program_that_is_behind_itself_is_refused() {
    static BEHIND: History = History {
        owner: "m",
        migrations: &[],
        behind: Some("t: new table `t`"),
    };
    let database = Sqlite::make().await;
    let said = refused(&database, &BEHIND, How::Safe).await.to_string();
    assert!(
        said.contains("(t: new table `t`): run `cargo xtask migrate`"),
        "{said}"
    );
}

#[tokio::test]
async fn rows_in_the_way_are_counted_and_nothing_is_kept() {
    static NARROW: &[Step] = &[
        step(Class::Safe, &["CREATE INDEX \"i\" ON \"m_t\" (\"k\")"]),
        Step {
            class: Class::Rewrites,
            what: "k is at most 7",
            checks: &[Check {
                what: "no k is above 7",
                query: "SELECT count(*) FROM \"m_t\" WHERE \"k\" > 7",
            }],
            statements: &["DELETE FROM \"m_t\""],
        },
    ];
    static HISTORY: History = of(&[migration(1, "begin", BEGIN), migration(2, "less", NARROW)]);
    let database = Sqlite::make().await;
    database
        .migrate(&FIRST, How::All)
        .await
        .expect("a beginning");
    let insert = "INSERT INTO \"m_t\" VALUES (7), (8), (9)";
    database
        .run::<Sqlite>(insert, Vec::new())
        .await
        .expect("rows");
    let looked = database.migrate(&HISTORY, How::Look).await.expect("a look");
    assert_eq!(looked[0].in_the_way, ["not so of 2: no k is above 7"]);
    let error = refused(&database, &HISTORY, How::All).await;
    assert!(
        matches!(error, MigrateError::InTheWay { rows: 2, .. }),
        "{error}"
    );
    let indexes = "SELECT count(*) FROM \"sqlite_schema\" WHERE \"name\" = 'i'";
    assert_eq!(database.rows::<Sqlite>(indexes).await, [[Value::Int(0)]]);
    let delete = "DELETE FROM \"m_t\" WHERE \"k\" > 7";
    database
        .run::<Sqlite>(delete, Vec::new())
        .await
        .expect("fewer rows");
    database
        .migrate(&HISTORY, How::All)
        .await
        .expect("no row is in the way");
}

#[tokio::test]
async fn a_step_that_fails_keeps_nothing() {
    static WRONG: &[Step] = &[step(
        Class::Rewrites,
        &[
            "DROP TABLE \"m_t\"",
            "CREATE TABLE \"m_t\" (\"k\" NONSENSE) STRICT",
        ],
    )];
    static HISTORY: History = of(&[migration(1, "begin", BEGIN), migration(2, "wrong", WRONG)]);
    let database = Sqlite::make().await;
    database
        .migrate(&FIRST, How::All)
        .await
        .expect("a beginning");
    let insert = "INSERT INTO \"m_t\" VALUES (7)";
    database
        .run::<Sqlite>(insert, Vec::new())
        .await
        .expect("a row");
    let error = refused(&database, &HISTORY, How::All).await;
    assert!(matches!(error, MigrateError::Failed { .. }), "{error}");
    let rows = database.rows::<Sqlite>("SELECT \"k\" FROM \"m_t\"").await;
    assert_eq!(rows, [[Value::Int(7)]]);
}
