//! The step `draw`.

use super::{Expr, Name};

/// `draw: x in list`
#[derive(Clone, Debug, PartialEq)]
pub struct Draw {
    /// The name of an item, in `weight`.
    pub item: Name,
    /// What to draw from.
    pub list: Expr,
    /// `weight:`; all the same where nothing was said.
    pub weight: Option<Expr>,
    /// `times:`; one item, and no list, where nothing was said.
    pub times: Option<Expr>,
    /// `distinct: true`
    pub distinct: bool,
    /// `as:`
    pub bind: Option<Name>,
}
