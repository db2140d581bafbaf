//! The gateway: clients' connections, and what each request is answered with.
//!
//! A connection carries any number of requests, answered in order, one at a time. Of a body that is
//! not a message nothing is said: the connection closes after the replies to what came before.

mod accounts;
mod answer;
mod config;
mod connection;
mod message;
mod places;
mod reply;
mod target;

use std::hash::Hash;
use std::io;
use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinError, JoinSet};
use tokio::time::{Instant, sleep, timeout};

pub use accounts::Accounts;
pub use config::{Config, Rate};

use crate::clock::Clock;
use crate::dispatch::Dispatch;
use crate::function::Game;
use crate::rate_limit::RateLimit;
use crate::shutdown::CancellationToken;
use crate::types::PlayerId;
use places::Places;

/// How long the gateway waits before it accepts again when the system lacks something, such as
/// files that it may open.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// How often, at most, the log says that connections are refused or cannot be accepted.
const COMPLAINT_INTERVAL: Duration = Duration::from_secs(5);

/// What answers the gateway's requests.
pub struct Services {
    /// The game, whose routes say what clients may call.
    pub game: &'static Game,
    /// What runs the game's functions.
    pub functions: Arc<dyn Dispatch>,
    /// What checks tokens, and answers the functions of accounts.
    pub accounts: Arc<dyn Accounts>,
    /// What says when a request arrived.
    pub clock: Clock,
}

/// What all connections share.
struct Gateway {
    config: Config,
    services: Arc<Services>,
    shutdown: CancellationToken,
    players: RateLimit<PlayerId>,
    addresses: RateLimit<IpAddr>,
    logins: RateLimit<IpAddr>,
    ids: Ids,
}

/// Serves clients until `shutdown`. Then nothing is accepted any more, idle connections close at
/// once, and requests under way have [`Config::shutdown_timeout`] to be answered; what is left then
/// is dropped. Returns when no connection is open.
///
/// # Errors
/// When the system gives no random bytes. A failing `accept` ends nothing: it is tried again.
pub async fn run(
    listener: TcpListener,
    config: Config,
    services: Arc<Services>,
    shutdown: CancellationToken,
) -> io::Result<()> {
    let places = Places::new(config.max_connections, config.max_connections_per_address);
    let gateway = Arc::new(Gateway {
        ids: Ids::new()?,
        players: limit(config.player_rate),
        addresses: limit(config.address_rate),
        logins: limit(config.login_rate),
        config,
        services,
        shutdown: shutdown.clone(),
    });
    let mut connections = JoinSet::new();
    let mut complaints = Complaints::default();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            Some(ended) = connections.join_next() => {
                report(ended);
                continue;
            }
            () = shutdown.cancelled() => break,
        };
        match accepted {
            Ok((stream, from)) => match places.take(from.ip()) {
                Ok(place) => {
                    no_delay(&stream);
                    let gateway = Arc::clone(&gateway);
                    connections.spawn(connection::serve(stream, from.ip(), gateway, place));
                }
                Err(full) => complaints.add(format_args!("closed {from}: {full}")),
            },
            Err(error) if is_of_one_connection(&error) => {}
            Err(error) => {
                complaints.add(format_args!("cannot accept: {error}"));
                // The listener stays ready while the lack lasts: without a pause this would spin.
                tokio::select! {
                    () = sleep(ACCEPT_PAUSE) => {}
                    () = shutdown.cancelled() => break,
                }
            }
        }
    }
    drop(listener);
    finish(connections, gateway.config.shutdown_timeout).await;
    Ok(())
}

fn limit<K: Hash + Eq + Clone>(rate: Rate) -> RateLimit<K> {
    RateLimit::new(rate.per_s, rate.burst)
}

/// Waits for the connections to end, and drops those that do not.
async fn finish(mut connections: JoinSet<()>, shutdown_timeout: Duration) {
    let all = async {
        while let Some(ended) = connections.join_next().await {
            report(ended);
        }
    };
    if timeout(shutdown_timeout, all).await.is_err() {
        tracing::warn!(
            "dropped {} connections whose requests did not end in time",
            connections.len()
        );
        connections.shutdown().await;
    }
}

/// Requests do not end a connection's task by a panic: what does is a fault of the gateway itself.
fn report(ended: Result<(), JoinError>) {
    if let Err(error) = ended
        && error.is_panic()
    {
        tracing::error!("a connection ended: {error}");
    }
}

fn no_delay(stream: &TcpStream) {
    // A reply is one write; holding it back gains nothing. Of a connection that is closed already
    // the next read tells.
    let _ = stream.set_nodelay(true);
}

/// Whether `accept` failed for the connection that it was about to return, and not in itself.
fn is_of_one_connection(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset, Interrupted};
    matches!(
        error.kind(),
        ConnectionAborted | ConnectionRefused | ConnectionReset | Interrupted
    )
}

/// Lines for the log that clients could otherwise fill.
#[derive(Default)]
struct Complaints {
    last: Option<Instant>,
    unsaid: u64,
}

impl Complaints {
    fn add(&mut self, what: std::fmt::Arguments<'_>) {
        let now = Instant::now();
        if self
            .last
            .is_some_and(|last| now < last + COMPLAINT_INTERVAL)
        {
            self.unsaid += 1;
            return;
        }
        tracing::warn!(unsaid = self.unsaid, "{what}");
        *self = Self {
            last: Some(now),
            unsaid: 0,
        };
    }
}

/// Names for requests: unique over restarts and gateways, and short, since clients see them.
struct Ids {
    process: u32,
    next: AtomicU64,
}

impl Ids {
    fn new() -> io::Result<Self> {
        Ok(Self {
            process: getrandom::u32().map_err(io::Error::other)?,
            next: AtomicU64::new(1),
        })
    }

    fn next(&self) -> Arc<str> {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        format!("{:08x}-{number:x}", self.process).into()
    }
}
