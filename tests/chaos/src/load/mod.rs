//! Players who ask, on every gateway, whatever is answered.

mod worker;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use aliya_runtime::shutdown::CancellationToken;
use anyhow::{Context, Result};
use tokio::task::JoinSet;

use self::worker::Worker;
use crate::request::{Line, Player, Request};
use crate::seed::Random;

/// How many play.
const PLAYERS: u64 = 8;
/// How many requests of a player are under way at a time, duplicates not counted: one for each task.
const AT_ONCE: u64 = 3;
/// How long the first logins may take, while nothing fails.
const LOGINS: Duration = Duration::from_secs(20);

/// What the load is like.
#[derive(Clone, Debug)]
pub struct Manner {
    /// How many of 100 requests are sent twice at once.
    pub duplicates: u64,
    /// Where gateways are reached.
    pub gateways: Vec<SocketAddr>,
}

/// The players at work.
pub struct Load {
    /// Those who play.
    pub players: Arc<[Player]>,
    workers: JoinSet<Vec<Request>>,
    newcomers: JoinSet<Vec<Newcomer>>,
    stop: CancellationToken,
}

/// A player who comes while things fail.
#[derive(Clone, Debug)]
pub struct Newcomer {
    /// The unique id.
    pub name: String,
    /// The key of the login.
    pub key: String,
    /// Whether the login was answered.
    pub known: bool,
}

/// What became of it all.
pub struct Played {
    /// All requests, in no order.
    pub requests: Vec<Request>,
    /// Those who came meanwhile.
    pub newcomers: Vec<Newcomer>,
}

impl Load {
    /// Lets the players log in and begin.
    pub async fn start(manner: &Manner, seed: &Random) -> Result<Self> {
        let mut players = Vec::new();
        let gateway = manner.gateways.first().context("a gateway")?;
        let mut line = Line::to(*gateway);
        let begin = Instant::now();
        while players.len() < usize::try_from(PLAYERS)? {
            let name = format!("player{}", players.len());
            let key = format!("1000000000000-{name:0>16}");
            match Player::login(&mut line, &name, &key).await {
                Some(player) => players.push(player),
                None => anyhow::ensure!(begin.elapsed() < LOGINS, "nobody can log in"),
            }
        }
        let (players, stop) = (Arc::<[Player]>::from(players), CancellationToken::new());
        let mut workers = JoinSet::new();
        for player in players.iter() {
            for number in 0..AT_ONCE {
                let random = seed.stream(&format!("{} {number}", player.name));
                let worker = Worker::new(manner.clone(), random, stop.clone());
                workers.spawn(worker.play(player.clone(), Arc::clone(&players)));
            }
        }
        let mut newcomers = JoinSet::new();
        let random = seed.stream("newcomers");
        newcomers.spawn(Worker::new(manner.clone(), random, stop.clone()).welcome());
        Ok(Self {
            players,
            workers,
            newcomers,
            stop,
        })
    }

    /// Lets everybody finish what is under way, as far as that can be finished.
    pub async fn end(mut self) -> Result<Played> {
        self.stop.cancel();
        let (mut requests, mut newcomers) = (Vec::new(), Vec::new());
        while let Some(played) = self.workers.join_next().await {
            requests.extend(played?);
        }
        while let Some(came) = self.newcomers.join_next().await {
            newcomers.extend(came?);
        }
        Ok(Played {
            requests,
            newcomers,
        })
    }
}
