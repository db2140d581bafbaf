//! A game as a workspace of its own.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::tasks::root;

/// The packages with settings of their own that such a build needs.
const NEEDED: [&str; 6] = [
    "aliya-macros",
    "aliya-macros-core",
    "aliya-runtime",
    "proc-macro2",
    "quote",
    "\"syn@3\"",
];

/// Makes a folder a workspace of the package `generated` in it alone, with the settings and the versions
/// of the project's.
pub(super) fn workspace(folder: &Path) -> Result<()> {
    let root = root();
    let project = fs::read_to_string(root.join("Cargo.toml"))?;
    let (_, settings) = project
        .split_once("[workspace.package]")
        .context("Cargo.toml has [workspace.package]")?;
    let (settings, rest) = settings
        .split_once("[workspace.dependencies]")
        .context("Cargo.toml has [workspace.dependencies]")?;
    // Profiles of packages that this workspace lacks would be warned of.
    let profiles = rest.split("\n\n").filter(|part| {
        let mut lines = part.lines();
        lines.any(|line| {
            let of_all = line == "[profile.dev]" || line == "[profile.dev.package.\"*\"]";
            let of_one = |name: &&str| line == format!("[profile.dev.package.{name}]");
            of_all || NEEDED.iter().any(of_one)
        })
    });
    let manifest = format!(
        "[workspace]\nmembers = [\"generated\"]\nresolver = \"3\"\n\n[workspace.package]{settings}\
         [workspace.dependencies]\naliya-runtime = {{ path = {:?} }}\n\n{}\n",
        root.join("aliya-runtime"),
        profiles.collect::<Vec<_>>().join("\n\n"),
    );
    fs::write(folder.join("Cargo.toml"), manifest)?;
    fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock"))?;
    Ok(())
}
