//! Runs the game `chaos` while things fail: `cargo xtask chaos` is the way to it.

use std::process::ExitCode;
use std::time::Duration;

use aliya_chaos::{Options, Shape, run};
use anyhow::{Context, Result};
use clap::Parser;

/// Plays while processes, the database and the network fail.
#[derive(Parser)]
struct Cli {
    /// The databases, with commas between them: sqlite, postgres, mariadb
    #[arg(long, default_value = "sqlite,postgres,mariadb")]
    on: String,
    /// For how many seconds it is played on each
    #[arg(long, default_value_t = 30)]
    seconds: u64,
    /// What all decisions follow from [default: another one each time]
    #[arg(long)]
    seed: Option<u64>,
    /// How the game is spread over processes
    #[arg(long, value_enum, default_value_t = Shape::Groups)]
    shape: Shape,
    /// How many processes each group of managers has, where the database is a server
    #[arg(long, default_value_t = 2)]
    copies: u16,
    /// How many of 100 requests are sent twice at once
    #[arg(long, default_value_t = 10)]
    duplicates: u64,
    /// Nothing fails
    #[arg(long)]
    calm: bool,
    /// What is decided is not sent again
    #[arg(long)]
    no_replays: bool,
}

fn main() -> ExitCode {
    match chaos(&Cli::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Runs it on each database; `false` where something does not hold.
fn chaos(cli: &Cli) -> Result<bool> {
    let here = std::env::current_exe()?;
    let game = here.with_file_name("chaos-game");
    anyhow::ensure!(game.is_file(), "{} is not built", game.display());
    let mut all_hold = true;
    for on in aliya_test_servers::parse(&cli.on)? {
        let seed = match cli.seed {
            Some(seed) => seed,
            None => new_seed()?,
        };
        println!("chaos on {}, seed {seed}", on.name());
        let report = run(&Options {
            game: game.clone(),
            on,
            shape: cli.shape,
            copies: cli.copies,
            seed,
            time: Duration::from_secs(cli.seconds),
            fail: !cli.calm,
            duplicates: cli.duplicates,
            replays: !cli.no_replays,
        });
        let report = report.with_context(|| format!("on {}, seed {seed}", on.name()))?;
        println!("{report}");
        all_hold &= report.violations.is_empty();
    }
    Ok(all_hold)
}

/// A seed that was not there before.
fn new_seed() -> Result<u64> {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH)?;
    Ok(u64::from(now.subsec_nanos()) ^ (now.as_secs() % 100_000))
}
