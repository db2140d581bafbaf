//! The server programs: which parts each runs, and in which order they start and stop.
//!
//! Start: everything is opened and bound before the ready line. Stop: the gateway first, so that
//! nothing new comes in; then the HTTP servers, when no request of a client needs them any more;
//! then the database. All of it has `shutdown_timeout_ms`, from the signal on.

use std::io::Write;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use tokio::net::TcpListener;
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::{Instant, timeout_at};

use super::{Failure, files, services};
use crate::clock::Clock;
use crate::credential::Issuer;
use crate::db::Db;
use crate::dispatch::{Dispatch, Managers};
use crate::function::Game;
use crate::gateway::{self, Accounts, Services};
use crate::group::Group;
use crate::newcomers::{Created, Outbox};
use crate::random::Seeds;
use crate::schedule::Schedule;
use crate::settings::Settings;
use crate::shutdown::{self, CancellationToken};
use crate::{manager_server, token};

/// `aliya up`: everything, over one database.
pub(super) async fn up(game: &'static Game, settings: Settings) -> Result<(), Failure> {
    let stop = shutdown::on_signals()?;
    let db = services::database(&settings, "aliya").await?;
    let names: Vec<_> = game.managers.iter().map(|m| m.name.to_owned()).collect();
    let group = group(game, &settings, &names, &db, true, &stop).await?;
    let newcomers = Arc::new(Created::new(game, Arc::clone(&group), Clock::system()));
    let tokens = services::token_server(&settings, db.clone(), newcomers).await?;

    let mut inner = Inner::new(&settings);
    let credentials = services::credentials(&settings, &Issuer::Token)?;
    let router = token::router(Arc::clone(&tokens), credentials);
    inner.serve("token", settings.token, router).await?;
    serve_managers(&mut inner, &settings, &group).await?;
    let peers = services::peers(game, &settings, Issuer::Gateway)?;
    let services = Services {
        game,
        functions: Arc::new(Managers::new(Some(Arc::clone(&group)), Arc::new(peers))),
        accounts: tokens,
        clock: Clock::system(),
    };
    let scheduled = schedule(&group, &stop).await?;
    let recovered = tokio::spawn(Arc::clone(&group).recover(stop.clone()));
    let served = serve_clients(&settings, services, stop.clone());
    let ((), deadline) = tokio::try_join!(served, inner.deadline(stop))?;
    inner.stop(deadline).await;
    ended(scheduled, deadline).await;
    ended(recovered, deadline).await;
    finish(&group, deadline).await;
    Ok(db.close().await?)
}

/// `aliya gateway`: clients' connections alone.
pub(super) async fn gateway(game: &'static Game, settings: Settings) -> Result<(), Failure> {
    let stop = shutdown::on_signals()?;
    let peers = services::peers(game, &settings, Issuer::Gateway)?;
    let accounts: Arc<dyn Accounts> = Arc::new(services::accounts(&settings, &Issuer::Gateway)?);
    let services = Services {
        game,
        functions: Arc::new(Managers::new(None, Arc::new(peers))),
        accounts,
        clock: Clock::system(),
    };
    serve_clients(&settings, services, stop).await
}

/// `aliya token`: the token server alone.
pub(super) async fn token(game: &'static Game, settings: Settings) -> Result<(), Failure> {
    let stop = shutdown::on_signals()?;
    let db = services::database(&settings, "token").await?;
    let peers = Arc::new(services::peers(game, &settings, Issuer::Token)?);
    let outbox = Outbox::open(game, db.clone(), peers, Clock::system()).await?;
    let newcomers = Arc::new(Arc::clone(&outbox));
    let tokens = services::token_server(&settings, db.clone(), newcomers).await?;
    let mut inner = Inner::new(&settings);
    let credentials = services::credentials(&settings, &Issuer::Token)?;
    let address = inner
        .serve("token", settings.token, token::router(tokens, credentials))
        .await?;
    ready("token", &[address])?;
    let ended = CancellationToken::new();
    let works = tokio::spawn(outbox.run(ended.clone()));
    let deadline = inner.deadline(stop).await?;
    inner.stop(deadline).await;
    ended.cancel();
    if timeout_at(deadline, works).await.is_err() {
        tracing::warn!("what runs for new players goes on after the next start");
    }
    Ok(db.close().await?)
}

/// `aliya manager NAME...`: some managers over one database.
pub(super) async fn managers(
    game: &'static Game,
    settings: Settings,
    mut names: Vec<String>,
) -> Result<(), Failure> {
    let stop = shutdown::on_signals()?;
    names.sort_unstable();
    names.dedup();
    let file = match names.as_slice() {
        [name] => name,
        _ if settings.database.is_some() => "",
        _ => {
            return Err(
                "several managers in one process share a database: say which with \
                        --database sqlite:PATH"
                    .into(),
            );
        }
    };
    let db = services::database(&settings, file).await?;
    let group = group(game, &settings, &names, &db, false, &stop).await?;
    let mut inner = Inner::new(&settings);
    let addresses = serve_managers(&mut inner, &settings, &group).await?;
    ready(&format!("manager {}", names.join(" ")), &addresses)?;
    let scheduled = schedule(&group, &stop).await?;
    let recovered = tokio::spawn(Arc::clone(&group).recover(stop.clone()));
    let deadline = inner.deadline(stop).await?;
    inner.stop(deadline).await;
    ended(scheduled, deadline).await;
    ended(recovered, deadline).await;
    finish(&group, deadline).await;
    Ok(db.close().await?)
}

/// Runs what runs by the clock, until `stop`.
async fn schedule(group: &Arc<Group>, stop: &CancellationToken) -> Result<JoinHandle<()>, Failure> {
    let schedule = Schedule::start(Arc::clone(group), Clock::system()).await?;
    Ok(tokio::spawn(schedule.run(stop.clone())))
}

/// Waits for what runs by itself: functions by the clock, ops that nobody drives.
async fn ended(works: JoinHandle<()>, deadline: Instant) {
    if timeout_at(deadline, works).await.is_err() {
        tracing::warn!("what runs by itself and did not end in time goes on after the next start");
    }
}

/// Waits for the functions whose callers have gone away.
async fn finish(group: &Group, deadline: Instant) {
    if timeout_at(deadline, group.finish()).await.is_err() {
        tracing::warn!("functions that did not end in time are dropped");
    }
}

/// The managers of those names over `db`, which may have the accounts, too. They call the others as the
/// first of them. Until `stop`, the files of their balance tables are watched.
async fn group(
    game: &'static Game,
    settings: &Settings,
    names: &[String],
    db: &Db,
    has_accounts: bool,
    stop: &CancellationToken,
) -> Result<Arc<Group>, Failure> {
    let issuer = Issuer::Manager(names.first().cloned().unwrap_or_default());
    let peers = services::peers(game, settings, issuer)?;
    let config = services::config(game, settings)?;
    if let Some(config) = &config {
        tokio::spawn(Arc::clone(config).watch(stop.clone()));
    }
    let (db, peers) = (db.clone(), Arc::new(peers));
    Ok(match has_accounts {
        true => Group::start_with_accounts(game, names, db, peers, Seeds::System, config).await?,
        false => Group::start_with(game, names, db, peers, Seeds::System, config).await?,
    })
}

async fn serve_managers(
    inner: &mut Inner,
    settings: &Settings,
    group: &Arc<Group>,
) -> Result<Vec<SocketAddr>, Failure> {
    let mut addresses = Vec::new();
    for &manager in group.managers() {
        let issuer = Issuer::Manager(manager.name.to_owned());
        let credentials = services::credentials(settings, &issuer)?;
        let functions: Arc<dyn Dispatch> = Arc::new(Arc::clone(group));
        let router = manager_server::router(manager, functions, credentials);
        let address = services::manager_address(settings, manager)?;
        addresses.push(inner.serve(manager.name, address, router).await?);
    }
    Ok(addresses)
}

/// Serves clients until `stop`, and until what is under way then is answered.
async fn serve_clients(
    settings: &Settings,
    services: Services,
    stop: CancellationToken,
) -> Result<(), Failure> {
    let config = services::gateway_config(settings)?;
    files::warn_of_few(config.max_connections);
    let listener = bind("gateway", settings.gateway).await?;
    ready("gateway", &[listener.local_addr()?])?;
    Ok(gateway::run(listener, config, Arc::new(services), stop).await?)
}

/// The HTTP servers of a process.
struct Inner {
    servers: JoinSet<std::io::Result<()>>,
    stop: CancellationToken,
    timeout: Duration,
}

impl Inner {
    fn new(settings: &Settings) -> Self {
        Self {
            servers: JoinSet::new(),
            stop: CancellationToken::new(),
            timeout: Duration::from_millis(settings.shutdown_timeout_ms),
        }
    }

    /// Binds `address` and serves `router` there; returns the address that it got.
    async fn serve(
        &mut self,
        name: &str,
        address: SocketAddr,
        router: Router,
    ) -> Result<SocketAddr, Failure> {
        let listener = bind(name, address).await?;
        let address = listener.local_addr()?;
        tracing::info!("{name} listens on {address}");
        let stop = self.stop.clone();
        let server = manager_server::run(listener, router, stop, self.timeout);
        self.servers.spawn(server);
        Ok(address)
    }

    /// Waits for the signal to stop; returns when everything has to be over.
    async fn deadline(&self, asked: CancellationToken) -> Result<Instant, Failure> {
        asked.cancelled().await;
        Ok(Instant::now() + self.timeout)
    }

    /// Stops them all, when the calls under way have ended, or at `deadline`.
    async fn stop(mut self, deadline: Instant) {
        self.stop.cancel();
        let all = async {
            while let Some(ended) = self.servers.join_next().await {
                match ended {
                    Ok(Ok(())) => {}
                    Ok(Err(error)) => tracing::error!("an HTTP server failed: {error}"),
                    Err(error) => tracing::error!("an HTTP server ended: {error}"),
                }
            }
        };
        if timeout_at(deadline, all).await.is_err() {
            tracing::warn!("calls that did not end in time are dropped");
        }
    }
}

async fn bind(name: &str, address: SocketAddr) -> Result<TcpListener, Failure> {
    let bound = TcpListener::bind(address).await;
    bound.map_err(|error| {
        let what = format!("{name} cannot listen on {address}: {error}");
        let help = "stop what listens there, or choose another address (--gateway, --token, \
                    --manager-host, --port-offset)";
        format!("{what}\n  help: {help}").into()
    })
}

/// Says on stdout that every listener is bound.
fn ready(what: &str, addresses: &[SocketAddr]) -> std::io::Result<()> {
    let addresses: Vec<_> = addresses.iter().map(SocketAddr::to_string).collect();
    let mut stdout = std::io::stdout().lock();
    writeln!(stdout, "aliya is ready: {what} {}", addresses.join(" "))?;
    stdout.flush()
}
