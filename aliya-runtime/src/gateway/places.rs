//! Who is connected: a bound for all connections together, and one for each address.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::rate_limit::address_key;

/// The places for connections.
#[derive(Debug)]
pub(super) struct Places {
    max: usize,
    max_per_address: usize,
    taken: Mutex<Taken>,
}

#[derive(Debug, Default)]
struct Taken {
    all: usize,
    by_address: HashMap<IpAddr, usize>,
}

/// Why there is no place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Full {
    #[error("the gateway has all the connections that it may have")]
    Gateway,
    #[error("its address has all the connections that it may have")]
    Address,
}

impl Places {
    pub(super) fn new(max: usize, max_per_address: usize) -> Arc<Self> {
        Arc::new(Self {
            max,
            max_per_address,
            taken: Mutex::default(),
        })
    }

    /// A place for a connection from `address`, given back when it is dropped.
    pub(super) fn take(self: &Arc<Self>, address: IpAddr) -> Result<Place, Full> {
        let address = address_key(address);
        let mut taken = self.taken();
        if taken.all >= self.max {
            return Err(Full::Gateway);
        }
        let here = taken.by_address.get(&address).copied().unwrap_or_default();
        if here >= self.max_per_address {
            return Err(Full::Address);
        }
        taken.all += 1;
        taken.by_address.insert(address, here + 1);
        let places = Arc::clone(self);
        Ok(Place { places, address })
    }

    fn taken(&self) -> MutexGuard<'_, Taken> {
        // Nothing panics while it holds the lock, so what it guards is whole even when poisoned.
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A connection's place; it is free again when this is dropped.
#[derive(Debug)]
pub(super) struct Place {
    places: Arc<Places>,
    address: IpAddr,
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.places.taken();
        taken.all -= 1;
        if let Entry::Occupied(mut here) = taken.by_address.entry(self.address) {
            *here.get_mut() -= 1;
            if *here.get() == 0 {
                here.remove();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Full, Places};
    use std::net::IpAddr;

    fn address(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    #[test]
    fn counts_all_and_each_address() {
        let places = Places::new(3, 2);
        let first = places.take(address("10.0.0.1"));
        let second = places.take(address("10.0.0.1"));
        assert!(first.is_ok() && second.is_ok());
        assert_eq!(places.take(address("10.0.0.1")).err(), Some(Full::Address));
        let third = places.take(address("10.0.0.2"));
        assert!(third.is_ok());
        assert_eq!(places.take(address("10.0.0.3")).err(), Some(Full::Gateway));
    }

    #[test]
    fn a_dropped_place_is_free_and_leaves_nothing_behind() {
        let places = Places::new(1, 1);
        drop(places.take(address("10.0.0.1")));
        assert!(places.taken().by_address.is_empty());
        assert!(places.take(address("10.0.0.1")).is_ok());
    }
}
