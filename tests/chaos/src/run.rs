//! A run from its beginning to its end.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use aliya_test_servers::On;
use anyhow::{Context, Result, anyhow};

use crate::cluster::{Cluster, Plan};
use crate::faults::Faults;
use crate::load::{Load, Manner};
use crate::part::Part;
use crate::report::Report;
use crate::seed::Random;
use crate::settle::settle;

/// How the game is spread over processes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Shape {
    /// Everything in one process.
    One,
    /// A gateway, the token server, and two groups of managers.
    Pair,
    /// Two gateways, the token server, and three groups of managers.
    Groups,
}

/// What a run is like.
#[derive(Clone, Debug)]
pub struct Options {
    /// The binary `chaos-game`.
    pub game: PathBuf,
    /// The kind of database.
    pub on: On,
    /// How the game is spread over processes.
    pub shape: Shape,
    /// How many processes each group of managers has; of more than one on a server alone.
    pub copies: u16,
    /// What all decisions follow from. When they fall is up to the machine.
    pub seed: u64,
    /// How long it is played.
    pub time: Duration,
    /// Whether anything fails.
    pub fail: bool,
    /// How many of 100 requests are sent twice at once.
    pub duplicates: u64,
    /// Whether requests are sent again under their keys when they are decided.
    pub replays: bool,
}

/// What comes before and after the play: starts, and settling down twice over.
const BESIDE: Duration = Duration::from_secs(240);

/// Runs it. Fails where the harness itself does; what does not hold is in the report.
pub fn run(options: &Options) -> Result<Report> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    let limit = options.time + BESIDE;
    let ran = runtime.block_on(async { tokio::time::timeout(limit, all(options)).await });
    // Threads that wait for a database end with it.
    runtime.shutdown_background();
    ran.with_context(|| format!("the run takes longer than {limit:?}"))?
}

async fn all(options: &Options) -> Result<Report> {
    let seed = Random::new(options.seed);
    let mut random = seed.stream("run");
    let plan = Plan {
        game: options.game.clone(),
        on: options.on,
        shape: options.shape,
        copies: match options.on {
            On::Sqlite => 1,
            On::Server(_) => options.copies.max(1),
        },
        one_database: random.chance(50) && options.on != On::Sqlite,
        own_server: true,
    };
    let cluster = Arc::new(Cluster::start(&plan).await?);
    let manner = Manner {
        duplicates: options.duplicates,
        gateways: cluster.gateways.clone(),
    };
    let load = Load::start(&manner, &seed).await?;
    let players = Arc::clone(&load.players);
    let faults = Faults::start(&cluster, &seed, options.fail);
    let begin = Instant::now();
    tokio::time::sleep(options.time).await;
    let played = load.end().await?;
    let counts = faults.heal().await?;
    let took = begin.elapsed();
    let settled = settle(&cluster, &players, played, &mut random, options.replays).await?;
    // The token server's own say the same of each new player, whose login drives it.
    let managers = cluster.parts.iter().filter(|part| part.name != "token");
    let logs: Vec<_> = managers.map(Part::log).collect();
    let mut report = Report::new(options.seed, &plan, took, &counts, &settled, &logs);
    for part in &cluster.parts {
        let log = part.log();
        let panics = log.lines().filter(|line| line.contains("panicked"));
        let said = panics.map(|line| format!("{} says: {line}", part.name));
        report.violations.extend(said);
    }
    if !report.violations.is_empty() {
        report.write_down(cluster.folder(), &settled.known.requests)?;
        let cluster = Arc::into_inner(cluster).ok_or_else(|| anyhow!("a task still runs"))?;
        report.folder = Some(cluster.keep());
    }
    Ok(report)
}
