//! What becomes of a number that does not fit where nobody can be told of it: in a function that gives to
//! others, or takes something back, which cannot fail.

use std::fmt::Display;

tokio::task_local! {
    /// Set while such a function runs.
    static STOPPING: ();
}

/// Runs what cannot fail: arithmetic that overflows stops at the greatest or the least number, and a row
/// at the bounds of its columns. Each time is in the log.
pub async fn stopping_at_bounds<T>(run: impl Future<Output = T>) -> T {
    STOPPING.scope((), run).await
}

/// Whether what runs here is such a function.
pub(crate) fn is_stopping() -> bool {
    STOPPING.try_with(|()| ()).is_ok()
}

/// The number at which an operation stops whose result does not fit; `None` where that is a fault.
#[cold]
pub(super) fn stopped<T: Display>(operation: impl Display, at: T) -> Option<T> {
    if !is_stopping() {
        return None;
    }
    tracing::warn!("{operation} does not fit: {at} takes its place");
    Some(at)
}

#[cfg(test)]
mod tests {
    use crate::ops::{abs, add, div, finite, mul, neg, quotient, sub, sum};

    use super::*;

    const MAX: i64 = i64::MAX;
    const MIN: i64 = i64::MIN;

    /// What overflows, each with where it stops.
    fn overflowing() -> Vec<(Option<i64>, i64)> {
        vec![
            (add(MAX, 1), MAX),
            (add(MIN, -1), MIN),
            (sub(MIN, 1), MIN),
            (sub(MAX, -1), MAX),
            (mul(MAX, 2), MAX),
            (mul(MAX, -2), MIN),
            (div(MIN, -1), MAX),
            (neg(MIN), MAX),
            (abs(MIN), MAX),
            (sum([MAX, 1, 2]), MAX),
            (sum([MIN, -1]), MIN),
            // The sum of all fits, but not that of the first two.
            (sum([MAX, 1, -3]), MAX - 2),
        ]
    }

    fn floats() -> Vec<(Option<f64>, f64)> {
        vec![
            (finite(f64::MAX * 2.0), f64::MAX),
            (finite(f64::MAX * -2.0), f64::MIN),
        ]
    }

    /// What fits is the same everywhere, and what is no overflow a fault.
    fn assert_alike() {
        assert_eq!(
            (add(2, 3), sub(2, 3), mul(2, 3)),
            (Some(5), Some(-1), Some(6))
        );
        assert_eq!((div(-7, 2), neg(4), abs(-4)), (Some(-4), Some(-4), Some(4)));
        assert_eq!(
            (sum([1, 2, 3]), sum([]), finite(0.5)),
            (Some(6), Some(0), Some(0.5))
        );
        assert_eq!((div(1, 0), div(MIN, 0)), (None, None));
        assert_eq!((quotient(1.0 / 0.0), finite(f64::NAN)), (None, None));
    }

    #[test]
    fn what_overflows_is_a_fault() {
        assert_alike();
        assert!(overflowing().iter().all(|(result, _)| result.is_none()));
        assert!(floats().iter().all(|(result, _)| result.is_none()));
    }

    #[tokio::test]
    async fn what_overflows_stops_where_nothing_may_fail() {
        stopping_at_bounds(async {
            // Also behind a point at which it waited.
            tokio::task::yield_now().await;
            assert_alike();
            for (at, (result, stop)) in overflowing().into_iter().enumerate() {
                assert_eq!(result, Some(stop), "case {at}");
            }
            assert!(floats().iter().all(|(result, stop)| *result == Some(*stop)));
        })
        .await;
        assert_eq!(add(MAX, 1), None);
    }
}
