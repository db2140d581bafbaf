//! Balance tables.

use super::{Expr, LocalId, Missing, Template, Ty};

/// A balance table of [`Game::config`](super::Game::config).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ConfigId(pub usize);

/// A balance table: its values are no part of what is generated.
#[derive(Clone, Debug)]
pub struct ConfigTable {
    /// Its name as declared.
    pub name: String,
    /// Its type.
    pub ty: Ty,
}

/// A value out of a list or a map of a balance table.
#[derive(Clone, Debug)]
pub struct Lookup {
    /// The list or map.
    pub of: Expr,
    /// Its index or key.
    pub key: Expr,
    /// What where there is none; never a default.
    pub missing: Missing,
    /// The data of [`Missing::Error`]: a record.
    pub data: Option<Template>,
    /// What it binds.
    pub bind: LocalId,
}
