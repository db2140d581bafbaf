//! Values on their way to and from a database.

/// A value to bind, borrowed for the time of a statement.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Param<'a> {
    /// NULL.
    Null,
    /// An integer; also a bool (0, 1), a time (milliseconds), an id.
    Int(i64),
    /// A float.
    Float(f64),
    /// Text.
    Text(&'a str),
}

/// A value of a row.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// NULL.
    Null,
    /// An integer.
    Int(i64),
    /// A float.
    Float(f64),
    /// Text.
    Text(String),
}

/// A row: its values in the order of the statement's columns.
pub type Row = Vec<Value>;
