//! The whole: what is said once of a game, and its parts put together for emitters.

use std::collections::BTreeMap;

use crate::generate::ast::Document;
use crate::generate::diagnostic::{Code, Diagnostics};
use crate::generate::ir::{self, FunctionId, ManagerId};
use crate::generate::source::{FileId, Name, Span};

use super::World;
use super::tables::Table;

/// The time zone of a game that names none.
const TIME_ZONE: &str = "UTC";

/// What a game says once.
pub(super) struct Settings {
    name: String,
    time_zone: String,
}

/// Takes the game's name and time zone from the file that says them; both are said in one place.
pub(super) fn settings(
    documents: &[(FileId, Document)],
    diagnostics: &mut Diagnostics,
) -> Settings {
    let name = once(
        "game",
        documents,
        |document| document.game.as_ref(),
        diagnostics,
    );
    let time_zone = once(
        "time_zone",
        documents,
        |d| d.time_zone.as_ref(),
        diagnostics,
    );
    if let (None, Some((file, _)), false) = (&name, documents.first(), diagnostics.has_errors()) {
        let span = Span {
            file: *file,
            start: 0,
            end: 0,
        };
        diagnostics
            .error(
                Code::MissingPart,
                span,
                "the game has no name",
                "`game` is not said",
            )
            .help("begin the file with `game: name`");
    }
    Settings {
        name: name.unwrap_or_default(),
        time_zone: time_zone.unwrap_or_else(|| TIME_ZONE.to_owned()),
    }
}

fn once<'a>(
    key: &str,
    documents: &'a [(FileId, Document)],
    of: impl Fn(&'a Document) -> Option<&'a Name>,
    diagnostics: &mut Diagnostics,
) -> Option<String> {
    let mut said = documents.iter().filter_map(|(_, document)| of(document));
    let first = said.next()?;
    for again in said {
        diagnostics
            .error(
                Code::SaidTwice,
                again.span,
                format!("`{key}` is said in two files"),
                "once more",
            )
            .label(first.span, "said here first")
            .help("leave one of them out");
    }
    Some(first.value.clone())
}

/// Puts the game together, of all parts that are right.
pub(super) fn assemble(
    world: &World,
    settings: Settings,
    mut functions: BTreeMap<FunctionId, Option<ir::Function>>,
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
                    .filter_map(|f| functions.remove(&FunctionId(id, f)).flatten())
                    .collect(),
            }
        });
    ir::Game {
        name: settings.name,
        time_zone: settings.time_zone,
        enums: enums.collect(),
        managers: managers.collect(),
    }
}
