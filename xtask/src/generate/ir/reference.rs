//! What rows refer to.

use super::{ColumnIndex, TableId};

/// Columns that say which row of a table is meant; where none of them is absent, that row is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The columns.
    pub columns: Vec<ColumnIndex>,
    /// The table that they refer to, of the same manager.
    pub table: TableId,
    /// Its key or a unique set: as many columns of the same types.
    pub to: Vec<ColumnIndex>,
}
