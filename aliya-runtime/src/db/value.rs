//! Values on their way to and from a database.

use super::json::Json;

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
    /// A list, map or record: bound as the text of its JSON.
    Json(Json<'a>),
}

/// A value of a row.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
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

impl From<Param<'_>> for Value {
    fn from(param: Param<'_>) -> Self {
        match param {
            Param::Null => Self::Null,
            Param::Int(int) => Self::Int(int),
            Param::Float(float) => Self::Float(float),
            Param::Text(text) => Self::Text(text.to_owned()),
            Param::Json(json) => Self::Text(json.to_string()),
        }
    }
}

impl<'a> From<&'a Value> for Param<'a> {
    fn from(value: &'a Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Int(int) => Self::Int(*int),
            Value::Float(float) => Self::Float(*float),
            Value::Text(text) => Self::Text(text),
        }
    }
}
