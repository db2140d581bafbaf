//! MySQL and MariaDB.

use super::{Dialect, OrUpdate, Words};
use crate::sql::{Column, Constant, Type};

/// MySQL 8.0.19 and later, MariaDB 10.6 and later: what both understand, but for one word. The
/// collation that compares byte by byte, trailing spaces included, is `utf8mb4_nopad_bin` in
/// MariaDB; MySQL calls it `utf8mb4_0900_bin`.
#[derive(Clone, Copy, Debug)]
pub struct Mysql;

static MYSQL: Words = Words {
    quote: '`',
    max_name_bytes: Some(64),
    int: "BIGINT",
    float: "DOUBLE",
    bool: "TINYINT",
    text: "LONGTEXT",
    int_cast: "SIGNED",
    text_cast: "CHAR",
    // A LONGTEXT takes an expression as its default, and no literal.
    text_default: ["(", ")"],
    row_number: "BIGINT NOT NULL AUTO_INCREMENT",
    number_is_key: false,
    key_suffix: None,
    references_named: true,
    length: "CHAR_LENGTH",
    no_values: "() VALUES ()",
    or_nothing: None,
    returning: None,
    for_update: Some("FOR UPDATE"),
    // MariaDB takes 0 less the least int for that int itself.
    int_minus: "+ -",
    assigns_in_order: true,
    rules_in_columns: false,
    numbered_table: TABLE,
    keyed_table: TABLE,
};

const TABLE: &str = "ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin";

/// What an indexed text without a bound has room for, in characters. Three such columns fit a key.
const INDEXED_CHARS: i64 = 255;
/// What an enum has room for at least, so that a longer variant need not change the column.
const ENUM_CHARS: i64 = 64;

impl Dialect for Mysql {
    fn words(&self) -> &'static Words {
        &MYSQL
    }

    fn placeholder(&self, _: usize) -> String {
        "?".to_owned()
    }

    fn is_in_list(&self, column: &str, ty: &Type, list: &str) -> String {
        let item = match ty {
            Type::Float => "DOUBLE",
            Type::Bool => "BIGINT",
            _ if ty.is_int() => "BIGINT",
            _ => "LONGTEXT",
        };
        format!(
            "{column} IN (SELECT `value` FROM JSON_TABLE({list}, '$[*]' \
             COLUMNS (`value` {item} PATH '$')) AS `list`)"
        )
    }

    /// MySQL updates whichever row the new one is alike in any key. Where that may be another than is
    /// meant, its key becomes what it cannot be: NULL, or where MySQL would make a number of that, less
    /// than any number. [`OrUpdate::number`] is what the driver then tells.
    fn or_update(&self, update: &OrUpdate<'_>) -> String {
        let OrUpdate { target, key, .. } = update;
        let same = target.iter().map(|c| format!("{c} <=> VALUES({c})"));
        let same = same.collect::<Vec<_>>().join(" AND ");
        let kept = match update.number {
            true => format!("LAST_INSERT_ID({key})"),
            false => (*key).to_owned(),
        };
        let none = match update.numbered {
            true => format!("-{} - 1 - {key}", i64::MAX),
            false => "NULL".to_owned(),
        };
        let kept = match (update.others, update.number) {
            (true, _) => Some(format!("{key} = IF({same}, {kept}, {none})")),
            (false, true) => Some(format!("{key} = {kept}")),
            (false, false) => None,
        };
        let set = update.set.iter().map(|c| format!("{c} = VALUES({c})"));
        let set: Vec<_> = kept.into_iter().chain(set).collect();
        format!("ON DUPLICATE KEY UPDATE {}", set.join(", "))
    }

    fn text_type(&self, column: &Column, indexed: bool) -> String {
        match self.text_room(column, indexed) {
            Some(chars) => format!("VARCHAR({chars})"),
            None => MYSQL.text.to_owned(),
        }
    }

    fn text_room(&self, column: &Column, indexed: bool) -> Option<i64> {
        let chars = match (&column.ty, &column.max) {
            (Type::OneOf(values), _) => {
                let chars = values.iter().map(|value| match value {
                    Constant::Text(text) => text.chars().count(),
                    _ => 0,
                });
                let chars = chars.max().unwrap_or(0);
                ENUM_CHARS.max(i64::try_from(chars).unwrap_or(i64::MAX))
            }
            (_, Some(Constant::Int(max))) if indexed || *max <= INDEXED_CHARS => *max,
            _ if indexed => INDEXED_CHARS,
            _ => return None,
        };
        // A column of no characters is none.
        Some(chars.max(1))
    }

    fn literal(&self, text: &str) -> String {
        format!("'{}'", text.replace('\\', "\\\\").replace('\'', "''"))
    }

    fn part(&self, limit: Option<&str>, offset: Option<&str>) -> Option<String> {
        match (limit, offset) {
            (None, None) => None,
            (Some(limit), None) => Some(format!("LIMIT {limit}")),
            // OFFSET cannot stand alone.
            (limit, Some(offset)) => {
                let limit = limit.map_or_else(|| u64::MAX.to_string(), str::to_owned);
                Some(format!("LIMIT {limit} OFFSET {offset}"))
            }
        }
    }

    /// A sum of ints is a DECIMAL of any size, and one of floats may be infinite: only arithmetic
    /// with either fails.
    fn sum(&self, column: &str, float: bool) -> String {
        match float {
            true => format!("COALESCE(SUM({column}), 0) + 0"),
            false => format!("COALESCE(SUM({column}), 0) DIV 1"),
        }
    }
}
