//! Migrations over real databases: what the generator proposes, applied by the runtime.

mod database;
mod declarations;
mod histories;
mod killed;
mod model;
mod programs;
mod random;
mod rows;
mod sqlite;
mod whole;

use aliya_runtime::db::migrate::{Check, Class, History, Migration, Step};
use xtask::migrate::script::Script;
use xtask::migrate::{plan, snapshot::Schema};

/// The manager of all declarations here.
const MANAGER: &str = "m";

/// A history of that manager's tables, for the rest of the test.
fn history(scripts: &[Script]) -> &'static History {
    let migrations = scripts.iter().zip(1..).map(|(script, number)| Migration {
        number,
        name: "changed",
        sqlite: steps(script),
    });
    Box::leak(Box::new(History {
        owner: MANAGER,
        migrations: migrations.collect::<Vec<_>>().leak(),
        behind: None,
    }))
}

fn steps(script: &Script) -> &'static [Step] {
    let steps = script.managers.iter().flat_map(|(_, steps)| steps);
    let steps = steps.map(|step| Step {
        class: class(step.class),
        what: step.what.clone().leak(),
        checks: step
            .checks
            .iter()
            .map(|check| Check {
                what: check.what.clone().leak(),
                query: check.query.clone().leak(),
            })
            .collect::<Vec<_>>()
            .leak(),
        statements: step
            .statements
            .iter()
            .map(|text| &*text.clone().leak())
            .collect::<Vec<_>>()
            .leak(),
    });
    steps.collect::<Vec<_>>().leak()
}

fn class(class: plan::Class) -> Class {
    match class {
        plan::Class::Safe => Class::Safe,
        plan::Class::NeedsDefault => Class::NeedsDefault,
        plan::Class::Rewrites => Class::Rewrites,
        plan::Class::Destroys => Class::Destroys,
    }
}

/// What leads from one schema to another, by way of the file that people review.
fn script(from: &Schema, to: &Schema) -> Script {
    let script = xtask::migrate::sqlite::script(&xtask::migrate::diff::diff(from, to));
    Script::read(&script.text("A test's.")).expect("what was written reads")
}
