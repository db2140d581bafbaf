//! Players who have logged in and own enough to go on.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use aliya_runtime::PlayerId;
use aliya_runtime::Time;
use aliya_runtime::call::{PeerCall, Peers, Request};
use aliya_runtime::client::Client;
use aliya_runtime::frame::Cipher;
use aliya_runtime::peers::HttpPeers;
use anyhow::{Context, Result, anyhow, ensure};
use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::server::Server;

/// The game's weapons, each with so many levels.
pub const WEAPONS: u32 = 40;
/// How often a weapon goes up.
pub const LEVELS: u32 = 100;
/// How many players are made at once: more than one, so that the server commits together.
const AT_ONCE: u32 = 16;

/// A player who has logged in, holds every weapon, and iron for all levels.
#[derive(Clone, Debug)]
pub struct Player {
    /// The unique id.
    pub name: String,
    /// The token.
    pub token: String,
}

/// Makes players of a server.
pub struct Players<'s> {
    server: &'s Server,
    next: AtomicU32,
}

impl<'s> Players<'s> {
    /// Those of `server`.
    pub fn of(server: &'s Server) -> Self {
        let next = AtomicU32::new(0);
        Self { server, next }
    }

    /// New players for `clients`, as many for each, who can level up `levels` times together.
    pub async fn hands(&self, clients: u32, levels: u32) -> Result<Vec<Vec<Player>>> {
        let each = levels.div_ceil(WEAPONS * LEVELS).div_ceil(clients).max(1);
        let count = clients * each;
        let first = self.next.fetch_add(count, Ordering::Relaxed);
        let mut ready = Vec::new();
        for from in (first..first + count).step_by(AT_ONCE as usize) {
            let mut made = JoinSet::new();
            for number in from..(first + count).min(from + AT_ONCE) {
                made.spawn(player(
                    self.server.gateway,
                    Arc::clone(&self.server.operator),
                    format!("player{number}"),
                ));
            }
            while let Some(player) = made.join_next().await {
                ready.push(player??);
            }
        }
        let hands = ready.chunks(each as usize).map(<[Player]>::to_vec);
        Ok(hands.collect())
    }
}

async fn player(
    gateway: std::net::SocketAddr,
    operator: Arc<HttpPeers>,
    name: String,
) -> Result<Player> {
    let cipher = Cipher::new(b"67891234", b"67891234")?;
    let mut client = Client::connect(gateway, cipher).await?;
    let data = json!({ "unique_id": name });
    let data = data.as_object().cloned().unwrap_or_default();
    let reply = client.call("login_unique", data).await?;
    let token = reply["data"]["token"].as_str();
    let token = token.with_context(|| reply.to_string())?.to_owned();
    let iron = json!({ "item": "iron", "amount": 1_000_000_000 });
    grant(&operator, &name, "bag", "add_supply", &iron).await?;
    for weapon in 1..=WEAPONS {
        let weapon = json!({ "weapon": format!("weapon{weapon}") });
        grant(&operator, &name, "weapon", "give_weapon", &weapon).await?;
    }
    Ok(Player { name, token })
}

/// An internal function, called as the operator.
async fn grant(
    operator: &HttpPeers,
    player: &str,
    manager: &'static str,
    function: &'static str,
    args: &Value,
) -> Result<()> {
    let manager = generated::GAME.manager(manager).context("a manager")?;
    let request = Request {
        caller: Some(PlayerId::new(player)),
        ..Request::new(Time::now(), "load")
    };
    let call = PeerCall::new(
        manager.function(function).context("a function")?,
        &request,
        args.to_string(),
    );
    let answer = operator.call(call).await;
    let answer = answer.map_err(|stop| anyhow!("{stop}"))?;
    // 1: a weapon that the player began with.
    ensure!(matches!(answer.status, 0 | 1), "{answer:?}");
    Ok(())
}
