//! What the declaration means: names become ids, expressions get types, and everything that does not
//! fit is said. Runs in this order, each part using only those before it:
//!
//! `declare` (what there is), `collide` (names that cannot stand side by side), `tables` and `fields`
//! (columns, args), `statuses` (errors, outcomes), `graph` (who calls whom), then every function, the
//! called before the caller, because a call's type is the reply that the called function returns, and
//! what runs after a function (`after`) before that one's callers, because it is a part of it; last,
//! over the functions as they were understood, `order` (reads, takes, writes, gives) and `long_replies`.
//!
//! A part that is wrong becomes `None` and is said once; whatever needs it becomes `None` silently.

mod after;
mod allow;
mod body;
mod builtins;
mod calls;
mod chance;
mod changes;
mod coerce;
mod collide;
mod config;
mod config_values;
mod constants;
mod dates;
mod declare;
mod draw;
mod expr;
mod faults;
mod fields;
mod filters;
mod finish;
mod foreign;
mod formula_order;
mod formulas;
mod function;
mod game;
mod gone;
mod graph;
mod holes;
mod index_size;
mod indexes;
mod long_replies;
mod loops;
mod many;
mod measured;
mod measures;
mod members;
mod named;
mod names;
mod native;
mod numbers;
mod operators;
mod order;
mod outcomes;
mod passed;
mod queries;
mod records;
mod references;
mod renewed;
mod returns;
mod runs;
mod scope;
mod statuses;
mod steps;
mod table_names;
mod tables;
mod templates;
mod time_zone;
mod types;
mod unite;
mod warnings;
mod writes;

#[cfg(test)]
mod tests;

pub(crate) use indexes::Asked;

use std::collections::BTreeMap;

use super::ast::Document;
use super::diagnostic::Diagnostics;
use super::ir::{self, FunctionId, TableId};
use super::source::{FileId, Sources};

pub use builtins::built_ins;
pub use types::built_in_types;

use declare::Declared;
use fields::Field;
use function::Signature;
use statuses::Statuses;
use tables::Table;

/// Everything that is declared, and the signatures of the functions that were looked at so far.
struct World<'a> {
    sources: &'a Sources,
    names: Declared<'a>,
    tables: BTreeMap<TableId, Table<'a>>,
    args: BTreeMap<FunctionId, Vec<Field<'a>>>,
    statuses: BTreeMap<FunctionId, Statuses<'a>>,
    signatures: BTreeMap<FunctionId, Signature>,
    /// The fields of the records, by [`ir::RecordId`].
    records: Vec<Vec<Field<'a>>>,
    /// The types of the balance tables, by [`ir::ConfigId`].
    config: Vec<Option<ir::Ty>>,
    /// The formulas that were looked at so far, by [`ir::FormulaId`].
    formulas: BTreeMap<ir::FormulaId, formulas::Signature<'a>>,
}

/// Resolves and types `documents`, which are those of all files: where one could not be read, what is
/// missing here may be declared there. Mistakes go to `diagnostics`, which may hold those of earlier
/// stages: nothing is said that only follows from them. The game is whole where none were made, and
/// not to be used otherwise.
pub fn resolve(
    sources: &Sources,
    documents: &[(FileId, Document)],
    diagnostics: &mut Diagnostics,
) -> ir::Game {
    let names = Declared::new(documents, diagnostics);
    collide::check(&names, diagnostics);
    allow::check_all(&names, diagnostics);
    let root = documents.first().map(|(_, document)| document);
    if let Some(zone) = root.and_then(|root| root.time_zone.as_ref()) {
        time_zone::check(zone, diagnostics);
    }
    let records = records::all(&names, sources, diagnostics);
    let config = config::all(&names, &records, diagnostics);
    let tables = tables::all(&names, sources, diagnostics);
    let args = fields::all_args(&names, sources, diagnostics);
    let statuses = statuses::all(&names, diagnostics);
    let mut world = World {
        sources,
        names,
        tables,
        args,
        statuses,
        signatures: BTreeMap::new(),
        records,
        config,
        formulas: BTreeMap::new(),
    };
    let formulas = formulas::all(&mut world, diagnostics);
    let mut functions = BTreeMap::new();
    let order = graph::called_first(&world.names, diagnostics);
    for &id in &order {
        let call = after::resolve(&mut world, id, diagnostics);
        let (signature, function) = function::resolve(&world, id, diagnostics);
        world.signatures.insert(id, signature);
        functions.insert(id, function);
        if let Some(call) = call {
            after::attach(&mut world, &mut functions, id, call, diagnostics);
        }
    }
    let faults = faults::Faults::new(documents, diagnostics);
    order::check(&world, &faults, &order, &mut functions, diagnostics);
    gone::check(&functions, diagnostics);
    renewed::mark(&world, &order, &mut functions);
    passed::check(&world, &order, &functions, diagnostics);
    long_replies::check(&world, &order, &functions, diagnostics);
    game::assemble(&world, root, functions, formulas)
}
