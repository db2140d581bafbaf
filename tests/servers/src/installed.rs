//! Where the programs of a server are.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use crate::Kind;

/// The first file of that name in `first`, then in the folders of PATH. `kind` is what it belongs to.
pub fn program(kind: Kind, name: &str, first: &[PathBuf]) -> Result<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_else(|| OsString::from("/usr/bin"));
    let folders = first.iter().cloned().chain(std::env::split_paths(&path));
    let found = folders
        .map(|folder| folder.join(name))
        .find(|it| it.is_file());
    match found {
        Some(found) => Ok(found),
        None => bail!(
            "`{name}` of {} is not installed; on Debian type: sudo sh -c '{}'",
            kind.name(),
            kind.install().join(" && ")
        ),
    }
}

/// The folders in `folder`, those of the greatest numbers first.
pub fn newest_first(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut found: Vec<(u32, PathBuf)> = entries
        .filter_map(|it| Some((it.file_name().to_str()?.parse().ok()?, it.path())))
        .collect();
    found.sort();
    found.into_iter().rev().map(|(_, path)| path).collect()
}
