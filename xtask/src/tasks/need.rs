//! Programs of the system that a task needs.

use std::process::{Command, Stdio};

use aliya_test_servers::Kind;
use anyhow::{Result, bail};

use super::run;

/// Makes sure that `program` can be run; installs the Debian package `package` where that is
/// possible, else fails with the command to type.
pub fn need(program: &str, package: &str) -> Result<()> {
    if there(program) {
        return Ok(());
    }
    let install = format!("apt-get install --yes {package}");
    if !(is_root() && there("apt-get")) {
        bail!("`{program}` is not installed; install it: sudo {install}");
    }
    run(Command::new("apt-get").args(["update", "--quiet"]))?;
    run(Command::new("apt-get").args(["install", "--yes", "--quiet", package]))?;
    if !there(program) {
        bail!("`{program}` is still not there after `{install}`");
    }
    Ok(())
}

/// Makes sure that the programs of such a server are there, as [`need`] does.
pub fn need_server(kind: Kind) -> Result<()> {
    if kind.is_installed() {
        return Ok(());
    }
    let name = kind.name();
    if !(is_root() && there("apt-get")) {
        bail!(
            "{name} is not installed; install it: sudo sh -c '{}'; or leave it out with --on",
            kind.install().join(" && ")
        );
    }
    run(Command::new("apt-get").args(["update", "--quiet"]))?;
    for line in kind.install() {
        let mut words = line.split_whitespace();
        let mut command = Command::new(words.next().unwrap_or_default());
        // Nobody is there to be asked.
        command.args(words).env("DEBIAN_FRONTEND", "noninteractive");
        run(&mut command)?;
    }
    if !kind.is_installed() {
        bail!("{name} is still not there after it was installed");
    }
    Ok(())
}

fn there(program: &str) -> bool {
    let mut version = Command::new(program);
    version
        .arg("--version")
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    version.status().is_ok_and(|status| status.success())
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output();
    id.is_ok_and(|id| id.stdout.trim_ascii() == b"0")
}
