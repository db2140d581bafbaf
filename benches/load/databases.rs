//! The server on each database, beside the same SQL driven directly, in one run.

use std::time::Duration;

use aliya_test_servers::{Kind, Options, Server as DatabaseServer};
use anyhow::{Context, Result};

use crate::clients::{self, Style};
use crate::direct::{self, What};
use crate::pgbench::{self, Range};
use crate::players::{Player, Players};
use crate::server::{Server, root};

/// How long each figure is measured.
const EACH: Duration = Duration::from_secs(4);

/// More level-ups a second than any of them does.
const LEVELS_PER_S: u32 = 8_000;

/// How many clients there are at once.
const CLIENTS: [u32; 3] = [1, 16, 64];

/// Prints the table.
pub async fn measure() -> Result<()> {
    println!(
        "requests a second for {} s, server, clients and database on the same cores",
        EACH.as_secs()
    );
    println!(
        "{:<10} {:<18} {:>7} {:>9} {:>9} {:>6} {:>9} {:>6}",
        "database", "function", "clients", "aliya", "sqlx", "ratio", "pgbench", "ratio"
    );
    database("sqlite", None).await?;
    for kind in Kind::ALL {
        let options = Options {
            durable: true,
            // On the disk of the workspace, as the SQLite file is.
            within: Some(root()?.join("target")),
            ..Options::default()
        };
        let server = DatabaseServer::start_with(kind, &options)?;
        database(kind.name(), Some(server.fresh_database()?)).await?;
    }
    Ok(())
}

async fn database(name: &str, url: Option<String>) -> Result<()> {
    let server = Server::start(url.as_deref())?;
    let url = url.unwrap_or_else(|| format!("sqlite:{}", server.file().display()));
    let players = Players::of(&server);
    let levels = LEVELS_PER_S * u32::try_from(EACH.as_secs())?;
    for count in CLIENTS {
        for what in [What::LevelUp, What::Look] {
            let ours = players.hands(count, levels).await?;
            let theirs = players.hands(count, levels).await?;
            let (function, calls) = match what {
                What::LevelUp => ("level_up_weapon", clients::level_ups(ours)),
                What::Look => ("get_all_supplies", clients::looks(&ours)),
            };
            let aliya = clients::run(server.gateway, calls, Style::Kept, EACH).await?;
            let sqlx = direct::run(&url, theirs, what, EACH).await?;
            let mut line = format!(
                "{name:<10} {function:<18} {count:>7} {:>9.0} {:>9.0} {:>6.2}",
                aliya.per_second,
                sqlx.per_second,
                aliya.per_second / sqlx.per_second
            );
            if name == "postgres" {
                let more = players.hands(count, levels).await?;
                let pgbench =
                    pgbench::run(&url, server.folder(), count, range(&more)?, what, EACH)?;
                line += &format!(" {pgbench:>9.0} {:>6.2}", aliya.per_second / pgbench);
            }
            println!("{line}");
        }
    }
    Ok(())
}

/// Where the players of a run begin: pgbench makes their names itself.
fn range(hands: &[Vec<Player>]) -> Result<Range> {
    let all = hands.iter().flatten();
    let numbers = all.filter_map(|it| it.name.strip_prefix("player")?.parse().ok());
    Ok(Range {
        first: numbers.min().context("a player")?,
        each: u32::try_from(hands.first().context("a client")?.len())?,
    })
}
