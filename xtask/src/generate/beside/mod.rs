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

/// What [`SCHEMA`] takes for a type, of whichever game.
const ANY_TYPE: &str = r"^\\s*((list|map\\s+(?!(list|map)\\s)[A-Za-z]\\w*)\\s+)*(?!(list|map)(\\s|$))[A-Za-z][A-Za-z0-9_]{0,62}\\s*$";

/// Writes the files down, by path in generated/. What was recorded in `samples` of functions that
/// there are not is left out.
pub fn emit(game: &Game, samples: &Samples) -> Files {
    let mut files = Files::from([
        ("docs/index.md".to_owned(), index::page(game)),
        ("schema.json".to_owned(), schema(game)),
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

/// The schema of the files of a game: no other types than its own are types.
pub fn schema(game: &Game) -> String {
    const PLAIN: [&str; 7] = ["int", "float", "bool", "text", "time", "player", "id"];
    const KEYS: [&str; 5] = ["int", "text", "time", "player", "id"];
    let enums = || game.enums.iter().map(|it| it.name.as_str());
    // The record of a balance table has no name that a type could have.
    let records = game.records.iter().map(|it| it.name.as_str());
    let records = records.filter(|name| !name.contains('.'));
    let types: Vec<&str> = PLAIN.into_iter().chain(enums()).chain(records).collect();
    let keys: Vec<&str> = KEYS.into_iter().chain(enums()).collect();
    // Names are letters, digits and `_`: nothing of a pattern.
    let own = format!(
        r"^\\s*((list|map\\s+({}))\\s+)*({})\\s*$",
        keys.join("|"),
        types.join("|")
    );
    SCHEMA.replace(ANY_TYPE, &own)
}

/// The page of a manager: none is the index.
fn page_of(manager: &str) -> &str {
    match manager {
        "index" => "index-manager",
        other => other,
    }
}
