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
use super::parallel;
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
    let ids: Vec<_> = (0..game.managers.len()).map(ManagerId).collect();
    let of_managers = parallel::map(
        &ids,
        || Statuses::new(game),
        |statuses, &id| {
            let name = &game.managers[id.0].name;
            let page = docs::page(game, id, statuses, samples);
            let document = openapi::document(game, id, statuses, samples);
            [
                (format!("docs/{}.md", page_of(name)), page),
                (format!("openapi/{name}.json"), document.pretty()),
            ]
        },
    );
    files.extend(of_managers.into_iter().flatten());
    files
}

/// The page of a manager: none is the index.
fn page_of(manager: &str) -> &str {
    match manager {
        "index" => "index-manager",
        other => other,
    }
}
