//! Formulas.

use super::{Expr, Field, Name};

/// `level_of: { args: { exp: int }, is: "tier(config.levels, exp)" }`
#[derive(Clone, Debug, PartialEq)]
pub struct Formula {
    /// Its name.
    pub name: Name,
    /// `doc:`
    pub doc: Option<Name>,
    /// `args:`, which the expression names without `args.`
    pub args: Vec<Field>,
    /// `is:`
    pub is: Expr,
}
