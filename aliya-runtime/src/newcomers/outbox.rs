//! New players, where the managers are other processes: what is to run for a player is written down
//! in the transaction that makes the account, as an op that gives, and is driven until all is done.

use std::sync::Arc;
use std::time::Duration;

use super::Newcomers;
use crate::BoxFuture;
use crate::call::Peers;
use crate::clock::Clock;
use crate::db::{Conn, Db};
use crate::function::Game;
use crate::group::{Group, GroupError};
use crate::shutdown::CancellationToken;
use crate::stop::Stop;
use crate::types::{PlayerId, Time};

/// How long a login waits for the functions of its new player.
const LOGIN_WAITS: Duration = Duration::from_secs(2);

/// What is to run for new players, in the token server's database.
pub struct Outbox {
    group: Arc<Group>,
    clock: Clock,
}

impl Outbox {
    /// The outbox in `db`, where its table is made. `peers` lead to the managers; `clock` is what the
    /// functions see as `now`.
    pub async fn open(
        game: &'static Game,
        db: Db,
        peers: Arc<dyn Peers>,
        clock: Clock,
    ) -> Result<Arc<Self>, GroupError> {
        let group = Group::of_accounts(game, db, peers).await?;
        Ok(Arc::new(Self { group, clock }))
    }

    /// Runs what is due at a time; returns for how many players.
    pub async fn work_off(&self, at: Time) -> Result<usize, Stop> {
        self.group.recover_due(at).await
    }

    /// Works it off until `stop`. What is under way then goes on after the next start.
    pub async fn run(self: Arc<Self>, stop: CancellationToken) {
        Arc::clone(&self.group).recover(stop).await;
        self.group.finish().await;
    }
}

impl Newcomers for Arc<Outbox> {
    fn created<'a>(
        &'a self,
        conn: &'a mut Conn,
        player: &'a PlayerId,
    ) -> BoxFuture<'a, Result<(), Stop>> {
        let now = self.clock.now();
        Box::pin(self.group.write_down_created(conn, player, now))
    }

    fn committed<'a>(&'a self, player: &'a PlayerId) -> BoxFuture<'a, ()> {
        let run = Arc::clone(&self.group).run_created(player.clone());
        let runs = self.group.apart().spawn(run);
        Box::pin(async move {
            // What takes longer goes on without the login.
            match tokio::time::timeout(LOGIN_WAITS, runs).await {
                Ok(Ok(Ok(()))) | Err(_) => {}
                Ok(Ok(Err(stop))) => tracing::error!(%player, "a new player: {stop}"),
                Ok(Err(error)) => tracing::error!(%player, "a new player: {error}"),
            }
        })
    }
}
