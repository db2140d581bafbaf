//! The clients: each sends its next request when the last one is answered.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use aliya_runtime::client::Client;
use aliya_runtime::frame::Cipher;
use anyhow::{Context, Result, ensure};
use serde_json::{Map, Value, json};

use crate::server::Player;

/// How connections are used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// One connection for all requests.
    Kept,
    /// A connection for each request, as old clients do.
    OneRequestEach,
}

impl Style {
    /// For the table.
    pub fn name(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::OneRequestEach => "one request a connection",
        }
    }
}

/// What a run gave.
pub struct Figures {
    /// Requests answered with status 0, a second.
    pub per_second: f64,
    /// Half of the requests took at most this.
    pub p50: Duration,
    /// All but one in a hundred took at most this.
    pub p99: Duration,
}

/// Levels up with all players at once for `time`.
pub async fn run(
    gateway: SocketAddr,
    players: Vec<Player>,
    style: Style,
    time: Duration,
) -> Result<Figures> {
    let start = Instant::now();
    let tasks = players
        .into_iter()
        .map(|player| tokio::spawn(one(gateway, player, style, start + time)));
    let tasks: Vec<_> = tasks.collect();
    let mut took = Vec::new();
    for task in tasks {
        took.extend(task.await??);
    }
    let elapsed = start.elapsed();
    took.sort_unstable();
    let at = |part: f64| {
        took.get((took.len() as f64 * part) as usize)
            .copied()
            .unwrap_or_default()
    };
    Ok(Figures {
        per_second: took.len() as f64 / elapsed.as_secs_f64(),
        p50: at(0.5),
        p99: at(0.99),
    })
}

async fn one(
    gateway: SocketAddr,
    player: Player,
    style: Style,
    end: Instant,
) -> Result<Vec<Duration>> {
    let mut took = Vec::new();
    let mut kept = None;
    while Instant::now() < end {
        // Every weapon goes up 100 times.
        let weapon = took.len() / 100;
        ensure!(
            weapon < player.weapons as usize,
            "the player needs more weapons"
        );
        let data = data(&player.token, weapon);
        let start = Instant::now();
        let mut client = match kept.take() {
            Some(client) => client,
            None => connect(gateway).await?,
        };
        let reply = client.call("level_up_weapon", data).await?;
        took.push(start.elapsed());
        ensure!(reply["status"] == 0, "{reply}");
        if style == Style::Kept {
            kept = Some(client);
        }
    }
    Ok(took)
}

fn data(token: &str, weapon: usize) -> Map<String, Value> {
    let data = json!({ "token": token, "weapon": format!("weapon{weapon}"), "iron": 20 });
    data.as_object().cloned().unwrap_or_default()
}

async fn connect(gateway: SocketAddr) -> Result<Client> {
    let cipher = Cipher::new(b"67891234", b"67891234")?;
    Client::connect(gateway, cipher).await.context("connecting")
}

/// Opens connections, each used once (a client that plays and pauses), and leaves them open.
pub async fn idle(gateway: SocketAddr, count: usize) -> Result<Vec<Client>> {
    let mut open = Vec::with_capacity(count);
    for number in 0..count {
        let client = connect(gateway).await;
        let mut client = client.with_context(|| format!("connection {number}"))?;
        let reply = client.call("get_all_weapon", Map::new()).await?;
        ensure!(reply["status"] == 10, "{reply}");
        open.push(client);
    }
    Ok(open)
}
