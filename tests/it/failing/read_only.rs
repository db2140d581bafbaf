//! A database that is a replica, by mistake: it reads, and refuses to write.

use std::fs;

use aliya_test_servers::{Kind, Options};
use anyhow::{Context, Result, ensure};

use super::{Fails, on_servers};
use crate::support::aliya;

/// What PostgreSQL and MariaDB say of a write.
const REFUSED: [&str; 3] = ["recovery", "hot standby", "read-only"];

#[test]
fn a_replica_is_told_from_a_database_that_can_be_written() -> Result<()> {
    on_servers(read_only)
}

async fn read_only(kind: Kind) -> Result<()> {
    let mut game = Fails::start(kind, &Options::default()).await?;
    match kind {
        Kind::Postgres => {
            // It starts as a standby that waits for a primary.
            game.database.kill()?;
            let data = game.database.data().context("a server of its own")?;
            fs::write(data.join("standby.signal"), "")?;
            game.database.restart()?;
        }
        Kind::Mariadb => drop(game.database.sql("SET GLOBAL read_only = 1;")?),
    }
    game.load.is_told_to_try_again().await?;

    // A server that is started over it says so, and what to do.
    let folder = tempfile::tempdir()?;
    let mut up = aliya(folder.path());
    let up = up.args([
        "up",
        "--port-offset=30000",
        &format!("--database={}", game.url),
    ]);
    let output = up.output()?;
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(!output.status.success(), "it started: {said}");
    ensure!(said.contains("replica"), "{said}");

    game.database.sql(match kind {
        Kind::Postgres => "SELECT pg_promote();",
        Kind::Mariadb => "SET GLOBAL read_only = 0;",
    })?;
    game.recovers(&REFUSED).await
}
