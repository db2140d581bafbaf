//! The tables that a declaration asks for, and a table as core knows it.

use aliya_macros_core::{names, sql};

use super::snapshot::{Column, Constant, Reference, Schema, Shape, Table, Variants};
use crate::generate::ir::{EnumId, Field, Game, Literal, Table as Declared, TableId, Ty};

/// The tables of a game.
pub fn declared(game: &Game) -> Schema {
    let managers = game
        .managers
        .iter()
        .filter(|manager| !manager.tables.is_empty());
    let managers = managers.map(|manager| {
        let tables = manager.tables.iter();
        let tables = tables.map(|table| (table.name.clone(), a_table(game, table)));
        (manager.name.clone(), tables.collect())
    });
    Schema {
        managers: managers.collect(),
    }
}

fn a_table(game: &Game, table: &Declared) -> Table {
    let name = |at: &usize| table.columns[*at].name.clone();
    let set = |columns: &Vec<usize>| columns.iter().map(name).collect::<Vec<_>>();
    let key = set(&table.key);
    let unique: Vec<_> = table.unique.iter().map(set).collect();
    // What the key or a unique set of the same columns has needs no index again.
    let mut index: Vec<Vec<String>> = Vec::new();
    for columns in table.index.iter().map(set) {
        if columns != key && !unique.contains(&columns) && !index.contains(&columns) {
            index.push(columns);
        }
    }
    let columns = table.columns.iter().enumerate().map(|(at, column)| {
        let was = table.renamed.iter().find(|(renamed, _)| *renamed == at);
        Column {
            was: was.map(|(_, was)| was.clone()),
            ..a_column(game, column)
        }
    });
    let references = table.references.iter().map(|reference| {
        let TableId(manager, at) = reference.table;
        let other = &game.managers[manager.0].tables[at];
        let name = |at: &usize| other.columns[*at].name.clone();
        Reference {
            columns: set(&reference.columns),
            table: other.name.clone(),
            to: reference.to.iter().map(name).collect(),
        }
    });
    Table {
        references: references.collect(),
        was: table.was.clone(),
        columns: columns.collect(),
        unique: unique
            .into_iter()
            .filter(|columns| *columns != key)
            .collect(),
        key,
        index,
    }
}

fn a_column(game: &Game, column: &Field) -> Column {
    let (ty, optional) = match &column.ty {
        Ty::Optional(inner) => (&**inner, true),
        ty => (ty, false),
    };
    let stored = |literal: &Option<Literal>| literal.as_ref().and_then(|it| constant(game, it));
    Column {
        name: column.name.clone(),
        shape: shape(game, ty),
        optional,
        min: stored(&column.min),
        max: stored(&column.max),
        default: stored(&column.default),
        was: None,
    }
}

fn shape(game: &Game, ty: &Ty) -> Shape {
    let boxed = |ty: &Ty| Box::new(shape(game, ty));
    match ty {
        Ty::Int => Shape::Int,
        Ty::Float => Shape::Float,
        Ty::Bool => Shape::Bool,
        Ty::Text => Shape::Text,
        Ty::Time => Shape::Time,
        Ty::Player => Shape::Player,
        Ty::Id => Shape::Id,
        Ty::Enum(id) => Shape::Enum(variants(game, *id)),
        Ty::List(item) => Shape::List(boxed(item)),
        Ty::Map(key, value) => Shape::Map(boxed(key), boxed(value)),
        Ty::Optional(inner) => Shape::Optional(boxed(inner)),
        Ty::Named(id) => {
            let fields = game.records[id.0].fields.iter();
            let fields = fields.map(|field| (field.name.clone(), shape(game, &field.ty)));
            Shape::Record(fields.collect())
        }
        Ty::Row(_) | Ty::Reply(_) | Ty::Record(_) | Ty::Tuple(_) => {
            unreachable!("a column of type {ty:?}")
        }
    }
}

fn variants(game: &Game, id: EnumId) -> Variants {
    let variants = &game.enums[id.0].variants;
    let numbered = variants
        .iter()
        .map(|it| Some((it.name.clone(), it.number?)));
    match numbered.collect() {
        Some(numbered) => Variants::Numbered(numbered),
        None => Variants::Named(variants.iter().map(|it| it.name.clone()).collect()),
    }
}

fn constant(game: &Game, literal: &Literal) -> Option<Constant> {
    Some(match literal {
        Literal::Int(value) => Constant::Int(*value),
        Literal::Float(value) => Constant::Float(*value),
        Literal::Bool(value) => Constant::Bool(*value),
        Literal::Text(value) => Constant::Text(value.clone()),
        Literal::Variant(id, at) => {
            let variant = game.enums[id.0].variants.get(*at)?;
            match variant.number {
                Some(number) => Constant::Int(number),
                None => Constant::Text(variant.name.clone()),
            }
        }
        Literal::EmptyList => Constant::Text("[]".to_owned()),
        Literal::EmptyMap => Constant::Text("{}".to_owned()),
    })
}

/// A table as core writes SQL for it.
pub fn described(manager: &str, name: &str, table: &Table) -> sql::Table {
    let place = |column: &str| table.columns.iter().position(|it| it.name == column);
    let columns = table.columns.iter().map(|column| sql::Column {
        name: column.name.clone(),
        ty: stored(&column.shape),
        optional: column.optional,
        min: column.min.as_ref().map(stored_constant),
        max: column.max.as_ref().map(stored_constant),
        default: column.default.as_ref().map(stored_constant),
    });
    let references = table.references.iter().map(|reference| sql::Reference {
        columns: places(table, &reference.columns),
        table: names::sql_table(manager, &reference.table),
        to: reference.to.clone(),
    });
    let sets = |sets: &[Vec<String>]| sets.iter().map(|set| places(table, set)).collect();
    sql::Table {
        name: names::sql_table(manager, name),
        columns: columns.collect(),
        key: places(table, &table.key),
        row_number: table.row_number().and_then(place),
        unique: sets(&table.unique),
        index: sets(&table.index),
        references: references.collect(),
    }
}

/// Where the columns of those names are.
pub fn places(table: &Table, names: &[String]) -> Vec<usize> {
    let place = |name: &String| table.columns.iter().position(|it| it.name == *name);
    names.iter().filter_map(place).collect()
}

fn stored(shape: &Shape) -> sql::Type {
    match shape {
        Shape::Int | Shape::Time | Shape::Id => sql::Type::Int,
        Shape::Float => sql::Type::Float,
        Shape::Bool => sql::Type::Bool,
        Shape::Enum(Variants::Named(names)) => {
            sql::Type::OneOf(names.iter().cloned().map(sql::Constant::Text).collect())
        }
        Shape::Enum(Variants::Numbered(numbers)) => {
            sql::Type::OneOf(numbers.values().copied().map(sql::Constant::Int).collect())
        }
        Shape::Optional(inner) => stored(inner),
        Shape::Text | Shape::Player | Shape::List(_) | Shape::Map(..) | Shape::Record(_) => {
            sql::Type::Text
        }
    }
}

/// A constant as core knows it.
pub fn stored_constant(constant: &Constant) -> sql::Constant {
    match constant {
        Constant::Bool(value) => sql::Constant::Bool(*value),
        Constant::Int(value) => sql::Constant::Int(*value),
        Constant::Float(value) => sql::Constant::Float(*value),
        Constant::Text(value) => sql::Constant::Text(value.clone()),
    }
}
