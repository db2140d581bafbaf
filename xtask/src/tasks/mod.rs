//! The tasks beside `gen`: each runs cargo the way the project needs it.

pub mod bench;
pub mod build_time;
pub mod chaos;
pub mod child;
pub mod dev;
pub mod fuzz;
pub mod gen_watch;
pub mod growth;
pub mod need;
pub mod samples;
mod served;
pub mod test;
pub mod watch;

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::generate::command;

/// The workspace's folder: the one in which this task runs, wherever the program was built.
pub fn root() -> PathBuf {
    command::root(None).unwrap_or_default()
}

/// The cargo that runs this task, in the workspace's folder.
fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root());
    command
}

/// Runs a command to its end; an error names the command.
fn run(command: &mut Command) -> Result<()> {
    let line = line(command);
    eprintln!("$ {line}");
    let status = command
        .status()
        .with_context(|| format!("`{line}` did not start"))?;
    if !status.success() {
        bail!("`{line}` failed: {status}");
    }
    Ok(())
}

/// A command as one would type it.
fn line(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name();
    let words = program.into_iter().chain(command.get_args());
    let words: Vec<_> = words.map(|word| word.to_string_lossy()).collect();
    words.join(" ")
}
