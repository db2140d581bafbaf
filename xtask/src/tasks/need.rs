//! Programs of the system that a task needs.

use std::process::{Command, Stdio};

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
