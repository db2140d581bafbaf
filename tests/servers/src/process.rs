//! The process of a server, and the one that watches it.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
#[cfg(unix)]
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::account::Account;

/// Starts the server, says its process id, and ends it when nobody holds this one's input any more:
/// so it ends with whoever has started it, however that one ends. With `remove` the data goes, too.
const WATCHER: &str = r#"
signal=$1 data=$2 log=$3
shift 3
"$@" </dev/null >"$log" 2>&1 &
echo $!
read -r last
kill -s "$signal" $! 2>/dev/null
wait $!
[ "$last" = keep ] || rm -rf "$data"
"#;

/// How long the processes of a server may take to end that were killed.
#[cfg(unix)]
const ENDS: Duration = Duration::from_secs(20);

/// A server's process.
#[derive(Debug)]
pub struct Process {
    watcher: Child,
    /// The server's own id.
    id: i32,
}

impl Process {
    /// Starts `server`, which ends at once on `signal`; it writes its log to the file `log`, and has
    /// its data in the folder `data`, which goes with it.
    pub fn start(
        server: &Command,
        account: &Account,
        signal: &str,
        data: &Path,
        log: &Path,
    ) -> Result<Self> {
        let mut watcher = Command::new("sh");
        watcher.args(["-c", WATCHER, "watcher", signal]);
        watcher.arg(data).arg(log);
        watcher.arg(server.get_program()).args(server.get_args());
        account.takes_on(&mut watcher);
        watcher
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        // ctrl-c in a terminal would reach it before its time.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut watcher, 0);
        let mut watcher = watcher.spawn().context("`sh` did not start")?;
        let mut id = String::new();
        let said = watcher.stdout.as_mut().context("its output is piped")?;
        BufReader::new(said).read_line(&mut id)?;
        let id = id
            .trim()
            .parse()
            .context("the watcher did not start a server")?;
        Ok(Self { watcher, id })
    }

    /// Whether the server's process is there, and has not ended by itself: then it waits for the
    /// watcher.
    pub fn runs(&self) -> bool {
        state(self.id).is_some_and(|state| state != 'Z')
    }

    /// Ends the server's process, with those that it has started, before any of them can do anything
    /// about it, and waits until all of them have ended: one that is still writing to the disk holds
    /// the memory that the server shares, and another server over the same data would not start.
    pub fn kill(&mut self) -> Result<()> {
        #[cfg(unix)]
        {
            use rustix::process::{Pid, Signal, kill_process};
            let send = |id: i32, signal| {
                // One that has ended by itself is as good.
                let _ = Pid::from_raw(id).map(|id| kill_process(id, signal));
            };
            // Stopped, it starts no more of them.
            send(self.id, Signal::STOP);
            until(|| state(self.id).is_none_or(|state| "TtZ".contains(state)));
            let children = format!("/proc/{0}/task/{0}/children", self.id);
            let children = std::fs::read_to_string(children).unwrap_or_default();
            let children = children.split_whitespace().filter_map(|it| it.parse().ok());
            let all: Vec<i32> = std::iter::once(self.id).chain(children).collect();
            all.iter().for_each(|id| send(*id, Signal::KILL));
            until(|| {
                all.iter()
                    .all(|id| state(*id).is_none_or(|state| state == 'Z'))
            });
        }
        self.end("keep\n")
    }

    /// Lets the watcher end the server, and its data with it, and waits for that.
    pub fn stop(&mut self) -> Result<()> {
        self.end("")
    }

    fn end(&mut self, last: &str) -> Result<()> {
        if let Some(mut input) = self.watcher.stdin.take() {
            input.write_all(last.as_bytes())?;
        }
        self.watcher.wait()?;
        Ok(())
    }
}

/// The state of a process as the system calls it, `Z` of one that has ended and is not waited for;
/// `None` where there is no such process. Elsewhere than on Linux nobody knows.
fn state(id: i32) -> Option<char> {
    if !cfg!(target_os = "linux") {
        return Some('?');
    }
    let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    stat.rsplit(") ").next()?.chars().next()
}

/// Waits until that holds, but not for ever: nothing can be done about a process that does not end.
#[cfg(unix)]
fn until(holds: impl Fn() -> bool) {
    let begin = Instant::now();
    while cfg!(target_os = "linux") && !holds() && begin.elapsed() < ENDS {
        std::thread::sleep(Duration::from_millis(2));
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // Nothing can be done about one that does not end.
        let _ = self.stop();
    }
}

/// Runs a command to its end with that input, and returns what it prints; an error holds what it says.
pub fn run(command: &mut Command, input: &str) -> Result<String> {
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let name = Path::new(command.get_program()).display().to_string();
    let mut child = command
        .spawn()
        .with_context(|| format!("`{name}` did not start"))?;
    let mut errors = child.stderr.take().context("its errors are piped")?;
    let errors = std::thread::spawn(move || {
        let mut said = Vec::new();
        // What was read before an error counts.
        let _ = errors.read_to_end(&mut said);
        said
    });
    let mut pipe = child.stdin.take().context("its input is piped")?;
    let written = pipe.write_all(input.as_bytes());
    drop(pipe);
    let output = child.wait_with_output()?;
    let errors = errors.join().unwrap_or_default();
    if !output.status.success() {
        bail!(
            "`{name}` failed: {}: {}",
            output.status,
            String::from_utf8_lossy(&errors).trim()
        );
    }
    written.with_context(|| format!("`{name}` does not read its input"))?;
    Ok(String::from_utf8(output.stdout)?)
}
