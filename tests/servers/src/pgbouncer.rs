//! A pooler in front of a PostgreSQL server: PgBouncer, as Debian has it.

use std::net::TcpStream;
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use tempfile::TempDir;

use crate::account::Account;
use crate::installed::program;
use crate::process::Process;
use crate::server::free_port;
use crate::{Kind, Server};

/// How long it may take until it listens.
const PATIENCE: Duration = Duration::from_secs(20);

/// A PgBouncer that runs until it is dropped.
#[derive(Debug)]
pub struct PgBouncer {
    port: u16,
    user: String,
    _process: Process,
    _folder: TempDir,
}

impl PgBouncer {
    /// Whether it is installed: no test needs it alone.
    pub fn is_installed() -> bool {
        found().is_ok()
    }

    /// Starts one in front of `server`, with further lines of its configuration.
    pub fn start(server: &Server, settings: &[&str]) -> Result<Self> {
        let account = Account::not_root()?;
        let folder = tempfile::Builder::new()
            .prefix("aliya-test-pool-")
            .tempdir()?;
        account.gets(folder.path())?;
        let (port, admin) = (free_port()?, server.admin());
        let file = folder.path().join("pgbouncer.ini");
        let text = format!(
            "[databases]\n* = host={} port={} user={}\n[pgbouncer]\nlisten_addr = 127.0.0.1\n\
             listen_port = {port}\nunix_socket_dir =\nauth_type = any\n{}\n",
            admin.host,
            admin.port,
            admin.user,
            settings.join("\n")
        );
        std::fs::write(&file, text)?;
        let mut pooler = Command::new(found()?);
        pooler.arg(&file);
        let log = folder.path().join("log");
        let process = Process::start(&pooler, &account, "INT", folder.path(), &log)?;
        let begin = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            if !process.runs() || begin.elapsed() > PATIENCE {
                let log = std::fs::read_to_string(&log).unwrap_or_default();
                bail!("PgBouncer does not listen:\n{log}");
            }
            std::thread::sleep(Duration::from_millis(25));
        }
        Ok(Self {
            port,
            user: admin.user.clone(),
            _process: process,
            _folder: folder,
        })
    }

    /// The URL of a database behind it.
    pub fn url(&self, database: &str) -> String {
        let Self { port, user, .. } = self;
        format!("postgres://{user}@127.0.0.1:{port}/{database}")
    }
}

fn found() -> Result<PathBuf> {
    program(Kind::Postgres, "pgbouncer", &[PathBuf::from("/usr/sbin")])
}
