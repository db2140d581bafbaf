//! Declarations by chance, and what a designer may make of one.

use std::collections::BTreeMap;

use xtask::migrate::snapshot::{
    Column, Constant, Reference, Schema, Shape, Table, Tables, Variants,
};

use crate::MANAGER;
use crate::random::Random;

const TABLES: [&str; 4] = ["a", "b", "select", "Größe"];
const COLUMNS: [&str; 7] = ["k", "x", "y", "z", "order", "it's", "ü"];
const VARIANTS: [&str; 4] = ["iron", "coin", "o'clock", "gem"];

/// Some tables.
pub fn schema(random: &mut Random) -> Schema {
    let mut tables = Tables::new();
    for _ in 0..=random.below(2) {
        let name = (*random.pick(&TABLES)).to_owned();
        tables.insert(name, table(random));
    }
    of(tables)
}

/// The same with other references: each from a column to a key of its type.
pub fn with_references(schema: &Schema, random: &mut Random) -> Schema {
    let mut tables = schema.managers.get(MANAGER).cloned().unwrap_or_default();
    let keys = tables
        .iter()
        .filter_map(|(name, table)| match table.key.as_slice() {
            [key] => Some((name.clone(), table.column(key)?.clone())),
            _ => None,
        });
    let keys: Vec<_> = keys.collect();
    for table in tables.values_mut() {
        table.references.clear();
        for (to, key) in &keys {
            let fits = |column: &&Column| column.shape == key.shape;
            let columns: Vec<_> = table.columns.iter().filter(fits).collect();
            if !columns.is_empty() && random.once_in(2) {
                table.references.push(Reference {
                    columns: vec![random.pick(&columns).name.clone()],
                    table: to.clone(),
                    to: vec![key.name.clone()],
                });
            }
        }
        // As the generator does.
        for reference in &table.references {
            let columns = &reference.columns;
            let begins = |set: &Vec<String>| set.starts_with(columns);
            let is_there = begins(&table.key)
                || table.unique.iter().any(begins)
                || table.index.iter().any(begins);
            if !is_there {
                table.index.push(columns.clone());
            }
        }
    }
    of(tables)
}

fn of(tables: Tables) -> Schema {
    Schema {
        managers: BTreeMap::from([(MANAGER.to_owned(), tables)]),
    }
}

fn table(random: &mut Random) -> Table {
    let mut columns: Vec<Column> = Vec::new();
    for at in 0..2 + random.below(4) {
        let name = *random.pick(&COLUMNS);
        if columns.iter().any(|column| column.name == name) {
            continue;
        }
        let mut column = column(random, name);
        if at == 0 {
            column.optional = false;
            column.shape = match random.below(4) {
                0 => Shape::Id,
                1 => Shape::Player,
                _ => Shape::Int,
            };
            (column.min, column.max, column.default) = (None, None, None);
        }
        columns.push(column);
    }
    let mut table = Table {
        key: vec![columns[0].name.clone()],
        columns,
        ..Table::default()
    };
    if random.once_in(3) {
        toggle_set(&mut table, random, true);
    }
    if random.once_in(2) {
        toggle_set(&mut table, random, false);
    }
    table
}

fn column(random: &mut Random, name: &str) -> Column {
    let shape = shape(random);
    let mut column = Column {
        name: name.to_owned(),
        optional: random.once_in(3),
        min: None,
        max: None,
        default: None,
        was: None,
        shape,
    };
    bounds(&mut column, random);
    if random.once_in(2) {
        column.default = Some(constant(&column.shape, random));
    }
    column
}

fn shape(random: &mut Random) -> Shape {
    match random.below(9) {
        0 | 1 => Shape::Int,
        2 => Shape::Float,
        3 => Shape::Bool,
        4 => Shape::Text,
        5 => Shape::Time,
        6 => Shape::Enum(Variants::Named(names(random))),
        7 => {
            let names = names(random).into_iter();
            let numbers = names.map(|name| (name, random.below(6) as i64));
            let mut numbered = BTreeMap::new();
            for (name, number) in numbers {
                if !numbered.values().any(|known| *known == number) {
                    numbered.insert(name, number);
                }
            }
            Shape::Enum(Variants::Numbered(numbered))
        }
        _ => Shape::List(Box::new(Shape::Int)),
    }
}

fn names(random: &mut Random) -> Vec<String> {
    let count = 1 + random.below(VARIANTS.len());
    VARIANTS[..count]
        .iter()
        .map(|&name| name.to_owned())
        .collect()
}

/// Wide enough for the constants of [`constant`], as the generator sees to it.
fn bounds(column: &mut Column, random: &mut Random) {
    (column.min, column.max) = (None, None);
    match column.shape {
        Shape::Int => {
            column.min = random
                .once_in(2)
                .then(|| Constant::Int(-(random.below(30) as i64)));
            column.max = random
                .once_in(2)
                .then(|| Constant::Int(3 + random.below(30) as i64));
        }
        Shape::Float => {
            column.min = random
                .once_in(3)
                .then(|| Constant::Float(-(random.below(9) as f64)));
        }
        Shape::Text => {
            column.max = random
                .once_in(2)
                .then(|| Constant::Int(2 + random.below(9) as i64));
        }
        _ => {}
    }
}

/// A default for a column of the shape.
fn constant(shape: &Shape, random: &mut Random) -> Constant {
    match shape {
        Shape::Int | Shape::Time | Shape::Id => Constant::Int(random.below(4) as i64),
        Shape::Float => Constant::Float(random.below(4) as f64 / 2.0),
        Shape::Bool => Constant::Bool(random.once_in(2)),
        Shape::Enum(Variants::Named(names)) => Constant::Text(random.pick(names).clone()),
        Shape::Enum(Variants::Numbered(numbers)) => {
            let numbers: Vec<_> = numbers.values().copied().collect();
            Constant::Int(*random.pick(&numbers))
        }
        Shape::Text | Shape::Player => Constant::Text("d".to_owned()),
        Shape::List(_) => Constant::Text("[]".to_owned()),
        other => panic!("a default of {other}"),
    }
}

/// Adds a unique set or an index, or takes one away.
fn toggle_set(table: &mut Table, random: &mut Random, unique: bool) {
    let fits = |column: &&Column| !column.shape.is_json() && column.shape != Shape::Float;
    let names = table.columns.iter().filter(fits);
    let names: Vec<_> = names.map(|column| column.name.clone()).collect();
    if names.is_empty() {
        return;
    }
    let mut set = vec![random.pick(&names).clone()];
    let other = random.pick(&names);
    if random.once_in(2) && !set.contains(other) {
        set.push(other.clone());
    }
    let (mine, others) = match unique {
        true => (&mut table.unique, &table.index),
        false => (&mut table.index, &table.unique),
    };
    match mine.iter().position(|known| *known == set) {
        Some(at) => drop(mine.remove(at)),
        None if set != table.key && !others.contains(&set) => mine.push(set),
        None => {}
    }
}

/// What a designer makes of `old`: some edits.
pub fn edited(old: &Schema, random: &mut Random) -> Schema {
    let mut tables = old.managers.get(MANAGER).cloned().unwrap_or_default();
    for _ in 0..=random.below(4) {
        edit(&mut tables, random);
    }
    of(tables)
}

fn edit(tables: &mut Tables, random: &mut Random) {
    let names: Vec<_> = tables.keys().cloned().collect();
    let free: Vec<_> = TABLES
        .iter()
        .filter(|name| !tables.contains_key(**name))
        .collect();
    if names.is_empty() || (random.once_in(12) && !free.is_empty()) {
        let name = (**random.pick(&free)).to_owned();
        tables.insert(name, table(random));
        return;
    }
    let name = random.pick(&names).clone();
    if random.once_in(15) {
        tables.remove(&name);
        return;
    }
    let Some(mut table) = tables.remove(&name) else {
        return;
    };
    let mut new_name = name.clone();
    if random.once_in(8) && !free.is_empty() && table.was.is_none() {
        new_name = (**random.pick(&free)).to_owned();
        table.was = Some(name);
    }
    edit_table(&mut table, random);
    tables.insert(new_name, table);
}

fn edit_table(table: &mut Table, random: &mut Random) {
    let at = random.below(table.columns.len());
    let name = table.columns[at].name.clone();
    let in_key = table.key.contains(&name);
    let free = COLUMNS.iter().filter(|name| table.column(name).is_none());
    let free: Vec<_> = free.collect();
    match random.below(10) {
        0 if !free.is_empty() => {
            let name = **random.pick(&free);
            let mut column = column(random, name);
            if column.default.is_none() {
                column.optional = true;
            }
            let place = random.below(table.columns.len() + 1);
            table.columns.insert(place, column);
        }
        1 if !in_key => {
            table.columns.remove(at);
            let without = |sets: &mut Vec<Vec<String>>| sets.retain(|set| !set.contains(&name));
            without(&mut table.unique);
            without(&mut table.index);
        }
        2 if !free.is_empty() && table.columns[at].was.is_none() => {
            let new = (**random.pick(&free)).to_owned();
            for set in [&mut table.key]
                .into_iter()
                .chain(&mut table.unique)
                .chain(&mut table.index)
            {
                for known in set.iter_mut().filter(|known| **known == name) {
                    known.clone_from(&new);
                }
            }
            table.columns[at].was = Some(name);
            table.columns[at].name = new;
        }
        3 | 4 if !in_key => {
            let column = &mut table.columns[at];
            column.shape = shape(random);
            bounds(column, random);
            let shape = column.shape.clone();
            column.default = column.default.as_ref().map(|_| constant(&shape, random));
            let keyless = shape.is_json() || shape == Shape::Float;
            if keyless {
                table.unique.retain(|set| !set.contains(&name));
                table.index.retain(|set| !set.contains(&name));
            }
        }
        5 if !in_key => {
            let column = &mut table.columns[at];
            column.optional = !column.optional;
            if !column.optional && random.below(4) > 0 {
                column.default = Some(constant(&column.shape, random));
            }
        }
        6 if !in_key => bounds(&mut table.columns[at], random),
        7 => toggle_set(table, random, true),
        8 => toggle_set(table, random, false),
        _ => {
            let column = &table.columns[at];
            let fits = matches!(column.shape, Shape::Int | Shape::Bool | Shape::Player);
            if !in_key && fits && !column.optional && table.row_number().is_none() {
                table.key.push(name);
                let key = table.key.clone();
                table.unique.retain(|set| *set != key);
                table.index.retain(|set| *set != key);
            }
        }
    }
}
