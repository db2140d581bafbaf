//! The databases of a run: a file of SQLite for each group, or databases on a server, which is
//! killed and started again.

use std::net::SocketAddr;
use std::path::Path;
use std::process::Command;
use std::sync::{Arc, Mutex, PoisonError};

use aliya_test_servers::{On, Options, Server};
use anyhow::{Context, Result, ensure};

use crate::cluster::Plan;

/// The databases, by the names of the groups.
#[derive(Clone, Debug)]
pub struct Databases {
    /// The server that is killed, if there is one.
    server: Option<Arc<Mutex<Server>>>,
    /// Where the server listens.
    address: Option<SocketAddr>,
    /// Group and URL.
    urls: Vec<(String, String)>,
}

impl Databases {
    /// Makes a database for each of the groups, or one on a server for all of them. Files of SQLite lie
    /// in `folder`.
    pub fn start(plan: &Plan, folder: &Path, groups: &[&str]) -> Result<Self> {
        let On::Server(kind) = plan.on else {
            let url = |group: &str| format!("sqlite:{}/{group}.db", folder.display());
            let urls = groups.iter().map(|&group| (group.to_owned(), url(group)));
            return Ok(Self {
                server: None,
                address: None,
                urls: urls.collect(),
            });
        };
        // What is acknowledged is on the disk, as in production.
        let durable = Options {
            durable: true,
            ..Options::default()
        };
        let own = match plan.own_server {
            true => Some(Server::start_with(kind, &durable)?),
            false => None,
        };
        let server = match &own {
            Some(server) => server,
            None => Server::shared(kind)?,
        };
        let mut urls: Vec<(String, String)> = Vec::new();
        for &group in groups {
            let url = match urls.first() {
                Some((_, url)) if plan.one_database => url.clone(),
                _ => server.fresh_database()?,
            };
            urls.push((group.to_owned(), url));
        }
        let address = format!("{}:{}", server.admin().host, server.admin().port);
        Ok(Self {
            address: Some(address.parse()?),
            server: own.map(|server| Arc::new(Mutex::new(server))),
            urls,
        })
    }

    /// Where the server listens, if there is one.
    pub fn address(&self) -> Option<SocketAddr> {
        self.address
    }

    /// The URL of a group's database, reached by way of `proxy`.
    pub fn url(&self, group: &str, proxy: Option<SocketAddr>) -> Result<String> {
        let found = self.urls.iter().find(|(name, _)| name == group);
        let (_, url) = found.with_context(|| format!("no group `{group}`"))?;
        let through = self.address.zip(proxy);
        Ok(through.map_or(url.clone(), |(address, proxy)| {
            url.replacen(&address.to_string(), &proxy.to_string(), 1)
        }))
    }

    /// The URL of each database, once.
    pub fn all(&self) -> Vec<String> {
        let mut urls: Vec<_> = self.urls.iter().map(|(_, url)| url.clone()).collect();
        urls.sort_unstable();
        urls.dedup();
        urls
    }

    /// Makes the tables of the whole game in each database: those of another group stay empty.
    pub fn migrate(&self, game: impl Fn() -> Command) -> Result<()> {
        for url in self.all() {
            let mut migrate = game();
            migrate.arg("migrate").arg(format!("--database={url}"));
            let output = migrate.output()?;
            ensure!(output.status.success(), "{output:?}");
        }
        Ok(())
    }

    /// Kills the server as a power cut would, and starts it again, which takes seconds. A server that is
    /// shared is left alone, and files of SQLite have none: processes that hold them are killed anyway.
    pub fn restart(&self) -> Result<()> {
        let Some(server) = &self.server else {
            return Ok(());
        };
        let mut server = server.lock().unwrap_or_else(PoisonError::into_inner);
        server.kill()?;
        server.restart()
    }
}
