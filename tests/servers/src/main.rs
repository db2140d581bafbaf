//! A throwaway server to try things on: `cargo run --package aliya-test-servers -- postgres`.

use std::io::{Write, stdin, stdout};

use aliya_test_servers::{Kind, Server};
use anyhow::{Context, Result};

/// Starts a server of the kind that the only argument names, prints the URL of an empty database on
/// it, and ends it at the next line of the input, or where that ends.
fn main() -> Result<()> {
    let name = std::env::args().nth(1).unwrap_or_default();
    let kind = Kind::ALL.into_iter().find(|kind| kind.name() == name);
    let kind = kind.context("which server? postgres or mariadb")?;
    let server = Server::start(kind)?;
    writeln!(stdout(), "{}", server.fresh_database()?)?;
    stdin().read_line(&mut String::new())?;
    Ok(())
}
