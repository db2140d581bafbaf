//! A whole test program, run again on another database.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, PoisonError};

use anyhow::{Context, Result, ensure};

use crate::{Kind, On, Server, parse};

/// The variable that says which database the tests of a program use, as [`ON`](crate::ON) calls it.
const HERE: &str = "ALIYA_TEST_HERE";

/// What the tests of this process use: SQLite, unless [`again_on`] started it.
pub fn here() -> Result<On> {
    let Ok(name) = std::env::var(HERE) else {
        return Ok(On::Sqlite);
    };
    let on = parse(&name)?;
    on.first().copied().context("a database")
}

/// The URL of a database on what the tests of this process use: in the file `path`, or one of a
/// server's that stands for it, and is empty at first.
pub fn database_here(path: &Path) -> Result<String> {
    static MADE: Mutex<BTreeMap<PathBuf, String>> = Mutex::new(BTreeMap::new());
    let kind = match here()? {
        On::Sqlite => return Ok(format!("sqlite:{}", path.display())),
        On::Server(kind) => kind,
    };
    let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    Ok(match made.get(path) {
        Some(url) => url.clone(),
        None => {
            let url = Server::shared(kind)?.fresh_database()?;
            made.insert(path.to_owned(), url.clone());
            url
        }
    })
}

/// Runs all tests of this program once more with databases of that kind, but those whose names have
/// one of `without` in them. To be called by a test of its own, which does nothing where the run does
/// not cover that kind, and where it is run again itself.
pub fn again_on(kind: Kind, without: &[&str]) -> Result<()> {
    if std::env::var_os(HERE).is_some() || !On::Server(kind).is_covered()? {
        return Ok(());
    }
    let without = without.iter().flat_map(|name| ["--skip", name]);
    let output = Command::new(std::env::current_exe()?)
        .env(HERE, kind.name())
        .args(without)
        .output()?;
    let text = String::from_utf8_lossy(&output.stdout);
    ensure!(
        output.status.success(),
        "on {}:\n{text}{}",
        kind.name(),
        String::from_utf8_lossy(&output.stderr)
    );
    // A filter that no test passes would look like success.
    ensure!(!text.contains(" 0 passed"), "no test was run:\n{text}");
    Ok(())
}
