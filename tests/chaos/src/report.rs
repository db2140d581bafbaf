//! What a run came to, in a few lines.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::time::Duration;

use aliya_test_servers::On;
use anyhow::{Result, ensure};

use crate::cluster::Plan;
use crate::faults::Counts;
use crate::ops::{self, Ops};
use crate::request::Request;
use crate::settle::Settled;

/// How many violations are shown.
const SHOWN: usize = 25;

/// What a run came to.
#[derive(Debug)]
pub struct Report {
    seed: u64,
    plan: Plan,
    took: Duration,
    settled: Duration,
    requests: usize,
    acknowledged: usize,
    failed: usize,
    undecided: usize,
    duplicates: usize,
    /// Replies beyond the first one of a key.
    replays: usize,
    newcomers: usize,
    kills: u64,
    stops: u64,
    restarts: u64,
    lines: u64,
    gave_up: u64,
    ops: Ops,
    /// Ops that were gone on with by another than who began them, or later.
    recovered: usize,
    /// All that does not hold.
    pub violations: Vec<String>,
    /// Where logs and databases lie, kept where something does not hold.
    pub folder: Option<PathBuf>,
}

impl Report {
    /// Of a run that took so long, with the `logs` of its managers.
    pub(crate) fn new(
        seed: u64,
        plan: &Plan,
        took: Duration,
        counts: &Counts,
        settled: &Settled,
        logs: &[String],
    ) -> Self {
        let requests = &settled.known.requests;
        let decided = |is: fn(i64) -> bool| {
            let statuses = requests.iter().filter_map(|it| Some(it.decision()?.status));
            statuses.filter(|status| is(*status)).count()
        };
        let replays = requests.iter().map(|it| it.replies.len().saturating_sub(1));
        let load = |counter: &std::sync::atomic::AtomicU64| counter.load(Ordering::Relaxed);
        let mut violations = settled.violations.clone();
        let ended = load(&counts.ended);
        if ended > 0 {
            violations.push(format!("{ended} processes ended by themselves"));
        }
        Self {
            seed,
            plan: plan.clone(),
            took,
            settled: settled.took,
            requests: requests.len(),
            acknowledged: decided(|status| status == 0),
            failed: decided(|status| status != 0),
            undecided: settled.undecided,
            duplicates: requests.iter().filter(|it| it.sent_twice).count(),
            replays: replays.sum(),
            newcomers: settled.known.newcomers.len(),
            kills: load(&counts.kills),
            stops: load(&counts.stops),
            restarts: load(&counts.restarts),
            lines: load(&counts.lines),
            gave_up: load(&counts.gave_up),
            ops: settled.ops,
            recovered: ops::recovered(logs.iter().map(String::as_str)),
            violations,
            folder: None,
        }
    }

    /// Writes down what was asked and answered, for whoever looks for the reason of a violation.
    pub(crate) fn write_down(&self, folder: &Path, requests: &[Request]) -> Result<()> {
        let mut lines = String::new();
        for request in requests {
            let Request {
                sent_ms,
                key,
                player,
                function,
                ..
            } = request;
            lines += &format!("{sent_ms} {key} {player} {function}");
            for reply in &request.replies {
                let after = reply.at.duration_since(request.sent).as_millis();
                lines += &format!(" | after {after} ms {}", reply.text);
            }
            lines.push('\n');
        }
        std::fs::write(folder.join("violations.log"), self.violations.join("\n"))?;
        Ok(std::fs::write(folder.join("requests.log"), lines)?)
    }

    /// Fails where something does not hold, and where so little went wrong that nothing is proved.
    pub fn check(&self) -> Result<()> {
        ensure!(self.violations.is_empty(), "{self}");
        let Ops {
            undone, new_epochs, ..
        } = self.ops;
        let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
        let restarts = match self.plan.on {
            On::Sqlite => 1,
            On::Server(_) => self.restarts,
        };
        for (what, number) in [
            ("request was acknowledged", count(self.acknowledged)),
            ("request failed", count(self.failed)),
            ("request was sent twice at once", count(self.duplicates)),
            ("reply was given again", count(self.replays)),
            ("process was killed", i64::try_from(self.kills)?),
            ("process stood still", i64::try_from(self.stops)?),
            ("database was restarted", i64::try_from(restarts)?),
            ("line was faulty", i64::try_from(self.lines)?),
            ("take was undone", undone),
            ("op began anew", new_epochs),
            ("op was recovered", count(self.recovered)),
        ] {
            ensure!(
                number > 0,
                "no {what}, so nothing is proved by this run\n{self}"
            );
        }
        Ok(())
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Plan {
            on,
            shape,
            copies,
            one_database,
            ..
        } = &self.plan;
        let databases = if *one_database {
            "one database"
        } else {
            "a database each"
        };
        let seed = self.seed;
        writeln!(
            f,
            "chaos on {}, seed {seed}: {shape:?}, {copies} of each, {databases}; {:.0} s, settled after {:.1} s",
            on.name(),
            self.took.as_secs_f64(),
            self.settled.as_secs_f64()
        )?;
        writeln!(
            f,
            "  {} requests: {} acknowledged, {} failed, {} undecided when healed; {} sent twice at once, {} replies given again; {} newcomers",
            self.requests,
            self.acknowledged,
            self.failed,
            self.undecided,
            self.duplicates,
            self.replays,
            self.newcomers
        )?;
        writeln!(
            f,
            "  {} kills, {} stops, {} restarts of the database, {} faults of lines; {} starts in vain",
            self.kills, self.stops, self.restarts, self.lines, self.gave_up
        )?;
        let Ops {
            under_way,
            undone,
            new_epochs,
        } = self.ops;
        let recovered = self.recovered;
        writeln!(
            f,
            "  ops: {under_way} under way, {recovered} recovered, {undone} takes undone, {new_epochs} with new epochs"
        )?;
        write!(f, "  {} violations", self.violations.len())?;
        for violation in self.violations.iter().take(SHOWN) {
            write!(f, "\n    {violation}")?;
        }
        if let Some(folder) = &self.folder {
            write!(f, "\n  logs and databases: {}", folder.display())?;
        }
        Ok(())
    }
}
