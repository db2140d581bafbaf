//! The gateway's limits.

use std::time::Duration;

use crate::frame::Cipher;

/// What the gateway allows. Nothing that a client does is without a bound here or in the frame.
#[derive(Clone, Debug)]
pub struct Config {
    /// Connections open at the same time. Over it, a new one is closed as soon as it is accepted.
    pub max_connections: usize,
    /// The same for one address: an IPv4 address, or the /64 network of an IPv6 address.
    pub max_connections_per_address: usize,
    /// How long a connection may stay open between two requests.
    pub idle_timeout: Duration,
    /// How long a frame may take to arrive, from its first byte to its last.
    pub frame_timeout: Duration,
    /// How long a reply may take to be written: a client that does not read its replies is dropped.
    pub write_timeout: Duration,
    /// How long a request may take; then it is answered with 13. What it started still ends, so
    /// that its effects are whole.
    pub request_timeout: Duration,
    /// How long requests under way may take when the gateway stops.
    pub shutdown_timeout: Duration,
    /// Whether `status` is a string on the wire, as some old clients need it.
    pub status_as_text: bool,
    /// The key and IV of the frames' bodies.
    pub cipher: Cipher,
    /// Requests of one player, for functions that need a token.
    pub player_rate: Rate,
    /// Requests of one address that name no player: public functions and bad tokens.
    pub address_rate: Rate,
    /// Logins of one address, counted apart from those requests.
    pub login_rate: Rate,
}

/// How often one client may ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// Requests a second in the long run; 0 for no limit.
    pub per_s: u32,
    /// Requests at once.
    pub burst: u32,
}
