//! `aliya up`, as `cargo xtask dev` keeps it: where what was built last does not start, what ran before goes on.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant, SystemTime};

use anyhow::{Context, Result};

use super::child::Child;

/// A program that ends so soon did not start: mostly it refuses a database that it does not fit.
const START: Duration = Duration::from_secs(10);

/// The server, as a process.
pub(super) struct Server<'a> {
    root: &'a Path,
    args: &'a [String],
    running: Option<Running>,
    /// What ran before that, unless it ended by itself.
    before: Option<PathBuf>,
    said_ended: bool,
}

/// What runs: a copy of what was built, which the next build does not replace.
struct Running {
    child: Child,
    copy: PathBuf,
    since: Instant,
    /// When the program was built.
    made: Option<SystemTime>,
}

impl<'a> Server<'a> {
    /// One that does not run yet.
    pub(super) fn new(root: &'a Path, args: &'a [String]) -> Self {
        Self {
            root,
            args,
            running: None,
            before: None,
            said_ended: false,
        }
    }

    /// Starts `binary` instead of what runs, unless that is the same.
    pub(super) fn run(&mut self, binary: &Path, out: &mut impl Write) -> Result<()> {
        let made = binary.metadata().and_then(|about| about.modified()).ok();
        let has_ended = self.has_ended();
        if let Some(running) = &self.running
            && running.made == made
            && !has_ended
        {
            return Ok(());
        }
        let before = self.running.as_ref().map(|running| running.copy.clone());
        let copy = copy_of(binary, before.as_deref())?;
        self.end(out)?;
        self.before = before.filter(|_| !has_ended);
        self.start(copy, made)
    }

    fn start(&mut self, copy: PathBuf, made: Option<SystemTime>) -> Result<()> {
        let mut command = Command::new(&copy);
        command.current_dir(self.root).arg("up").args(self.args);
        self.running = Some(Running {
            child: Child::start(&mut command)?,
            copy,
            since: Instant::now(),
            made,
        });
        self.said_ended = false;
        Ok(())
    }

    /// Whether it ran and has ended by itself.
    pub(super) fn has_ended(&mut self) -> bool {
        let running = self.running.as_mut();
        running.is_some_and(|running| running.child.has_ended())
    }

    /// Looks whether it has ended; what did not start gives way to what ran before it.
    pub(super) fn look(&mut self, out: &mut impl Write) -> Result<()> {
        if self.said_ended || !self.has_ended() {
            return Ok(());
        }
        let running = self.running.as_ref();
        let soon = running.is_some_and(|running| running.since.elapsed() < START);
        let made = running.and_then(|running| running.made);
        match self.before.take().filter(|_| soon) {
            Some(before) => {
                writeln!(out, "it did not start: the one before goes on")?;
                // The same program is not tried again before something has changed.
                self.start(before, made)?;
            }
            None => {
                writeln!(out, "the server has ended; the next change starts it again")?;
                self.said_ended = true;
            }
        }
        self.say(out)
    }

    /// Says what runs.
    pub(super) fn say(&self, out: &mut impl Write) -> Result<()> {
        match &self.running {
            Some(running) if !self.said_ended => {
                writeln!(
                    out,
                    "watching; the server is process {}",
                    running.child.id()
                )?;
            }
            Some(_) => writeln!(out, "watching")?,
            None => writeln!(out, "watching; no server runs yet")?,
        }
        Ok(out.flush()?)
    }

    /// Ends what runs, as an operator would.
    pub(super) fn end(&mut self, out: &mut impl Write) -> Result<()> {
        if let Some(mut running) = self.running.take() {
            writeln!(out, "stopping the server")?;
            running.child.end()?;
        }
        Ok(())
    }
}

/// Copies a program beside itself, not over the copy that runs.
fn copy_of(binary: &Path, running: Option<&Path>) -> Result<PathBuf> {
    let stem = binary.file_stem().unwrap_or_default().to_string_lossy();
    let copies = ["a", "b"].map(|which| {
        let mut copy = binary.with_file_name(format!("{stem}-dev-{which}"));
        if let Some(extension) = binary.extension() {
            copy.set_extension(extension);
        }
        copy
    });
    let [first, second] = copies;
    let copy = if running == Some(&*first) {
        second
    } else {
        first
    };
    fs::copy(binary, &copy).with_context(|| copy.display().to_string())?;
    Ok(copy)
}
