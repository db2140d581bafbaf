//! Migrations over real databases, each of those that the run covers: what the generator proposes,
//! applied by the runtime.

mod classes;
mod database;
mod declarations;
mod histories;
mod interrupted;
mod killed;
mod model;
mod names;
mod numbers;
mod programs;
mod random;
mod references;
mod rows;
mod sqlite;
mod waiting;
mod whole;

use aliya_runtime::db::migrate::{Check, Class, History, Migration, Step};
use xtask::migrate::databases::Each;
use xtask::migrate::plan;
use xtask::migrate::script::Script;
use xtask::migrate::snapshot::{Column, Schema, Shape};

/// The manager of all declarations here.
const MANAGER: &str = "m";

/// A history of that manager's tables, for the rest of the test.
fn history(scripts: &[Each<Script>]) -> &'static History {
    history_of(MANAGER, scripts)
}

/// The same of another manager.
fn history_of(owner: &str, scripts: &[Each<Script>]) -> &'static History {
    let migrations = scripts.iter().zip(1..).map(|(each, number)| Migration {
        number,
        name: "changed",
        sqlite: steps(&each.sqlite),
        postgres: steps(&each.postgres),
        mysql: steps(&each.mysql),
    });
    Box::leak(Box::new(History {
        owner: owner.to_owned().leak(),
        migrations: migrations.collect::<Vec<_>>().leak(),
        behind: None,
    }))
}

/// A migration that is the same in every database.
const fn migration(number: u32, name: &'static str, steps: &'static [Step]) -> Migration {
    Migration {
        number,
        name,
        sqlite: steps,
        postgres: steps,
        mysql: steps,
    }
}

/// A step without checks.
const fn step(class: Class, statements: &'static [&'static str]) -> Step {
    Step {
        class,
        what: "what it does",
        checks: &[],
        statements,
    }
}

const fn of(migrations: &'static [Migration]) -> History {
    History {
        owner: MANAGER,
        migrations,
        behind: None,
    }
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

/// What leads from one schema to another, by way of the files that people review.
fn scripts(from: &Schema, to: &Schema) -> Each<Script> {
    let written = xtask::migrate::scripts(&xtask::migrate::diff::diff(from, to));
    Each::new(|database| {
        let text = written.of(database).text("A test's.");
        Script::read(&text).expect("what was written reads")
    })
}

fn column(name: &str, shape: Shape) -> Column {
    Column {
        name: name.to_owned(),
        shape,
        optional: false,
        min: None,
        max: None,
        default: None,
        was: None,
    }
}
