//! Balance tables: their values change while the server runs, and a wrong one changes nothing.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use serde_json::{Value, json};

use crate::support::{Player, Server, Shape, Text, aliya, run};

/// How long a change may take to be seen: files are looked at every second.
const PATIENCE: Duration = Duration::from_secs(30);

/// A copy of the game's balance tables.
fn values() -> Result<tempfile::TempDir> {
    let folder = tempfile::tempdir()?;
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("config"))? {
        let entry = entry?;
        fs::copy(entry.path(), folder.path().join(entry.file_name()))?;
    }
    Ok(folder)
}

/// Looks every few milliseconds whether something holds.
async fn until(what: &str, mut holds: impl AsyncFnMut() -> Result<bool>) -> Result<()> {
    let start = Instant::now();
    while !holds().await? {
        ensure!(start.elapsed() < PATIENCE, "not in time: {what}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    Ok(())
}

async fn level_up(ada: &mut Player) -> Result<Value> {
    let args = json!({ "weapon": "weapon1", "iron": 20 });
    ada.call("level_up_weapon", args).await
}

#[test]
fn a_change_holds_without_a_restart() -> Result<()> {
    for shape in [Shape::OneProcess, Shape::Separate] {
        run(async {
            let values = values()?;
            let file = values.path().join("weapon_upgrade.yaml");
            let flag = format!("--config-dir={}", values.path().display());
            let mut server = Server::start_with(shape, &[&flag]).await?;
            server.equip("ada", "weapon1", 10_000)?;
            let mut ada = server.login("ada").await?;
            assert_eq!(level_up(&mut ada).await?["status"], 0);

            fs::write(&file, "iron_per_level: 25\nmax_level: 100\n")?;
            // 20 iron make no level any more. No request fails meanwhile.
            until("the new price", async || {
                let reply = level_up(&mut ada).await?;
                ensure!(reply["status"] == 0 || reply["status"] == 2, "{reply}");
                Ok(reply["status"] == 2)
            })
            .await?;

            fs::write(&file, "iron_per_level: cheap\nmax_level: 100\n")?;
            until("the reason in the log", async || {
                Ok(server
                    .logs()
                    .contains("weapon_upgrade.yaml:1:17: iron_per_level: "))
            })
            .await?;
            assert!(server.logs().contains("keep their old values"));
            assert_eq!(level_up(&mut ada).await?["status"], 2);
            // It is no file to start with.
            server.stop()?;
            let output = aliya(server.dir()).args(["up", &flag]).output()?;
            assert!(!output.status.success());
            assert!(
                output.err().contains("weapon_upgrade.yaml:1:17: "),
                "{}",
                output.err()
            );

            fs::write(&file, "iron_per_level: 10\nmax_level: 100\n")?;
            server.launch_again(shape)?;
            let mut ada = server.login("ada").await?;
            assert_eq!(level_up(&mut ada).await?["status"], 0);
            Ok(())
        })?;
    }
    Ok(())
}

#[test]
fn without_its_balance_tables_it_does_not_start() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let output = aliya(folder.path())
        .args(["up", "--config-dir=nowhere"])
        .output()?;
    assert!(!output.status.success());
    let said = output.err();
    assert!(said.contains("nowhere/weapon_upgrade.yaml: "), "{said}");
    assert!(said.contains("config_dir"), "{said}");
    Ok(())
}
