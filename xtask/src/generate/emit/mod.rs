//! The typed IR as files: the crate `generated`. Emitting cannot fail and decides nothing about the
//! game; a panic here is a mistake of the generator.

mod after;
mod allow;
mod body;
mod builtins;
mod calls;
mod changes;
mod code;
mod config;
mod draw;
mod explain;
mod expr;
mod foreign;
mod formulas;
mod function;
mod game;
mod literal;
mod lookup;
mod loops;
mod manager;
mod many;
mod measures;
mod migrations;
mod native;
mod operators;
mod params;
mod print;
mod quote;
mod reads;
mod records;
mod runs;
mod shapes;
mod statements;
mod steps;
mod tables;
mod template;
mod to_tokens;
mod tokens;
mod types;
mod uses;
mod writes;

pub use explain::{Stated, statements_of};

use std::collections::BTreeMap;

use aliya_macros_core::names;

use super::ir::{Game, ManagerId};
use super::parallel;
use super::source::Sources;
use crate::migrate::Status;

/// The files of the generated crate, by path in it with `/`, and their texts.
pub type Files = BTreeMap<String, String>;

/// Writes a game down that has no migrations.
pub fn emit(game: &Game, sources: &Sources) -> Files {
    emit_with(game, sources, None)
}

/// Writes a game down, with its migrations.
pub fn emit_with(game: &Game, sources: &Sources, status: Option<&Status>) -> Files {
    let migrates = status.is_some();
    let mut files = Files::from([
        ("Cargo.toml".to_owned(), game::CARGO_TOML.to_owned()),
        ("rustfmt.toml".to_owned(), game::RUSTFMT_TOML.to_owned()),
        ("src/enums.rs".to_owned(), game::enums(game)),
        ("src/lib.rs".to_owned(), game::root(game, migrates)),
        ("src/routes.rs".to_owned(), game::routes(game)),
    ]);
    files.extend(managers(game, sources, migrates));
    if let Some(status) = status {
        files.insert(
            "src/migrations.rs".to_owned(),
            migrations::file(game, status),
        );
    }
    if !game.records.is_empty() {
        files.insert("src/types.rs".to_owned(), records::file(game));
    }
    if !game.formulas.is_empty() {
        files.insert("src/formulas.rs".to_owned(), formulas::file(game, sources));
    }
    if !game.config.is_empty() {
        files.insert("src/config.rs".to_owned(), config::file(game));
    }
    files
}

/// The managers' modules.
fn managers(game: &Game, sources: &Sources, migrates: bool) -> Files {
    let ids: Vec<_> = (0..game.managers.len()).map(ManagerId).collect();
    let modules = parallel::map(
        &ids,
        || (),
        |(), &id| {
            let module = names::module_name(&game.the_manager(id).name);
            let path = format!("src/{}.rs", names::plain(&module));
            (path, manager::emit(game, sources, id, migrates))
        },
    );
    modules.into_iter().collect()
}
