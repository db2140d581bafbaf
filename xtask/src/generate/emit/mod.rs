//! The typed IR as files: the package `generated` and those below it. Emitting cannot fail and decides
//! nothing about the game; a panic here is a mistake of the generator.

mod after;
mod allow;
mod body;
mod bounds;
mod builtins;
mod calls;
mod changes;
mod code;
mod config;
mod declaration;
mod draw;
mod explain;
mod expr;
mod foreign;
mod formulas;
mod function;
mod game;
mod imports;
mod literal;
mod lookup;
mod loops;
mod manager;
mod many;
mod measures;
mod migrations;
mod mutable;
mod native;
mod operators;
mod packages;
mod params;
mod print;
mod quote;
mod reads;
mod records;
mod renewed;
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

/// The files of generated/, by path in it with `/`, and their texts.
pub type Files = BTreeMap<String, String>;

/// Writes a game down that has no migrations.
pub fn emit(game: &Game, sources: &Sources) -> Files {
    emit_with(game, sources, None)
}

/// Writes a game down, with its migrations.
pub fn emit_with(game: &Game, sources: &Sources, status: Option<&Status>) -> Files {
    let mut shared = vec![(packages::CALLS, None)];
    if !game.config.is_empty() {
        shared.push(("config", Some(config::file(game))));
    }
    shared.push(("enums", Some(game::enums(game))));
    if !game.formulas.is_empty() {
        shared.push(("formulas", Some(formulas::file(game, sources))));
    }
    if let Some(status) = status {
        let histories = migrations::file(game, status);
        shared.push((packages::MIGRATIONS, Some(histories)));
    }
    if !game.records.is_empty() {
        shared.push(("types", Some(records::file(game))));
    }
    let names: Vec<_> = shared.iter().map(|(name, _)| *name).collect();
    let mut files = packages::files(game, &names);
    files.insert("src/lib.rs".to_owned(), game::root(game, &names));
    files.insert("src/routes.rs".to_owned(), game::routes(game));
    for (name, text) in shared {
        files.extend(text.map(|text| (packages::in_shared(name), text)));
    }
    files.extend(managers(game, sources, status.is_some()));
    packages::seal(&mut files);
    files
}

/// The managers' modules, and what others call of them.
fn managers(game: &Game, sources: &Sources, migrates: bool) -> Files {
    let ids: Vec<_> = (0..game.managers.len()).map(ManagerId).collect();
    let declarations = declaration::all(game);
    let modules = parallel::map(
        &ids,
        || (),
        |(), &id| manager::emit(game, sources, &declarations, id, migrates),
    );
    let mut files = Files::new();
    let mut called = Vec::new();
    let parts = packages::parts(game);
    for (&id, module) in ids.iter().zip(modules) {
        let manager = &game.the_manager(id).name;
        let name = names::module_name(manager);
        let part = parts.iter().position(|part| part.contains(&id));
        files.insert(
            packages::in_part(part.unwrap_or_default(), manager),
            module.text,
        );
        if let Some(calls) = module.calls {
            let module = format!("{}/{}", packages::CALLS, names::plain(&name));
            files.insert(packages::in_shared(&module), calls);
            called.push(name);
        }
    }
    let root = format!("{}/mod", packages::CALLS);
    files.insert(packages::in_shared(&root), game::calls(&called));
    files
}
