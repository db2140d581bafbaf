//! Random numbers that are the same for the same seed, in streams that do not disturb each other.

/// A stream of random numbers (SplitMix64).
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// The stream of a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A stream of its own for what `name` says: how much is drawn from one stream changes none of the
    /// others.
    pub fn stream(&self, name: &str) -> Self {
        let mut stream = self.clone();
        for byte in name.bytes() {
            stream.0 ^= u64::from(byte);
            // Mixed, so that names of the same letters in another order part, too.
            stream.0 = stream.next();
        }
        stream
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from `low` to `high`, both included.
    pub fn between(&mut self, low: u64, high: u64) -> u64 {
        let width = high.saturating_sub(low).saturating_add(1);
        low + self.next() % width.max(1)
    }

    /// True in `percent` of 100 cases.
    pub fn chance(&mut self, percent: u64) -> bool {
        self.between(0, 99) < percent
    }

    /// A time from `low_ms` to `high_ms` milliseconds.
    pub fn time(&mut self, low_ms: u64, high_ms: u64) -> std::time::Duration {
        std::time::Duration::from_millis(self.between(low_ms, high_ms))
    }

    /// One of the items; `None` where there are none.
    pub fn pick<'t, T>(&mut self, items: &'t [T]) -> Option<&'t T> {
        let last = u64::try_from(items.len()).ok()?.checked_sub(1)?;
        items.get(usize::try_from(self.between(0, last)).ok()?)
    }

    /// One of the items, each as likely as its weight says; `None` where all weights are 0.
    pub fn weighted<'t, T>(&mut self, items: &'t [(u64, T)]) -> Option<&'t T> {
        let sum: u64 = items.iter().map(|(weight, _)| weight).sum();
        let mut place = self.between(0, sum.checked_sub(1)?);
        items.iter().find_map(|(weight, item)| {
            let found = place < *weight;
            place = place.saturating_sub(*weight);
            found.then_some(item)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_is_a_seed() {
        let drawn = |seed, name| {
            let mut random = Random::new(seed).stream(name);
            (0..20).map(|_| random.between(1, 1000)).collect::<Vec<_>>()
        };
        assert_eq!(drawn(7, "load"), drawn(7, "load"));
        assert_ne!(drawn(7, "load"), drawn(8, "load"));
        assert_ne!(drawn(7, "load"), drawn(7, "faults"));
    }

    #[test]
    fn weights_are_kept() {
        let mut random = Random::new(1);
        let items = [(0, "never"), (3, "often"), (1, "seldom")];
        let mut counts = [0_u32; 2];
        for _ in 0..400 {
            match random.weighted(&items) {
                Some(&"often") => counts[0] += 1,
                Some(&"seldom") => counts[1] += 1,
                other => panic!("{other:?}"),
            }
        }
        assert!(counts[0] > 2 * counts[1] && counts[1] > 50, "{counts:?}");
        assert_eq!(random.weighted::<u8>(&[]), None);
        assert_eq!(random.pick::<u8>(&[]), None);
    }
}
