//! What a migration should make of rows, told without SQL and without the generator's own diff.

use aliya_runtime::db::Value;
use xtask::migrate::snapshot::{Column, Constant, Shape, Table, Tables, Variants};

use crate::rows::{Row, has_doubles};

/// A row is in the way.
#[derive(Debug, PartialEq)]
pub struct InTheWay;

/// The table that `name` was.
pub fn source_of_table<'o>(old: &'o Tables, new: &Tables, name: &str) -> Option<&'o str> {
    let was = |name: &str| {
        let was = new[name].was.as_deref()?;
        let done = old
            .get(name)
            .is_some_and(|it| it.was.as_deref() == Some(was));
        old.get_key_value(was)
            .filter(|_| !done)
            .map(|(was, _)| was.as_str())
    };
    if let Some(was) = was(name) {
        return Some(was);
    }
    let taken = new.keys().any(|other| was(other) == Some(name));
    let same = old.get_key_value(name).filter(|_| !taken);
    same.map(|(name, _)| name.as_str())
}

/// The rows of `old` as they are in `new`.
pub fn migrated(old: &Table, new: &Table, rows: &[Row]) -> Result<Vec<Row>, InTheWay> {
    let mut migrated = Vec::new();
    for row in rows {
        let values = new.columns.iter().map(|column| {
            let source = source(old, new, column);
            let value = match source {
                Some(at) => converted(&old.columns[at].shape, &column.shape, &row[at])?,
                None => column.default.as_ref().map_or(Value::Null, stored),
            };
            let value = match (&value, column.optional, &column.default) {
                (Value::Null, false, Some(default)) => stored(default),
                _ => value,
            };
            if keeps(column, &value) {
                Ok(value)
            } else {
                Err(InTheWay)
            }
        });
        migrated.push(values.collect::<Result<Row, _>>()?);
    }
    let sets = std::iter::once(&new.key).chain(&new.unique);
    for set in sets {
        if has_doubles(new, set, &migrated) {
            return Err(InTheWay);
        }
    }
    Ok(migrated)
}

fn source(old: &Table, new: &Table, column: &Column) -> Option<usize> {
    let find = |name: &str| old.columns.iter().position(|it| it.name == name);
    let was = |column: &Column| {
        let was = column.was.as_deref()?;
        let before = find(&column.name);
        let done = before.is_some_and(|at| old.columns[at].was.as_deref() == Some(was));
        find(was).filter(|_| !done)
    };
    if let Some(at) = was(column) {
        return Some(at);
    }
    let at = find(&column.name)?;
    let taken = new.columns.iter().any(|other| was(other) == Some(at));
    (!taken).then_some(at)
}

fn stored(constant: &Constant) -> Value {
    match constant {
        Constant::Bool(value) => Value::Int(i64::from(*value)),
        Constant::Int(value) => Value::Int(*value),
        Constant::Float(value) => Value::Float(*value),
        Constant::Text(value) => Value::Text(value.clone()),
    }
}

fn converted(from: &Shape, to: &Shape, value: &Value) -> Result<Value, InTheWay> {
    let int = |value: &Value| match value {
        Value::Int(value) => *value,
        other => panic!("{other:?} is no int"),
    };
    Ok(match (from, to, value) {
        (_, _, Value::Null) => Value::Null,
        (Shape::Int, Shape::Float, value) => {
            let value = int(value);
            if value.abs() > 1 << 53 {
                return Err(InTheWay);
            }
            Value::Float(value as f64)
        }
        (Shape::Float, Shape::Int, Value::Float(value)) => {
            if value.fract() != 0.0 {
                return Err(InTheWay);
            }
            Value::Int(*value as i64)
        }
        (Shape::Int, Shape::Bool, Value::Int(0 | 1)) => value.clone(),
        (Shape::Int, Shape::Bool, _) => return Err(InTheWay),
        (Shape::Int | Shape::Id, Shape::Text, value) => Value::Text(int(value).to_string()),
        (Shape::Enum(from), to, value) => variant(from, to, value)?,
        (_, _, value) => value.clone(),
    })
}

fn variant(from: &Variants, to: &Shape, value: &Value) -> Result<Value, InTheWay> {
    let name = match (from, value) {
        (Variants::Named(_), Value::Text(name)) => name.clone(),
        (Variants::Numbered(numbers), Value::Int(number)) => {
            let found = numbers.iter().find(|(_, it)| *it == number);
            found.expect("a variant").0.clone()
        }
        other => panic!("{other:?}"),
    };
    match to {
        Shape::Text => Ok(Value::Text(name)),
        Shape::Int => Ok(value.clone()),
        Shape::Enum(Variants::Named(names)) if names.contains(&name) => Ok(Value::Text(name)),
        Shape::Enum(Variants::Numbered(numbers)) => match (numbers.get(&name), value) {
            (Some(number), _) => Ok(Value::Int(*number)),
            (None, Value::Int(number)) if numbers.values().any(|it| it == number) => {
                Ok(value.clone())
            }
            _ => Err(InTheWay),
        },
        Shape::Enum(_) => Err(InTheWay),
        other => panic!("an enum as {other}"),
    }
}

fn keeps(column: &Column, value: &Value) -> bool {
    let bound = |constant: &Option<Constant>| match constant {
        Some(Constant::Int(value)) => Some(*value as f64),
        Some(Constant::Float(value)) => Some(*value),
        _ => None,
    };
    let measured = match value {
        Value::Null => return column.optional,
        Value::Int(value) => *value as f64,
        Value::Float(value) => *value,
        Value::Text(text) => text.chars().count() as f64,
    };
    let within = bound(&column.min).is_none_or(|min| measured >= min)
        && bound(&column.max).is_none_or(|max| measured <= max);
    within
        && match (&column.shape, value) {
            (Shape::Enum(Variants::Named(names)), Value::Text(name)) => names.contains(name),
            (Shape::Enum(Variants::Numbered(numbers)), Value::Int(number)) => {
                numbers.values().any(|it| it == number)
            }
            _ => true,
        }
}
