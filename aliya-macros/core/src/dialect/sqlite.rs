//! SQLite.

use super::{Dialect, OrUpdate, Words, on_conflict};
use crate::sql::{Computed, Number, Type};

/// SQLite 3.38 and later (strict tables, upsert, RETURNING, JSON built in).
#[derive(Clone, Copy, Debug)]
pub struct Sqlite;

static SQLITE: Words = Words {
    quote: '"',
    max_name_bytes: None,
    int: "INTEGER",
    float: "REAL",
    bool: "INTEGER",
    text: "TEXT",
    int_cast: "INTEGER",
    text_cast: "TEXT",
    text_default: ["", ""],
    row_number: "INTEGER PRIMARY KEY AUTOINCREMENT",
    number_is_key: true,
    key_suffix: None,
    references_named: false,
    length: "length",
    no_values: "DEFAULT VALUES",
    or_nothing: Some("ON CONFLICT DO NOTHING"),
    returning: Some("RETURNING"),
    for_update: None,
    int_minus: "-",
    assigns_in_order: false,
    rules_in_columns: true,
    numbered_table: "STRICT",
    keyed_table: "STRICT, WITHOUT ROWID",
};

impl Dialect for Sqlite {
    fn words(&self) -> &'static Words {
        &SQLITE
    }

    fn placeholder(&self, number: usize) -> String {
        format!("?{number}")
    }

    fn is_in_list(&self, column: &str, _: &Type, list: &str) -> String {
        format!("{column} IN (SELECT value FROM json_each({list}))")
    }

    fn or_update(&self, update: &OrUpdate<'_>) -> String {
        on_conflict(update)
    }

    /// An integer that overflows becomes a float, and a float an infinity, without an error; a text
    /// in the column of a number is one, as tables are strict.
    fn checked(&self, value: &str, computed: &[Computed]) -> String {
        let checks = computed
            .iter()
            .map(|Computed { sql, number }| match number {
                Number::Int => format!("typeof({sql}) = 'integer'"),
                Number::Float => format!("abs({sql}) <= {:?}", f64::MAX),
            });
        let checks: Vec<_> = checks.collect();
        if checks.is_empty() {
            return value.to_owned();
        }
        format!(
            "CASE WHEN {} THEN {value} ELSE 'overflow' END",
            checks.join(" AND ")
        )
    }

    /// A cast of what is too large becomes the nearest integer, which is not the same.
    fn is_whole(&self, float: &str) -> String {
        format!("{float} = CAST({float} AS {})", SQLITE.int_cast)
    }

    fn least(&self, a: &str, b: &str) -> String {
        format!("min({a}, {b})")
    }

    fn greatest(&self, a: &str, b: &str) -> String {
        format!("max({a}, {b})")
    }

    fn part(&self, limit: Option<&str>, offset: Option<&str>) -> Option<String> {
        match (limit, offset) {
            (None, None) => None,
            (Some(limit), None) => Some(format!("LIMIT {limit}")),
            // OFFSET cannot stand alone; a limit below zero is none.
            (limit, Some(offset)) => {
                let limit = limit.unwrap_or("-1");
                Some(format!("LIMIT {limit} OFFSET {offset}"))
            }
        }
    }
}
