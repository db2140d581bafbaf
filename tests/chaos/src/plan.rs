//! What players ask for.

use serde_json::{Map, Value, json};

use crate::request::{Player, Request};
use crate::seed::Random;

/// The functions of clients, by how often they are called: more is spent than is found, so that takes
/// fail, too.
const FUNCTIONS: [(u64, &str); 13] = [
    (10, "note"),
    (4, "train"),
    (20, "take"),
    (12, "take_take"),
    (12, "temper"),
    (6, "wish"),
    (8, "burn"),
    (6, "risk"),
    (14, "hunt"),
    (10, "find"),
    (8, "transfer"),
    (5, "smelt"),
    (8, "gild"),
];

/// The functions that take by the level which they have read.
const BY_LEVEL: [&str; 2] = ["take", "take_take"];
/// How many of 100 requests for one of these come with another one that changes the level meanwhile.
const MEANWHILE: u64 = 30;

/// What a function counts up by 1 when it succeeds, where it says to how many.
pub fn counter(function: &str) -> Option<&'static str> {
    match function {
        "note" => Some("notes"),
        "train" | "take" | "take_take" | "temper" | "wish" | "gild" => Some("level"),
        "hunt" | "find" => Some("hunts"),
        _ => None,
    }
}

/// The next request of a player, who knows the others.
pub fn next(random: &mut Random, player: &Player, players: &[Player]) -> Request {
    let function = random.weighted(&FUNCTIONS).copied().unwrap_or("note");
    let mut args = Map::new();
    let mut add = |name: &str, value: Value| args.insert(name.to_owned(), value);
    match function {
        "temper" => {
            add("careful", json!(random.chance(60)));
        }
        "transfer" => {
            let to = random.pick(players).unwrap_or(player);
            add("to", json!(to.name));
            add("amount", json!(random.between(1, 5)));
        }
        _ => {}
    }
    Request::new(player, function, args, random)
}

/// A request that is sent at the same time, so that the first one has to begin anew: of the functions of
/// one player that leave their group, one process runs one at a time, but this one does not leave it.
pub fn meanwhile(random: &mut Random, player: &Player, request: &Request) -> Option<Request> {
    let comes = BY_LEVEL.contains(&request.function) && random.chance(MEANWHILE);
    comes.then(|| Request::new(player, "train", Map::new(), random))
}
