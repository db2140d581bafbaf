//! Random pairs of declarations, with random rows: what should survive has, and step by step equals
//! afresh.

use std::collections::BTreeMap;

use aliya_runtime::db::DbError;
use aliya_runtime::db::migrate::{How, MigrateError};
use aliya_test_servers::On;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use xtask::migrate::databases::Each;
use xtask::migrate::diff::{diff, merged};
use xtask::migrate::script::Script;
use xtask::migrate::snapshot::{Schema, Tables};

use crate::database::{Database, covered};
use crate::random::Random;
use crate::rows::{self, Row};
use crate::{MANAGER, declarations, history, model, scripts};

/// A migration on a random path that has this many declarations.
const DECLARATIONS: usize = 3;

/// How many paths are tried on SQLite, and on each server, where making a database takes longer.
const CASES: [u32; 2] = [96, 24];

#[test]
fn values_survive_and_the_way_does_not_matter() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build();
    let runtime = runtime.expect("a runtime");
    for on in covered() {
        let cases = CASES[usize::from(on != On::Sqlite)];
        let mut runner = TestRunner::new(ProptestConfig {
            cases,
            failure_persistence: None,
            ..ProptestConfig::default()
        });
        let done = runner.run(&any::<u64>(), |seed| {
            runtime.block_on(check(on, seed));
            Ok(())
        });
        done.unwrap_or_else(|error| panic!("{}: {error}", on.name()));
    }
}

async fn check(on: On, seed: u64) {
    let mut random = Random(seed);
    let mut known = declarations::schema(&mut random);
    let mut written = vec![scripts(&Schema::default(), &known)];
    let database = Database::make(on).await;
    let made = database.migrate(history(&written), How::All).await;
    made.unwrap_or_else(|error| panic!("seed {seed}: {error}"));
    for _ in 1..DECLARATIONS {
        let next = declarations::edited(&known, &mut random);
        let plan = diff(&known, &next);
        // Which row gets which number is the database's business.
        let numbers = plan.lines().any(|it| it.what.ends_with("numbers the rows"));
        if plan.is_empty() || numbers || plan.lines().any(|line| line.refused.is_some()) {
            continue;
        }
        let rows = fill(&database, tables(&known), &mut random).await;
        written.push(scripts(&known, &next));
        let expected = expected(tables(&known), tables(&next), &rows);
        let done = database.migrate(history(&written), How::All).await;
        let said = format!("seed {seed}\n{plan}\n{written:#?}\n{rows:#?}\n{done:?}");
        match expected {
            Ok(expected) => {
                assert!(done.is_ok(), "{said}");
                for (name, table) in tables(&next) {
                    let stored = rows::stored(&database, name, table).await;
                    assert_eq!(
                        stored,
                        rows::sorted(expected[name].clone()),
                        "{name}: {said}"
                    );
                }
                known = merged(&known, &next);
            }
            Err(model::InTheWay) => {
                let Err(DbError::Migrate(MigrateError::InTheWay { .. })) = done else {
                    panic!("{said}");
                };
                for (name, table) in tables(&known) {
                    let stored = rows::stored(&database, name, table).await;
                    assert_eq!(stored, rows::sorted(rows[name].clone()), "{name}: {said}");
                }
                written.pop();
            }
        }
        empty(&database, tables(&known)).await;
    }
    same_as_afresh(&database, &known, &written).await;
}

/// The database, one that went the same way empty, and one that began with the last declaration.
async fn same_as_afresh(database: &Database, known: &Schema, written: &[Each<Script>]) {
    let afresh = Database::make(database.on).await;
    let at_once = history(&[scripts(&Schema::default(), known)]);
    afresh
        .migrate(at_once, How::All)
        .await
        .expect("a beginning");
    let steps = Database::make(database.on).await;
    steps
        .migrate(history(written), How::Look)
        .await
        .expect("a look");
    steps
        .migrate(history(written), How::All)
        .await
        .expect("all steps");
    let wanted = afresh.schema().await;
    assert_eq!(database.schema().await, wanted, "{written:#?}");
    assert_eq!(steps.schema().await, wanted, "{written:#?}");
}

fn tables(schema: &Schema) -> &Tables {
    &schema.managers[MANAGER]
}

async fn fill(
    database: &Database,
    tables: &Tables,
    random: &mut Random,
) -> BTreeMap<String, Vec<Row>> {
    let mut all = BTreeMap::new();
    for (name, table) in tables {
        let rows = rows::rows(table, random);
        rows::insert(database, name, table, &rows).await;
        all.insert(name.clone(), rows);
    }
    all
}

async fn empty(database: &Database, tables: &Tables) {
    for name in tables.keys() {
        let name = aliya_macros_core::names::sql_table(MANAGER, name);
        let done = database
            .run(&format!("DELETE FROM \"{name}\""), Vec::new())
            .await;
        done.expect("an empty table");
    }
}

fn expected(
    old: &Tables,
    new: &Tables,
    rows: &BTreeMap<String, Vec<Row>>,
) -> Result<BTreeMap<String, Vec<Row>>, model::InTheWay> {
    let tables = new.iter().map(|(name, table)| {
        let rows = match model::source_of_table(old, new, name) {
            Some(source) => model::migrated(&old[source], table, &rows[source])?,
            None => Vec::new(),
        };
        Ok((name.clone(), rows))
    });
    tables.collect()
}
