//! How long a program ran, and how long processors worked for it.

use std::fmt;
use std::fs;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};

/// Linux counts processor time in hundredths of a second, whatever its clock does.
const TICK_MS: u64 = 10;

/// Where Linux keeps the times of children that ended, in user and in system mode, among the fields
/// of /proc/self/stat after the program's name.
const CHILDREN: std::ops::RangeInclusive<usize> = 13..=14;

/// How long a program took.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Times {
    wall: Duration,
    /// Of the program and all that it started; `None` where the system does not tell.
    processor: Option<Duration>,
}

impl fmt::Display for Times {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.2} s", self.wall.as_secs_f64())?;
        match self.processor {
            Some(processor) => write!(f, " ({:.2} s)", processor.as_secs_f64()),
            None => Ok(()),
        }
    }
}

/// Runs a program to its end.
pub(super) fn timed(command: &mut Command) -> Result<Times> {
    let before = processor();
    let start = Instant::now();
    let status = command.status()?;
    let wall = start.elapsed();
    ensure!(
        status.success(),
        "`{}` failed: {status}",
        super::super::line(command)
    );
    let processor = before
        .zip(processor())
        .map(|(before, after)| after - before);
    Ok(Times { wall, processor })
}

/// What children of this process, those that ended, took of the processors' time.
fn processor() -> Option<Duration> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    let (_, fields) = stat.rsplit_once(')')?;
    let fields: Vec<&str> = fields.split_whitespace().collect();
    let ticks = fields.get(CHILDREN)?.iter();
    let ticks: u64 = ticks
        .map(|ticks| ticks.parse::<u64>().ok())
        .sum::<Option<u64>>()?;
    Some(Duration::from_millis(ticks * TICK_MS))
}

/// How many programs want a processor, on average over the last minute.
pub(super) fn load() -> String {
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    load.split(' ')
        .next()
        .filter(|load| !load.is_empty())
        .unwrap_or("unknown")
        .to_owned()
}
