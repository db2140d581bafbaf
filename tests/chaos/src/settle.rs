//! After the faults: what is undecided is asked for until it is decided, some of what is decided is
//! asked for once more, and the managers are given time to finish.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use anyhow::Result;
use tokio::task::JoinSet;

use crate::cluster::Cluster;
use crate::invariants::{Known, violations};
use crate::load::{Newcomer, Played};
use crate::ops::{Ops, Tables};
use crate::request::{Line, Player, Request, decide};
use crate::seed::Random;
use crate::world::{Entry, World};

/// How long it may take until everything is decided, and then until nothing is under way.
const SETTLES: Duration = Duration::from_secs(30);
/// How long a client waits now.
const PATIENCE: Duration = Duration::from_secs(8);
/// How many requests are under way at a time.
const AT_ONCE: usize = 16;
/// How many decided requests are sent once more.
const REPLAYS: usize = 120;
/// How many keys are used for other content.
const OTHERS: usize = 24;
/// Between two looks.
const PAUSE: Duration = Duration::from_millis(250);

/// How it ended.
pub struct Settled {
    /// What players know.
    pub known: Known,
    /// What does not hold.
    pub violations: Vec<String>,
    /// The tables of ops.
    pub ops: Ops,
    /// How long it took from the healing on.
    pub took: Duration,
    /// How many requests were undecided when things were healed.
    pub undecided: usize,
}

/// Lets everything come to its end, which takes little more than twice [`SETTLES`] at most.
pub async fn settle(
    cluster: &Cluster,
    players: &[Player],
    played: Played,
    random: &mut Random,
    keyed: bool,
) -> Result<Settled> {
    let begin = Instant::now();
    let Played {
        requests,
        mut newcomers,
    } = played;
    let (undecided, mut decided): (Vec<_>, Vec<_>) =
        requests.into_iter().partition(|it| it.decision().is_none());
    let count = undecided.len();
    let gateways = cluster.gateways.as_slice();
    let deadline = begin + SETTLES;
    let requests = asked(undecided, gateways, deadline);
    let (requests, ()) = tokio::join!(requests, welcomed(&mut newcomers, gateways, deadline));
    decided.extend(requests?);
    let mut others = Vec::new();
    if keyed {
        let mut again = Vec::new();
        for _ in 0..REPLAYS.min(decided.len()) {
            let places: Vec<_> = (0..decided.len()).collect();
            let place = random.pick(&places).copied().unwrap_or_default();
            again.push(decided.swap_remove(place));
        }
        let firsts = again
            .iter()
            .filter(|it| it.decision().is_some())
            .take(OTHERS);
        let other = |request: &Request| {
            let player = players
                .iter()
                .find(|player| player.name == request.player)?;
            Some(request.with_other_content(player))
        };
        others = firsts.filter_map(other).collect();
        decided.extend(once_more(again, gateways).await?);
        others = asked(others, gateways, Instant::now() + PATIENCE).await?;
    }
    let known = Known {
        players: players.iter().map(|player| player.name.clone()).collect(),
        requests: decided,
        others,
        newcomers,
    };
    let (violations, ops) = wait(cluster, &known).await?;
    Ok(Settled {
        known,
        violations,
        ops,
        took: begin.elapsed(),
        undecided: count,
    })
}

/// Lets the players in whose logins are undecided.
async fn welcomed(newcomers: &mut [Newcomer], gateways: &[SocketAddr], deadline: Instant) {
    let Some(gateway) = gateways.first() else {
        return;
    };
    let mut line = Line::to(*gateway);
    for newcomer in newcomers {
        while !newcomer.known && Instant::now() < deadline {
            let login = Player::login(&mut line, &newcomer.name, &newcomer.key).await;
            newcomer.known = login.is_some();
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

/// Asks for all of them at once, a few at a time, until each is decided.
async fn asked(
    requests: Vec<Request>,
    gateways: &[SocketAddr],
    deadline: Instant,
) -> Result<Vec<Request>> {
    let mut shares: Vec<Vec<Request>> = (0..AT_ONCE).map(|_| Vec::new()).collect();
    for (place, request) in requests.into_iter().enumerate() {
        if let Some(share) = shares.get_mut(place % AT_ONCE) {
            share.push(request);
        }
    }
    let mut tasks = JoinSet::new();
    for (mut share, gateway) in shares.into_iter().zip(gateways.iter().copied().cycle()) {
        tasks.spawn(async move {
            let mut line = Line::to(gateway);
            for request in &mut share {
                decide(request, &mut line, PATIENCE, deadline).await;
            }
            share
        });
    }
    let mut asked = Vec::new();
    while let Some(share) = tasks.join_next().await {
        asked.extend(share?);
    }
    Ok(asked)
}

/// Sends each once more, whatever was said to it.
async fn once_more(requests: Vec<Request>, gateways: &[SocketAddr]) -> Result<Vec<Request>> {
    let fresh = requests.iter().map(|request| Request {
        replies: Vec::new(),
        ..request.clone()
    });
    let deadline = Instant::now() + PATIENCE;
    let mut again = asked(fresh.collect(), gateways, deadline).await?;
    let mut requests = requests;
    for request in &mut requests {
        if let Some(again) = again.iter_mut().find(|it| it.key == request.key) {
            request.replies.append(&mut again.replies);
            request.faults.append(&mut again.faults);
        }
    }
    Ok(requests)
}

/// Waits until all holds and nothing is under way, or until the time is over: then it is told what does
/// not hold.
async fn wait(cluster: &Cluster, known: &Known) -> Result<(Vec<String>, Ops)> {
    let begin = Instant::now();
    let mut tables = Tables::open(cluster.databases.all()).await?;
    loop {
        let looked = look(cluster, &mut tables, known, &known.players, &[]).await?;
        if looked.violations.is_empty() || begin.elapsed() > SETTLES {
            return Ok((looked.violations, looked.ops));
        }
        tokio::time::sleep(PAUSE).await;
    }
}

/// What a look at everything shows.
pub struct Looked {
    /// What does not hold, or is under way.
    pub violations: Vec<String>,
    /// The tables of ops.
    pub ops: Ops,
    /// All entries.
    pub entries: Vec<Entry>,
}

/// Looks at everything. `players` are those who may have done a `risk`; entries that were `seen` are not
/// read again.
pub async fn look(
    cluster: &Cluster,
    tables: &mut Tables,
    known: &Known,
    players: &[String],
    seen: &[Entry],
) -> Result<Looked> {
    let ops = tables.look().await?;
    let world = World::read(&cluster.operator, players, seen).await;
    let (mut violations, entries) = match world {
        Ok(world) => (violations(known, &world), world.entries),
        Err(error) => (
            vec![format!("the managers cannot be read: {error:#}")],
            Vec::new(),
        ),
    };
    if ops.under_way > 0 {
        let some = tables.live().await?.join("; ");
        violations.push(format!("{} ops are under way: {some}", ops.under_way));
    }
    Ok(Looked {
        violations,
        ops,
        entries,
    })
}
