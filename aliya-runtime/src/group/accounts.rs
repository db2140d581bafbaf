//! The ops of a token server whose managers are other processes: for each new player one, which
//! gives them what they begin with.

use std::any::Any;
use std::sync::Arc;

use super::Group;
use crate::BoxFuture;
use crate::Cx;
use crate::call::TOKEN_SERVER;
use crate::db::Conn;
use crate::function::{Access, AnyArgs, FunctionInfo, Running, Steps};
use crate::key::Key;
use crate::op::{self, Journal, Op, Sent, Status};
use crate::random::Seed;
use crate::runs;
use crate::stop::Stop;
use crate::types::{PlayerId, Time};
use crate::wire::Data;

/// For how long the login itself drives the op of its new player, in milliseconds.
const LOGIN_MS: i64 = 5_000;

/// What the op of a new player is called: its gives are all that it does.
pub(super) static PLAYER_CREATED: FunctionInfo = FunctionInfo {
    name: "player_created",
    manager: TOKEN_SERVER,
    access: Access::Internal,
    writes: true,
    fails: false,
    one_query: false,
    undone_by: None,
    declaration: "",
    reaches: &[],
    outcomes: &[],
    runs: None,
    steps: &NoSteps,
};

/// Steps of which there are none.
struct NoSteps;

impl Steps for NoSteps {
    fn decode(&self, _: &Data) -> Result<Arc<AnyArgs>, Stop> {
        Ok(Arc::new(()) as Arc<dyn Any + Send + Sync>)
    }

    fn run<'a>(&self, _: &'a mut Cx<'_>, _: &'a AnyArgs) -> Running<'a> {
        let fault = Stop::fault("what runs for a new player has no steps of its own");
        Box::pin(std::future::ready(Err(fault))) as BoxFuture<'a, _>
    }
}

impl Group {
    /// Writes down, in the transaction that makes the account, what is to run for a new player.
    pub(crate) async fn write_down_created(
        &self,
        conn: &mut Conn,
        player: &PlayerId,
        now: Time,
    ) -> Result<(), Stop> {
        let give = |function: &FunctionInfo| Sent {
            manager: function.manager.to_owned(),
            function: function.name.to_owned(),
            player: Some(player.to_string()),
            body: "{}".to_owned(),
            reply: None,
        };
        let gives: Vec<_> = self.world.game.on_player_created().map(give).collect();
        if gives.is_empty() {
            return Ok(());
        }
        let FunctionInfo { manager, name, .. } = PLAYER_CREATED;
        let op = Op {
            key: created_key(player, now),
            manager: manager.to_owned(),
            function: name.to_owned(),
            declaration: String::new(),
            args_hash: op::hash_of(manager, name, Some(player), "{}"),
            args: "{}".to_owned(),
            caller: Some(player.clone()),
            now,
            seed: Seed([0; 32]),
            reply_limit: None,
            status: Status::Giving,
            epoch: 0,
            counter: 0,
            journal: Journal {
                gives,
                ..Journal::default()
            },
            reply: Some(runs::done()),
            attempts: 0,
            next: Time(Time::now().0.saturating_add(LOGIN_MS)),
            trouble: None,
        };
        op::insert(conn, &op).await?;
        Ok(())
    }

    /// Runs what was written down for a new player, who is on disk now.
    pub(crate) async fn run_created(self: Arc<Self>, player: PlayerId) -> Result<(), Stop> {
        let key = created_key(&player, Time::now());
        if let Some(op) = op::find(self.db(), &key).await?
            && !op.status.is_final()
        {
            self.resume(op).await;
        }
        Ok(())
    }
}

fn created_key(player: &PlayerId, now: Time) -> Key {
    let length = player.as_str().len();
    Key::named('n', format_args!("{length}:{player}"), now)
}
