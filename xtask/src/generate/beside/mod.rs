//! What is generated beside the code, from the same typed IR: documentation and OpenAPI of every
//! manager, and the schema that editors complete and check the game's files with.

mod docs;
mod index;
pub mod json;
mod openapi;
mod request;
pub mod samples;
mod shapes;
mod statuses;
mod words;

use super::emit::Files;
use super::ir::{Game, ManagerId};
use samples::Samples;
use statuses::Statuses;

/// The schema of managers.yaml and of the files that it includes. It is data: the file beside this
/// one, which a test holds against the forms that the parser knows.
pub const SCHEMA: &str = include_str!("schema.json");

/// Writes the files down, by path in generated/. What was recorded in `samples` of functions that
/// there are not is left out.
pub fn emit(game: &Game, samples: &Samples) -> Files {
    let mut files = Files::from([
        ("docs/index.md".to_owned(), index::page(game)),
        ("schema.json".to_owned(), SCHEMA.to_owned()),
    ]);
    let mut statuses = Statuses::new(game);
    for (at, manager) in game.managers.iter().enumerate() {
        let id = ManagerId(at);
        let name = &manager.name;
        let file = page_of(name);
        let page = docs::page(game, id, &mut statuses, samples);
        files.insert(format!("docs/{file}.md"), page);
        let document = openapi::document(game, id, &mut statuses, samples);
        files.insert(format!("openapi/{name}.json"), document.pretty());
    }
    files
}

/// The page of a manager: none is the index.
fn page_of(manager: &str) -> &str {
    match manager {
        "index" => "index-manager",
        other => other,
    }
}
