//! What one database's SQL has different from another's.
//!
//! A dialect is a table of words, where databases say the same in other words, and a few methods,
//! where they build a sentence another way. [`crate::sql`] writes statements with nothing else.

mod mysql;
mod postgres;
mod sqlite;

pub use mysql::Mysql;
pub use postgres::Postgres;
pub use sqlite::Sqlite;

use std::borrow::Cow;

use crate::names;
use crate::sql::{Column, Computed, Type};

/// Every dialect, in the order in which statements tell their texts.
pub const ALL: [&dyn Dialect; 3] = [&Sqlite, &Postgres, &Mysql];

/// A database's SQL.
pub trait Dialect: Sync {
    /// Its words.
    fn words(&self) -> &'static Words;

    /// The place of the `number`th parameter, from 1.
    fn placeholder(&self, number: usize) -> String;

    /// Holds where `column` is one of the items of the JSON array, a text, that `list` stands for;
    /// these are of the column's type.
    fn is_in_list(&self, column: &str, ty: &Type, list: &str) -> String;

    /// Ends an insert that changes another row instead.
    fn or_update(&self, update: &OrUpdate<'_>) -> String;

    /// The type of a column of texts. `indexed`: it is in the key, in a unique set or in an index.
    fn text_type(&self, column: &Column, indexed: bool) -> String {
        let _ = (column, indexed);
        self.words().text.to_owned()
    }

    /// For how many characters such a column has room, where that has an end.
    fn text_room(&self, column: &Column, indexed: bool) -> Option<i64> {
        let _ = (column, indexed);
        None
    }

    /// A text without U+0000 as a literal.
    fn literal(&self, text: &str) -> String {
        format!("'{}'", text.replace('\'', "''"))
    }

    /// The other bool.
    fn not(&self, bool: &str) -> String {
        format!("NOT ({bool})")
    }

    /// A column that rows are sorted by, where those without a value come before all others;
    /// `optional`: there may be such.
    fn sorted(&self, column: &str, descending: bool, optional: bool) -> String {
        let _ = optional;
        let direction = if descending { " DESC" } else { "" };
        format!("{column}{direction}")
    }

    /// What follows `WHERE` and `ORDER BY` where a part of the rows is wanted; the arguments are
    /// places of parameters.
    fn part(&self, limit: Option<&str>, offset: Option<&str>) -> Option<String>;

    /// `value`, in a statement that fails where one of `computed`, which are parts of it, overflows:
    /// as it is in dialects whose arithmetic fails on its own.
    fn checked(&self, value: &str, computed: &[Computed]) -> String {
        let _ = computed;
        value.to_owned()
    }

    /// The product of two floats: zero where it is too small for any other float.
    fn product(&self, a: &str, b: &str) -> String {
        format!("{a} * {b}")
    }

    /// Holds where a float is the same number as some 64-bit integer.
    fn is_whole(&self, float: &str) -> String {
        format!(
            "{float} = floor({float}) AND {float} >= -9223372036854775808e0 \
             AND {float} < 9223372036854775808e0"
        )
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

/// What an insert does where a row is there that has the same `target` columns. Names come quoted.
#[derive(Clone, Copy, Debug)]
pub struct OrUpdate<'a> {
    /// The key or a unique set.
    pub target: &'a [String],
    /// Each of these becomes what was to be inserted.
    pub set: &'a [String],
    /// A column of the key, which is never NULL.
    pub key: &'a str,
    /// Whether another row may be alike in another set that is unique: that is an error.
    pub others: bool,
    /// Whether `key` is the row's number, which the database fills in.
    pub numbered: bool,
    /// Whether that number is wanted.
    pub number: bool,
}

/// The words of a dialect.
#[derive(Debug)]
pub struct Words {
    /// Stands around names, and twice for itself inside one.
    pub quote: char,
    /// How many bytes a name has at most.
    pub max_name_bytes: Option<usize>,
    /// The type of 64-bit integers.
    pub int: &'static str,
    /// The type of 64-bit floats.
    pub float: &'static str,
    /// The type of bools, which are 0 and 1: an integer.
    pub bool: &'static str,
    /// The type of texts, compared byte by byte.
    pub text: &'static str,
    /// What `CAST` calls 64-bit integers.
    pub int_cast: &'static str,
    /// What `CAST` calls texts.
    pub text_cast: &'static str,
    /// Around a default that is a text.
    pub text_default: [&'static str; 2],
    /// The type and more of a column that numbers the rows.
    pub row_number: &'static str,
    /// Whether that makes it their key, too.
    pub number_is_key: bool,
    /// What the name of a table's key ends with; `None` where keys have no names.
    pub key_suffix: Option<&'static str>,
    /// Whether references have names, by which they can be taken off a table and put on it.
    pub references_named: bool,
    /// The function that counts the characters of a text.
    pub length: &'static str,
    /// What an insert says that has no columns to fill in.
    pub no_values: &'static str,
    /// Ends an insert that does nothing where the row is there; `None` where it fails, and whoever
    /// runs it makes light of that.
    pub or_nothing: Option<&'static str>,
    /// Before the columns that an insert gives back; `None` where it cannot, and the driver knows
    /// the number of the row.
    pub returning: Option<&'static str>,
    /// Ends a query whose rows nobody else may change before the end of the transaction; `None`
    /// where nobody could.
    pub for_update: Option<&'static str>,
    /// What subtracts an int from another, and fails where that overflows.
    pub int_minus: &'static str,
    /// Whether an update computes a value from the columns that it has assigned before, and not from
    /// the row as it was.
    pub assigns_in_order: bool,
    /// Whether a column's rules can stand in its declaration, each with its name.
    pub rules_in_columns: bool,
    /// Ends the declaration of a table that has a column of [`Words::row_number`].
    pub numbered_table: &'static str,
    /// Ends the declaration of any other table, whose key is its own.
    pub keyed_table: &'static str,
}

impl Words {
    /// `name` as the database keeps it: one that is too long is shortened.
    pub fn kept<'n>(&self, name: &'n str) -> Cow<'n, str> {
        match self.max_name_bytes {
            Some(max) => names::shortened(name, max),
            None => name.into(),
        }
    }

    /// [`Words::kept`] as an identifier, whatever it holds.
    pub fn quoted(&self, name: &str) -> String {
        let name = self.kept(name);
        let mut quoted = String::with_capacity(name.len() + 2);
        quoted.push(self.quote);
        for (at, part) in name.split(self.quote).enumerate() {
            if at > 0 {
                quoted.extend([self.quote; 2]);
            }
            quoted.push_str(part);
        }
        quoted.push(self.quote);
        quoted
    }
}

/// `ON CONFLICT`, as SQLite and PostgreSQL say it: another row that is alike in another set is an
/// error by itself.
fn on_conflict(update: &OrUpdate<'_>) -> String {
    let set = update.set.iter().map(|c| format!("{c} = excluded.{c}"));
    let set: Vec<_> = set.collect();
    format!(
        "ON CONFLICT ({}) DO UPDATE SET {}",
        update.target.join(", "),
        set.join(", ")
    )
}
