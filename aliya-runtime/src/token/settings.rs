//! How a token server works.

use std::num::NonZeroUsize;

/// How a token server works; what is not set has a default.
#[derive(Clone, Debug)]
pub struct Settings {
    /// `iss` of its tokens.
    pub issuer: String,
    /// `aud` of its tokens: the game.
    pub audience: String,
    /// For how many seconds a token holds, unless a later login ends it.
    pub lifetime_s: u32,
    /// How many passwords are hashed at once; each takes a core and 19 MiB for that time.
    pub hashes_at_once: NonZeroUsize,
    /// For how many milliseconds a login waits for its turn to hash before it is told to try again.
    pub hash_wait_ms: u64,
}

impl Default for Settings {
    /// A token holds for 7 days; every core hashes.
    fn default() -> Self {
        Self {
            issuer: "aliya".to_owned(),
            audience: "aliya".to_owned(),
            lifetime_s: 7 * 24 * 60 * 60,
            hashes_at_once: std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN),
            hash_wait_ms: 5000,
        }
    }
}
