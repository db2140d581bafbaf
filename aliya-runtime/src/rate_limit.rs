//! How often one key (a player, an address) may ask.

use std::fmt;
use std::hash::Hash;
use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicUsize, Ordering};

use governor::clock::{Clock, DefaultClock};
use governor::middleware::NoOpMiddleware;
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};

/// With fewer keys than this in memory nobody looks for those that can go.
const SWEEP_FLOOR_KEYS: usize = 1024;

/// A limit for each key: `burst` requests at once, and `per_s` a second in the long run.
///
/// A key is in memory from its first request until it has its whole burst again, and at most until
/// the number of keys has doubled since: no task of its own, memory bounded by twice the keys that
/// asked within the last `burst / per_s` seconds.
pub struct RateLimit<K: Hash + Eq + Clone, C: Clock = DefaultClock>(Option<Limiter<K, C>>);

struct Limiter<K: Hash + Eq + Clone, C: Clock> {
    governor: RateLimiter<K, DashMapStateStore<K>, C, NoOpMiddleware<<C as Clock>::Instant>>,
    clock: C,
    /// Requests until somebody counts the keys.
    until_count: AtomicUsize,
}

/// The key has asked too often.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("too many requests, the next in {ms} ms")]
pub struct RetryAfter {
    /// After how many milliseconds a request would pass; at least 1.
    pub ms: u64,
}

impl<K: Hash + Eq + Clone> RateLimit<K> {
    /// `per_s` requests a second for each key, `burst` (at least 1) of them at once. With `per_s` 0
    /// there is no limit.
    pub fn new(per_s: u32, burst: u32) -> Self {
        Self::with_clock(per_s, burst, DefaultClock::default())
    }
}

impl<K: Hash + Eq + Clone, C: Clock + Clone> RateLimit<K, C> {
    fn with_clock(per_s: u32, burst: u32, clock: C) -> Self {
        let burst = NonZeroU32::new(burst).unwrap_or(NonZeroU32::MIN);
        Self(NonZeroU32::new(per_s).map(|per_s| Limiter {
            governor: RateLimiter::new(
                Quota::per_second(per_s).allow_burst(burst),
                DashMapStateStore::default(),
                clock.clone(),
            ),
            clock,
            until_count: AtomicUsize::new(SWEEP_FLOOR_KEYS),
        }))
    }

    /// Counts a request of `key`, or tells when to come back.
    pub fn check(&self, key: &K) -> Result<(), RetryAfter> {
        let Some(limiter) = &self.0 else {
            return Ok(());
        };
        limiter.sweep_now_and_then();
        limiter.governor.check_key(key).map_err(|not_until| {
            let wait = not_until.wait_time_from(limiter.clock.now());
            let ms = wait.as_nanos().div_ceil(1_000_000).max(1);
            RetryAfter {
                ms: u64::try_from(ms).unwrap_or(u64::MAX),
            }
        })
    }

    /// How many keys are in memory.
    pub fn keys(&self) -> usize {
        self.0.as_ref().map_or(0, |limiter| limiter.governor.len())
    }
}

impl<K: Hash + Eq + Clone, C: Clock> Limiter<K, C> {
    /// Every request adds one key at most. So after as many requests as there were keys they have
    /// at most doubled: time to look at each again, at a constant cost for each request.
    fn sweep_now_and_then(&self) {
        let counted_down =
            self.until_count
                .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
                    left.checked_sub(1)
                });
        if counted_down != Ok(1) {
            return;
        }
        self.governor.retain_recent();
        self.governor.shrink_to_fit();
        let next = self.governor.len().max(SWEEP_FLOOR_KEYS);
        self.until_count.store(next, Ordering::Relaxed);
    }
}

impl<K: Hash + Eq + Clone, C: Clock> fmt::Debug for RateLimit<K, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RateLimit")
            .field("on", &self.0.is_some())
            .finish_non_exhaustive()
    }
}

/// The key of a client by its address: of IPv6 the first 64 bits, all of which one client has to
/// itself; an IPv4 address in IPv6 form is that IPv4 address.
pub fn address_key(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => Ipv6Addr::from_bits(v6.to_bits() & !u128::from(u64::MAX)).into(),
        v4 => v4,
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use governor::clock::FakeRelativeClock;

    use super::*;

    fn limit(per_s: u32, burst: u32) -> (RateLimit<u32, FakeRelativeClock>, FakeRelativeClock) {
        let clock = FakeRelativeClock::default();
        (RateLimit::with_clock(per_s, burst, clock.clone()), clock)
    }

    #[test]
    fn a_burst_passes_and_then_so_many_a_second() {
        let (limit, clock) = limit(10, 3);
        for _ in 0..3 {
            assert_eq!(limit.check(&1), Ok(()));
        }
        assert_eq!(limit.check(&1), Err(RetryAfter { ms: 100 }));
        // Refused requests cost nothing, and what it told holds.
        clock.advance(Duration::from_micros(99_500));
        assert_eq!(limit.check(&1), Err(RetryAfter { ms: 1 }));
        clock.advance(Duration::from_millis(1));
        assert_eq!(limit.check(&1), Ok(()));
        assert!(limit.check(&1).is_err());
    }

    #[test]
    fn one_key_does_not_pay_for_another() {
        let (limit, _) = limit(1, 1);
        assert!(limit.check(&1).is_ok());
        assert!(limit.check(&1).is_err());
        assert!(limit.check(&2).is_ok());
    }

    #[test]
    fn is_off_at_zero_and_takes_a_burst_of_zero_as_one() {
        let off = RateLimit::new(0, 1);
        assert!((0..10_000).all(|_| off.check(&1).is_ok()));
        assert_eq!(off.keys(), 0);
        let (limit, _) = limit(1, 0);
        assert!(limit.check(&1).is_ok());
        assert_eq!(limit.check(&1), Err(RetryAfter { ms: 1000 }));
    }

    #[test]
    fn forgets_keys_that_have_their_burst_again() {
        let (limit, clock) = limit(10, 2);
        let mut most = 0;
        for key in 0..100_000 {
            limit.check(&key).unwrap();
            // 1000 new keys a second, each of them recent for 200 ms.
            clock.advance(Duration::from_millis(1));
            most = most.max(limit.keys());
        }
        assert!(most <= 2 * SWEEP_FLOOR_KEYS, "{most} keys");
        assert!(most >= 200, "recent keys stay: {most}");
    }

    #[test]
    fn remembers_who_is_over_the_limit_through_a_sweep() {
        let (limit, _) = limit(1, 1);
        limit.check(&0).unwrap();
        for key in 1..5_000 {
            limit.check(&key).unwrap();
        }
        assert!(limit.check(&0).is_err());
        assert_eq!(limit.keys(), 5_000);
    }

    #[test]
    fn clients_share_no_address() {
        let key = |text: &str| address_key(text.parse().unwrap()).to_string();
        assert_eq!(key("192.0.2.7"), "192.0.2.7");
        assert_eq!(key("::ffff:192.0.2.7"), "192.0.2.7");
        assert_eq!(key("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::");
        assert_ne!(key("2001:db8:1:2::1"), key("2001:db8:1:3::1"));
    }
}
