//! Random pairs of declarations, with random rows: what should survive has, and step by step equals
//! afresh.

use std::collections::BTreeMap;

use aliya_runtime::db::DbError;
use aliya_runtime::db::migrate::{How, MigrateError};
use proptest::prelude::*;
use xtask::migrate::diff::{diff, merged};
use xtask::migrate::snapshot::{Schema, Tables};

use crate::database::{Database, Kind, Sqlite};
use crate::random::Random;
use crate::rows::{self, Row};
use crate::{MANAGER, declarations, history, model, script};

/// A migration on a random path that has this many declarations.
const DECLARATIONS: usize = 3;

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn values_survive_and_the_way_does_not_matter(seed: u64) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        runtime.expect("a runtime").block_on(check::<Sqlite>(seed));
    }
}

async fn check<K: Kind>(seed: u64) {
    let mut random = Random(seed);
    let mut known = declarations::schema(&mut random);
    let mut scripts = vec![script(&Schema::default(), &known)];
    let database = K::make().await;
    let made = database.migrate(history(&scripts), How::All).await;
    made.unwrap_or_else(|error| panic!("seed {seed}: {error}"));
    for _ in 1..DECLARATIONS {
        let next = declarations::edited(&known, &mut random);
        let plan = diff(&known, &next);
        // Which row gets which number is the database's business.
        let numbers = plan.lines().any(|it| it.what.ends_with("numbers the rows"));
        if plan.is_empty() || numbers || plan.lines().any(|line| line.refused.is_some()) {
            continue;
        }
        let rows = fill::<K>(&database, tables(&known), &mut random).await;
        scripts.push(script(&known, &next));
        let expected = expected(tables(&known), tables(&next), &rows);
        let done = database.migrate(history(&scripts), How::All).await;
        let said = format!("seed {seed}\n{plan}\n{scripts:#?}\n{rows:#?}\n{done:?}");
        match expected {
            Ok(expected) => {
                assert!(done.is_ok(), "{said}");
                for (name, table) in tables(&next) {
                    let stored = rows::stored::<K>(&database, name, table).await;
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
                    let stored = rows::stored::<K>(&database, name, table).await;
                    assert_eq!(stored, rows::sorted(rows[name].clone()), "{name}: {said}");
                }
                scripts.pop();
            }
        }
        empty::<K>(&database, tables(&known)).await;
    }
    same_as_afresh::<K>(&database, &known, &scripts).await;
}

/// The database, one that went the same way empty, and one that began with the last declaration.
async fn same_as_afresh<K: Kind>(
    database: &Database,
    known: &Schema,
    scripts: &[xtask::migrate::script::Script],
) {
    let afresh = K::make().await;
    let at_once = history(&[script(&Schema::default(), known)]);
    afresh
        .migrate(at_once, How::All)
        .await
        .expect("a beginning");
    let steps = K::make().await;
    steps
        .migrate(history(scripts), How::Look)
        .await
        .expect("a look");
    steps
        .migrate(history(scripts), How::All)
        .await
        .expect("all steps");
    let wanted = K::schema(&afresh.db).await;
    assert_eq!(K::schema(&database.db).await, wanted, "{scripts:#?}");
    assert_eq!(K::schema(&steps.db).await, wanted, "{scripts:#?}");
}

fn tables(schema: &Schema) -> &Tables {
    &schema.managers[MANAGER]
}

async fn fill<K: Kind>(
    database: &Database,
    tables: &Tables,
    random: &mut Random,
) -> BTreeMap<String, Vec<Row>> {
    let mut all = BTreeMap::new();
    for (name, table) in tables {
        let rows = rows::rows(table, random);
        rows::insert::<K>(database, name, table, &rows).await;
        all.insert(name.clone(), rows);
    }
    all
}

async fn empty<K: Kind>(database: &Database, tables: &Tables) {
    for name in tables.keys() {
        let name = aliya_macros_core::names::sql_table(MANAGER, name);
        let done = database
            .run::<K>(&format!("DELETE FROM \"{name}\""), Vec::new())
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
