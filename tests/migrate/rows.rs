//! Rows by chance, into a table and out of it.

use std::collections::BTreeSet;

use aliya_macros_core::names;
use aliya_runtime::db::Value;
use xtask::migrate::snapshot::{Column, Constant, Shape, Table, Variants};

use crate::MANAGER;
use crate::database::Database;
use crate::random::Random;

/// Values of all columns, in the order of the table.
pub type Row = Vec<Value>;

/// Some rows that keep the table's rules.
pub fn rows(table: &Table, random: &mut Random) -> Vec<Row> {
    let mut rows = Vec::new();
    for _ in 0..random.below(7) {
        let row: Row = table.columns.iter().map(|it| value(it, random)).collect();
        rows.push(row);
        let twice = std::iter::once(&table.key).chain(&table.unique);
        let mut twice = twice.filter(|set| has_doubles(table, set, &rows));
        if twice.next().is_some() {
            rows.pop();
        }
    }
    rows
}

/// Whether two rows have the same in a set of columns; what is absent is never the same.
pub fn has_doubles(table: &Table, set: &[String], rows: &[Row]) -> bool {
    let places = set
        .iter()
        .filter_map(|name| table.columns.iter().position(|column| column.name == *name));
    let places: Vec<_> = places.collect();
    let mut seen = BTreeSet::new();
    rows.iter().any(|row| {
        let values: Vec<_> = places.iter().map(|at| &row[*at]).collect();
        !values.contains(&&Value::Null) && !seen.insert(format!("{values:?}"))
    })
}

fn value(column: &Column, random: &mut Random) -> Value {
    if column.optional && random.once_in(3) {
        return Value::Null;
    }
    let int = |bound: &Option<Constant>, otherwise| match bound {
        Some(Constant::Int(value)) => *value,
        _ => otherwise,
    };
    let (min, max) = (int(&column.min, -40), int(&column.max, 40));
    match &column.shape {
        Shape::Int if random.once_in(4) && column.max.is_none() => {
            let far = [1_i64 << 53, (1 << 53) + 1, i64::MAX];
            Value::Int(*random.pick(&far))
        }
        Shape::Int => Value::Int(min + random.below((max - min + 1) as usize) as i64),
        Shape::Time | Shape::Id => Value::Int(1 + random.below(40) as i64),
        Shape::Float => Value::Float(random.below(12) as f64 / 2.0),
        Shape::Bool => Value::Int(random.below(2) as i64),
        Shape::Player => Value::Text(format!("player{}", random.below(9))),
        Shape::Text => {
            let texts = [
                "",
                "a",
                "iron",
                "o'clock",
                "söße",
                "中中中中中",
                "longer than that",
            ];
            let text = *random.pick(&texts);
            let max = int(&column.max, 99);
            Value::Text(text.chars().take(max as usize).collect())
        }
        Shape::Enum(Variants::Named(names)) => Value::Text(random.pick(names).clone()),
        Shape::Enum(Variants::Numbered(numbers)) => {
            let numbers: Vec<_> = numbers.values().copied().collect();
            Value::Int(*random.pick(&numbers))
        }
        Shape::List(_) => Value::Text("[1,2]".to_owned()),
        other => panic!("a value of {other}"),
    }
}

/// Puts rows into a table.
pub async fn insert(database: &Database, name: &str, table: &Table, rows: &[Row]) {
    let columns: Vec<_> = table.columns.iter().map(|it| quoted(&it.name)).collect();
    let places = (1..=columns.len()).map(|at| database.dialect().placeholder(at));
    let places: Vec<_> = places.collect();
    let text = format!(
        "INSERT INTO {} ({}) VALUES ({})",
        quoted(&names::sql_table(MANAGER, name)),
        columns.join(", "),
        places.join(", ")
    );
    for row in rows {
        let inserted = database.run(&text, row.clone()).await;
        inserted.unwrap_or_else(|error| panic!("{text} {row:?}: {error}"));
    }
}

/// The rows of a table, sorted.
pub async fn stored(database: &Database, name: &str, table: &Table) -> Vec<String> {
    let columns: Vec<_> = table.columns.iter().map(|it| quoted(&it.name)).collect();
    let text = format!(
        "SELECT {} FROM {}",
        columns.join(", "),
        quoted(&names::sql_table(MANAGER, name))
    );
    sorted(database.rows(&text).await)
}

/// Rows in an order of their own, for comparison.
pub fn sorted(rows: Vec<Row>) -> Vec<String> {
    let mut rows: Vec<_> = rows.iter().map(|row| format!("{row:?}")).collect();
    rows.sort();
    rows
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
