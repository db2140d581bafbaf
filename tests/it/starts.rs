//! What a start says of what it finds, and what commands say that cannot do what they are asked.

use std::fs;

use anyhow::{Result, ensure};

use crate::support::{Server, Shape, run};

#[test]
fn a_database_that_begins_empty_beside_old_secrets_is_told() -> Result<()> {
    run(async {
        let mut server = Server::start(Shape::OneProcess).await?;
        let said = |server: &Server| server.logs().contains("begins empty, though");
        ensure!(!said(&server), "{}", server.logs());
        server.login("ada").await?;
        server.stop()?;
        server.restart(Shape::OneProcess)?;
        ensure!(!said(&server), "{}", server.logs());
        server.stop()?;
        fs::remove_file(server.dir().join("data/aliya.db"))?;
        server.restart(Shape::OneProcess)?;
        ensure!(said(&server), "{}", server.logs());
        Ok(())
    })
}
