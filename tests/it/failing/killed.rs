//! A database that is killed, and started again.

use std::time::Duration;

use aliya_test_servers::{Kind, Options};
use anyhow::Result;

use super::{Fails, on_servers};

/// How often.
const TIMES: usize = 3;

#[test]
fn a_database_that_is_killed_under_load_loses_nothing() -> Result<()> {
    on_servers(killed)
}

async fn killed(kind: Kind) -> Result<()> {
    let mut game = Fails::start(kind, &Options::default()).await?;
    for _ in 0..TIMES {
        game.database.kill()?;
        game.load.is_told_to_try_again().await?;
        game.database.restart()?;
        game.load.goes_on().await?;
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    game.recovers(&["database"]).await
}
