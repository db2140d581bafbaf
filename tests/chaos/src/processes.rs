//! Processes that are killed and stopped, and end with this one, however this one ends.

use std::fs::OpenOptions;
use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, Receiver};

use anyhow::{Context, Result, ensure};
use rustix::process::{Pid, Signal, kill_process};

/// Starts the process, says its id, and kills it when nobody holds this one's input any more. It waits
/// for the process only then, so that the id is nobody else's before.
const WATCHER: &str = r#"
"$@" </dev/null &
echo "watched $!"
read -r last
kill -s KILL $! 2>/dev/null
wait $!
"#;

/// A running process of the game.
#[derive(Debug)]
pub struct Process {
    watcher: Child,
    input: Option<ChildStdin>,
    id: Pid,
    /// What the process says on stdout.
    lines: Receiver<String>,
    is_ready: bool,
}

impl Process {
    /// Starts `command`, whose stderr is added to the file `log`.
    pub fn start(command: &Command, log: &Path) -> Result<Self> {
        let log = OpenOptions::new().create(true).append(true).open(log)?;
        let mut watcher = Command::new("sh");
        watcher.args(["-c", WATCHER, "watcher"]);
        watcher.arg(command.get_program()).args(command.get_args());
        for (name, value) in command.get_envs() {
            match value {
                Some(value) => watcher.env(name, value),
                None => watcher.env_remove(name),
            };
        }
        if let Some(folder) = command.get_current_dir() {
            watcher.current_dir(folder);
        }
        let streams = (Stdio::piped(), Stdio::piped());
        // ctrl-c in a terminal would reach the watcher before its time.
        watcher.stdin(streams.0).stdout(streams.1).process_group(0);
        let mut watcher = watcher.stderr(log).spawn().context("no `sh`")?;
        let mut said = BufReader::new(watcher.stdout.take().context("stdout is piped")?);
        let (sender, lines) = mpsc::channel();
        // The process may be faster than the watcher.
        let id = loop {
            let mut line = String::new();
            let read = said.read_line(&mut line)?;
            ensure!(read > 0, "the watcher started nothing");
            match line.trim().strip_prefix("watched ") {
                Some(id) => break id.parse().ok().and_then(Pid::from_raw),
                None => sender.send(line)?,
            }
        };
        std::thread::spawn(move || {
            // Ends with the process.
            for line in said.lines().map_while(Result::ok) {
                let _ = sender.send(line);
            }
        });
        Ok(Self {
            input: watcher.stdin.take(),
            watcher,
            id: id.context("the watcher says no id")?,
            lines,
            is_ready: false,
        })
    }

    /// Whether the process has said that all its listeners are bound.
    pub fn is_ready(&mut self) -> bool {
        let ready = |line: String| line.starts_with("aliya is ready: ");
        self.is_ready |= self.lines.try_iter().any(ready);
        self.is_ready
    }

    /// Whether the process is there, and has not ended by itself.
    pub fn runs(&self) -> bool {
        let stat = format!("/proc/{}/stat", self.id.as_raw_nonzero());
        let stat = std::fs::read_to_string(stat).unwrap_or_default();
        let state = stat.rsplit(") ").next().unwrap_or_default();
        !state.is_empty() && !state.starts_with('Z')
    }

    /// Stops the process where it stands, or lets it go on.
    pub fn signal(&self, signal: Signal) {
        // One that has ended by itself hears nothing.
        let _ = kill_process(self.id, signal);
    }

    /// Kills the process, and waits for its end.
    pub fn kill(&mut self) {
        self.signal(Signal::KILL);
        drop(self.input.take());
        // Nothing can be done about a shell that does not end.
        let _ = self.watcher.wait();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;

    fn until(holds: impl Fn() -> bool) {
        let begin = Instant::now();
        while !holds() {
            assert!(begin.elapsed() < Duration::from_secs(10), "in vain");
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    #[test]
    fn a_process_is_stopped_killed_and_ends_by_itself() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let log = folder.path().join("log");
        let mut command = Command::new("sh");
        command.args([
            "-c",
            "echo aliya is ready: now; echo $WHAT >&2; exec sleep 60",
        ]);
        command.env("WHAT", "told");
        let mut process = Process::start(&command, &log)?;
        until(|| std::fs::read_to_string(&log).is_ok_and(|it| it == "told\n"));
        let begin = Instant::now();
        while !process.is_ready() && begin.elapsed() < Duration::from_secs(10) {}
        assert!(process.is_ready() && process.runs());
        process.signal(Signal::STOP);
        assert!(process.runs());
        process.kill();
        assert!(!process.runs());

        let process = Process::start(Command::new("sh").args(["-c", "exit 3"]), &log)?;
        until(|| !process.runs());
        Ok(())
    }
}
