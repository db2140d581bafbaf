//! What a plan calls safe writes no row anew.

use aliya_runtime::db::migrate::How;
use aliya_test_servers::{Kind, On};
use xtask::migrate::databases::{Database as Written, Each};
use xtask::migrate::diff::diff;
use xtask::migrate::plan::Class;
use xtask::migrate::script::Script;
use xtask::migrate::snapshot::Schema;

use crate::database::{Database, covered};
use crate::random::Random;
use crate::{declarations, history, scripts};

/// How many pairs of declarations are tried; on MariaDB, how many whose changes are all safe there.
const PAIRS: u64 = 2000;
const SAFE_PAIRS: usize = 25;

/// A declaration, and another one that can be made of it.
fn pair(seed: u64) -> Option<(Schema, Schema)> {
    let mut random = Random(seed);
    let old = declarations::schema(&mut random);
    let new = declarations::edited(&old, &mut random);
    let plan = diff(&old, &new);
    let done = plan.lines().all(|line| line.refused.is_none());
    (done && !plan.is_empty()).then_some((old, new))
}

fn is_safe(script: &Script) -> bool {
    let mut steps = script.managers.iter().flat_map(|(_, steps)| steps);
    steps.all(|step| step.class == Class::Safe)
}

#[test]
fn no_table_is_made_anew_and_no_type_changed() {
    let mut safe = [0; 2];
    for (old, new) in (0..PAIRS).filter_map(pair) {
        let all = scripts(&old, &new);
        let writes = [
            (Written::Sqlite, ["aliya$new$", "UPDATE"]),
            (Written::Postgres, [" TYPE ", " AS IDENTITY"]),
        ];
        for (at, (database, writes)) in writes.into_iter().enumerate() {
            let script = all.of(database);
            if !is_safe(script) {
                continue;
            }
            safe[at] += 1;
            let steps = script.managers.iter().flat_map(|(_, steps)| steps);
            let mut statements = steps.flat_map(|step| &step.statements);
            let found = statements.find(|text| {
                let makes = text.starts_with("CREATE TABLE") && !text.contains("aliya$new$");
                !makes && writes.iter().any(|word| text.contains(word))
            });
            assert_eq!(found, None, "{database}: {}", diff(&old, &new));
        }
    }
    assert!(safe.iter().all(|count| *count > 50), "{safe:?}");
}

/// MariaDB itself says whether it would copy the table.
#[tokio::test]
async fn mariadb_copies_no_table() {
    let on = On::Server(Kind::Mariadb);
    if !covered().contains(&on) {
        return;
    }
    let pairs = (0..PAIRS).filter_map(pair);
    let safe = pairs.filter(|(old, new)| is_safe(&scripts(old, new).mysql));
    let mut tried = 0;
    for (old, new) in safe.take(SAFE_PAIRS) {
        let database = Database::make(on).await;
        let begin = scripts(&Schema::default(), &old);
        let mut next = scripts(&old, &new);
        without_copies(&mut next);
        let done = database.migrate(history(&[begin, next]), How::All).await;
        done.unwrap_or_else(|error| panic!("{}: {error}", diff(&old, &new)));
        database.db.close().await.expect("a clean end");
        tried += 1;
    }
    assert_eq!(tried, SAFE_PAIRS);
}

/// Lets each statement that changes a table fail where the table would be copied.
fn without_copies(scripts: &mut Each<Script>) {
    let steps = scripts
        .mysql
        .managers
        .iter_mut()
        .flat_map(|(_, steps)| steps);
    for text in steps.flat_map(|step| &mut step.statements) {
        if text.starts_with("ALTER TABLE") && !text.contains(" RENAME TO ") {
            text.push_str(",\n  ALGORITHM=NOCOPY");
        } else if text.starts_with("CREATE INDEX") || text.starts_with("CREATE UNIQUE INDEX") {
            text.push_str(" ALGORITHM=NOCOPY");
        }
    }
}
