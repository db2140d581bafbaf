//! `native: true`, of a function that is written by hand.

use super::{Field, Span};

/// `native: true`, in place of steps.
#[derive(Clone, Debug, PartialEq)]
pub struct Native {
    /// Where it stands.
    pub span: Span,
    /// `reply:`, the fields of the reply's data; they have neither bounds nor defaults.
    pub reply: Vec<Field>,
}
