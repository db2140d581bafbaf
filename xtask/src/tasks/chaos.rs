//! `cargo xtask chaos`: a game is played while processes, the database and the network fail.

use aliya_test_servers::On;
use anyhow::Result;

use super::need::need_server;
use super::{cargo, run};

/// The package of the game and of what lets things fail.
const PACKAGE: [&str; 2] = ["--package", "aliya-chaos"];

/// Lets processes, the database and the network fail for longer than the tests do; fails where
/// something is lost, done twice or left half done.
#[derive(Clone, Debug, clap::Args)]
pub struct Chaos {
    /// For how many minutes on each database
    #[arg(long, default_value_t = 5)]
    pub minutes: u64,
    /// The databases, with commas between them: sqlite, postgres, mariadb [default: all]
    #[arg(long, value_name = "DATABASES")]
    pub on: Option<String>,
    /// What all decisions follow from, as an earlier run printed it [default: another one each time]
    #[arg(long)]
    pub seed: Option<u64>,
}

/// Runs it on one database after the other; what a server takes is installed where that is possible.
pub fn chaos(args: &Chaos) -> Result<()> {
    let all = On::ALL.map(On::name).join(",");
    let on = args.on.as_deref().unwrap_or(&all);
    for on in aliya_test_servers::parse(on)? {
        if let On::Server(kind) = on {
            need_server(kind)?;
        }
    }
    // The game as well, which the other program starts.
    run(cargo().args(["build", "--locked", "--bins"]).args(PACKAGE))?;
    let mut chaos = cargo();
    chaos.args(["run", "--quiet", "--locked", "--bin", "chaos"]);
    chaos.args(PACKAGE).args(["--", "--on", on]);
    chaos.arg(format!("--seconds={}", args.minutes * 60));
    chaos.args(args.seed.map(|seed| format!("--seed={seed}")));
    run(&mut chaos)
}
