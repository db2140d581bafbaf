//! Rows of functions that cannot fail, within the bounds of their columns.

use super::Cx;
use crate::db::Checked;
use crate::ops;

impl Cx<'_> {
    /// Brings a row within the bounds of its columns where the function runs under
    /// [`ops::stopping_at_bounds`]; anywhere else, a row that passes them is refused when it is written.
    pub fn keep_in_bounds(&self, row: &mut dyn Checked) {
        if !ops::is_stopping() {
            return;
        }
        if let Err(passed) = row.check() {
            tracing::warn!("{passed}: the value stops there");
            row.stop_at_bounds();
        }
    }
}
