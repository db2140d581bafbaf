//! Players who ask, on every gateway, whatever is answered.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use aliya_runtime::shutdown::CancellationToken;
use anyhow::{Context, Result};
use tokio::task::JoinSet;

use crate::plan;
use crate::request::{Line, Player, Request};
use crate::seed::Random;

/// How many play.
const PLAYERS: u64 = 8;
/// How many requests of a player are under way at a time, duplicates not counted: one for each task.
const AT_ONCE: u64 = 3;
/// How often a request is sent before the player turns to the next one.
const TRIES: u32 = 4;
/// How many undecided requests each of these has at most.
const ASIDE_MAX: usize = 6;
/// What a player waits between two requests at most.
const PAUSE_MAX_MS: u64 = 40;
/// How long it takes until another player comes.
const NEWCOMER_EVERY_MS: (u64, u64) = (700, 2_000);
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

/// A task that asks, one request after the other.
struct Worker {
    manner: Manner,
    /// Two connections to each gateway: one for duplicates.
    lines: Vec<[Line; 2]>,
    random: Random,
    stop: CancellationToken,
}

impl Worker {
    fn new(manner: Manner, random: Random, stop: CancellationToken) -> Self {
        let lines = manner.gateways.iter();
        let lines = lines.map(|gateway| [Line::to(*gateway), Line::to(*gateway)]);
        Self {
            lines: lines.collect(),
            manner,
            random,
            stop,
        }
    }

    /// Asks for one thing after the other. What stays undecided is put aside, and asked for again when there
    /// is too much of it: nobody has any number of open questions.
    async fn play(mut self, player: Player, players: Arc<[Player]>) -> Vec<Request> {
        let (mut played, mut aside) = (Vec::new(), VecDeque::new());
        while !self.stop.is_cancelled() {
            let again = match aside.len() < ASIDE_MAX {
                true => None,
                false => aside.pop_front(),
            };
            let mut request = match again {
                Some(request) => request,
                None => self.first(&player, &players).await,
            };
            for _ in 0..TRIES {
                if request.decision().is_some() || self.stop.is_cancelled() {
                    break;
                }
                self.send(&mut request).await;
                tokio::time::sleep(self.random.time(0, PAUSE_MAX_MS)).await;
            }
            match request.decision() {
                Some(_) => played.push(request),
                None => aside.push_back(request),
            }
        }
        played.extend(aside);
        played
    }

    /// A new request, which some send twice at once.
    async fn first(&mut self, player: &Player, players: &[Player]) -> Request {
        let mut request = plan::next(&mut self.random, player, players);
        if self.random.chance(self.manner.duplicates) {
            self.send_twice(&mut request).await;
        }
        request
    }

    /// Clients wait for longer or shorter; the impatient ones ask again while the first is under way.
    fn patience(&mut self) -> Duration {
        self.random.time(800, 6_000)
    }

    async fn send(&mut self, request: &mut Request) {
        let patience = self.patience();
        let place = self.place();
        let Some([line, _]) = self.lines.get_mut(place) else {
            return;
        };
        if let Some(reply) = line.ask(&request.message, patience).await {
            request.note(reply);
        }
    }

    /// The same request on two connections at once, also of two gateways.
    async fn send_twice(&mut self, request: &mut Request) {
        let patience = self.patience();
        let (one, other) = (self.place(), self.place());
        request.sent_twice = true;
        let message = request.message.as_str();
        let replies = if one == other {
            let Some([first, second]) = self.lines.get_mut(one) else {
                return;
            };
            tokio::join!(first.ask(message, patience), second.ask(message, patience))
        } else {
            let Ok([[first, _], [second, _]]) = self.lines.get_disjoint_mut([one, other]) else {
                return;
            };
            tokio::join!(first.ask(message, patience), second.ask(message, patience))
        };
        for reply in [replies.0, replies.1].into_iter().flatten() {
            request.note(reply);
        }
    }

    /// One of the gateways.
    fn place(&mut self) -> usize {
        let last = self.lines.len().saturating_sub(1);
        let place = self.random.between(0, u64::try_from(last).unwrap_or(0));
        usize::try_from(place).unwrap_or(0)
    }

    /// Lets new players come.
    async fn welcome(mut self) -> Vec<Newcomer> {
        let mut came = Vec::new();
        loop {
            let pause = self.random.time(NEWCOMER_EVERY_MS.0, NEWCOMER_EVERY_MS.1);
            let over = tokio::time::timeout(pause, self.stop.cancelled()).await;
            if over.is_ok() {
                return came;
            }
            let name = format!("newcomer{}", came.len());
            let key = aliya_runtime::client::random_key();
            let mut known = false;
            for _ in 0..TRIES {
                let place = self.place();
                let Some([line, _]) = self.lines.get_mut(place) else {
                    break;
                };
                known = Player::login(line, &name, &key).await.is_some();
                if known || self.stop.is_cancelled() {
                    break;
                }
            }
            came.push(Newcomer { name, key, known });
        }
    }
}
