//! SQL statements, rendered for a dialect from a plain description of tables.
//!
//! Parameters are numbered in the order in which each function's docs name them.

mod alter;
mod many;
mod measure;
mod query;
mod schema;
mod term;
mod write;

pub use alter::{Convert, Value};
pub use query::{Condition, Query, Test};
pub use term::{Computed, Number, Term};
pub use write::Duplicates;

use crate::dialect::{Dialect, Mysql, Postgres, Sqlite, Words};

/// A statement's text in each dialect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Texts {
    /// For SQLite.
    pub sqlite: String,
    /// For PostgreSQL.
    pub postgres: String,
    /// For MySQL and MariaDB.
    pub mysql: String,
}

/// A table as the database sees it.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// Its name in the database.
    pub name: String,
    /// Its columns, in order.
    pub columns: Vec<Column>,
    /// The columns of its key, by place.
    pub key: Vec<usize>,
    /// The column that the database fills in with a new row's number: then it is the whole key.
    pub row_number: Option<usize>,
    /// Sets of columns, beside the key, that no two rows have the same in.
    pub unique: Vec<Vec<usize>>,
    /// Its indexes beside these.
    pub index: Vec<Vec<usize>>,
    /// Which rows of which tables its rows refer to.
    pub references: Vec<Reference>,
}

/// Columns that are NULL, or together name a row of a table that is there.
#[derive(Clone, Debug)]
pub struct Reference {
    /// The columns, by place.
    pub columns: Vec<usize>,
    /// The name in the database of the table that they refer to.
    pub table: String,
    /// The names of its columns, in the same order: its key or a unique set.
    pub to: Vec<String>,
}

/// A column.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub ty: Type,
    /// Whether it may be NULL.
    pub optional: bool,
    /// The least number, or least length in characters of a text.
    pub min: Option<Constant>,
    /// The greatest number, or greatest length.
    pub max: Option<Constant>,
    /// What an insert that does not name the column gets.
    pub default: Option<Constant>,
}

/// What a column holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Type {
    /// A 64-bit integer.
    Int,
    /// A 64-bit float.
    Float,
    /// A bool.
    Bool,
    /// Text.
    Text,
    /// One of these, which are all ints or all texts.
    OneOf(Vec<Constant>),
}

impl Type {
    /// Whether it is stored as a 64-bit integer.
    pub fn is_int(&self) -> bool {
        match self {
            Self::Int => true,
            Self::OneOf(values) => matches!(values.as_slice(), [Constant::Int(_), ..]),
            Self::Float | Self::Bool | Self::Text => false,
        }
    }
}

/// A constant in a declaration.
#[derive(Clone, Debug, PartialEq)]
pub enum Constant {
    /// An integer.
    Int(i64),
    /// A finite float.
    Float(f64),
    /// A bool.
    Bool(bool),
    /// Text without U+0000.
    Text(String),
}

impl Table {
    /// A statement over this table in each dialect.
    pub fn texts(&self, statement: impl Fn(Sql<'_>) -> String) -> Texts {
        Texts {
            sqlite: statement(self.sql(&Sqlite)),
            postgres: statement(self.sql(&Postgres)),
            mysql: statement(self.sql(&Mysql)),
        }
    }

    /// A renderer of statements over this table.
    pub fn sql<'t>(&'t self, dialect: &'t dyn Dialect) -> Sql<'t> {
        Sql {
            table: self,
            dialect,
            words: dialect.words(),
        }
    }
}

/// Renders the statements of one table in one dialect.
#[derive(Clone, Copy)]
pub struct Sql<'t> {
    table: &'t Table,
    dialect: &'t dyn Dialect,
    words: &'static Words,
}

impl Sql<'_> {
    fn table(&self) -> String {
        self.words.quoted(&self.table.name)
    }

    /// A column's quoted name.
    ///
    /// # Panics
    ///
    /// Where the table has no such column: whoever describes statements knows its columns.
    fn column(&self, at: usize) -> String {
        self.words.quoted(&self.table.columns[at].name)
    }

    fn columns(&self, places: impl IntoIterator<Item = usize>) -> Vec<String> {
        places.into_iter().map(|at| self.column(at)).collect()
    }

    /// Whether anything that is sorted holds the column.
    fn is_indexed(&self, at: usize) -> bool {
        let Table {
            key,
            unique,
            index,
            references,
            ..
        } = self.table;
        let references = references.iter().map(|it| &it.columns);
        let mut sets = std::iter::once(key).chain(unique).chain(index);
        sets.any(|set| set.contains(&at)) || references.into_iter().any(|set| set.contains(&at))
    }

    /// All columns, in order, as a list.
    fn all_columns(&self) -> String {
        self.columns(0..self.table.columns.len()).join(", ")
    }
}

/// How long a statement on one line is at most.
const LINE_CHARS_MAX: usize = 90;

/// The clauses of a statement, each on a line of its own where they do not fit one together.
fn joined(clauses: &[String]) -> String {
    let line = clauses.join(" ");
    if line.chars().count() > LINE_CHARS_MAX {
        return clauses.join("\n");
    }
    line
}

impl Sql<'_> {
    /// A constant as a literal.
    pub fn constant(&self, constant: &Constant) -> String {
        match constant {
            Constant::Int(int) => int.to_string(),
            Constant::Float(float) => format!("{float:?}"),
            Constant::Bool(bool) => u8::from(*bool).to_string(),
            Constant::Text(text) => self.dialect.literal(text),
        }
    }
}
