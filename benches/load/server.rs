//! The server under load, in a process of its own.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use aliya_runtime::credential::{Credentials, Issuer};
use aliya_runtime::peers::{HttpConfig, HttpPeers};
use aliya_runtime::secrets::Secret;
use anyhow::{Context, Result, ensure};
use tempfile::TempDir;

/// The secret between the services of this run.
const SECRET: &str = "a secret of the load benchmark only";

/// Managers' ports are moved by so much.
const OFFSET: u16 = 17_000;

/// A running server; ended with this value.
pub struct Server {
    /// Its processes, the gateway's first.
    processes: Vec<Child>,
    /// Where its gateway listens.
    pub gateway: SocketAddr,
    /// The operator's way to its managers.
    pub operator: Arc<HttpPeers>,
    /// On the disk of the workspace: a temporary folder may be in memory.
    data: TempDir,
}

/// The workspace's folder: the one in which this runs, wherever it was built.
pub fn root() -> Result<PathBuf> {
    Ok(std::env::current_dir()?)
}

impl Server {
    /// Starts `aliya up` without rate limits, over a new SQLite file or over an empty database,
    /// whose tables are made.
    pub fn start(database: Option<&str>) -> Result<Self> {
        Self::start_program(env!("CARGO_BIN_EXE_aliya"), database, OFFSET)
    }

    /// The same with another program, and with ports moved by `offset`.
    pub fn start_program(program: &str, database: Option<&str>, offset: u16) -> Result<Self> {
        let data = TempDir::new_in(root()?.join("target"))?;
        let start = Start {
            program,
            folder: data.path(),
            database,
            offset,
        };
        let migrated = start.command(&["migrate"]).stdout(Stdio::null()).status()?;
        ensure!(migrated.success(), "aliya migrate: {migrated}");
        let (process, line) = start.process(&["up"])?;
        Self::of(vec![process], &line, data, offset)
    }

    /// Starts a gateway, a token server, and three processes of managers over an SQLite file each:
    /// bag, weapon, and all others.
    pub fn start_apart(offset: u16) -> Result<Self> {
        let data = TempDir::new_in(root()?.join("target"))?;
        let start = Start {
            program: env!("CARGO_BIN_EXE_aliya"),
            folder: data.path(),
            database: None,
            offset,
        };
        let others = ["manager", "lottery", "mail", "player_state", "skill"];
        let others = [&others[..], &["--database=sqlite:data/others.db"]].concat();
        let mut processes = Vec::new();
        for command in [
            &["token"][..],
            &["manager", "bag"],
            &["manager", "weapon"],
            &others,
        ] {
            processes.push(start.process(command)?.0);
        }
        let (gateway, line) = start.process(&["gateway"])?;
        processes.insert(0, gateway);
        Self::of(processes, &line, data, offset)
    }

    fn of(processes: Vec<Child>, line: &str, data: TempDir, offset: u16) -> Result<Self> {
        let address = line.trim().strip_prefix("aliya is ready: gateway ");
        let addresses = ["bag", "weapon"].map(|name| {
            let port = generated::GAME.manager(name).map(|it| it.port);
            let port = port.unwrap_or_default() + offset;
            (name.to_owned(), format!("http://127.0.0.1:{port}"))
        });
        let credentials = Credentials::new(&Secret::new(SECRET)?, &Issuer::Operator);
        let config = HttpConfig::default();
        let operator = HttpPeers::new(BTreeMap::from(addresses), Arc::new(credentials), &config);
        Ok(Self {
            gateway: address
                .with_context(|| format!("the server says {line:?}"))?
                .parse()?,
            processes,
            operator: Arc::new(operator),
            data,
        })
    }

    /// A folder for what belongs to the run.
    pub fn folder(&self) -> &Path {
        self.data.path()
    }

    /// Its SQLite file, where it has one.
    pub fn file(&self) -> PathBuf {
        self.data.path().join("data/aliya.db")
    }

    /// Memory of the server that is in RAM, in KiB.
    pub fn resident_kib(&self) -> Result<u64> {
        let status = std::fs::read_to_string(format!(
            "/proc/{}/status",
            self.processes.first().map_or(0, Child::id)
        ))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kib = line.and_then(|line| line.split_whitespace().next());
        Ok(kib.context("VmRSS")?.parse()?)
    }

    /// Ends it, and leaves its data until the value is dropped.
    pub fn stop(&mut self) {
        for process in &mut self.processes {
            let _ = process.kill();
            let _ = process.wait();
        }
    }
}

/// How a process is started.
struct Start<'s> {
    program: &'s str,
    folder: &'s Path,
    database: Option<&'s str>,
    offset: u16,
}

impl Start<'_> {
    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(self.program);
        command.args(words).args(["--data=data", "--log=warn"]);
        command.args(self.database.map(|url| format!("--database={url}")));
        command.current_dir(self.folder);
        command
    }

    /// Starts a server; returns it with the line that says that it is ready.
    fn process(&self, words: &[&str]) -> Result<(Child, String)> {
        let token = 8080 + self.offset;
        let mut process = self
            .command(words)
            .args(["--gateway=127.0.0.1:0".to_owned()])
            .args([format!("--token=127.0.0.1:{token}")])
            .arg(format!("--config-dir={}", root()?.join("config").display()))
            .arg(format!("--port-offset={}", self.offset))
            .arg(format!("--internal-secret={SECRET}"))
            .args(["--rate-limit-per-s=0", "--login-rate-limit-per-s=0"])
            .args([
                "--max-connections=19000",
                "--max-connections-per-address=19000",
            ])
            .stdout(Stdio::piped())
            .spawn()?;
        let mut line = String::new();
        BufReader::new(process.stdout.take().context("piped")?).read_line(&mut line)?;
        Ok((process, line))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}
