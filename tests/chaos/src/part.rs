//! A process of the game that is killed and started again, with its settings.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;
use rustix::process::Signal;
use tokio::sync::Mutex;

use crate::layout::Member;
use crate::processes::Process;

/// The internal secret of all processes.
pub const INTERNAL_SECRET: &str = "of the processes of a run of chaos alone";

/// A process, which is started again when it has ended.
#[derive(Debug)]
pub struct Part {
    /// What it is, such as `weapon-1`.
    pub name: String,
    /// `gateway`, `token` and managers.
    pub hosts: Vec<&'static str>,
    /// The group, which names the database; a gateway has none.
    pub group: Option<&'static str>,
    command: Command,
    log: PathBuf,
    /// Where the process is told at which place to crash.
    crash: PathBuf,
    /// Held by who kills, stops or starts it.
    pub process: Mutex<Option<Process>>,
}

impl Part {
    /// A process that does not run yet; its log lies in `folder`.
    pub fn new(member: &Member, mut command: Command, folder: &Path) -> Self {
        let name = &member.name;
        let crash = folder.join(format!("{name}.crash"));
        command.env("CRASH_ALIYA_WHEN", &crash);
        Self {
            name: name.clone(),
            hosts: member.hosts.clone(),
            group: member.group,
            command,
            log: folder.join(format!("{name}.log")),
            crash,
            process: Mutex::default(),
        }
    }

    /// Starts the process where it does not run.
    pub async fn start(&self) -> Result<()> {
        let mut held = self.process.lock().await;
        if held.as_ref().is_none_or(|process| !process.runs()) {
            *held = Some(Process::start(&self.command, &self.log)?);
        }
        Ok(())
    }

    /// Kills the process, and waits for its end.
    pub async fn kill(&self) -> Result<()> {
        let killed = self.process.lock().await.take();
        Ok(tokio::task::spawn_blocking(move || drop(killed)).await?)
    }

    /// Stops the process where it stands, or lets it go on.
    pub async fn signal(&self, signal: Signal) {
        if let Some(process) = self.process.lock().await.as_ref() {
            process.signal(signal);
        }
    }

    /// Whether the process runs.
    pub async fn runs(&self) -> bool {
        let held = self.process.lock().await;
        held.as_ref().is_some_and(Process::runs)
    }

    /// Lets the process crash at the place of that number, counted from now on. `what` tells this count
    /// from others.
    pub fn crash_at(&self, number: usize, what: &str) -> Result<()> {
        Ok(std::fs::write(&self.crash, format!("{number} {what}"))?)
    }

    /// Lets the process crash nowhere.
    pub fn never_crash(&self) -> Result<()> {
        Ok(std::fs::remove_file(&self.crash)?)
    }

    /// What the process has logged.
    pub fn log(&self) -> String {
        let bytes = std::fs::read(&self.log).unwrap_or_default();
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

/// The game's program in `folder`, with the settings that all of its processes share, and none of this
/// process's own.
pub fn settings(game: &Path, folder: &Path) -> Command {
    let mut command = Command::new(game);
    let own = std::env::vars_os().map(|(name, _)| name);
    for name in own.filter(|name| name.to_string_lossy().starts_with("ALIYA_")) {
        command.env_remove(name);
    }
    command.current_dir(folder).env("ALIYA_DATA", "data");
    for (name, value) in [
        ("INTERNAL_SECRET", INTERNAL_SECRET),
        (
            "TOKEN_SECRET",
            "of the players of a run of chaos, not of others",
        ),
        ("RATE_LIMIT_PER_S", "0"),
        ("LOGIN_RATE_LIMIT_PER_S", "0"),
    ] {
        command.env(format!("ALIYA_{name}"), value);
    }
    command
}
