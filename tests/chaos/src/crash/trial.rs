//! One crash: a request is sent, a process aborts in the middle of it, and is started again.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use serde_json::Map;
use tokio::sync::Mutex;

use super::Deed;
use crate::cluster::Cluster;
use crate::invariants::Known;
use crate::ops::{Ops, Tables};
use crate::part::Part;
use crate::request::{Line, Player, Request, decide};
use crate::seed::Random;
use crate::settle::{self, Looked};
use crate::world::Entry;

/// How long a client waits for a reply.
pub(super) const PATIENCE: Duration = Duration::from_secs(8);
/// How long it may take until a request is decided, and until everything holds.
const SETTLES: Duration = Duration::from_secs(30);
/// Between two looks.
pub(super) const PAUSE: Duration = Duration::from_millis(2);
/// How many requests of one shape a player begins with enough for.
const REQUESTS_EACH: usize = 8;
/// The clock of `weapon` ticks so often, and its places are counted, too.
const TICK_MS: i64 = 5_000;
/// No request begins so shortly before a tick, or so shortly after it.
const NEAR_TICK_MS: (i64, i64) = (300, 150);

/// A cluster, and what was asked there.
pub struct Trials {
    pub(super) cluster: Cluster,
    pub(super) tables: Mutex<Tables>,
    known: Known,
    /// The entries of which everything held.
    seen: Vec<Entry>,
    random: Random,
    /// The player of the next request, and for how many requests there is enough.
    player: Option<(Player, usize)>,
}

impl Trials {
    /// Over a cluster in which nothing was asked yet.
    pub async fn new(cluster: Cluster) -> Result<Self> {
        let tables = Tables::open(cluster.databases.all()).await?;
        Ok(Self {
            cluster,
            tables: tables.into(),
            known: Known::default(),
            seen: Vec::new(),
            random: Random::new(1),
            player: None,
        })
    }

    /// Lets another player ask next, and everything be read from its beginning.
    pub fn begin(&mut self) {
        self.player = None;
        self.seen.clear();
    }

    /// The ops of all databases.
    pub async fn ops(&self) -> Result<Ops> {
        self.tables.lock().await.look().await
    }

    /// Ends all processes, and leaves their logs and files of databases where they are.
    pub fn keep(self) -> PathBuf {
        self.cluster.keep()
    }

    /// Asks for what the deed is while that process crashes at the place of that number. Returns the
    /// place, or `None` where the process has not come so far; fails where anything does not hold.
    pub async fn run(
        &mut self,
        deed: &Deed,
        process: &str,
        number: usize,
    ) -> Result<Option<String>> {
        let player = self.player(deed).await?;
        let mut requests = vec![Request::new(
            &player,
            deed.function,
            deed.args(),
            &mut self.random,
        )];
        if deed.stale {
            requests.push(self.training(&player));
        }
        away_from_ticks().await;
        let part = self.cluster.parts.iter().find(|it| it.name == process);
        let part = part.with_context(|| format!("no process {process}"))?;
        part.crash_at(number, deed.shape)?;
        let crashed = self.send(part, &mut requests).await?;
        if !crashed {
            part.never_crash()?;
        }
        let place = crashed.then(|| place(part));
        let ended = self.end(deed, requests).await;
        ended.with_context(|| place.clone().unwrap_or_default())?;
        Ok(place)
    }

    /// Lets the requests be decided, and everything come to its end.
    async fn end(&mut self, deed: &Deed, mut requests: Vec<Request>) -> Result<()> {
        self.decide(&mut requests).await?;
        let decision = requests.first().and_then(Request::decision).cloned();
        self.known.requests.extend(requests);
        self.check().await?;
        let status = decision.map(|reply| reply.status);
        ensure!(status == Some(deed.status), "answered {status:?}");
        Ok(())
    }

    /// Sends the requests until each is decided, and once more.
    async fn decide(&mut self, requests: &mut [Request]) -> Result<()> {
        let gateway = *self.cluster.gateways.first().context("a gateway")?;
        let mut line = Line::to(gateway);
        let deadline = Instant::now() + SETTLES;
        for request in requests {
            decide(request, &mut line, PATIENCE, deadline).await;
            let again = line.ask(&request.message, PATIENCE).await;
            request.note(again.context("a decided request is not answered again")?);
        }
        Ok(())
    }

    /// Waits until everything holds and nothing is under way.
    async fn check(&mut self) -> Result<()> {
        let begin = Instant::now();
        loop {
            let tables = self.tables.get_mut();
            let looked = settle::look(&self.cluster, tables, &self.known, &[], &self.seen);
            let Looked {
                violations,
                entries,
                ..
            } = looked.await?;
            if violations.is_empty() {
                self.seen = entries;
                return Ok(());
            }
            ensure!(begin.elapsed() < SETTLES, "{}", violations.join("\n"));
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// A player who has enough for the deed.
    async fn player(&mut self, deed: &Deed) -> Result<Player> {
        if let Some((player, left)) = &mut self.player
            && *left > 0
        {
            *left -= 1;
            return Ok(player.clone());
        }
        let gateway = *self.cluster.gateways.first().context("a gateway")?;
        let name = format!("player{}", self.known.players.len());
        let key = format!("1000000000000-{name:0>16}");
        let player = Player::login(&mut Line::to(gateway), &name, &key).await;
        let player = player.with_context(|| format!("{name} cannot log in"))?;
        self.known.players.push(name);
        self.player = Some((player.clone(), REQUESTS_EACH - 1));
        let mut trainings: Vec<_> = (0..deed.trainings)
            .map(|_| self.training(&player))
            .collect();
        self.decide(&mut trainings).await?;
        self.known.requests.extend(trainings);
        self.check().await?;
        Ok(player)
    }

    fn training(&mut self, player: &Player) -> Request {
        Request::new(player, "train", Map::new(), &mut self.random)
    }
}

/// The place at which a process has crashed last, by its log.
fn place(part: &Part) -> String {
    let log = part.log();
    let mut said = log.lines().rev();
    let last = said.find_map(|line| line.strip_prefix("crashes at its place "));
    let last = last.and_then(|numbered| numbered.split_once(": "));
    last.map_or("a place without a name", |(_, place)| place)
        .to_owned()
}

/// Waits where a tick of the clock is near.
async fn away_from_ticks() {
    let (before_ms, after_ms) = NEAR_TICK_MS;
    let since_ms = aliya_runtime::Time::now().0.rem_euclid(TICK_MS);
    let wait_ms = match since_ms {
        since_ms if since_ms < after_ms => after_ms - since_ms,
        since_ms if since_ms > TICK_MS - before_ms => TICK_MS - since_ms + after_ms,
        _ => 0,
    };
    tokio::time::sleep(Duration::from_millis(wait_ms.unsigned_abs())).await;
}
