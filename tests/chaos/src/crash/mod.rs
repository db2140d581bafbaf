//! Crashes: each process aborts at each place that it passes in its part of a function, and is started
//! again. Then the request is sent again until it is decided, and everything must hold.

mod deeds;
mod send;
mod trial;

use std::collections::BTreeSet;
use std::fmt;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use aliya_test_servers::On;
use anyhow::{Context, Result, ensure};

use self::deeds::DEEDS;
pub use self::deeds::Deed;
use self::trial::Trials;
use crate::Shape;
use crate::cluster::{Cluster, Plan};

/// How long all of it may take: generous, machines are shared.
const LIMIT: Duration = Duration::from_secs(600);
/// The kinds of places.
const KINDS: [&str; 6] = [
    "before a commit",
    "after a commit",
    "before a call is sent",
    "after a reply has come",
    "after a call has come",
    "before a reply is sent",
];
/// No process passes so many places in one function.
const PLACES_MAX: usize = 100;

/// What the crashes of a process in its part of a function came to.
#[derive(Debug)]
struct Swept {
    deed: &'static Deed,
    process: &'static str,
    /// The places at which it crashed, in the order in which it passes them.
    places: Vec<String>,
    /// The fewest places that there must be.
    least: usize,
    /// The takes that were undone.
    undone: i64,
    /// The ops that began anew because what they had read had changed.
    new_epochs: i64,
}

/// The crashes of all processes in all functions.
#[derive(Debug)]
pub struct Crashes {
    on: On,
    took: Duration,
    swept: Vec<Swept>,
}

/// Lets every process crash at each of its places, one after the other. Fails where anything does not
/// hold after one of the crashes.
pub fn crashes(game: PathBuf, on: On) -> Result<Crashes> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    let plan = Plan {
        game,
        on,
        shape: Shape::Pair,
        copies: 1,
        one_database: false,
        own_server: false,
    };
    let all = async { tokio::time::timeout(LIMIT, all(&plan)).await };
    let crashed = runtime.block_on(all);
    // Threads that wait for a database end with it.
    runtime.shutdown_background();
    crashed.with_context(|| format!("it takes longer than {LIMIT:?}"))?
}

async fn all(plan: &Plan) -> Result<Crashes> {
    let begin = Instant::now();
    let mut trials = Trials::new(Cluster::start(plan).await?).await?;
    let mut swept = Vec::new();
    for deed in DEEDS {
        for &(process, least) in deed.processes {
            match sweep(&mut trials, deed, process, least).await {
                Ok(ended) => swept.push(ended),
                Err(error) => {
                    let Deed {
                        shape, function, ..
                    } = deed;
                    let folder = trials.keep();
                    let what = format!(
                        "{process} in {function} ({shape}); logs and databases: {}",
                        folder.display()
                    );
                    return Err(error.context(what));
                }
            }
        }
    }
    Ok(Crashes {
        on: plan.on,
        took: begin.elapsed(),
        swept,
    })
}

/// Lets a process crash at its first place, then at its second one, until the function ends before.
async fn sweep(
    trials: &mut Trials,
    deed: &'static Deed,
    process: &'static str,
    least: usize,
) -> Result<Swept> {
    let before = trials.ops().await?;
    let mut places = Vec::new();
    trials.begin();
    loop {
        let number = places.len() + 1;
        let crashed = trials.run(deed, process, number).await;
        let crashed = crashed.with_context(|| format!("at place {number}"))?;
        match crashed {
            Some(place) => places.push(place),
            None => break,
        }
        ensure!(number < PLACES_MAX, "the places do not end");
    }
    let after = trials.ops().await?;
    Ok(Swept {
        deed,
        process,
        places,
        least,
        undone: after.undone - before.undone,
        new_epochs: after.new_epochs - before.new_epochs,
    })
}

impl Crashes {
    /// Fails where so few crashes happened, or in so few places, that nothing is proved.
    pub fn check(&self) -> Result<()> {
        for Swept {
            deed,
            process,
            places,
            least,
            undone,
            new_epochs,
        } in &self.swept
        {
            let what = format!("{process} in {} ({})", deed.function, deed.shape);
            let count = places.len();
            ensure!(
                count >= *least,
                "{what}: {count} places, not {least}: {places:?}"
            );
            let count = i64::try_from(count)?;
            ensure!(
                deed.status == 0 || *undone >= count,
                "{what}: {undone} takes undone"
            );
            ensure!(
                !deed.stale || *new_epochs >= count / 2,
                "{what}: {new_epochs} new epochs"
            );
        }
        let all = self.swept.iter().flat_map(|it| &it.places);
        let kinds: BTreeSet<_> = all.map(String::as_str).collect();
        ensure!(kinds == BTreeSet::from(KINDS), "crashes at {kinds:?} alone");
        Ok(())
    }
}

impl fmt::Display for Crashes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (on, took_s) = (self.on.name(), self.took.as_secs_f64());
        let places: usize = self.swept.iter().map(|it| it.places.len()).sum();
        writeln!(f, "{places} crashes on {on} in {took_s:.1} s")?;
        let head = ("shape", "function", "process", "places");
        write!(
            f,
            "  {:20} {:10} {:10} {:>6} takes undone, new epochs",
            head.0, head.1, head.2, head.3
        )?;
        for swept in &self.swept {
            let Deed {
                shape, function, ..
            } = swept.deed;
            let Swept {
                process,
                places,
                undone,
                new_epochs,
                ..
            } = swept;
            let count = places.len();
            write!(
                f,
                "\n  {shape:20} {function:10} {process:10} {count:>6} {undone:>12}, {new_epochs:>10}"
            )?;
        }
        Ok(())
    }
}
