//! A process of the server: started, watched until it is ready, ended with its handle.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

/// How long a process may take to be ready, or to end: generous, machines are shared.
const PATIENCE: Duration = Duration::from_secs(30);

/// The game's balance tables.
pub const CONFIG: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/config");

/// The server's binary, without any other ALIYA_ variable of the machine, in `dir`, with the game's
/// balance tables.
pub fn aliya(dir: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_aliya"));
    of_its_own(&mut command, dir);
    command
}

/// Runs it in `dir` with no setting of the test's own environment.
fn of_its_own(command: &mut Command, dir: &Path) {
    let inherited: BTreeMap<_, _> = std::env::vars_os()
        .filter(|(name, _)| !name.to_string_lossy().starts_with("ALIYA_"))
        .collect();
    command.env_clear().envs(inherited).current_dir(dir);
    command.env("ALIYA_CONFIG_DIR", CONFIG);
}

/// A running process; killed when dropped.
pub struct Process {
    child: Child,
    stdout: Receiver<String>,
}

impl Process {
    /// Starts it. Its log goes to `<name>.log` in `dir`.
    pub fn start(dir: &Path, name: &str, args: &[String]) -> Result<Self> {
        let mut command = aliya(dir);
        command.args(args);
        Self::spawn(command, dir, name)
    }

    /// Starts it where it may open only so many files.
    pub fn start_with_files(dir: &Path, files: u32, args: &[String]) -> Result<Self> {
        let mut command = Command::new("sh");
        let limited = format!("ulimit -n {files}; exec \"$0\" \"$@\"");
        command.args(["-c", &limited, env!("CARGO_BIN_EXE_aliya")]);
        command.args(args);
        of_its_own(&mut command, dir);
        Self::spawn(command, dir, "few-files")
    }

    fn spawn(mut command: Command, dir: &Path, name: &str) -> Result<Self> {
        let log = std::fs::File::create(dir.join(format!("{name}.log")))?;
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()?;
        let pipe = child.stdout.take().context("stdout is piped")?;
        let (lines, stdout) = mpsc::channel();
        std::thread::spawn(move || {
            use std::io::BufRead;
            for line in std::io::BufReader::new(pipe).lines().map_while(Result::ok) {
                if lines.send(line).is_err() {
                    return;
                }
            }
        });
        Ok(Self { child, stdout })
    }

    /// Waits for `aliya is ready: WHAT ADDR` and returns the address.
    pub fn ready(&mut self) -> Result<String> {
        let line = self.stdout.recv_timeout(PATIENCE);
        let line = line.context("the process ended or was not ready in time")?;
        let Some(ready) = line.strip_prefix("aliya is ready: ") else {
            bail!("the first line is {line:?}");
        };
        Ok(ready.rsplit(' ').next().unwrap_or_default().to_owned())
    }

    /// Sends a signal by name, such as `TERM`.
    pub fn signal(&self, name: &str) -> Result<()> {
        let status = Command::new("kill")
            .args([&format!("-{name}"), &self.child.id().to_string()])
            .status()?;
        anyhow::ensure!(status.success(), "kill says {status}");
        Ok(())
    }

    /// Whether it has ended.
    pub fn has_ended(&mut self) -> Result<bool> {
        Ok(self.child.try_wait()?.is_some())
    }

    /// Waits for the end.
    pub fn wait(&mut self) -> Result<ExitStatus> {
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            if let Some(status) = self.child.try_wait()? {
                return Ok(status);
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        bail!("the process did not end within {PATIENCE:?}")
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What a command that ended wrote, as text.
pub trait Text {
    /// Its stdout.
    fn out(&self) -> String;
    /// Its stderr.
    fn err(&self) -> String;
}

impl Text for Output {
    fn out(&self) -> String {
        String::from_utf8_lossy(&self.stdout).into_owned()
    }

    fn err(&self) -> String {
        String::from_utf8_lossy(&self.stderr).into_owned()
    }
}
