//! The game `chaos` while processes, the database and the network fail: half a minute on each
//! database. `ALIYA_CHAOS_SEED=7` in front of `cargo test -p aliya-chaos` decides as a run that printed
//! seed 7 did; when what falls is up to the machine.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use aliya_chaos::{Options, Shape, run};
use aliya_test_servers::{Kind, On};
use anyhow::{Context, Result, ensure};

/// How long it is played on each database.
const TIME: Duration = Duration::from_secs(25);
/// Runs would only slow each other down.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

fn chaos_on(on: On) -> Result<()> {
    if !on.is_covered()? {
        return Ok(());
    }
    let _held = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let seed = match std::env::var("ALIYA_CHAOS_SEED") {
        Ok(seed) => seed.parse().context("ALIYA_CHAOS_SEED is a number")?,
        Err(_) => u64::from(SystemTime::now().duration_since(UNIX_EPOCH)?.subsec_nanos()),
    };
    println!("chaos on {}, seed {seed}", on.name());
    let report = run(&Options {
        game: env!("CARGO_BIN_EXE_chaos-game").into(),
        on,
        shape: Shape::Groups,
        copies: 2,
        seed,
        time: TIME,
        fail: true,
        duplicates: 10,
        replays: true,
    })?;
    report.check()?;
    println!("{report}");
    Ok(())
}

#[test]
fn nothing_is_lost_or_done_twice_on_sqlite() -> Result<()> {
    chaos_on(On::Sqlite)
}

#[test]
fn nothing_is_lost_or_done_twice_on_postgres() -> Result<()> {
    chaos_on(On::Server(Kind::Postgres))
}

#[test]
fn nothing_is_lost_or_done_twice_on_mariadb() -> Result<()> {
    chaos_on(On::Server(Kind::Mariadb))
}

/// How many processes work in a folder.
fn processes_in(folder: &Path) -> Result<usize> {
    let entries = fs::read_dir("/proc")?.filter_map(Result::ok);
    let places = entries.filter_map(|entry| fs::read_link(entry.path().join("cwd")).ok());
    Ok(places.filter(|place| place.starts_with(folder)).count())
}

#[test]
fn a_killed_harness_leaves_no_process_behind() -> Result<()> {
    let _held = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let folder = tempfile::tempdir()?;
    let mut harness = Command::new(env!("CARGO_BIN_EXE_chaos"))
        .args(["--on=sqlite", "--seconds=60", "--calm"])
        .env("TMPDIR", folder.path())
        .stdout(Stdio::null())
        .spawn()?;
    // Two gateways, the token server and three groups, each with who watches it.
    let begin = Instant::now();
    while processes_in(folder.path())? < 12 {
        ensure!(
            begin.elapsed() < Duration::from_secs(40),
            "they do not start"
        );
        std::thread::sleep(Duration::from_millis(50));
    }
    harness.kill()?;
    harness.wait()?;
    let begin = Instant::now();
    while processes_in(folder.path())? > 0 {
        ensure!(begin.elapsed() < Duration::from_secs(10), "they do not end");
        std::thread::sleep(Duration::from_millis(50));
    }
    Ok(())
}
