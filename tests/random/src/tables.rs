//! The tables of a manager.

use crate::choices::Choices;
use crate::declare::declared;
use crate::model::{Field, Table, Ty};
use crate::names::Names;
use crate::values;
use crate::world::World;
use crate::yaml::{Node, map, scalar, words};

/// The longest text in a key or index.
const KEY_MAX: i64 = 20;

/// Some tables, which the world has afterwards.
pub fn tables(c: &mut Choices, world: &mut World) -> Node {
    let mut node = map::<&str>([]);
    for _ in 0..c.between(1, 3) {
        let (table, declared) = table(c, world);
        node.push(&table.name, declared);
        world.tables.push(table);
    }
    node
}

fn table(c: &mut Choices, world: &mut World) -> (Table, Node) {
    let name = world.names.fresh(c);
    let mut scope = Names::default();
    let mut columns = Vec::new();
    let mut declaration = map::<&str>([]);
    if c.chance(30) {
        columns.push(Field::plain(world.part(c, &mut scope), Ty::Id));
    }
    let keys = if columns.is_empty() {
        c.between(1, 2)
    } else {
        0
    };
    for at in 0..keys {
        let ty = match at {
            0 if !c.chance(30) => Ty::Player,
            _ => world.key_type(c),
        };
        columns.push(key_column(Field::plain(world.part(c, &mut scope), ty)));
    }
    let key: Vec<usize> = (0..columns.len()).collect();
    for _ in 0..c.below(6) {
        let field = column(c, world, &mut scope);
        columns.push(field);
    }
    let mut table = Table {
        name,
        columns,
        key,
        unique: Vec::new(),
        unique_sets: 0,
    };
    let mut node = map([("key", names(&table, &table.key))]);
    values::doc(c, &mut node);
    let alone = sets(c, &mut table, &mut node);
    references(c, world, &mut table, &mut node);
    for (at, column) in table.columns.iter().enumerate() {
        let mut said = declared(c, world, column);
        if let Some((_, key)) = alone.iter().find(|(alone, _)| *alone == at) {
            if let Node::Scalar(ty) = said {
                said = map([("type", scalar(ty))]);
            }
            said.push(*key, scalar("true"));
        }
        declaration.push(&column.name, said);
    }
    node.push("columns", declaration);
    (table, node)
}

fn key_column(mut field: Field) -> Field {
    if field.ty == Ty::Text {
        field.max = Some(KEY_MAX);
    }
    field
}

/// A column that is not in the key.
fn column(c: &mut Choices, world: &mut World, scope: &mut Names) -> Field {
    let name = world.part(c, scope);
    let ty = world.any_type(c, 1);
    let mut field = Field::plain(name, ty);
    bounds(c, &mut field);
    match c.below(4) {
        0 | 1 if !matches!(field.ty, Ty::Record(_)) => field.default = true,
        0..=2 => field.optional = true,
        _ => {}
    }
    if c.chance(10) && field.ty == Ty::Int {
        field.max = Some(i64::MAX);
    }
    field
}

/// Bounds of a column or arg, where its type has some.
pub fn bounds(c: &mut Choices, field: &mut Field) {
    match field.ty {
        Ty::Int | Ty::Float if c.chance(40) => {
            field.min = Some(*c.pick(&[0, 1, -5]));
            field.max = c.chance(60).then(|| *c.pick(&[100, 1000, 10]));
        }
        Ty::Text if c.chance(60) => {
            field.min = c.chance(30).then_some(1);
            field.max = Some(*c.pick(&[32, 100, 9]));
        }
        _ => {}
    }
}

/// The names of some columns.
fn names(table: &Table, columns: &[usize]) -> Node {
    words(columns.iter().map(|at| &table.columns[*at].name))
}

/// Unique sets and indexes over what can stand in them; no two begin alike. Returns the columns that say
/// it themselves, and how.
fn sets(c: &mut Choices, table: &mut Table, node: &mut Node) -> Vec<(usize, &'static str)> {
    let can = |field: &Field| {
        let bounded = field.ty != Ty::Text || field.max.is_some();
        field.ty.is_plain() && !matches!(field.ty, Ty::Float | Ty::Id) && bounded
    };
    let mut free: Vec<usize> = (table.key.len()..table.columns.len())
        .filter(|at| can(&table.columns[*at]))
        .collect();
    let (mut unique, mut index, mut alone) = (Vec::new(), Vec::new(), Vec::new());
    while !free.is_empty() && c.chance(50) {
        let many = c.between(1, free.len().min(2));
        let set: Vec<usize> = free.drain(..many).collect();
        let says_itself = set.len() == 1 && c.chance(50);
        let is_unique = c.chance(50);
        if says_itself {
            alone.push((set[0], if is_unique { "unique" } else { "index" }));
        } else if is_unique {
            unique.push(names(table, &set));
        } else {
            index.push(names(table, &set));
        }
        if is_unique {
            // A row that lacks a column of it is not found by it.
            if set.iter().all(|at| !table.columns[*at].optional) {
                table.unique.push(set);
            }
            table.unique_sets += 1;
        }
    }
    if !unique.is_empty() {
        node.push("unique", Node::List(unique));
    }
    if !index.is_empty() {
        node.push("index", Node::List(index));
    }
    alone
}

/// Columns that name a row of another table by its key.
fn references(c: &mut Choices, world: &World, table: &mut Table, node: &mut Node) {
    let mut references = Vec::new();
    for other in &world.tables {
        let [key] = other.key.as_slice() else {
            continue;
        };
        let wanted = match &other.columns[*key].ty {
            Ty::Id => Ty::Int,
            other => other.clone(),
        };
        let fits = |field: &&Field| field.ty == wanted && field.max.is_none();
        let free = table.columns.iter().find(fits);
        let (Some(column), true) = (free, c.chance(30)) else {
            continue;
        };
        references.push(map([
            ("columns", words([&column.name])),
            ("table", scalar(&other.name)),
        ]));
        break;
    }
    if !references.is_empty() {
        node.push("references", Node::List(references));
    }
}
