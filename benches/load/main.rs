//! A server under load, with clients on the same machine.
//!
//! `load` (or nothing): requests a second and latency of level_up_weapon, and the server's memory.
//! `ops`: what keys cost, and processes that are apart.
//! `databases`: the server on each database, beside the same SQL driven directly.
//!
//! Server and clients share this machine's cores, so compare figures within one run only.

mod clients;
mod databases;
mod direct;
mod memory;
mod ops;
mod pgbench;
mod players;
mod server;

use anyhow::Result;

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().collect();
    let has = |word: &str| args.iter().any(|arg| arg == word);
    // `cargo test --benches` runs every bench for a moment; this one has nothing to show then.
    if has("--test") {
        return Ok(());
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    if has("databases") {
        return runtime.block_on(databases::measure());
    }
    if has("ops") {
        return runtime.block_on(ops::measure());
    }
    runtime.block_on(memory::measure())
}
