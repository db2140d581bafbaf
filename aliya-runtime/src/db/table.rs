//! Rows as Rust values: what `#[derive(Table)]` implements.

use super::value::{Param, Row, Value};

/// A value that does not fit its column: the database holds something that the declaration forbids.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("column {column}: {what}")]
pub struct ColumnError {
    /// The column, `table.column` where known.
    pub column: String,
    /// What is wrong.
    pub what: String,
}

/// A row that breaks a column's min or max.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{table}.{column} would be {value}, its {bound}")]
pub struct OutOfBounds {
    /// The table.
    pub table: &'static str,
    /// The column.
    pub column: &'static str,
    /// The value that was to be written.
    pub value: String,
    /// The bound that it passes, such as `min is 0`.
    pub bound: &'static str,
}

/// A type that a column can have.
pub trait Column: Sized {
    /// Takes it out of a row.
    fn from_value(value: Value) -> Result<Self, ColumnError>;
    /// Lends it to a statement.
    fn param(&self) -> Param<'_>;
}

/// A row on its way to its table.
pub trait Checked: Sync {
    /// Checks every column's min and max.
    fn check(&self) -> Result<(), OutOfBounds>;
    /// Brings ints and floats within the min and max of their columns, but not those of the key or a
    /// unique set: with another value there, it would be another row.
    fn stop_at_bounds(&mut self) {}
}

/// A row of a table.
pub trait Table: Checked + Sized + Send {
    /// The table's name in the database.
    const NAME: &'static str;
    /// Makes the struct from a row that has all columns in the order of their declaration.
    fn from_row(row: Row) -> Result<Self, ColumnError>;
    /// All columns, in the order of their declaration.
    fn params(&self) -> Vec<Param<'_>>;
}
