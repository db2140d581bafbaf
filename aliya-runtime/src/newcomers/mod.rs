//! New players: what the token server does for a player whom a login makes.

mod created;
mod outbox;

pub use created::Created;
pub use outbox::Outbox;

use crate::BoxFuture;
use crate::db::Conn;
use crate::stop::Stop;
use crate::types::PlayerId;

/// What happens when a player is created.
pub trait Newcomers: Send + Sync + 'static {
    /// Does its part in the transaction that makes the account, which an `Err` rolls back. May run
    /// several times; only the last run counts.
    fn created<'a>(
        &'a self,
        conn: &'a mut Conn,
        player: &'a PlayerId,
    ) -> BoxFuture<'a, Result<(), Stop>>;

    /// Does what has to wait until the account is on disk. The login is answered after it, so it
    /// ends in bounded time.
    fn committed<'a>(&'a self, player: &'a PlayerId) -> BoxFuture<'a, ()>;
}

/// Nothing happens: a token server without a game.
#[derive(Clone, Copy, Debug)]
pub struct NoNewcomers;

impl Newcomers for NoNewcomers {
    fn created<'a>(&'a self, _: &'a mut Conn, _: &'a PlayerId) -> BoxFuture<'a, Result<(), Stop>> {
        Box::pin(std::future::ready(Ok(())))
    }

    fn committed<'a>(&'a self, _: &'a PlayerId) -> BoxFuture<'a, ()> {
        Box::pin(std::future::ready(()))
    }
}
