//! New players, where the token server and all managers are one process over one database: their
//! functions run in the transaction that makes the account.

use std::sync::Arc;

use super::Newcomers;
use crate::BoxFuture;
use crate::call::Request;
use crate::clock::Clock;
use crate::db::Conn;
use crate::function::{FunctionInfo, Game};
use crate::group::Group;
use crate::stop::Stop;
use crate::types::{PlayerId, Time};

/// Runs the functions of new players in the account's own transaction.
pub struct Created {
    group: Arc<Group>,
    functions: Vec<&'static FunctionInfo>,
    clock: Clock,
}

impl Created {
    /// Those of `game`. `group` hosts all its managers, over the token server's database; `clock` is
    /// what the functions see as `now`.
    pub fn new(game: &'static Game, group: Arc<Group>, clock: Clock) -> Self {
        Self {
            group,
            functions: game.on_player_created().collect(),
            clock,
        }
    }

    async fn run_all(&self, conn: &mut Conn, player: &PlayerId) -> Result<(), Stop> {
        let request = request(player, self.clock.now());
        for function in &self.functions {
            let ran = self.group.run_within(conn, function, &request).await;
            ran.map_err(|stop| failed(function, stop))?;
        }
        Ok(())
    }
}

impl Newcomers for Created {
    fn created<'a>(
        &'a self,
        conn: &'a mut Conn,
        player: &'a PlayerId,
    ) -> BoxFuture<'a, Result<(), Stop>> {
        Box::pin(self.run_all(conn, player))
    }

    fn committed<'a>(&'a self, _: &'a PlayerId) -> BoxFuture<'a, ()> {
        Box::pin(std::future::ready(()))
    }
}

/// The request as which a function runs for a new player.
fn request(player: &PlayerId, now: Time) -> Request {
    Request {
        caller: Some(player.clone()),
        ..Request::new(now, format!("player_created:{player}"))
    }
}

/// What the login ends with: nothing of what the function says is for its client.
fn failed(function: &FunctionInfo, stop: Stop) -> Stop {
    match stop {
        Stop::Unavailable(what) => Stop::Unavailable(what),
        other => {
            let FunctionInfo { manager, name, .. } = function;
            Stop::fault(format!("{manager}.{name}, for a new player: {other}"))
        }
    }
}
