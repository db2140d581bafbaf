//! Operations of the language: checked, floored, and never a panic. Where a function cannot fail (see
//! [`stopping_at_bounds`]), a result that does not fit stops at the greatest or the least number.

mod stopping;

pub use crate::allow::Allow;
use std::collections::BTreeMap;

use self::stopping::stopped;
use crate::stop::Stop;
pub use crate::time_zone::{Per, Span};
use crate::wire::{ListWriter, ToWire, choice};

pub(crate) use self::stopping::is_stopping;
pub use self::stopping::stopping_at_bounds;

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
        .or_else(|| stopped(format_args!("{a} + {b}"), a.saturating_add(b)))
}

/// `a - b`, `None` on overflow.
pub fn sub(a: i64, b: i64) -> Option<i64> {
    a.checked_sub(b)
        .or_else(|| stopped(format_args!("{a} - {b}"), a.saturating_sub(b)))
}

/// `a * b`, `None` on overflow.
pub fn mul(a: i64, b: i64) -> Option<i64> {
    a.checked_mul(b)
        .or_else(|| stopped(format_args!("{a} * {b}"), a.saturating_mul(b)))
}

/// `a / b`, rounded towards minus infinity; `None` where `b` is 0 or the result overflows.
pub fn div(a: i64, b: i64) -> Option<i64> {
    let Some(quotient) = a.checked_div(b) else {
        // Of what is divided, only the least number by -1 overflows.
        let overflows = b != 0;
        return overflows.then(|| stopped(format_args!("{a} / {b}"), i64::MAX))?;
    };
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
        .or_else(|| stopped(format_args!("-({a})"), a.saturating_neg()))
}

/// The distance of `a` from 0, `None` on overflow.
pub fn abs(a: i64) -> Option<i64> {
    a.checked_abs()
        .or_else(|| stopped(format_args!("abs({a})"), a.saturating_abs()))
}

/// `items[index]`, `None` where there is none.
pub fn index<T: Clone>(items: &[T], index: i64) -> Option<T> {
    usize::try_from(index)
        .ok()
        .and_then(|index| items.get(index))
        .cloned()
}

/// The longest list that [`range`] makes.
pub const RANGE_MAX: usize = 10_000;

/// How many of `steps`, which ascend, `x` has reached: those before the first that is greater.
pub fn tier<T: PartialOrd>(steps: &[T], x: &T) -> i64 {
    let reached = steps.iter().take_while(|step| *step <= x).count();
    i64::try_from(reached).unwrap_or(i64::MAX)
}

/// The ints from `first` to `last`, both included, none where `last` is less; `None` for more than
/// [`RANGE_MAX`].
pub fn range(first: i64, last: i64) -> Option<Vec<i64>> {
    if last < first {
        return Some(Vec::new());
    }
    let steps = usize::try_from(last.checked_sub(first)?).ok()?;
    (steps < RANGE_MAX).then(|| (first..=last).collect())
}

/// The variant of the enum called `name` that has a number; where none has it, a fault at `at`, as
/// [`At::at`] has it.
pub fn variant<T: Copy>(
    number: i64,
    all: &[(i64, T)],
    name: &str,
    at: &'static str,
) -> Result<T, Stop> {
    choice::find(&number, all).ok_or_else(|| Stop::Fault {
        what: format!("{number} is no `{name}`, which is {}", choice::one_of(all)),
        at: Some(at),
    })
}

/// The same of the number that the arg called `arg` is: where no variant has it, the args are refused.
pub fn variant_of_arg<T: Copy>(number: i64, all: &[(i64, T)], arg: &str) -> Result<T, Stop> {
    choice::find(&number, all).ok_or_else(|| {
        let wanted = choice::one_of(all);
        Stop::Invalid(format!("`{arg}` must be {wanted}, not {number}"))
    })
}

/// `map[key]`, `None` where there is no such key.
pub fn entry<'m, K: Ord, T>(map: &'m BTreeMap<K, T>, key: &K) -> Option<&'m T> {
    map.get(key)
}

/// How many entries a map has.
pub fn entries<K, T>(map: &BTreeMap<K, T>) -> i64 {
    i64::try_from(map.len()).unwrap_or(i64::MAX)
}

/// The length of a list as the language counts.
pub fn len<T>(items: &[T]) -> i64 {
    i64::try_from(items.len()).unwrap_or(i64::MAX)
}

/// The sum of `items`, added from the first to the last; `None` on overflow.
pub fn sum(items: impl IntoIterator<Item = i64>) -> Option<i64> {
    let (mut items, mut sum) = (items.into_iter(), 0_i64);
    while let Some(item) = items.next() {
        match sum.checked_add(item) {
            Some(more) => sum = more,
            None => return sum_of_more(i128::from(sum) + i128::from(item), items),
        }
    }
    Some(sum)
}

/// The sum of what did not fit with the items that are left.
#[cold]
fn sum_of_more(sum: i128, items: impl Iterator<Item = i64>) -> Option<i64> {
    let whole = items.fold(sum, |sum, item| sum.saturating_add(item.into()));
    let at = whole.clamp(i64::MIN.into(), i64::MAX.into());
    stopped("a sum", i64::try_from(at).ok()?)
}

/// The sum, difference or product of floats, `None` where it overflowed.
pub fn finite(result: f64) -> Option<f64> {
    if result.is_finite() {
        return Some(result);
    }
    let at = result.clamp(f64::MIN, f64::MAX);
    at.is_finite().then(|| stopped("a float", at))?
}

/// The quotient or rest of floats, `None` where it overflowed, or was a division by zero.
pub fn quotient(result: f64) -> Option<f64> {
    result.is_finite().then_some(result)
}

/// `x`, but no less than `low`, else no more than `high`; the bounds may be crossed.
pub fn clamp<T: PartialOrd>(x: T, low: T, high: T) -> T {
    if x < low {
        low
    } else if x > high {
        high
    } else {
        x
    }
}

/// The items of a list, of the type that they are said to be.
pub fn items<T, I: IntoIterator<Item = T>>(list: I) -> I::IntoIter {
    list.into_iter()
}

/// What `give` makes of each item, in their order.
pub fn each<T, U>(items: Vec<T>, mut give: impl FnMut(T) -> U) -> Vec<U> {
    // Compiled for each list of a game: a loop makes a fifth of the code of `collect`.
    let mut given = Vec::with_capacity(items.len());
    for item in items {
        given.push(give(item));
    }
    given
}

/// The characters of a text as the language counts.
pub fn characters(text: &str) -> i64 {
    i64::try_from(text.chars().count()).unwrap_or(i64::MAX)
}

/// A list as a parameter of a statement: a JSON array of the values as they are stored.
pub fn json<T: ToWire>(items: &[T]) -> String {
    let mut json = String::new();
    let mut list = ListWriter::begin(&mut json);
    for item in items {
        list = list.item(item);
    }
    list.end();
    json
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_that_no_variant_has_is_refused_of_an_arg_and_else_a_fault() {
        let all = &[(1, 'a'), (4, 'b')][..];
        assert_eq!(variant(4, all, "rank", "here").unwrap(), 'b');
        assert_eq!(variant_of_arg(1, all, "n").unwrap(), 'a');
        let fault = variant(3, all, "rank", "here").unwrap_err();
        assert_eq!(
            fault.to_string(),
            "3 is no `rank`, which is one of 1, 4 at here"
        );
        let said = variant_of_arg(3, all, "n").unwrap_err();
        assert_eq!(said.into_answer("").status, 10);
        let said = variant_of_arg(3, all, "to.rank").unwrap_err().to_string();
        assert_eq!(said, "invalid: `to.rank` must be one of 1, 4, not 3");
    }
}
