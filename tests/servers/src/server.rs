//! A server: started, shared, killed, started again.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, anyhow, bail};
use tempfile::TempDir;

use crate::account::Account;
use crate::admin::Admin;
use crate::process::{Process, run};
use crate::{Kind, mariadb, postgres};

/// How long a server may take until it answers: generous, machines are shared.
const PATIENCE: Duration = Duration::from_secs(60);
/// How often it is asked meanwhile.
const INTERVAL: Duration = Duration::from_millis(25);
/// Below the ports that systems hand out for connections: none of those takes the port of a server
/// that is to be started again.
const PORTS: std::ops::Range<u16> = 20_000..32_000;

/// What a server is like.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Whether a commit is on the disk before it is acknowledged, as in production. Otherwise it
    /// outlives the process alone, which is what tests need, and faster.
    pub durable: bool,
    /// The folder in which that of its data is made; without one, where temporary files go.
    pub within: Option<PathBuf>,
    /// How many connections it takes; without it, enough for tests of several processes.
    pub connections: Option<u16>,
}

/// A server, of its own or shared.
#[derive(Debug)]
pub struct Server {
    admin: Admin,
    /// `None` where somebody else has started it.
    own: Option<Own>,
}

/// What belongs to a server that was started here. The process goes before its data.
#[derive(Debug)]
struct Own {
    process: Process,
    account: Account,
    data: PathBuf,
    folder: TempDir,
    options: Options,
}

impl Server {
    /// Starts one, and returns when it takes connections.
    pub fn start(kind: Kind) -> Result<Self> {
        Self::start_with(kind, &Options::default())
    }

    /// The same with options.
    pub fn start_with(kind: Kind, options: &Options) -> Result<Self> {
        let (account, user) = match kind {
            Kind::Postgres => (Account::not_root()?, postgres::USER),
            Kind::Mariadb => (Account::own(), mariadb::USER),
        };
        let within = options.within.clone().unwrap_or_else(std::env::temp_dir);
        let folder = tempfile::Builder::new()
            .prefix("aliya-test-")
            .tempdir_in(within)?;
        account.gets(folder.path())?;
        let data = folder.path().join("data");
        match kind {
            Kind::Postgres => postgres::programs()?.make(&account, &data)?,
            Kind::Mariadb => mariadb::programs()?.make(&account, &data)?,
        }
        let admin = Admin {
            kind,
            user: user.to_owned(),
            password: String::new(),
            host: "127.0.0.1".to_owned(),
            port: free_port()?,
        };
        let process = started(&admin, &account, &folder, options)?;
        let own = Own {
            process,
            account,
            data,
            folder,
            options: options.clone(),
        };
        let server = Self {
            admin,
            own: Some(own),
        };
        server.wait()?;
        Ok(server)
    }

    /// The one that the variable [`Kind::shared_by`] names, else one that all tests of this process
    /// share.
    pub fn shared(kind: Kind) -> Result<&'static Self> {
        static POSTGRES: OnceLock<Result<Server>> = OnceLock::new();
        static MARIADB: OnceLock<Result<Server>> = OnceLock::new();
        let shared = match kind {
            Kind::Postgres => &POSTGRES,
            Kind::Mariadb => &MARIADB,
        };
        let server = shared.get_or_init(|| match std::env::var(kind.shared_by()) {
            Ok(url) => Ok(Self {
                admin: Admin::parse(kind, &url)?,
                own: None,
            }),
            Err(_) => Self::start(kind),
        });
        server.as_ref().map_err(|error| anyhow!("{error:#}"))
    }

    /// How its administrator reaches it.
    pub fn admin(&self) -> &Admin {
        &self.admin
    }

    /// Makes an empty database that nobody else uses, with the server's own defaults, and returns its
    /// URL. It goes with the server.
    pub fn fresh_database(&self) -> Result<String> {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        // Process ids come again while a shared server stays.
        let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_nanos();
        let name = format!("aliya_{}_{now:x}_{number}", std::process::id());
        self.sql(&format!("CREATE DATABASE {name};"))?;
        Ok(self.admin.url(&name))
    }

    /// Runs SQL as the administrator; returns the values of all rows, parted by tabs and lines.
    pub fn sql(&self, sql: &str) -> Result<String> {
        let mut client = match self.admin.kind {
            Kind::Postgres => postgres::programs()?.client(&self.admin),
            Kind::Mariadb => mariadb::programs()?.client(&self.admin),
        };
        run(&mut client, sql)
    }

    /// The folder of its data, where it was started here.
    pub fn data(&self) -> Option<&Path> {
        self.own.as_ref().map(|own| own.data.as_path())
    }

    /// Whether its process runs: one may give up by itself.
    pub fn runs(&self) -> bool {
        self.own.as_ref().is_some_and(|own| own.process.runs())
    }

    /// Kills it, as a machine that loses its power would: what it has acknowledged is kept.
    pub fn kill(&mut self) -> Result<()> {
        self.own()?.process.kill()
    }

    /// Starts it again after [`Server::kill`], on the same port and data, and returns when it takes
    /// connections.
    pub fn restart(&mut self) -> Result<()> {
        let admin = self.admin.clone();
        let own = self.own()?;
        own.process = started(&admin, &own.account, &own.folder, &own.options)?;
        self.wait()
    }

    fn own(&mut self) -> Result<&mut Own> {
        self.own.as_mut().context("a shared server is not killed")
    }

    fn wait(&self) -> Result<()> {
        let begin = Instant::now();
        loop {
            let Err(error) = self.sql("SELECT 1;") else {
                return Ok(());
            };
            if !self.runs() || begin.elapsed() > PATIENCE {
                let kind = self.admin.kind.name();
                bail!("{kind} does not answer: {error:#}\n{}", self.log());
            }
            std::thread::sleep(INTERVAL);
        }
    }

    fn log(&self) -> String {
        let log = self.own.as_ref().map(|own| own.data.with_extension("log"));
        let log = log.map(std::fs::read_to_string);
        log.and_then(Result::ok).unwrap_or_default()
    }
}

fn started(
    admin: &Admin,
    account: &Account,
    folder: &TempDir,
    options: &Options,
) -> Result<Process> {
    let data = folder.path().join("data");
    let (server, signal) = match admin.kind {
        Kind::Postgres => {
            let programs = postgres::programs()?;
            (programs.server(&data, admin.port, options), "QUIT")
        }
        Kind::Mariadb => {
            let programs = mariadb::programs()?;
            (programs.server(&data, admin.port, options), "KILL")
        }
    };
    let log = data.with_extension("log");
    Process::start(&server, account, signal, folder.path(), &log)
}

/// A port that nobody listens on. Each process begins its search somewhere else.
pub(crate) fn free_port() -> Result<u16> {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let count = u32::from(PORTS.end - PORTS.start);
    for _ in 0..count {
        let next = NEXT.fetch_add(1, Ordering::Relaxed) + std::process::id().wrapping_mul(7);
        let port = PORTS.start + u16::try_from(next % count)?;
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return Ok(port);
        }
    }
    bail!("no port from {} to {} is free", PORTS.start, PORTS.end)
}
