//! A process that this one has started, and ends: asked by its id first, killed when it takes too
//! long, and never left behind.

use std::io::{self, Read};
use std::process::{self, Command, ExitStatus};
use std::thread;
use std::time::{Duration, Instant};

use super::watch::Stop;

/// A server has 20 s for what is under way.
const PATIENCE: Duration = Duration::from_secs(25);

/// How often is looked whether it has ended.
const INTERVAL: Duration = Duration::from_millis(20);

/// A child with a process group of its own: ctrl-c in a terminal does not reach it, so that it is
/// told once, by us.
#[derive(Debug)]
pub struct Child(process::Child);

impl Child {
    /// Starts it, without any input.
    ///
    /// # Errors
    /// Where there is no such program.
    pub fn start(command: &mut Command) -> io::Result<Self> {
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(command, 0);
        command.stdin(process::Stdio::null());
        command.spawn().map(Self)
    }

    /// Its process id.
    pub fn id(&self) -> u32 {
        self.0.id()
    }

    /// Whether it has ended.
    pub fn has_ended(&mut self) -> bool {
        !matches!(self.0.try_wait(), Ok(None))
    }

    /// Waits for its end: how it ended, and what it wrote on a piped stdout. Ends it on `stop`: then
    /// there is none.
    ///
    /// # Errors
    /// Where it cannot be waited for.
    pub fn output(&mut self, stop: &Stop) -> io::Result<Option<(ExitStatus, String)>> {
        let pipe = self.0.stdout.take();
        let reader = thread::spawn(move || {
            let mut said = Vec::new();
            // What was read before an error counts.
            let _ = pipe.map(|mut pipe| pipe.read_to_end(&mut said));
            String::from_utf8_lossy(&said).into_owned()
        });
        loop {
            if let Some(status) = self.0.try_wait()? {
                return Ok(Some((status, reader.join().unwrap_or_default())));
            }
            if stop.is_set() {
                self.end()?;
                return Ok(None);
            }
            thread::sleep(INTERVAL);
        }
    }

    /// Asks it to end, with all that it has started, and waits; kills it where that takes too long.
    ///
    /// # Errors
    /// Where it cannot be waited for.
    pub fn end(&mut self) -> io::Result<()> {
        if self.0.try_wait()?.is_some() {
            return Ok(());
        }
        self.ask();
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            if self.0.try_wait()?.is_some() {
                return Ok(());
            }
            thread::sleep(INTERVAL);
        }
        self.0.kill()?;
        self.0.wait().map(drop)
    }

    #[cfg(unix)]
    fn ask(&mut self) {
        use rustix::process::{Pid, Signal, kill_process_group};
        // It has not been waited for, so the id is still its own.
        if let Some(group) = i32::try_from(self.0.id()).ok().and_then(Pid::from_raw) {
            // Refused only where it has just ended.
            let _ = kill_process_group(group, Signal::TERM);
        }
    }

    #[cfg(not(unix))]
    fn ask(&mut self) {
        // There is no gentler way here; refused only where it has just ended.
        let _ = self.0.kill();
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        let _ = self.end();
    }
}
