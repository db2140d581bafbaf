//! A whole server inside the test's process, so that the test can set its clock: the parts that
//! `aliya up` has, or those of a process for each manager, over real sockets and files.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use aliya_runtime::call::{PeerCall, Peers, Request};
use aliya_runtime::clock::Clock;
use aliya_runtime::config::Store;
use aliya_runtime::credential::{Credentials, Issuer};
use aliya_runtime::db::migrate::How;
use aliya_runtime::db::{Db, Options};
use aliya_runtime::dispatch::{Dispatch, Managers};
use aliya_runtime::envelope;
use aliya_runtime::frame::Cipher;
use aliya_runtime::gateway::{self, Rate, Services};
use aliya_runtime::group::Group;
use aliya_runtime::manager_server;
use aliya_runtime::newcomers::{Created, Outbox};
use aliya_runtime::peers::{HttpConfig, HttpPeers};
use aliya_runtime::random::Seeds;
use aliya_runtime::secrets::Secret;
use aliya_runtime::shutdown::CancellationToken;
use aliya_runtime::token::{self, TokenServer};
use aliya_runtime::{PlayerId, Time};
use aliya_test_servers::{On, database_here, here};
use anyhow::{Context, Result};
use generated::GAME;
use serde_json::Value;
use tempfile::TempDir;
use tokio::net::TcpListener;

use super::process::CONFIG;
use super::{OldClient, Shape, run};

/// Longer than any test waits.
const PATIENCE: Duration = Duration::from_secs(60);

/// When the clock of a new server stands: 2026-11-23 10:00 in Shanghai, a Monday.
pub const MONDAY_AT_10: Time = Time(1_795_399_200_000);

/// A running server.
pub struct Inside {
    /// Where its gateway listens.
    pub gateway: SocketAddr,
    /// What all its parts take the time from.
    pub clock: Clock,
    /// The way to every manager.
    operator: Arc<HttpPeers>,
    parts: Parts,
}

impl Inside {
    /// Starts one in a new folder.
    pub async fn start(shape: Shape) -> Result<Self> {
        let mut listeners = BTreeMap::new();
        let mut urls = BTreeMap::new();
        for manager in GAME.managers {
            let listener = TcpListener::bind("127.0.0.1:0").await?;
            let url = format!("http://{}", listener.local_addr()?);
            urls.insert(manager.name.to_owned(), url);
            listeners.insert(manager.name, listener);
        }
        let parts = Parts {
            dir: tempfile::tempdir()?,
            secret: Secret::new("of 32 bytes or more, and known to no one")?,
            urls,
            clock: Clock::at(MONDAY_AT_10),
            stop: CancellationToken::new(),
        };
        let names = GAME.managers.iter().map(|manager| manager.name.to_owned());
        let hosts: Vec<Vec<String>> = match shape {
            Shape::OneProcess => vec![names.collect()],
            Shape::Separate => names.map(|name| vec![name]).collect(),
        };
        let mut here = None;
        for names in hosts {
            let (group, db) = parts.group(&names, &mut listeners).await?;
            here = Some((group, db)).filter(|_| shape == Shape::OneProcess);
        }
        let accounts = parts.accounts(here.as_ref()).await?;
        let here = here.map(|(group, _)| group);
        let services = Services {
            game: &GAME,
            functions: Arc::new(Managers::new(here, parts.peers(Issuer::Gateway))),
            accounts,
            clock: parts.clock.clone(),
        };
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let gateway = listener.local_addr()?;
        let (services, stop) = (Arc::new(services), parts.stop.clone());
        tokio::spawn(gateway::run(listener, config()?, services, stop));
        Ok(Self {
            gateway,
            clock: parts.clock.clone(),
            operator: parts.peers(Issuer::Operator),
            parts,
        })
    }

    /// Runs a test in both shapes: all in one process, and each manager for itself.
    pub fn in_both_shapes<F>(test: impl Fn(Self) -> F) -> Result<()>
    where
        F: Future<Output = Result<()>>,
    {
        for shape in [Shape::OneProcess, Shape::Separate] {
            run(async { test(Self::start(shape).await?).await })
                .map_err(|error| error.context(format!("{shape:?}")))?;
        }
        Ok(())
    }

    /// Runs a test in one process: what is all or nothing over several managers.
    pub fn in_one_process<F>(test: impl Fn(Self) -> F) -> Result<()>
    where
        F: Future<Output = Result<()>>,
    {
        run(async { test(Self::start(Shape::OneProcess).await?).await })
    }

    /// Where a manager listens.
    pub fn url(&self, manager: &str) -> Result<&str> {
        let url = self.parts.urls.get(manager).context("no such manager")?;
        Ok(url)
    }

    /// What a service of this server signs its calls with.
    pub fn credentials(&self, issuer: &Issuer) -> Arc<Credentials> {
        self.parts.credentials(issuer)
    }

    /// The folder of the databases.
    pub fn dir(&self) -> &Path {
        self.parts.dir.path()
    }

    /// A player who has logged in.
    pub async fn login(&self, unique_id: &str) -> Result<OldClient> {
        OldClient::login(self.gateway, unique_id).await
    }

    /// The operator's call of `manager.function` for a player; returns the reply.
    pub async fn admin(&self, name: &str, player: &str, args: Value) -> Result<Value> {
        let (manager, function) = name.split_once('.').context("manager.function")?;
        let manager = GAME.manager(manager).context("no such manager")?;
        let function = manager.function(function).context("no such function")?;
        let request = Request {
            caller: (!player.is_empty()).then(|| PlayerId::new(player)),
            ..Request::new(self.clock.now(), "of the operator")
        };
        let call = PeerCall::new(function, &request, args.to_string());
        let answered = self.operator.call(call).await;
        let answer = answered.unwrap_or_else(|stop| stop.into_answer(&request.id));
        let mut text = String::new();
        envelope::write_answer(&answer, &mut text);
        Ok(serde_json::from_str(&text)?)
    }

    /// Puts supplies into a player's bag.
    pub async fn supply(&self, player: &str, item: &str, amount: i64) -> Result<()> {
        let args = serde_json::json!({ "item": item, "amount": amount });
        let reply = self.admin("bag.add_supply", player, args).await?;
        anyhow::ensure!(reply["status"] == 0, "{reply}");
        Ok(())
    }

    /// How much of a supply a player's bag holds.
    pub async fn held(&self, player: &str, item: &str) -> Result<i64> {
        let args = serde_json::json!({ "item": item });
        let reply = self.admin("bag.get_supply", player, args).await?;
        let left = reply["data"]["left"].as_i64();
        left.with_context(|| reply.to_string())
    }
}

impl Drop for Inside {
    fn drop(&mut self) {
        self.parts.stop.cancel();
    }
}

/// What the parts of a server are put together from.
struct Parts {
    /// The databases, gone with the server.
    dir: TempDir,
    secret: Secret,
    /// Where the managers listen.
    urls: BTreeMap<String, String>,
    clock: Clock,
    stop: CancellationToken,
}

impl Parts {
    fn credentials(&self, issuer: &Issuer) -> Arc<Credentials> {
        Arc::new(Credentials::new(&self.secret, issuer))
    }

    fn peers(&self, issuer: Issuer) -> Arc<HttpPeers> {
        let credentials = self.credentials(&issuer);
        let config = HttpConfig::default();
        Arc::new(HttpPeers::new(self.urls.clone(), credentials, &config))
    }

    async fn database(&self, name: &str) -> Result<Db> {
        let file = self.dir.path().join(format!("{name}.db"));
        let db = Db::open(&database_here(&file)?.parse()?, Options::default()).await?;
        if here()? != On::Sqlite {
            // There, a server leaves that to its operator.
            db.migrate(&aliya_runtime::histories(&GAME), How::All)
                .await?;
        }
        Ok(db)
    }

    /// Managers over a database of their own, each served where it is to listen.
    async fn group(
        &self,
        names: &[String],
        listeners: &mut BTreeMap<&str, TcpListener>,
    ) -> Result<(Arc<Group>, Db)> {
        let first = names.first().context("a manager")?;
        let db = self.database(first).await?;
        let peers = self.peers(Issuer::Manager(first.clone()));
        let config = Store::open(&generated::config::CONFIG, Path::new(CONFIG))?;
        let (seeds, config) = (Seeds::System, Some(config));
        let group = Group::start_with(&GAME, names, db.clone(), peers, seeds, config).await?;
        for &manager in group.managers() {
            let functions: Arc<dyn Dispatch> = Arc::new(Arc::clone(&group));
            let credentials = self.credentials(&Issuer::Manager(manager.name.to_owned()));
            let router = manager_server::router(manager, functions, credentials);
            let listener = listeners.remove(manager.name).context("bound before")?;
            let stop = self.stop.clone();
            tokio::spawn(manager_server::run(listener, router, stop, PATIENCE));
        }
        Ok((group, db))
    }

    /// The token server: over the database of all managers, or over its own.
    async fn accounts(&self, here: Option<&(Arc<Group>, Db)>) -> Result<Arc<TokenServer>> {
        let settings = token::Settings::default();
        let clock = self.clock.clone();
        let started = match here {
            Some((group, db)) => {
                let newcomers = Arc::new(Created::new(&GAME, Arc::clone(group), clock));
                TokenServer::start(db.clone(), &self.secret, &settings, newcomers).await
            }
            None => {
                let (db, peers) = (self.database("token").await?, self.peers(Issuer::Token));
                let outbox = Outbox::open(&GAME, db.clone(), peers, clock).await?;
                tokio::spawn(Arc::clone(&outbox).run(self.stop.clone()));
                TokenServer::start(db, &self.secret, &settings, Arc::new(outbox)).await
            }
        };
        Ok(started?)
    }
}

fn config() -> Result<gateway::Config> {
    let unlimited = Rate { per_s: 0, burst: 1 };
    Ok(gateway::Config {
        max_connections: 1000,
        max_connections_per_address: 1000,
        idle_timeout: PATIENCE,
        frame_timeout: PATIENCE,
        write_timeout: PATIENCE,
        request_timeout: PATIENCE,
        shutdown_timeout: PATIENCE,
        status_as_text: false,
        cipher: Cipher::new(b"67891234", b"67891234")?,
        player_rate: unlimited,
        address_rate: unlimited,
        login_rate: unlimited,
    })
}
