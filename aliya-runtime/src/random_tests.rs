//! Whether random numbers are even, with fixed seeds: the bounds of chi-square are those that one
//! good generator in 100,000 passes.

use proptest::prelude::*;

use super::*;

fn dice(seed: u8, number: u64) -> Dice {
    Dice::new(Seed([seed; 32]), number)
}

/// How far the counts are from what was expected; a category that cannot happen must not.
fn chi_square(counts: &[u64], weights: &[u64]) -> f64 {
    let thrown: u64 = counts.iter().sum();
    let total: u64 = weights.iter().sum();
    let terms = counts.iter().zip(weights).map(|(&count, &weight)| {
        if weight == 0 {
            assert_eq!(count, 0, "what has no weight was drawn");
            return 0.0;
        }
        let expected = thrown as f64 * weight as f64 / total as f64;
        (count as f64 - expected).powi(2) / expected
    });
    terms.sum()
}

#[test]
fn an_operation_gives_the_same_again_and_another_something_else() {
    let throws = |number| {
        let mut dice = dice(7, number);
        (0..8)
            .map(|_| dice.between(i64::MIN, i64::MAX).unwrap())
            .collect::<Vec<_>>()
    };
    assert_eq!(throws(3), throws(3));
    assert_ne!(throws(3), throws(4));
}

#[test]
fn ranges_hold_both_ends_and_each_as_often() {
    let mut counts = [0; 6];
    let mut dice = dice(1, 0);
    for _ in 0..60_000 {
        let thrown = dice.between(-2, 3).unwrap();
        counts[usize::try_from(thrown + 2).unwrap()] += 1;
    }
    // 5 degrees of freedom.
    assert!(chi_square(&counts, &[1; 6]) < 30.86, "{counts:?}");
    assert_eq!(dice.between(5, 5), Some(5));
    assert_eq!(dice.between(5, 4), None);
    assert_eq!(dice.between(i64::MAX, i64::MIN), None);
}

/// Three quarters of a power of two: what is left of a division would favour the first half.
#[test]
fn large_ranges_have_no_bias() {
    let high = (i64::MAX / 4) * 3;
    let mut counts = [0; 3];
    let mut dice = dice(2, 0);
    for _ in 0..60_000 {
        let thrown = dice.between(0, high).unwrap();
        counts[usize::try_from(thrown / (high / 3 + 1)).unwrap()] += 1;
    }
    // 2 degrees of freedom.
    assert!(chi_square(&counts, &[1; 3]) < 23.03, "{counts:?}");
}

#[test]
fn chances_come_as_often_as_they_say() {
    let mut dice = dice(3, 0);
    let hits = (0..40_000).filter(|_| dice.chance(0.3).unwrap()).count();
    let hits = u64::try_from(hits).unwrap();
    // 1 degree of freedom.
    assert!(
        chi_square(&[hits, 40_000 - hits], &[3, 7]) < 19.51,
        "{hits}"
    );
    assert!((0..1_000).all(|_| dice.chance(1.0).unwrap()));
    assert!((0..1_000).all(|_| !dice.chance(0.0).unwrap()));
    for bad in [-0.1, 1.1, 30.0, f64::NAN, f64::INFINITY] {
        assert_eq!(dice.chance(bad), None, "{bad}");
    }
}

#[test]
fn draws_follow_the_weights() {
    let weights = [5, 0, 20, 1, 74];
    let mut counts = [0; 5];
    for at in dice(4, 0).draw(&weights, 50_000, false).unwrap() {
        counts[at] += 1;
    }
    // 3 degrees of freedom.
    assert!(chi_square(&counts, &weights) < 25.90, "{counts:?}");
}

/// The second of two distinct draws, over both orders: P(b) = sum of P(a) P(b | not a).
#[test]
fn distinct_draws_follow_the_weights_that_are_left() {
    let weights = [1, 2, 3];
    let mut counts = [0; 6];
    for number in 0..60_000 {
        let drawn = dice(5, number).draw(&weights, 2, true).unwrap();
        let pair = [[0, 1], [0, 2], [1, 0], [1, 2], [2, 0], [2, 1]];
        counts[pair.iter().position(|pair| drawn == pair).unwrap()] += 1;
    }
    // In sixtieths: 1/6 of 2/5 and 3/5, 1/3 of 1/4 and 3/4, 1/2 of 1/3 and 2/3; 5 degrees of freedom.
    assert!(
        chi_square(&counts, &[4, 6, 5, 15, 10, 20]) < 30.86,
        "{counts:?}"
    );
}

#[test]
fn the_greatest_weights_do_not_overflow() {
    let weights = [u64::MAX / 2; 4];
    let mut counts = [0; 4];
    for at in dice(6, 0).draw(&weights, 40_000, false).unwrap() {
        counts[at] += 1;
    }
    assert!(chi_square(&counts, &[1; 4]) < 25.90, "{counts:?}");
}

proptest! {
    #[test]
    fn numbers_stay_in_their_range(seed: u8, number: u64, a: i64, b: i64) {
        let (low, high) = (a.min(b), a.max(b));
        let thrown = dice(seed, number).between(low, high).unwrap();
        prop_assert!((low..=high).contains(&thrown));
    }

    /// As many as were asked for, none twice, none without weight; nothing where there are too few.
    #[test]
    fn distinct_draws_are_distinct(
        seed: u8,
        weights in prop::collection::vec(prop_oneof![Just(0_u64), 1..u64::MAX / 2], 0..12),
        times in 0_usize..14,
    ) {
        let possible = weights.iter().filter(|weight| **weight > 0).count();
        match dice(seed, 0).draw(&weights, times, true) {
            None => prop_assert!(times > possible),
            Some(mut drawn) => {
                prop_assert_eq!(drawn.len(), times);
                prop_assert!(drawn.iter().all(|at| weights[*at] > 0));
                drawn.sort_unstable();
                drawn.dedup();
                prop_assert_eq!(drawn.len(), times);
            }
        }
    }

    #[test]
    fn draws_with_repetition_need_one_weight(
        seed: u8,
        weights in prop::collection::vec(0_u64..3, 0..5),
        times in 0_usize..9,
    ) {
        let drawn = dice(seed, 0).draw(&weights, times, false);
        let possible = times == 0 || weights.iter().any(|weight| *weight > 0);
        prop_assert_eq!(drawn.is_some(), possible);
        prop_assert!(drawn.is_none_or(|drawn| drawn.iter().all(|at| weights[*at] > 0)));
    }
}
