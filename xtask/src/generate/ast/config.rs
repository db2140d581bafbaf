//! Balance tables.

use super::{Expr, Missing, Name, RecordType, Template};
use crate::generate::yaml::Node;

/// A table of `config:`.
#[derive(Clone, Debug, PartialEq)]
pub struct ConfigTable {
    /// Its name.
    pub name: Name,
    /// Its type.
    pub ty: ConfigType,
    /// What its file holds; `None` where that could not be read, which was reported.
    pub value: Option<Node>,
}

/// The type of a balance table.
#[derive(Clone, Debug, PartialEq)]
pub enum ConfigType {
    /// `levels: list int`; empty was reported.
    Written(Name),
    /// `stage: { energy_full: int }`: a record of its own, whose name is `config.stage`.
    Record(RecordType),
}

/// `get: config.stages[x]`
#[derive(Clone, Debug, PartialEq)]
pub struct GetConfig {
    /// The table, or a part of it, with an index or key.
    pub value: Expr,
    /// `else:` / `or: none`
    pub missing: Missing,
    /// `data:` beside `else:`
    pub data: Option<Template>,
    /// `as:`
    pub bind: Option<Name>,
}
