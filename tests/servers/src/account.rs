//! Who a server runs as: PostgreSQL refuses root.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

/// The account of the system that PostgreSQL's package makes.
const POSTGRES: &str = "postgres";

/// The account that a server runs as.
#[derive(Clone, Copy, Debug)]
pub struct Account {
    /// User and group; `None` where it is the one that this process has.
    ids: Option<(u32, u32)>,
}

impl Account {
    /// The own one.
    pub fn own() -> Self {
        Self { ids: None }
    }

    /// The own one, or PostgreSQL's where that is root.
    pub fn not_root() -> Result<Self> {
        if !is_root() {
            return Ok(Self::own());
        }
        let id = |option| {
            let id = Command::new("id").args([option, POSTGRES]).output()?;
            let id = String::from_utf8_lossy(&id.stdout).trim().parse::<u32>();
            id.with_context(|| format!("there is no account `{POSTGRES}`"))
        };
        Ok(Self {
            ids: Some((id("-u")?, id("-g")?)),
        })
    }

    /// Lets the command run as this one.
    pub fn takes_on(&self, command: &mut Command) {
        #[cfg(unix)]
        if let Some((user, group)) = self.ids {
            use std::os::unix::process::CommandExt as _;
            command.uid(user).gid(group);
        }
        #[cfg(not(unix))]
        let _ = command;
    }

    /// Gives it the folder.
    pub fn gets(&self, folder: &Path) -> Result<()> {
        #[cfg(unix)]
        if let Some((user, group)) = self.ids {
            std::os::unix::fs::chown(folder, Some(user), Some(group))?;
        }
        #[cfg(not(unix))]
        let _ = folder;
        Ok(())
    }
}

/// Whether this process is root's.
pub fn is_root() -> bool {
    #[cfg(unix)]
    return rustix::process::geteuid().is_root();
    #[cfg(not(unix))]
    return false;
}
