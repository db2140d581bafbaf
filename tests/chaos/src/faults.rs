//! What fails, and when: processes, the database and the lines between all of them, each by a stream
//! of random numbers of its own.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use aliya_runtime::shutdown::CancellationToken;
use anyhow::Result;
use rustix::process::Signal;
use tokio::task::JoinSet;

use crate::cluster::Cluster;
use crate::proxy::Fault;
use crate::seed::Random;

/// Between two faults of processes, in milliseconds.
const PROCESS_EVERY_MS: (u64, u64) = (500, 2_000);
/// How many of 100 of these are kills; in the others a process stands still.
const KILLS: u64 = 60;
/// For how long a process stands still.
const STOPPED_MS: (u64, u64) = (200, 3_000);
/// How many of 100 stand still for longer than an op is left alone: then it goes on twice.
const LONG_STOPS: u64 = 15;
/// For how long these do.
const LONG_STOPPED_MS: (u64, u64) = (6_500, 9_000);
/// How long it takes until a killed process is started again.
const DOWN_MS: (u64, u64) = (0, 500);
/// Between two restarts of the database.
const DATABASE_EVERY_MS: (u64, u64) = (5_000, 10_000);
/// Between two faults of lines.
const LINE_EVERY_MS: (u64, u64) = (150, 900);
/// How long one lasts.
const LINE_MS: (u64, u64) = (100, 2_500);
/// How often is looked after processes that have ended by themselves.
const LOOK_EVERY: Duration = Duration::from_millis(150);

/// How often what failed.
#[derive(Debug, Default)]
pub struct Counts {
    /// SIGKILLs of processes.
    pub kills: AtomicU64,
    /// Processes that stood still.
    pub stops: AtomicU64,
    /// Kills and starts of the database's server.
    pub restarts: AtomicU64,
    /// Faults of lines.
    pub lines: AtomicU64,
    /// Processes that ended by themselves before they were ready, as where the database was away.
    pub gave_up: AtomicU64,
    /// Processes that ended by themselves when they were ready, which none does.
    pub ended: AtomicU64,
}

fn count(counter: &AtomicU64) {
    counter.fetch_add(1, Ordering::Relaxed);
}

/// The faults at work.
pub struct Faults {
    tasks: JoinSet<Result<()>>,
    stop: CancellationToken,
    cluster: Arc<Cluster>,
    /// What happened so far.
    pub counts: Arc<Counts>,
}

impl Faults {
    /// Lets things fail, where `fail` says so. Processes that end by themselves are started again in any
    /// case.
    pub fn start(cluster: &Arc<Cluster>, seed: &Random, fail: bool) -> Self {
        let faults = Self {
            tasks: JoinSet::new(),
            stop: CancellationToken::new(),
            cluster: Arc::clone(cluster),
            counts: Arc::default(),
        };
        faults.spawned(seed, fail)
    }

    fn spawned(mut self, seed: &Random, fail: bool) -> Self {
        let each = |name: &str| One {
            cluster: Arc::clone(&self.cluster),
            counts: Arc::clone(&self.counts),
            stop: self.stop.clone(),
            random: seed.stream(name),
        };
        self.tasks.spawn(each("looks").look_after());
        if fail {
            self.tasks.spawn(each("processes").processes());
            self.tasks.spawn(each("lines").lines());
            if self.cluster.databases.address().is_some() {
                self.tasks.spawn(each("database").database());
            }
        }
        self
    }

    /// Ends all faults, and returns when everything is there again.
    pub async fn heal(mut self) -> Result<Arc<Counts>> {
        self.stop.cancel();
        self.cluster.tell("all is healed");
        while let Some(ended) = self.tasks.join_next().await {
            ended??;
        }
        for link in &self.cluster.links {
            link.proxy.set(Fault::None);
        }
        self.cluster.all_ready().await?;
        Ok(self.counts)
    }
}

/// A task that lets things fail.
struct One {
    cluster: Arc<Cluster>,
    counts: Arc<Counts>,
    stop: CancellationToken,
    random: Random,
}

impl One {
    /// Waits for a time between two; `false` where it is over.
    async fn goes_on(&mut self, (low_ms, high_ms): (u64, u64)) -> bool {
        let pause = self.random.time(low_ms, high_ms);
        tokio::time::timeout(pause, self.stop.cancelled())
            .await
            .is_err()
    }

    /// Kills and stops processes, each as long as its fault lasts, several at a time.
    async fn processes(mut self) -> Result<()> {
        let mut faulty = JoinSet::new();
        while self.goes_on(PROCESS_EVERY_MS).await {
            let places: Vec<_> = (0..self.cluster.parts.len()).collect();
            let place = self.random.pick(&places).copied().unwrap_or_default();
            let kills = self.random.chance(KILLS);
            // Without another process of the group nobody goes on with an op meanwhile.
            let long = self.random.chance(LONG_STOPS) && self.cluster.copies > 1;
            let (low_ms, high_ms) = match (kills, long) {
                (true, _) => DOWN_MS,
                (false, true) => LONG_STOPPED_MS,
                (false, false) => STOPPED_MS,
            };
            let time = self.random.time(low_ms, high_ms);
            let counter = if kills {
                &self.counts.kills
            } else {
                &self.counts.stops
            };
            count(counter);
            let (cluster, stop) = (Arc::clone(&self.cluster), self.stop.clone());
            faulty.spawn(async move {
                let Some(part) = cluster.parts.get(place) else {
                    return Ok(());
                };
                let what = if kills { "is killed" } else { "stands still" };
                cluster.tell(&format!("{} {what} for {time:?}", part.name));
                if kills {
                    part.kill().await?;
                    let _ = tokio::time::timeout(time, stop.cancelled()).await;
                    return part.start().await;
                }
                part.signal(Signal::STOP).await;
                let _ = tokio::time::timeout(time, stop.cancelled()).await;
                part.signal(Signal::CONT).await;
                anyhow::Ok(())
            });
        }
        while let Some(ended) = faulty.join_next().await {
            ended??;
        }
        Ok(())
    }

    async fn database(mut self) -> Result<()> {
        while self.goes_on(DATABASE_EVERY_MS).await {
            let databases = self.cluster.databases.clone();
            count(&self.counts.restarts);
            self.cluster.tell("the database is killed");
            tokio::task::spawn_blocking(move || databases.restart()).await??;
            self.cluster.tell("the database is there again");
        }
        Ok(())
    }

    async fn lines(mut self) -> Result<()> {
        let mut faulty = JoinSet::new();
        while self.goes_on(LINE_EVERY_MS).await {
            let last = self.cluster.links.len().saturating_sub(1);
            let place = usize::try_from(self.random.between(0, u64::try_from(last)?))?;
            let fault = match self.random.between(0, 3) {
                0 => Fault::Latency(self.random.time(10, 400)),
                1 => Fault::BlackHole,
                2 => Fault::Cut(self.random.between(0, 3_000)),
                _ => Fault::None,
            };
            let resets = fault == Fault::None || self.random.chance(30);
            let time = self.random.time(LINE_MS.0, LINE_MS.1);
            count(&self.counts.lines);
            let (cluster, stop) = (Arc::clone(&self.cluster), self.stop.clone());
            faulty.spawn(async move {
                let Some(link) = cluster.links.get(place) else {
                    return;
                };
                let reset = if resets { ", and a reset" } else { "" };
                cluster.tell(&format!("{}: {fault:?} for {time:?}{reset}", link.name));
                link.proxy.set(fault);
                if fault != Fault::None {
                    let _ = tokio::time::timeout(time, stop.cancelled()).await;
                    link.proxy.set(Fault::None);
                }
                if resets {
                    link.proxy.reset();
                }
            });
        }
        while let Some(ended) = faulty.join_next().await {
            ended?;
        }
        Ok(())
    }

    /// Starts again what has ended by itself.
    async fn look_after(mut self) -> Result<()> {
        let pause = u64::try_from(LOOK_EVERY.as_millis())?;
        while self.goes_on((pause, pause)).await {
            for part in &self.cluster.parts {
                let mut held = part.process.lock().await;
                let Some(process) = held.as_mut().filter(|process| !process.runs()) else {
                    continue;
                };
                let counter = match process.is_ready() {
                    true => &self.counts.ended,
                    false => &self.counts.gave_up,
                };
                count(counter);
                self.cluster
                    .tell(&format!("{} has ended by itself", part.name));
                drop(held);
                part.start().await?;
            }
        }
        Ok(())
    }
}
