//! What the rows of a table refer to.

use super::super::source::{Name, Span};

/// `{ columns: [family], table: family, to: [id] }`: an item of `references`.
#[derive(Clone, Debug, PartialEq)]
pub struct Reference {
    /// `columns:`, those of the table that refers; not empty.
    pub columns: Vec<Name>,
    /// `table:`, the one that is referred to.
    pub table: Name,
    /// `to:`, that table's columns, in the same order; its key where nothing was said.
    pub to: Option<Vec<Name>>,
    /// The whole.
    pub span: Span,
}
