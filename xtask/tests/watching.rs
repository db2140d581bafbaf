//! `cargo xtask gen --watch` and `cargo xtask dev`, as processes: what a change of a file brings about,
//! and that nothing is left behind.
#![cfg(unix)]

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process, test_kill_process};
use tempfile::TempDir;

/// How long anything may take: generous, machines are shared.
const PATIENCE: Duration = Duration::from_secs(60);

const GAME: &str = "
game: small
time_zone: UTC
managers:
  clock:
    port: 9000
    functions:
      tell: { access: public, steps: [{ return: { now: now } }] }
";

/// Stands for the server: it has what was generated in it, notes its start, and runs until it is told
/// to end.
const SERVER: &str = r#"
fn main() {
    use std::io::Write;
    let generated = include_str!("../generated/src/clock.rs").len();
    let mut starts = std::fs::File::options().create(true).append(true).open("starts").unwrap();
    let args: Vec<_> = std::env::args().skip(1).collect();
    writeln!(starts, "{} {} {generated}", std::process::id(), args.join(",")).unwrap();
    loop {
        std::thread::park();
    }
}
"#;

/// A folder with a managers.yaml, and a task that runs over it.
struct Task {
    folder: TempDir,
    child: Child,
    lines: Receiver<String>,
    said: Vec<String>,
}

impl Task {
    fn start(folder: TempDir, args: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_xtask"))
            .args(args)
            .arg("--root")
            .arg(folder.path())
            .args(if args == ["dev"] {
                &["--", "--quick"][..]
            } else {
                &[]
            })
            .env_remove("CARGO_TARGET_DIR")
            .env("CARGO_NET_OFFLINE", "true")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("starts");
        let pipe = child.stdout.take().expect("piped");
        let (sender, lines) = mpsc::channel();
        thread::spawn(move || {
            let mut lines = BufReader::new(pipe).lines().map_while(Result::ok);
            lines.all(|line| sender.send(line).is_ok());
        });
        Self {
            folder,
            child,
            lines,
            said: Vec::new(),
        }
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// What it says until it watches again.
    fn until_watching(&mut self) -> String {
        let start = self.said.len();
        while !self.said[start..]
            .iter()
            .any(|line| line.starts_with("watching"))
        {
            let line = self.lines.recv_timeout(PATIENCE);
            let line = line.unwrap_or_else(|error| panic!("{error}: {:#?}", self.said));
            self.said.push(line);
        }
        self.said[start..].join("\n")
    }

    fn replace(&self, path: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.path(path)).expect("text");
        assert!(text.contains(from), "{text}");
        fs::write(self.path(path), text.replace(from, to)).expect("writes");
    }

    fn signal(&mut self, signal: Signal) -> ExitStatus {
        kill_process(pid(self.child.id()), signal).expect("is told");
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            if let Some(status) = self.child.try_wait().expect("waits") {
                return status;
            }
            thread::sleep(Duration::from_millis(5));
        }
        panic!("it did not end: {:#?}", self.said);
    }

    /// The process ids of the servers that were started.
    fn servers(&self) -> Vec<u32> {
        let starts = fs::read_to_string(self.path("starts")).unwrap_or_default();
        // The last line may be half written.
        let whole = starts.rsplit_once('\n').map_or("", |(whole, _)| whole);
        let ids = whole.lines().filter_map(|line| {
            assert!(line.contains(" up,--quick "), "{line}");
            line.split(' ').next()?.parse().ok()
        });
        ids.collect()
    }

    /// Waits until so many servers were started: each notes that itself, some time after it was.
    fn started(&self, count: usize) -> Vec<u32> {
        let start = Instant::now();
        while self.servers().len() < count {
            assert!(start.elapsed() < PATIENCE, "{:#?}", self.said);
            thread::sleep(Duration::from_millis(5));
        }
        self.servers()
    }
}

impl Drop for Task {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        for server in self.servers() {
            let _ = kill_process(pid(server), Signal::KILL);
        }
    }
}

fn pid(id: u32) -> Pid {
    i32::try_from(id)
        .ok()
        .and_then(Pid::from_raw)
        .expect("an id")
}

fn runs(server: u32) -> bool {
    test_kill_process(pid(server)).is_ok()
}

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap_or(Path::new("/"))).expect("a folder");
        fs::write(path, text).expect("writes");
    }
    folder
}

#[test]
fn gen_watch_generates_after_each_change_and_ends_with_ctrl_c() {
    let mut task = Task::start(folder(&[("managers.yaml", GAME)]), &["gen", "--watch"]);
    let said = task.until_watching();
    assert!(
        said.starts_with("generated 1 manager, 1 function: "),
        "{said}"
    );
    // A mistake is told, and nothing is written. Something else may run here meanwhile: the fastest of
    // some changes shows how long it waits by itself.
    let before = fs::read_to_string(task.path("generated/src/clock.rs")).expect("text");
    let mut fastest = PATIENCE;
    for _ in 0..3 {
        for (from, to, told) in [
            ("now: now", "now: nwo", "`nwo`"),
            ("nwo", "now", "generated"),
        ] {
            let start = Instant::now();
            task.replace("managers.yaml", from, to);
            let said = task.until_watching();
            fastest = fastest.min(start.elapsed());
            assert!(said.contains(told), "{said}");
            let after = fs::read_to_string(task.path("generated/src/clock.rs")).expect("text");
            assert_eq!(after, before);
        }
    }
    assert!(fastest < Duration::from_secs(1), "{fastest:?}");
    // A file of a folder that did not exist.
    fs::create_dir(task.path("managers")).expect("a folder");
    let more = "managers: { more: { port: 9001, functions: { f: { steps: [return: {}] } } } }";
    fs::write(task.path("managers/more.yaml"), more).expect("writes");
    task.until_watching();
    task.replace(
        "managers.yaml",
        "time_zone: UTC",
        "time_zone: UTC\ninclude: [managers/*.yaml]",
    );
    let said = task.until_watching();
    assert!(
        said.starts_with("generated 2 managers, 2 functions: "),
        "{said}"
    );
    assert!(task.signal(Signal::INT).success());
}

#[test]
fn dev_restarts_what_builds_and_keeps_what_runs() {
    let game = GAME.replace("managers:", "config: { hours: int }\nmanagers:");
    let files = [
        ("managers.yaml", game.as_str()),
        ("config/hours.yaml", "5\n"),
        (
            "Cargo.toml",
            "[package]\nname = \"aliya\"\nedition = \"2024\"\n\n[workspace]\n",
        ),
        // As cargo writes it: otherwise the first build would change a file.
        (
            "Cargo.lock",
            "# This file is automatically @generated by Cargo.\n\
             # It is not intended for manual editing.\n\
             version = 4\n\n[[package]]\nname = \"aliya\"\nversion = \"0.0.0\"\n",
        ),
        ("src/main.rs", SERVER),
    ];
    let mut task = Task::start(folder(&files), &["dev"]);
    task.until_watching();
    let first = task.started(1)[0];
    // A value of a balance table: checked, and nothing is built.
    task.replace("config/hours.yaml", "5", "many");
    let said = task.until_watching();
    assert!(said.contains("error[A0802]"), "{said}");
    task.replace("config/hours.yaml", "many", "6");
    let said = task.until_watching();
    assert!(said.contains("reads the new values by itself"), "{said}");
    assert!(!said.contains("$ "), "{said}");
    // A mistake in the YAML, and one in the Rust: the server goes on.
    task.replace("managers.yaml", "now: now", "now: nwo");
    let said = task.until_watching();
    assert!(said.contains("nwo"), "{said}");
    task.replace("src/main.rs", "fn main() {", "fn main() { mistake();");
    task.until_watching();
    task.replace("managers.yaml", "nwo", "now");
    task.until_watching();
    assert_eq!(task.servers(), [first]);
    assert!(runs(first));
    // Mended: another one, and the first has ended.
    task.replace("src/main.rs", "mistake();", "");
    let said = task.until_watching();
    assert!(said.contains("stopping the server"), "{said}");
    let second = task.started(2)[1];
    assert!(!runs(first));
    // What was generated anew is built and started.
    task.replace("managers.yaml", "tell:", "tell_all:");
    task.until_watching();
    let third = task.started(3)[2];
    assert!(!runs(second) && runs(third));
    assert!(task.signal(Signal::TERM).success());
    assert!(!runs(third));
}
