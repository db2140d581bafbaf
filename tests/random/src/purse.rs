//! A table that counts, and functions that take from it, give to it and take back: what managers that
//! trade have for each other.

use crate::choices::Choices;
use crate::function::statement;
use crate::model::{Does, Field, Function, Table, Ty};
use crate::names::Names;
use crate::world::World;
use crate::yaml::{Node, map, scalar, words};

/// What is there where nothing was given yet.
const AT_FIRST: &str = "5";

/// Adds the table to the manager's others, and returns it with its functions.
pub fn purse(
    c: &mut Choices,
    world: &mut World,
    manager: &str,
) -> ((String, Node), Vec<(String, Node)>) {
    let mut scope = Names::default();
    let of_player = !c.chance(30);
    let mut key = Field::plain(world.part(c, &mut scope), Ty::Player);
    let mut amount = Field::plain(world.part(c, &mut scope), Ty::Int);
    amount.default = true;
    let whose = match of_player {
        true => map([("type", scalar("player"))]),
        false => {
            (key.ty, key.max) = (Ty::Text, Some(9));
            map([("type", scalar("text")), ("max", scalar("9"))])
        }
    };
    let counts = map([("type", scalar("int")), ("default", scalar(AT_FIRST))]);
    let columns = map([(key.name.as_str(), whose), (&amount.name, counts)]);
    let table = Table {
        name: world.names.fresh(c),
        columns: vec![key, amount],
        key: vec![0],
        unique: Vec::new(),
        unique_sets: 0,
    };
    let node = map([
        ("key", words([&table.columns[0].name])),
        ("columns", columns),
    ]);
    let declared = (table.name.clone(), node);
    world.tables.push(table.clone());
    (declared, functions(c, world, manager, &table))
}

/// Takes back, takes, and gives.
fn functions(
    c: &mut Choices,
    world: &mut World,
    manager: &str,
    table: &Table,
) -> Vec<(String, Node)> {
    let mut scope = Names::default();
    let by = Field::plain(world.part(c, &mut scope), Ty::Int);
    let left = Field::plain(world.part(c, &mut scope), Ty::Int);
    let (poor, row) = (world.names.fresh(c), world.names.fresh(c));
    let args = map([(by.name.as_str(), scalar("int"))]);
    let some = format!("clamp(args.{}, 1, 4)", by.name);
    let count = format!("{row}.{}", table.columns[1].name);
    let get = map([
        ("get", scalar(&table.name)),
        (
            "where",
            map([(table.columns[0].name.as_str(), whose(table))]),
        ),
        ("or", scalar("default")),
        ("as", scalar(&row)),
    ]);
    let save = |sign: &str| {
        let value = format!("{count} {sign} {some}");
        let set = map([(table.columns[1].name.as_str(), scalar(value))]);
        map([("save", scalar(&row)), ("set", set)])
    };
    let end = map([("return", map([(left.name.as_str(), scalar(&count))]))]);
    let base = |steps: Vec<Node>| {
        map([
            ("access", scalar("internal")),
            ("args", args.clone()),
            ("steps", Node::List(steps)),
        ])
    };
    let back = map([("return", map::<&str>([]))]);
    let takes_back = base(vec![get.clone(), save("+"), back]);
    let gives = base(vec![get.clone(), save("+"), end.clone()]);
    let require = map([
        ("require", scalar(format!("{count} >= {some}"))),
        ("else", scalar(&poor)),
    ]);
    let mut takes = base(vec![get, require, save("-"), end]);
    let undo = world.names.fresh(c);
    takes.push("undone_by", scalar(&undo));
    let status = world.status();
    takes.push("errors", map([(poor.as_str(), statement(c, status))]));
    let of_player = table.columns[0].ty == Ty::Player;
    let mut made = Vec::new();
    for (name, node, reply, errors) in [
        (undo, takes_back, Vec::new(), Vec::new()),
        (world.names.fresh(c), takes, vec![left.clone()], vec![poor]),
        (world.names.fresh(c), gives, vec![left], Vec::new()),
    ] {
        world.functions.push(Function {
            manager: manager.to_owned(),
            name: name.clone(),
            access: "internal",
            args: vec![by.clone()],
            does: Does {
                writes: true,
                fails: !errors.is_empty(),
                asks_caller: of_player,
                ..Does::default()
            },
            undone: !errors.is_empty() || reply.is_empty(),
            errors,
            reply,
            callable: true,
            called: false,
        });
        made.push((name, node));
    }
    made
}

/// The row's key: the caller's, or one that all players share.
fn whose(table: &Table) -> Node {
    match table.columns[0].ty {
        Ty::Player => scalar("caller"),
        _ => scalar("\"one\""),
    }
}
