//! A database whose disk is full: a small file system in memory.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use aliya_test_servers::{Kind, Options};
use anyhow::{Context, Result, bail, ensure};
use serde_json::json;
use tempfile::TempDir;

use super::{Fails, on_servers};
use crate::support::object;

/// Room for a new server of either kind and some more.
const SIZE: &str = "size=256m";
/// More new players than what is left has room for.
const NEWCOMERS: usize = 20_000;
/// What PostgreSQL and MariaDB say of it; where one does not outlive it, the server finds nobody.
const FULL: [&str; 4] = ["No space left", "is full", "refused", "closed"];

#[test]
fn a_full_disk_keeps_what_was_acknowledged() -> Result<()> {
    if fs::metadata("/proc/self")?.uid() != 0 {
        let ci = std::env::var("CI").is_ok_and(|it| it == "true");
        ensure!(!ci, "only root may mount a small file system");
        eprintln!("not run: only root may mount a small file system");
        return Ok(());
    }
    on_servers(full)
}

async fn full(kind: Kind) -> Result<()> {
    let disk = Disk::mount()?;
    let options = Options {
        within: Some(disk.path().to_owned()),
        ..Options::default()
    };
    let mut game = Fails::start(kind, &options).await?;
    let filler = disk.fill()?;
    let mut newcomers = Vec::new();
    let mut client = game.server.connect().await?;
    loop {
        let name = format!("newcomer{}", newcomers.len());
        let login = object(json!({ "unique_id": name }));
        let reply = client.call("login_unique", login).await?;
        match reply["status"].as_i64() {
            Some(1) => newcomers.push(reply["data"]["token"].clone()),
            Some(13) => break,
            _ => bail!("{reply}"),
        }
        ensure!(newcomers.len() < NEWCOMERS, "the disk does not become full");
    }
    ensure!(!newcomers.is_empty(), "no room for anybody");

    fs::remove_file(filler)?;
    if !game.database.runs() {
        // It has given up itself: that is the operator's to mend.
        game.database.restart()?;
    }
    game.load.goes_on().await?;
    // Who was told that they are new, are there.
    for token in newcomers {
        let reply = client.call("get_all_supplies", object(json!({ "token": token })));
        let reply = reply.await?;
        ensure!(reply["status"] == 0, "{reply}");
        let held = reply["data"]["supplies"].as_array().context("supplies")?;
        ensure!(!held.is_empty(), "{reply}");
    }
    game.recovers(&FULL).await
}

/// A file system of its own; unmounted when dropped.
struct Disk {
    folder: TempDir,
}

impl Disk {
    fn mount() -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", SIZE, "aliya-test"]);
        let status = mount.arg(folder.path()).status()?;
        ensure!(status.success(), "mount: {status}");
        // The database's user goes through it.
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755))?;
        Ok(Self { folder })
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Leaves no room.
    fn fill(&self) -> Result<PathBuf> {
        let path = self.folder.path().join("filler");
        let mut file = fs::File::create(&path)?;
        let block = vec![0; 64 * 1024];
        while std::io::Write::write_all(&mut file, &block).is_ok() {}
        Ok(path)
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // The database, which has files there, may be a moment from its end.
        for _ in 0..100 {
            let unmounted = Command::new("umount").arg(self.folder.path()).output();
            if unmounted.is_ok_and(|output| output.status.success()) {
                return;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}
