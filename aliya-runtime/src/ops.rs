//! Arithmetic of the language: checked, floored, and never a panic.

use crate::stop::Stop;

/// Gives a failed operation its place in the declaration.
pub trait At<T> {
    /// `at`: file, line, column and text of the expression.
    fn at(self, at: &'static str) -> Result<T, Stop>;
}

impl<T> At<T> for Option<T> {
    fn at(self, at: &'static str) -> Result<T, Stop> {
        self.ok_or_else(|| Stop::Fault {
            what: "overflow, division by zero or index out of range".to_owned(),
            at: Some(at),
        })
    }
}

/// `a + b`, `None` on overflow.
pub fn add(a: i64, b: i64) -> Option<i64> {
    a.checked_add(b)
}

/// `a - b`, `None` on overflow.
pub fn sub(a: i64, b: i64) -> Option<i64> {
    a.checked_sub(b)
}

/// `a * b`, `None` on overflow.
pub fn mul(a: i64, b: i64) -> Option<i64> {
    a.checked_mul(b)
}

/// `a / b`, rounded towards minus infinity; `None` where `b` is 0 or the result overflows.
pub fn div(a: i64, b: i64) -> Option<i64> {
    let quotient = a.checked_div(b)?;
    let exact = quotient.checked_mul(b)? == a;
    if !exact && ((a < 0) != (b < 0)) {
        quotient.checked_sub(1)
    } else {
        Some(quotient)
    }
}

/// `a - (a / b) * b`: has the sign of `b`; `None` where `b` is 0.
pub fn rem(a: i64, b: i64) -> Option<i64> {
    if b == -1 {
        return Some(0);
    }
    let rest = a.checked_rem(b)?;
    if rest != 0 && ((rest < 0) != (b < 0)) {
        rest.checked_add(b)
    } else {
        Some(rest)
    }
}

/// `-a`, `None` on overflow.
pub fn neg(a: i64) -> Option<i64> {
    a.checked_neg()
}

/// The distance of `a` from 0, `None` on overflow.
pub fn abs(a: i64) -> Option<i64> {
    a.checked_abs()
}

/// `items[index]`, `None` where there is none.
pub fn index<T: Clone>(items: &[T], index: i64) -> Option<T> {
    usize::try_from(index)
        .ok()
        .and_then(|index| items.get(index))
        .cloned()
}

/// The length of a list as the language counts.
pub fn len<T>(items: &[T]) -> i64 {
    i64::try_from(items.len()).unwrap_or(i64::MAX)
}
