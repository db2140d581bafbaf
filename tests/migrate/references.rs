//! Rows that refer to rows of other tables.

use std::collections::BTreeMap;

use aliya_runtime::db::DbError;
use aliya_runtime::db::migrate::How;
use aliya_test_servers::On;
use xtask::migrate::diff::{diff, merged};
use xtask::migrate::snapshot::{Column, Constant, Reference, Schema, Shape, Table};

use crate::database::{Database, covered};
use crate::random::Random;
use crate::{MANAGER, column, declarations, history, scripts};

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
    for on in covered() {
        let database = Database::make(on).await;
        let declarations = [
            family("parent", "name", (None, None), 9),
            family("parent", "name", (None, None), 8),
            family("elder", "number", (Some("parent"), Some("name")), 8),
        ];
        let mut written = vec![scripts(&Schema::default(), &declarations[0])];
        database
            .migrate(history(&written), How::All)
            .await
            .expect("a beginning");
        for insert in [
            "INSERT INTO \"m_parent\" VALUES (1, 8), (2, 8)",
            "INSERT INTO \"m_child\" VALUES (5, 1), (6, 2)",
        ] {
            database.run(insert, Vec::new()).await.expect("rows");
        }
        for pair in declarations.windows(2) {
            written.push(scripts(&pair[0], &pair[1]));
            let done = database.migrate(history(&written), How::All).await;
            done.unwrap_or_else(|error| panic!("{error}: {written:#?}"));
            let rows = database.rows("SELECT \"k\", \"of\" FROM \"m_child\"").await;
            assert_eq!(rows.len(), 2);
        }
        let delete = "DELETE FROM \"m_elder\" WHERE \"number\" = 1";
        let refused = database.run(delete, Vec::new()).await;
        assert!(
            matches!(refused, Err(DbError::Constraint { .. })),
            "{refused:?}"
        );
        let afresh = Database::make(on).await;
        let at_once = history(&[scripts(&Schema::default(), &declarations[2])]);
        afresh
            .migrate(at_once, How::All)
            .await
            .expect("a beginning");
        assert_eq!(database.schema().await, afresh.schema().await);
    }
}

#[tokio::test]
async fn a_row_that_names_none_stops_a_new_reference() {
    for on in covered() {
        let database = Database::make(on).await;
        let with = family("parent", "name", (None, None), 9);
        let mut without = with.clone();
        let tables = without.managers.get_mut(MANAGER).expect("a manager");
        tables.get_mut("child").expect("a table").references.clear();
        let mut written = vec![scripts(&Schema::default(), &without)];
        database
            .migrate(history(&written), How::All)
            .await
            .expect("a beginning");
        let insert = "INSERT INTO \"m_child\" VALUES (5, 1)";
        database.run(insert, Vec::new()).await.expect("a row");
        written.push(scripts(&without, &with));
        let error = database
            .migrate(history(&written), How::All)
            .await
            .expect_err("an orphan");
        let said = match on {
            On::Sqlite => "of `m_child` among others",
            On::Server(_) => "every row of `child` refers to one of `parent`, or to none",
        };
        assert!(error.to_string().contains(said), "{error}");
        let insert = "INSERT INTO \"m_parent\" VALUES (1, 1)";
        database.run(insert, Vec::new()).await.expect("its parent");
        database
            .migrate(history(&written), How::All)
            .await
            .expect("no orphan");
    }
}

/// How many paths are tried on each database.
const PATHS: u64 = 20;

/// Whatever becomes of tables, columns and keys that references rest on.
#[tokio::test]
async fn random_references_end_where_a_new_database_begins() {
    for on in covered() {
        let mut moved = 0;
        for seed in 0..PATHS {
            let mut random = Random(seed);
            let first = declarations::schema(&mut random);
            let mut known = declarations::with_references(&first, &mut random);
            let mut written = vec![scripts(&Schema::default(), &known)];
            for _ in 0..3 {
                let next = declarations::edited(&known, &mut random);
                let next = declarations::with_references(&next, &mut random);
                let plan = diff(&known, &next);
                if plan.is_empty() || plan.lines().any(|line| line.refused.is_some()) {
                    continue;
                }
                moved += plan.references_off.len().min(plan.references_on.len());
                written.push(scripts(&known, &next));
                known = merged(&known, &next);
            }
            let database = Database::make(on).await;
            let done = database.migrate(history(&written), How::All).await;
            done.unwrap_or_else(|error| panic!("{} seed {seed}: {error} {written:#?}", on.name()));
            let afresh = Database::make(on).await;
            let at_once = history(&[scripts(&Schema::default(), &known)]);
            let begun = afresh.migrate(at_once, How::All).await;
            begun.unwrap_or_else(|error| panic!("{} seed {seed}: {error}", on.name()));
            assert_eq!(
                database.schema().await,
                afresh.schema().await,
                "{} seed {seed}: {written:#?}",
                on.name()
            );
            database.db.close().await.expect("a clean end");
            afresh.db.close().await.expect("a clean end");
        }
        assert!(moved > 5, "{moved}");
    }
}
