//! The typed IR as files: the crate `generated`. Emitting cannot fail and decides nothing about the
//! game; a panic here is a mistake of the generator.

mod body;
mod builtins;
mod calls;
mod code;
mod expr;
mod function;
mod game;
mod literal;
mod manager;
mod operators;
mod params;
mod print;
mod reads;
mod records;
mod shapes;
mod statements;
mod steps;
mod tables;
mod template;
mod types;
mod uses;
mod writes;

use std::collections::BTreeMap;

use aliya_macros_core::names;

use super::ir::{Game, ManagerId};
use super::source::Sources;

/// The files of the generated crate, by path in it with `/`, and their texts.
pub type Files = BTreeMap<String, String>;

/// Writes a game down.
pub fn emit(game: &Game, sources: &Sources) -> Files {
    let mut files = Files::from([
        ("Cargo.toml".to_owned(), game::CARGO_TOML.to_owned()),
        ("rustfmt.toml".to_owned(), game::RUSTFMT_TOML.to_owned()),
        ("src/enums.rs".to_owned(), game::enums(game)),
        ("src/lib.rs".to_owned(), game::root(game)),
        ("src/routes.rs".to_owned(), game::routes(game)),
    ]);
    if !game.records.is_empty() {
        files.insert("src/types.rs".to_owned(), records::file(game));
    }
    for (at, declared) in game.managers.iter().enumerate() {
        let module = names::module_name(&declared.name);
        let path = format!("src/{}.rs", names::plain(&module));
        files.insert(path, manager::emit(game, sources, ManagerId(at)));
    }
    files
}
