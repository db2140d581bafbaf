//! The tables of a game as a value: what migrations lead to. `migrations/schema.json` keeps it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The tables of every manager.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Schema {
    /// By manager, by name. A manager that is declared no more stays: so do its tables, wherever
    /// they are.
    pub managers: BTreeMap<String, Tables>,
}

/// A manager's tables, by name.
pub type Tables = BTreeMap<String, Table>;

/// A table.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// The name that it had before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub was: Option<String>,
    /// Its columns, in the order of their declaration, which no database needs to have.
    pub columns: Vec<Column>,
    /// The columns of its key.
    pub key: Vec<String>,
    /// Other sets of columns in which no two rows are the same.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unique: Vec<Vec<String>>,
    /// Sets of columns by which rows are found.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub index: Vec<Vec<String>>,
    /// Rows that its rows refer to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub references: Vec<Reference>,
}

/// Columns that are absent, or together name a row of a table of the same manager.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reference {
    /// The columns.
    pub columns: Vec<String>,
    /// The table.
    pub table: String,
    /// Its key or one of its unique sets, in the order of the columns.
    pub to: Vec<String>,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What it holds.
    #[serde(rename = "type")]
    pub shape: Shape,
    /// Whether it may be absent.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub optional: bool,
    /// The least number, or length of a text in characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<Constant>,
    /// The greatest number or length.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<Constant>,
    /// What stands where nothing was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<Constant>,
    /// The name that it had before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub was: Option<String>,
}

/// A type, with all that values of it can be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// A 64-bit integer.
    Int,
    /// A 64-bit float.
    Float,
    /// A bool.
    Bool,
    /// Text.
    Text,
    /// Milliseconds since 1970 UTC.
    Time,
    /// A player's unique_id.
    Player,
    /// A row's id; the database numbers the rows where it is the key.
    Id,
    /// One of some names, or of the numbers that stand for them.
    Enum(Variants),
    /// A list, as JSON.
    List(Box<Shape>),
    /// A map, as JSON: of these keys, and these values.
    Map(Box<Shape>, Box<Shape>),
    /// A record's fields, as JSON.
    Record(Vec<(String, Shape)>),
    /// What may be absent in a record.
    Optional(Box<Shape>),
}

/// The variants of an enum.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Variants {
    /// Stored as their names.
    Named(Vec<String>),
    /// Stored as their numbers.
    Numbered(BTreeMap<String, i64>),
}

/// A constant, as it is stored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Constant {
    /// A bool.
    Bool(bool),
    /// An integer.
    Int(i64),
    /// A float.
    Float(f64),
    /// A text, or JSON.
    Text(String),
}

impl Table {
    /// The column of that name.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// The column that the database numbers the rows with.
    pub fn row_number(&self) -> Option<&str> {
        let [only] = self.key.as_slice() else {
            return None;
        };
        let id = self.column(only)?.shape == Shape::Id;
        id.then_some(only.as_str())
    }
}

impl Column {
    /// Whether they are the same but for the name that one had before.
    pub fn is_alike(&self, other: &Self) -> bool {
        let bare = |column: &Self| Self {
            was: None,
            ..column.clone()
        };
        bare(self) == bare(other)
    }
}

impl Shape {
    /// Whether it is stored as JSON.
    pub fn is_json(&self) -> bool {
        matches!(self, Self::List(_) | Self::Map(..) | Self::Record(_))
    }
}

impl std::fmt::Display for Constant {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Bool(value) => write!(f, "{value}"),
            Self::Int(value) => write!(f, "{value}"),
            Self::Float(value) => write!(f, "{value:?}"),
            Self::Text(value) => write!(f, "{value:?}"),
        }
    }
}

impl std::fmt::Display for Shape {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Int => f.write_str("int"),
            Self::Float => f.write_str("float"),
            Self::Bool => f.write_str("bool"),
            Self::Text => f.write_str("text"),
            Self::Time => f.write_str("time"),
            Self::Player => f.write_str("player"),
            Self::Id => f.write_str("id"),
            Self::Enum(Variants::Named(_)) => f.write_str("an enum of names"),
            Self::Enum(Variants::Numbered(_)) => f.write_str("an enum of numbers"),
            Self::List(item) => write!(f, "list {item}"),
            Self::Map(key, value) => write!(f, "map {key} {value}"),
            Self::Record(_) => f.write_str("a record"),
            Self::Optional(inner) => write!(f, "{inner}, or absent"),
        }
    }
}
