//! What a game is made from: numbers that decide, one after the other.

use proptest::prelude::*;

/// Decisions that were made beforehand. Where they end, each further one is the first possibility,
/// which is the simplest: so fewer and smaller numbers make a smaller game, and proptest, which knows
/// how to take numbers away, shrinks games.
#[derive(Clone, Debug)]
pub struct Choices {
    numbers: Vec<u32>,
    at: usize,
}

impl Choices {
    /// These decisions.
    pub fn new(numbers: Vec<u32>) -> Self {
        Self { numbers, at: 0 }
    }

    /// Any decisions, at most so many.
    pub fn any(most: usize) -> impl Strategy<Value = Vec<u32>> {
        prop::collection::vec(any::<u32>(), 0..=most)
    }

    fn next(&mut self) -> u32 {
        let number = self.numbers.get(self.at).copied().unwrap_or_default();
        self.at += 1;
        number
    }

    /// Whether all decisions are made: what follows is as simple as can be.
    pub fn is_over(&self) -> bool {
        self.at >= self.numbers.len()
    }

    /// A number below `limit`.
    pub fn below(&mut self, limit: usize) -> usize {
        let limit = u32::try_from(limit).expect("few possibilities");
        self.next() as usize % limit.max(1) as usize
    }

    /// A number from `low` to `high`, both included.
    pub fn between(&mut self, low: usize, high: usize) -> usize {
        low + self.below(high - low + 1)
    }

    /// True in `percent` of 100 cases, and false where the decisions are over.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) >= 100 - percent
    }

    /// One of the items, of which there is one at least.
    pub fn pick<'t, T>(&mut self, items: &'t [T]) -> &'t T {
        let at = self.below(items.len());
        &items[at]
    }
}
