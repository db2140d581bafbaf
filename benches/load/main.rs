//! A server under load: requests a second and latency of level_up_weapon, and the server's memory.
//!
//! Server and clients share this machine's cores, so compare figures within one run only.

mod clients;
mod server;

use std::time::Duration;

use anyhow::Result;
use clients::Style;
use server::Server;

/// How long each figure is measured.
const EACH: Duration = Duration::from_secs(5);

/// Idle connections for the memory figure. Client and server each hold as many sockets.
const IDLE: usize = 10_000;

fn main() -> Result<()> {
    // `cargo test --benches` runs every bench for a moment; this one has nothing to show then.
    if std::env::args().any(|arg| arg == "--test") {
        return Ok(());
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(measure())
}

async fn measure() -> Result<()> {
    let server = Server::start()?;
    println!("memory, no connection: {} KiB", server.resident_kib()?);
    println!(
        "level_up_weapon, {} s each, server and clients on the same cores:",
        EACH.as_secs()
    );
    println!(
        "{:>8}  {:<24} {:>10} {:>9} {:>9}",
        "clients", "connections", "req/s", "p50", "p99"
    );
    for count in [1, 64, 256] {
        for style in [Style::Kept, Style::OneRequestEach] {
            let players = server.players(count, EACH).await?;
            let figures = clients::run(server.gateway, players, style, EACH).await?;
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
