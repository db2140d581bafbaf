//! A map and a set of a few keys, in place: the search copies, compares and hashes millions of them.

/// At most `N` keys with their values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Map<K, V, const N: usize> {
    /// In the order of the keys, and then nothing.
    entries: [Option<(K, V)>; N],
}

/// At most `N` keys without values.
pub type Set<K, const N: usize> = Map<K, (), N>;

impl<K: Copy, V: Copy, const N: usize> Default for Map<K, V, N> {
    fn default() -> Self {
        Self { entries: [None; N] }
    }
}

impl<K: Copy + Ord, V: Copy, const N: usize> Map<K, V, N> {
    /// The value of this key, if the key is there.
    pub fn get(&self, key: K) -> Option<V> {
        self.iter()
            .find(|&(other, _)| other == key)
            .map(|(_, value)| value)
    }

    /// Whether the key is there.
    pub fn contains(&self, key: K) -> bool {
        self.get(key).is_some()
    }

    /// Gives the key this value, in place of another one if it has one.
    ///
    /// # Panics
    ///
    /// When the map is full.
    pub fn insert(&mut self, key: K, value: V) {
        let place = self.keys().take_while(|&other| other < key).count();
        if !self.contains(key) {
            assert!(self.entries[N - 1].is_none(), "more than {N} keys");
            self.entries[place..].rotate_right(1);
        }
        self.entries[place] = Some((key, value));
    }

    /// Removes the key, if it is there.
    pub fn remove(&mut self, key: K) {
        let place = self.keys().position(|other| other == key);
        if let Some(place) = place {
            self.entries[place] = None;
            self.entries[place..].rotate_left(1);
        }
    }

    /// All keys with their values, in the order of the keys.
    pub fn iter(&self) -> impl Iterator<Item = (K, V)> {
        self.entries.iter().map_while(|&entry| entry)
    }

    /// All keys, in order.
    pub fn keys(&self) -> impl Iterator<Item = K> {
        self.iter().map(|(key, _)| key)
    }
}

impl<K: Copy + Ord, const N: usize> Set<K, N> {
    /// Adds the key, if it is not there.
    pub fn add(&mut self, key: K) {
        self.insert(key, ());
    }
}
