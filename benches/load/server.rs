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
    process: Child,
    /// Where its gateway listens.
    pub gateway: SocketAddr,
    /// The operator's way to its managers.
    pub operator: Arc<HttpPeers>,
    /// On the disk of the workspace: a temporary folder may be in memory.
    data: TempDir,
}

impl Server {
    /// Starts `aliya up` without rate limits, over a new SQLite file or over an empty database,
    /// whose tables are made.
    pub fn start(database: Option<&str>) -> Result<Self> {
        let data = TempDir::new_in(concat!(env!("CARGO_MANIFEST_DIR"), "/target"))?;
        let aliya = |command: &str| {
            let mut program = Command::new(env!("CARGO_BIN_EXE_aliya"));
            program.args([command, "--data=data", "--log=warn"]);
            program.args(database.map(|url| format!("--database={url}")));
            program.current_dir(data.path());
            program
        };
        let migrated = aliya("migrate").stdout(Stdio::null()).status()?;
        ensure!(migrated.success(), "aliya migrate: {migrated}");
        let mut process = aliya("up")
            .args(["--gateway=127.0.0.1:0", "--token=127.0.0.1:0"])
            .arg(concat!(
                "--config-dir=",
                env!("CARGO_MANIFEST_DIR"),
                "/config"
            ))
            .arg(format!("--port-offset={OFFSET}"))
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
        let address = line.trim().strip_prefix("aliya is ready: gateway ");
        let addresses = ["bag", "weapon"].map(|name| {
            let port = generated::GAME.manager(name).map(|it| it.port);
            let port = port.unwrap_or_default() + OFFSET;
            (name.to_owned(), format!("http://127.0.0.1:{port}"))
        });
        let credentials = Credentials::new(&Secret::new(SECRET)?, &Issuer::Operator);
        let config = HttpConfig::default();
        let operator = HttpPeers::new(BTreeMap::from(addresses), Arc::new(credentials), &config);
        Ok(Self {
            gateway: address
                .with_context(|| format!("the server says {line:?}"))?
                .parse()?,
            process,
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
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kib = line.and_then(|line| line.split_whitespace().next());
        Ok(kib.context("VmRSS")?.parse()?)
    }

    /// Ends it, and leaves its data until the value is dropped.
    pub fn stop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}
