//! The values of an `update`, as core writes them in SQL, and their parameters.

use aliya_macros_core::sql::{Number, Term};

use crate::generate::ir::{Arithmetic, Change};

/// A change as core knows it: each value in it is a parameter.
pub(super) fn term(change: &Change) -> Term {
    let boxed = |change: &Change| Box::new(term(change));
    match change {
        Change::Value(_) => Term::Parameter,
        Change::Column(at) => Term::Column(*at),
        Change::Arithmetic {
            op,
            float,
            left,
            right,
        } => {
            let number = match float {
                true => Number::Float,
                false => Number::Int,
            };
            let arithmetic = match op {
                Arithmetic::Add => Term::Add,
                Arithmetic::Sub => Term::Subtract,
                Arithmetic::Mul => Term::Multiply,
            };
            arithmetic(number, boxed(left), boxed(right))
        }
        Change::Least(a, b) => Term::Least(boxed(a), boxed(b)),
        Change::Greatest(a, b) => Term::Greatest(boxed(a), boxed(b)),
        Change::Default(a, b) => Term::Coalesce(boxed(a), boxed(b)),
        Change::ToFloat(of) => Term::Float(boxed(of)),
        Change::Not(of) => Term::Not(boxed(of)),
    }
}
