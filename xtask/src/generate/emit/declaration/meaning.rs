//! What a function means by itself, without those that it calls.

use std::collections::BTreeSet;

use super::super::function;
use super::super::quote::quote;
use super::super::statements::Statements;
use super::super::tables::{describe, row_struct};
use super::super::tokens::TokenStream;
use super::super::types::Scope;
use super::definitions::{Definitions, canonical};
use super::{Hash, hash_of};
use crate::generate::ir::{Function, FunctionId, Game, ManagerId, TableId};

/// The hash of each function of a manager.
pub(super) fn of_manager(
    game: &Game,
    definitions: &Definitions,
    id: ManagerId,
) -> Vec<(FunctionId, Hash)> {
    let tables = tables(game, id);
    let functions = game.the_manager(id).functions.iter().enumerate();
    let hashes = functions.map(|(at, function)| {
        let hash = of_function(game, definitions, (id, &tables), function);
        (FunctionId(id, at), hash)
    });
    hashes.collect()
}

/// The hash of a function, as if the manager had no other one.
fn of_function(
    game: &Game,
    definitions: &Definitions,
    (manager, tables): (ManagerId, &TokenStream),
    function: &Function,
) -> Hash {
    // Who calls it is no part of what it means.
    let alone = Function {
        called: false,
        called_elsewhere: false,
        ..function.clone()
    };
    let mut scope = Scope::new(game, manager);
    let mut statements = Statements::new(&game.the_manager(manager).name, BTreeSet::new());
    let emitted = function::emit(&mut scope, &mut statements, None, &alone);
    let (structs, body) = (emitted.structs, emitted.body);
    let tokens = quote!(#structs #body #tables);
    let text = canonical(&tokens);
    let definitions = definitions.texts(&tokens);
    // Databases differ in how they say the same.
    let statements: Vec<_> = statements
        .uses()
        .map(|stated| stated.texts.sqlite)
        .collect();
    let statements = statements.iter().map(String::as_str);
    let parts = [game.time_zone.as_str(), text.as_str()];
    let parts = parts.into_iter().chain(definitions).chain(statements);
    hash_of(parts.map(str::as_bytes))
}

/// The rows of a manager's tables, and what holds for them. An index only makes them found faster.
fn tables(game: &Game, manager: ManagerId) -> TokenStream {
    let mut scope = Scope::new(game, manager);
    let tables = 0..game.the_manager(manager).tables.len();
    let tables = tables.map(|at| {
        let id = TableId(manager, at);
        let row = row_struct(&mut scope, id);
        let described = describe(game, id);
        let create = described.texts(|sql| sql.create_table()).sqlite;
        let unique = described.unique.iter();
        let unique = unique.map(|columns| {
            described
                .texts(|sql| sql.create_index(columns, true))
                .sqlite
        });
        let unique: Vec<_> = unique.collect();
        quote!(#row #create #(#unique)*)
    });
    tables.collect()
}
