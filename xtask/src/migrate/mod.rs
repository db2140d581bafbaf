//! `cargo xtask migrate`: from the tables as they were when the last migration was proposed to those
//! that are declared now: snapshot -> diff -> plan -> SQL.

mod alter;
mod columns;
pub mod command;
pub mod convert;
pub mod databases;
pub mod describe;
pub mod diff;
pub mod history;
pub mod mysql;
mod parts;
pub mod plan;
pub mod postgres;
mod references;
pub mod script;
mod server;
pub mod snapshot;
pub mod sqlite;
pub mod text;

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use self::databases::Each;
use self::history::History;
use self::script::Script;
use super::generate::command::understand;
use super::generate::ir::Game;

/// A plan as SQL for each database.
pub fn scripts(plan: &plan::Plan) -> Each<Script> {
    Each {
        sqlite: sqlite::script(plan),
        postgres: postgres::script(plan),
        mysql: mysql::script(plan),
    }
}

/// Whether a game's tables are not what its migrations make them; `false` also where it has none, or mistakes.
///
/// # Errors
/// Where its files cannot be read.
pub fn is_behind(root: &Path) -> anyhow::Result<bool> {
    let Some((game, _)) = understand(root, &mut io::sink())? else {
        return Ok(false);
    };
    let history = History::read(root)?;
    Ok(history.is_some_and(|history| !Status::of(history, &game).plan.is_empty()))
}

/// The migrations of a game beside what it declares now.
#[derive(Clone, Debug)]
pub struct Status {
    /// What was proposed so far.
    pub history: History,
    /// What is declared and no migration leads to.
    pub plan: plan::Plan,
}

impl Status {
    /// Compares what is declared with where the migrations lead.
    pub fn of(history: History, game: &Game) -> Self {
        let plan = diff::diff(&history.schema, &describe::declared(game));
        Self { history, plan }
    }

    /// Each table that no migration brings along, and how, in words.
    pub fn lacking(&self) -> impl Iterator<Item = String> {
        let tables = self.plan.tables.iter();
        tables.map(|table| format!("{}.{}: {}", table.manager, table.table, table.said()))
    }

    /// For each manager that no migration brings along: what is missing first, in words.
    pub fn behind(&self) -> BTreeMap<&str, String> {
        let mut behind = BTreeMap::new();
        for table in &self.plan.tables {
            let said = || format!("{}: {}", table.table, table.said());
            behind.entry(table.manager.as_str()).or_insert_with(said);
        }
        behind
    }
}
