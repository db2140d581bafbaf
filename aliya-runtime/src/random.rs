//! Randomness for games: a seed per request, numbers without bias, and the weighted draw.
//!
//! A request's seed comes from the operating system once. Each random operation of a function has a
//! number, and its result depends on the seed and that number alone (ChaCha12, the number as its
//! stream), so that a function that runs again from the top gets the same results again.

use chacha20::ChaCha12Rng;
use chacha20::rand_core::{Rng, SeedableRng};

use crate::stop::Stop;

/// What all of a request's randomness comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seed(pub [u8; 32]);

/// Where requests' seeds come from.
#[derive(Clone, Copy, Debug, Default)]
pub enum Seeds {
    /// The operating system: a new one for each request.
    #[default]
    System,
    /// One and the same, for tests.
    Fixed(Seed),
}

impl Seeds {
    pub(crate) fn next(self) -> Result<Seed, Stop> {
        match self {
            Self::Fixed(seed) => Ok(seed),
            Self::System => {
                let mut seed = [0; 32];
                let filled = getrandom::fill(&mut seed);
                filled.map_err(|error| Stop::fault(format!("random bytes: {error}")))?;
                Ok(Seed(seed))
            }
        }
    }
}

/// The random bits of one operation.
pub(crate) struct Dice(ChaCha12Rng);

impl Dice {
    /// Those of the operation `number` of a request.
    pub(crate) fn new(seed: Seed, number: u64) -> Self {
        let mut rng = ChaCha12Rng::from_seed(seed.0);
        rng.set_stream(number);
        Self(rng)
    }

    /// A number from 0 to `count - 1`, each as likely; 0 where `count` is 0 or 1.
    fn below(&mut self, count: u128) -> u128 {
        let Some(last) = count.checked_sub(1).filter(|last| *last > 0) else {
            return 0;
        };
        // As many bits as the greatest has; what lies above it is thrown again, so that nothing is
        // more likely than anything else. Half the throws hit, at worst.
        let mask = u128::MAX >> last.leading_zeros();
        loop {
            let low = u128::from(self.0.next_u64());
            let high = match u64::try_from(mask) {
                Ok(_) => 0,
                Err(_) => u128::from(self.0.next_u64()) << 64,
            };
            let thrown = (high | low) & mask;
            if thrown <= last {
                return thrown;
            }
        }
    }

    /// A number from `low` to `high`, both included; `None` where `low` is above `high`.
    pub(crate) fn between(&mut self, low: i64, high: i64) -> Option<i64> {
        let span = i128::from(high) - i128::from(low);
        let count = u128::try_from(span).ok()? + 1;
        let above = i128::try_from(self.below(count)).ok()?;
        i64::try_from(i128::from(low) + above).ok()
    }

    /// True with probability `p`; `None` where `p` is not from 0 to 1.
    pub(crate) fn chance(&mut self, p: f64) -> Option<bool> {
        if !(0.0..=1.0).contains(&p) {
            return None;
        }
        // 53 bits, as many as a float holds: the product and the comparison are exact.
        let thrown = (self.0.next_u64() >> 11) as f64;
        Some(thrown < p * (1_u64 << 53) as f64)
    }

    /// The places of `times` items, each chosen with the probability of its weight among all; with
    /// `distinct`, among those not chosen yet. Weights are 0 or more. `None` where nothing is left
    /// to choose from.
    pub(crate) fn draw(
        &mut self,
        weights: &[u64],
        times: usize,
        distinct: bool,
    ) -> Option<Vec<usize>> {
        // A sum of fewer than 2^64 weights below 2^63 fits.
        let mut left = weights.to_vec();
        let mut total: u128 = left.iter().copied().map(u128::from).sum();
        let mut drawn = Vec::with_capacity(times);
        for _ in 0..times {
            if total == 0 {
                return None;
            }
            let mut thrown = self.below(total);
            let at = left.iter().position(|&weight| {
                let hit = thrown < u128::from(weight);
                thrown = thrown.saturating_sub(u128::from(weight));
                hit
            })?;
            drawn.push(at);
            if distinct {
                total -= left.get_mut(at).map(std::mem::take).map_or(0, u128::from);
            }
        }
        Some(drawn)
    }
}

#[cfg(test)]
#[path = "random_tests.rs"]
mod tests;
