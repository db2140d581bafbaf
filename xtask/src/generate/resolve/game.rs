//! The whole game, put together for emitters.

use std::collections::{BTreeMap, BTreeSet};

use crate::generate::ast::Document;
use crate::generate::ir::{self, FunctionId, ManagerId, Ty};
use crate::generate::source::Name;

use super::World;
use super::tables::Table;
use super::{config, graph, records};

/// The time zone of a game that names none.
pub(super) const TIME_ZONE: &str = "UTC";

/// Puts the game together, of all parts that are right. `root` is managers.yaml itself, which names
/// the game.
pub(super) fn assemble(
    world: &World,
    root: Option<&Document>,
    mut functions: BTreeMap<FunctionId, Option<ir::Function>>,
    formulas: Vec<ir::Formula>,
) -> ir::Game {
    let enums = world.names.enums.iter().map(|declared| ir::Enum {
        name: declared.name.value.clone(),
        variants: declared
            .variants
            .iter()
            .map(|variant| ir::Variant {
                name: variant.name.value.clone(),
                number: variant.number.as_ref().map(|number| number.value),
            })
            .collect(),
    });
    let called = graph::called(&world.names);
    let elsewhere = with_replies(graph::called_elsewhere(&world.names), &functions);
    let managers = world
        .names
        .managers
        .iter()
        .enumerate()
        .map(|(at, manager)| {
            let ast = manager.ast;
            let id = ManagerId(at);
            let tables = world.tables.iter().filter(|(table, _)| table.0 == id);
            let own = 0..ast.functions.len();
            ir::Manager {
                name: ast.name.value.clone(),
                doc: ast.doc.as_ref().map(|doc| doc.value.clone()),
                port: ast.port.as_ref().map_or(0, |port| port.value),
                file: world.sources.file(ast.name.span.file).path.clone(),
                tables: tables
                    .filter_map(|(_, table)| Table::to_ir(table))
                    .collect(),
                functions: own
                    .map(|f| FunctionId(id, f))
                    .filter_map(|f| functions.remove(&f)?.map(|function| (f, function)))
                    .map(|(f, function)| ir::Function {
                        called: called.contains(&f),
                        called_elsewhere: elsewhere.contains(&f),
                        ..function
                    })
                    .collect(),
            }
        });
    let text = |of: fn(&Document) -> Option<&Name>, unsaid: &str| match root.and_then(of) {
        Some(said) => said.value.clone(),
        None => unsaid.to_owned(),
    };
    ir::Game {
        name: text(|root| root.game.as_ref(), ""),
        time_zone: text(|root| root.time_zone.as_ref(), TIME_ZONE),
        enums: enums.collect(),
        managers: managers.collect(),
        records: records::to_ir(world),
        config: config::to_ir(world),
        formulas,
    }
}

/// These functions, and those whose replies stand in the replies of these: where other managers see
/// the one, they see the other.
fn with_replies(
    seen: BTreeSet<FunctionId>,
    functions: &BTreeMap<FunctionId, Option<ir::Function>>,
) -> BTreeSet<FunctionId> {
    let mut all = BTreeSet::new();
    let mut left: Vec<FunctionId> = seen.into_iter().collect();
    while let Some(id) = left.pop() {
        if all.insert(id)
            && let Some(Some(function)) = functions.get(&id)
        {
            function
                .reply
                .iter()
                .for_each(|(_, ty)| replies_in(ty, &mut left));
        }
    }
    all
}

/// The functions whose replies are of the type, or in it.
fn replies_in(ty: &Ty, found: &mut Vec<FunctionId>) {
    match ty {
        Ty::Reply(function) => found.push(*function),
        Ty::List(of) | Ty::Optional(of) | Ty::Map(_, of) => replies_in(of, found),
        Ty::Record(fields) => fields.iter().for_each(|(_, ty)| replies_in(ty, found)),
        Ty::Tuple(items) => items.iter().for_each(|ty| replies_in(ty, found)),
        _ => {}
    }
}
