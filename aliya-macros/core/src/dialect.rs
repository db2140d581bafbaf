//! What one database's SQL has different from another's.
//!
//! A dialect is a table of words, where databases say the same in other words, and a few methods,
//! where they build a sentence another way. [`crate::sql`] writes statements with nothing else.

use crate::sql::{Computed, Number};

/// A database's SQL.
pub trait Dialect: Sync {
    /// Its words.
    fn words(&self) -> &'static Words;

    /// The place of the `number`th parameter, from 1.
    fn placeholder(&self, number: usize) -> String;

    /// Holds where `column` is one of the items of the JSON array, a text, that `list` stands for.
    fn is_in_list(&self, column: &str, list: &str) -> String;

    /// Ends an insert that changes the row instead where one with the same `target` columns is
    /// there: each of `set` becomes what was to be inserted. Names come quoted.
    fn or_update(&self, target: &[String], set: &[String]) -> String;

    /// What follows `WHERE` and `ORDER BY` where a part of the rows is wanted; the arguments are
    /// places of parameters.
    fn part(&self, limit: Option<&str>, offset: Option<&str>) -> Option<String>;

    /// `value`, in a statement that fails where one of `computed`, which are parts of it, overflows:
    /// as it is in dialects whose arithmetic fails on its own.
    fn checked(&self, value: &str, computed: &[Computed]) -> String {
        let _ = computed;
        value.to_owned()
    }

    /// The smaller of two values, neither of them NULL.
    fn least(&self, a: &str, b: &str) -> String {
        format!("LEAST({a}, {b})")
    }

    /// The greater of two values, neither of them NULL.
    fn greatest(&self, a: &str, b: &str) -> String {
        format!("GREATEST({a}, {b})")
    }

    /// The sum of a column, 0 where there is none, as a float or an int; it fails on overflow.
    fn sum(&self, column: &str, float: bool) -> String {
        let none = if float { "0.0" } else { "0" };
        format!("COALESCE(SUM({column}), {none})")
    }
}

/// The words of a dialect.
#[derive(Debug)]
pub struct Words {
    /// Stands around names, and twice for itself inside one.
    pub quote: char,
    /// The type of 64-bit integers.
    pub int: &'static str,
    /// The type of 64-bit floats.
    pub float: &'static str,
    /// The type of bools, which are 0 and 1 where this is an integer.
    pub bool: &'static str,
    /// The type of texts.
    pub text: &'static str,
    /// The type and more of a column that numbers the rows and is their key.
    pub row_number: &'static str,
    /// The function that counts the characters of a text.
    pub length: &'static str,
    /// Ends an insert that does nothing where the row is there.
    pub or_nothing: &'static str,
    /// Before the columns that an insert gives back; `None` where it cannot.
    pub returning: Option<&'static str>,
    /// Ends the declaration of a table that has a column of [`Words::row_number`].
    pub numbered_table: &'static str,
    /// Ends the declaration of any other table, whose key is its own.
    pub keyed_table: &'static str,
}

impl Words {
    /// `name` as an identifier, whatever it holds.
    pub fn quoted(&self, name: &str) -> String {
        let quote = self.quote.to_string();
        let inside = name.replace(self.quote, &quote.repeat(2));
        format!("{quote}{inside}{quote}")
    }
}

/// SQLite 3.38 and later (strict tables, upsert, RETURNING, JSON built in).
#[derive(Clone, Copy, Debug)]
pub struct Sqlite;

static SQLITE: Words = Words {
    quote: '"',
    int: "INTEGER",
    float: "REAL",
    bool: "INTEGER",
    text: "TEXT",
    row_number: "INTEGER PRIMARY KEY AUTOINCREMENT",
    length: "length",
    or_nothing: "ON CONFLICT DO NOTHING",
    returning: Some("RETURNING"),
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

    fn is_in_list(&self, column: &str, list: &str) -> String {
        format!("{column} IN (SELECT value FROM json_each({list}))")
    }

    fn or_update(&self, target: &[String], set: &[String]) -> String {
        let set: Vec<_> = set.iter().map(|c| format!("{c} = excluded.{c}")).collect();
        format!(
            "ON CONFLICT ({}) DO UPDATE SET {}",
            target.join(", "),
            set.join(", ")
        )
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
