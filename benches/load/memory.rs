//! Requests a second and latency on SQLite, over kept connections and over one for each request, and
//! what connections take of the server's memory.

use std::time::Duration;

use anyhow::Result;

use crate::clients::{self, Style};
use crate::players::Players;
use crate::server::Server;

/// How long each figure is measured.
const EACH: Duration = Duration::from_secs(5);

/// More level-ups a second than this machine does.
const LEVELS_PER_S: u32 = 12_000;

/// Idle connections for the memory figure. Client and server each hold as many sockets.
const IDLE: usize = 10_000;

/// Prints the figures.
pub async fn measure() -> Result<()> {
    let server = Server::start(None)?;
    let players = Players::of(&server);
    println!("memory, no connection: {} KiB", server.resident_kib()?);
    println!(
        "level_up_weapon, {} s each, server and clients on the same cores:",
        EACH.as_secs()
    );
    println!(
        "{:>8}  {:<24} {:>10} {:>9} {:>9}",
        "clients", "connections", "req/s", "p50", "p99"
    );
    let levels = LEVELS_PER_S * u32::try_from(EACH.as_secs())?;
    for count in [1, 64, 256] {
        for style in [Style::Kept, Style::OneRequestEach] {
            let hands = players.hands(count, levels).await?;
            let calls = clients::level_ups(hands);
            let figures = clients::run(server.gateway, calls, style, EACH).await?;
            println!(
                "{count:>8}  {:<24} {:>10.0} {:>9.2?} {:>9.2?}",
                style.name(),
                figures.per_second,
                figures.p50,
                figures.p99
            );
        }
    }
    let before = server.resident_kib()?;
    let idle = clients::idle(server.gateway, IDLE).await?;
    let with = server.resident_kib()?;
    let each = (with.saturating_sub(before)) as f64 / idle.len() as f64;
    println!(
        "memory, after the load: {before} KiB; with {} idle connections: {with} KiB, {each:.2} KiB each",
        idle.len()
    );
    drop(idle);
    Ok(())
}
