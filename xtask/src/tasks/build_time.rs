//! `cargo xtask bench build`: how long a stranger waits, in a fresh clone.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, ensure};

use super::{cargo, root, run};

/// The number that is changed, and its new value: how many letters a mailbox has room for.
const EDIT: (&str, &str) = ("b.letters < 100", "b.letters < 50");

/// Prints the time of a cold build of the server, and from an edit of managers.yaml to a server
/// that is ready. Crates that were downloaded before are not downloaded again.
pub fn build_time() -> Result<()> {
    let folder = root().join("target/bench-build");
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    run(Command::new("git")
        .args(["clone", "--quiet"])
        .arg(root())
        .arg(&folder))?;
    let in_clone = |args: &[&str]| {
        let mut command = cargo();
        // This task was built with the settings of its own workspace.
        command
            .current_dir(&folder)
            .env_remove("CARGO_TARGET_DIR")
            .args(args);
        command
    };

    let start = Instant::now();
    // What `cargo run` builds: the whole workspace would unify other features.
    run(&mut in_clone(&["build", "--locked"]))?;
    println!("cold build of the server, debug: {:.1?}", start.elapsed());
    let start = Instant::now();
    run(&mut in_clone(&["xtask", "gen", "--check"]))?;
    println!(
        "cold build of xtask, and gen --check: {:.1?}",
        start.elapsed()
    );

    let file = folder.join("managers/mail.yaml");
    let text = std::fs::read_to_string(&file)?;
    ensure!(
        text.contains(EDIT.0),
        "{} has no `{}`",
        file.display(),
        EDIT.0
    );
    std::fs::write(&file, text.replace(EDIT.0, EDIT.1))?;
    let start = Instant::now();
    run(&mut in_clone(&["xtask", "gen"]))?;
    run(&mut in_clone(&["build", "--locked"]))?;
    wait_for_ready(&folder)?;
    println!(
        "edit of managers.yaml to a running server: {:.1?}",
        start.elapsed()
    );
    std::fs::remove_dir_all(&folder).context("the clone could not be removed")
}

/// Starts the server on ports of its own, and ends it once it is ready.
fn wait_for_ready(folder: &Path) -> Result<()> {
    let mut server = Command::new(folder.join("target/debug/aliya"))
        .args([
            "up",
            "--gateway=127.0.0.1:0",
            "--token=127.0.0.1:0",
            "--port-offset=15000",
        ])
        .current_dir(folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let stdout = server.stdout.take().context("stdout is piped")?;
    let mut line = String::new();
    let read = BufReader::new(stdout).read_line(&mut line);
    server.kill()?;
    server.wait()?;
    read?;
    ensure!(
        line.starts_with("aliya is ready"),
        "the server says {line:?}"
    );
    Ok(())
}
