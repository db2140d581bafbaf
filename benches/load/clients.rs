//! The clients: each sends its next request when the last one is answered.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use aliya_runtime::client::Client;
use aliya_runtime::frame::Cipher;
use anyhow::{Context, Result, ensure};
use serde_json::{Map, Value, json};

use crate::players::{LEVELS, Player, WEAPONS};

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

/// What requests say of themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keys {
    /// A key that no other request has: it is applied once, and its reply is kept.
    Each,
    /// The one `random` that old clients ever send.
    None,
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

impl Figures {
    /// Of all requests of a run, by how long each took.
    pub fn new(mut took: Vec<Duration>, elapsed: Duration) -> Self {
        took.sort_unstable();
        let at = |part: f64| took.get((took.len() as f64 * part) as usize).copied();
        Self {
            per_second: took.len() as f64 / elapsed.as_secs_f64(),
            p50: at(0.5).unwrap_or_default(),
            p99: at(0.99).unwrap_or_default(),
        }
    }
}

/// One client's requests: function and args, in order.
pub type Calls = Box<dyn Iterator<Item = (&'static str, Map<String, Value>)> + Send>;

/// For each client: its players' weapons go up, all levels of one after the other.
pub fn level_ups(hands: Vec<Vec<Player>>) -> Vec<Calls> {
    let calls = hands.into_iter().map(|players| -> Calls {
        let calls = players.into_iter().flat_map(|player| {
            (0..WEAPONS * LEVELS).map(move |level| {
                let weapon = format!("weapon{}", 1 + level / LEVELS);
                let data = json!({ "token": player.token, "weapon": weapon, "iron": 20 });
                let data = data.as_object().cloned().unwrap_or_default();
                ("level_up_weapon", data)
            })
        });
        Box::new(calls)
    });
    calls.collect()
}

/// For each client: its first player looks into the bag, again and again.
pub fn looks(hands: &[Vec<Player>]) -> Vec<Calls> {
    let calls = hands.iter().map(|players| -> Calls {
        let tokens: Vec<_> = players.iter().map(|it| it.token.clone()).collect();
        let calls = tokens.into_iter().cycle().map(|token| {
            let data = Map::from_iter([("token".to_owned(), Value::from(token))]);
            ("get_all_supplies", data)
        });
        Box::new(calls)
    });
    calls.collect()
}

/// Sends the requests of all clients at once for `time`, each with a key.
pub async fn run(
    gateway: SocketAddr,
    clients: Vec<Calls>,
    style: Style,
    time: Duration,
) -> Result<Figures> {
    run_with(gateway, clients, style, Keys::Each, time).await
}

/// The same, with or without keys.
pub async fn run_with(
    gateway: SocketAddr,
    clients: Vec<Calls>,
    style: Style,
    keys: Keys,
    time: Duration,
) -> Result<Figures> {
    let start = Instant::now();
    let tasks = clients
        .into_iter()
        .map(|calls| tokio::spawn(one(gateway, calls, style, keys, start + time)));
    let tasks: Vec<_> = tasks.collect();
    let mut took = Vec::new();
    for task in tasks {
        took.extend(task.await??);
    }
    Ok(Figures::new(took, start.elapsed()))
}

async fn one(
    gateway: SocketAddr,
    mut calls: Calls,
    style: Style,
    keys: Keys,
    end: Instant,
) -> Result<Vec<Duration>> {
    let mut took = Vec::new();
    let mut kept = None;
    while Instant::now() < end {
        let (function, data) = calls.next().context("the client needs more players")?;
        let start = Instant::now();
        let mut client = match kept.take() {
            Some(client) => client,
            None => connect(gateway).await?,
        };
        let reply = match keys {
            Keys::Each => client.call_text(function, data).await?,
            Keys::None => {
                let message = json!({ "function": function, "random": "-906", "data": data });
                client.exchange(&message.to_string()).await?
            }
        };
        took.push(start.elapsed());
        ensure!(reply.starts_with("{\"status\":0,"), "{reply}");
        if style == Style::Kept {
            kept = Some(client);
        }
    }
    Ok(took)
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
