//! What an `update` sets: a value that the database computes from the row as it was.

use super::{ColumnIndex, Expr};

/// A value for each of many rows.
#[derive(Clone, Debug)]
pub enum Change {
    /// The same for all rows: computed before.
    Value(Expr),
    /// What a column holds.
    Column(ColumnIndex),
    /// Arithmetic; `float` where it is of floats, else of ints.
    Arithmetic {
        /// Which.
        op: Arithmetic,
        /// Whether it is of floats.
        float: bool,
        /// The left operand.
        left: Box<Change>,
        /// The right operand.
        right: Box<Change>,
    },
    /// The smaller of two.
    Least(Box<Change>, Box<Change>),
    /// The greater of two.
    Greatest(Box<Change>, Box<Change>),
    /// The first, or the second where the first is absent.
    Default(Box<Change>, Box<Change>),
    /// An int as a float.
    ToFloat(Box<Change>),
    /// `not`
    Not(Box<Change>),
}

/// What databases compute as the language does, but for overflow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arithmetic {
    /// `a + b`
    Add,
    /// `a - b`
    Sub,
    /// `a * b`
    Mul,
}

impl Change {
    /// The values in it, from the left.
    pub fn values<'c>(&'c self, found: &mut impl FnMut(&'c Expr)) {
        match self {
            Self::Value(value) => found(value),
            Self::Column(_) => {}
            Self::Arithmetic { left, right, .. } => {
                left.values(found);
                right.values(found);
            }
            Self::Least(a, b) | Self::Greatest(a, b) | Self::Default(a, b) => {
                a.values(found);
                b.values(found);
            }
            Self::ToFloat(of) | Self::Not(of) => of.values(found),
        }
    }

    /// The same, to change them.
    pub fn values_mut(&mut self, found: &mut impl FnMut(&mut Expr)) {
        match self {
            Self::Value(value) => found(value),
            Self::Column(_) => {}
            Self::Arithmetic { left, right, .. } => {
                left.values_mut(found);
                right.values_mut(found);
            }
            Self::Least(a, b) | Self::Greatest(a, b) | Self::Default(a, b) => {
                a.values_mut(found);
                b.values_mut(found);
            }
            Self::ToFloat(of) | Self::Not(of) => of.values_mut(found),
        }
    }
}
