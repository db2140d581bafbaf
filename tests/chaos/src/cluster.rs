//! The processes of a game, with a proxy on every line between them, to the database and to clients.

use std::fs::File;
use std::io::Write as _;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::PoisonError;
use std::time::{Duration, Instant};

use aliya_test_servers::On;
use anyhow::{Context, Result, bail};
use tempfile::TempDir;

use crate::Shape;
use crate::database::Databases;
use crate::layout::{self, Member};
use crate::operator::Operator;
use crate::part::{INTERNAL_SECRET, Part, settings};
use crate::processes::Process;
use crate::proxy::Proxy;

/// How long all processes may take until they are ready: generous, machines are shared.
const PATIENCE: Duration = Duration::from_secs(40);

/// What is started.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The game's binary.
    pub game: PathBuf,
    /// The kind of database.
    pub on: On,
    /// Everything in one process, or each group for itself.
    pub shape: Shape,
    /// How many processes each group of managers has.
    pub copies: u16,
    /// Whether all groups share a database.
    pub one_database: bool,
    /// Whether a database server is started that may be killed, and not one that others share.
    pub own_server: bool,
}

/// A line that a proxy stands on.
#[derive(Debug)]
pub struct Link {
    /// Such as `weapon-1 to bag`.
    pub name: String,
    /// What stands there.
    pub proxy: Proxy,
}

/// All of it.
#[derive(Debug)]
pub struct Cluster {
    /// The processes. They end before what they need.
    pub parts: Vec<Part>,
    /// The lines.
    pub links: Vec<Link>,
    /// Where clients reach the gateways.
    pub gateways: Vec<SocketAddr>,
    /// The databases.
    pub databases: Databases,
    /// How many processes each group of managers has.
    pub copies: u16,
    /// Who asks managers past all proxies.
    pub operator: Operator,
    game: PathBuf,
    /// What failed when.
    diary: std::sync::Mutex<File>,
    folder: TempDir,
}

impl Cluster {
    /// Starts the databases, the proxies and the processes; returns when all of them are ready.
    pub async fn start(plan: &Plan) -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("aliya-chaos-").tempdir()?;
        let (plan_, path) = (plan.clone(), folder.path().to_owned());
        let databases = tokio::task::spawn_blocking(move || {
            let groups = layout::groups(plan_.shape);
            let made = Databases::start(&plan_, &path, &groups)?;
            made.migrate(|| settings(&plan_.game, &path))?;
            anyhow::Ok(made)
        });
        let databases = databases.await??;
        let members = layout::members(plan.shape, plan.copies)?;
        let addresses = layout::managers().map(|name| {
            let address = members.iter().find_map(|it| it.listens(name));
            Ok((
                name,
                address.with_context(|| format!("nobody hosts {name}"))?,
            ))
        });
        let mut cluster = Self {
            parts: Vec::new(),
            links: Vec::new(),
            gateways: Vec::new(),
            databases,
            copies: plan.copies,
            operator: Operator::new(addresses.collect::<Result<_>>()?, INTERNAL_SECRET)?,
            game: plan.game.clone(),
            diary: File::create(folder.path().join("faults.log"))?.into(),
            folder,
        };
        for member in &members {
            cluster.add(member, &members).await?;
        }
        cluster.all_ready().await?;
        Ok(cluster)
    }

    /// Adds a process and the lines that it needs.
    async fn add(&mut self, member: &Member, members: &[Member]) -> Result<()> {
        let mut command = settings(&self.game, self.folder.path());
        command.args(&member.args);
        let mut set = |name: &str, value: String| {
            command.env(format!("ALIYA_{name}"), value);
        };
        for (name, value) in member.settings() {
            set(name, value);
        }
        let mut urls = Vec::new();
        for service in member.calls() {
            let targets = members.iter().filter_map(|it| it.listens(service));
            let proxy = self.link(&member.name, service, targets.collect()).await?;
            match service {
                "token" => set("TOKEN_URL", format!("http://{proxy}")),
                manager => urls.push(format!("{manager}=http://{proxy}")),
            }
        }
        set("MANAGER_URLS", urls.join(","));
        if let Some(group) = member.group {
            let mut proxy = None;
            if let Some(address) = self.databases.address() {
                let link = self.link(&member.name, "database", vec![address]);
                proxy = Some(link.await?);
            }
            set("DATABASE", self.databases.url(group, proxy)?);
        }
        if let Some(gateway) = member.listens("gateway") {
            let proxy = self.link("clients", &member.name, vec![gateway]).await?;
            self.gateways.push(proxy);
        }
        let part = Part::new(member, command, self.folder.path());
        self.parts.push(part);
        Ok(())
    }

    /// Adds a line, and returns where it begins.
    async fn link(&mut self, from: &str, to: &str, targets: Vec<SocketAddr>) -> Result<SocketAddr> {
        let proxy = Proxy::start(targets).await?;
        let address = proxy.address();
        let name = format!("{from} to {to}");
        self.links.push(Link { name, proxy });
        Ok(address)
    }

    /// Starts what does not run, and returns when every process is ready.
    pub async fn all_ready(&self) -> Result<()> {
        let begin = Instant::now();
        for part in &self.parts {
            loop {
                part.start().await?;
                let mut held = part.process.lock().await;
                if held.as_mut().is_some_and(Process::is_ready) {
                    break;
                }
                drop(held);
                if begin.elapsed() > PATIENCE {
                    bail!("{} is not ready:\n{}", part.name, part.log());
                }
                tokio::time::sleep(Duration::from_millis(2)).await;
            }
        }
        Ok(())
    }

    /// Notes what fails now, for whoever reads the logs of the processes.
    pub fn tell(&self, what: &str) {
        let mut diary = self.diary.lock().unwrap_or_else(PoisonError::into_inner);
        // What cannot be written is not worth a failure.
        let _ = writeln!(diary, "{} {what}", aliya_runtime::Time::now().0);
    }

    /// The folder of logs, and of files of databases.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Ends all processes, and leaves their logs and files of databases where they are.
    pub fn keep(self) -> PathBuf {
        self.folder.keep()
    }
}
