//! Random valid games: what [`game`] gives uses the whole language, and is right as it is made. The
//! tests show that the generator takes each, and that what it writes compiles and runs.

pub mod answers;
pub mod batch;
mod body;
mod candidates;
mod choices;
mod declare;
mod expr;
mod function;
mod model;
pub mod mutants;
mod names;
mod purse;
mod reads;
mod reply;
pub mod requests;
mod runs;
pub mod setting;
pub mod shrink;
mod steps;
mod tables;
mod values;
mod world;
mod yaml;

pub use choices::Choices;

use std::ops::Range;

use world::{Shared, World};
use yaml::{Node, map, scalar, words};

/// The files of a game, by their paths: managers.yaml, and those with the values of balance tables.
pub type Files = Vec<(String, String)>;

/// Zones whose days begin at different times, some of them when the clock is put forward.
const ZONES: &[&str] = &[
    "UTC",
    "Asia/Shanghai",
    "America/Sao_Paulo",
    "Asia/Kathmandu",
];

/// The first manager's port.
const FIRST_PORT: usize = 20_000;

/// The game that these decisions make.
pub fn game(mut choices: Choices) -> Files {
    let c = &mut choices;
    let mut world = World::default();
    // A function or manager that is read by its name has none of these.
    for word in [
        "gateway",
        "token",
        "login",
        "login_unique",
        "bind_account",
        "invalid",
    ] {
        world.names.take(word);
    }
    for word in [
        "int", "float", "bool", "text", "time", "player", "id", "list", "map", "config",
    ] {
        world.names.take(word);
    }
    for word in [
        "and", "or", "not", "if", "else", "true", "false", "in", "args", "caller", "now", "reply",
    ] {
        world.names.take(word);
    }
    let mut files = Vec::new();
    let mut root = map([
        ("game", scalar("random")),
        ("time_zone", scalar(*c.pick(ZONES))),
    ]);
    root.push("enums", declare::enums(c, &mut world));
    push(&mut root, "types", declare::records(c, &mut world));
    push(
        &mut root,
        "config",
        declare::config(c, &mut world, &mut files),
    );
    push(&mut root, "formulas", declare::formulas(c, &mut world));
    world.trades = c.chance(50);
    let number = c.between(if world.trades { 2 } else { 1 }, 3);
    let ports = FIRST_PORT..FIRST_PORT + number;
    if c.chance(30) {
        root.push("include", words(["managers/*.yaml"]));
        for port in ports {
            let mut file = map::<&str>([]);
            managers(c, &mut world, port..port + 1, &mut file);
            files.push((format!("managers/of_{port}.yaml"), file.text()));
        }
    } else {
        managers(c, &mut world, ports, &mut root);
    }
    files.insert(0, ("managers.yaml".to_owned(), root.text()));
    files
}

/// The managers of a file, and what they share.
fn managers(c: &mut Choices, world: &mut World, ports: Range<usize>, file: &mut Node) {
    let of_file = function::shared(c, world, Shared::default(), file);
    let mut managers = map::<&str>([]);
    for port in ports {
        let (name, declared) = manager(c, world, &of_file, port);
        managers.push(name, declared);
    }
    file.push("managers", managers);
}

/// Adds what is not empty.
fn push(node: &mut Node, key: &str, part: Node) {
    if !matches!(&part, Node::Map(entries) if entries.is_empty()) {
        node.push(key, part);
    }
}

fn manager(c: &mut Choices, world: &mut World, of_file: &Shared, port: usize) -> (String, Node) {
    let name = world.names.fresh(c);
    let mut node = map([("port", scalar(port.to_string()))]);
    values::doc(c, &mut node);
    world.allowances.clear();
    world.tables.clear();
    world.shared = function::shared(c, world, of_file.clone(), &mut node);
    let mut tables = tables::tables(c, world);
    let mut functions = map::<&str>([]);
    if world.trades {
        let ((table, declared), of_purse) = purse::purse(c, world, &name);
        tables.push(table, declared);
        for (name, declared) in of_purse {
            functions.push(name, declared);
        }
    }
    push(&mut node, "tables", tables);
    let least = if world.trades { 4 } else { 1 };
    for _ in 0..c.between(least, 7) {
        for (name, declared) in function::functions(c, world, &name) {
            functions.push(name, declared);
        }
    }
    node.push("functions", functions);
    (name, node)
}
