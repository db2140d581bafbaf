//! A group: the managers that one process hosts over one database. It runs their functions.

mod job;

use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use serde_json::{Map, Value};
use tokio_util::task::TaskTracker;

use self::job::Job;
use crate::call::{Peers, Request};
use crate::config::Store;
use crate::cx::Cx;
use crate::db::migrate::{History, How, Planned};
use crate::db::{self, Conn, Db};
use crate::function::{Callee, FunctionInfo, Game, Manager, Prepared};
use crate::random::Seeds;
use crate::runs::{Once, Runs};
use crate::stop::{Answer, Stop};
use crate::time_zone::Zone;
use crate::{allow, runs, token};

/// The histories of the runtime's own tables in a database of managers.
pub(crate) static HISTORIES: [&History; 2] = [&allow::HISTORY, &runs::HISTORY];

/// The histories of a database that has everything: the tables of all managers, of the token server
/// and of the runtime.
pub fn histories(game: &'static Game) -> Vec<&'static History> {
    let managers = game.managers.iter();
    let managers = managers.filter_map(|manager| manager.migrations);
    let own = HISTORIES.into_iter().chain(token::HISTORIES);
    managers.chain(own).collect()
}

/// The managers of one process over one database.
pub struct Group {
    game: &'static Game,
    /// Sorted by name.
    managers: Vec<&'static Manager>,
    db: Db,
    peers: Arc<dyn Peers>,
    zone: Zone,
    seeds: Seeds,
    /// The balance tables, where the game has any.
    config: Option<Arc<Store>>,
    /// How often an allowance was used.
    allowances_used: AtomicU64,
    /// The functions under way that call other processes.
    in_phases: TaskTracker,
}

impl Group {
    /// `managers` of `game` over `db`, whose tables are brought along where that is safe.
    pub async fn start(
        game: &'static Game,
        managers: &[String],
        db: Db,
        peers: Arc<dyn Peers>,
    ) -> Result<Arc<Self>, GroupError> {
        Self::start_with(game, managers, db, peers, Seeds::System, None).await
    }

    /// The same with another source of randomness, for tests.
    pub async fn start_with_seeds(
        game: &'static Game,
        managers: &[String],
        db: Db,
        peers: Arc<dyn Peers>,
        seeds: Seeds,
    ) -> Result<Arc<Self>, GroupError> {
        Self::start_with(game, managers, db, peers, seeds, None).await
    }

    /// The same with balance tables: a game that declares some needs them.
    pub async fn start_with(
        game: &'static Game,
        managers: &[String],
        db: Db,
        peers: Arc<dyn Peers>,
        seeds: Seeds,
        config: Option<Arc<Store>>,
    ) -> Result<Arc<Self>, GroupError> {
        if game.config.is_some() && config.is_none() {
            return Err(GroupError::NoConfig);
        }
        let zone = Zone::named(game.time_zone);
        let zone = zone.ok_or(GroupError::NoTimeZone(game.time_zone))?;
        let find = |name: &String| {
            let found = game.manager(name);
            found.ok_or_else(|| GroupError::NoManager(name.clone(), names(game)))
        };
        let mut managers = managers.iter().map(find).collect::<Result<Vec<_>, _>>()?;
        managers.sort_by_key(|manager| manager.name);
        let mut histories = HISTORIES.to_vec();
        for manager in &managers {
            match manager.migrations {
                Some(history) => histories.push(history),
                None => db.create(manager.schema).await?,
            }
        }
        say_applied(&db.migrate(&histories, How::Safe).await?);
        Ok(Arc::new(Self {
            game,
            managers,
            db,
            peers,
            zone,
            seeds,
            config,
            allowances_used: AtomicU64::new(0),
            in_phases: TaskTracker::new(),
        }))
    }

    /// The managers of the group.
    pub fn managers(&self) -> &[&'static Manager] {
        &self.managers
    }

    /// Whether the manager of that name is in the group.
    pub fn hosts(&self, manager: &str) -> bool {
        self.manager(manager).is_some()
    }

    fn manager(&self, name: &str) -> Option<&'static Manager> {
        let found = self.managers.binary_search_by(|m| m.name.cmp(name));
        found.ok().map(|at| self.managers[at])
    }

    /// A function of a manager in the group; `None` of one that is elsewhere.
    pub(crate) fn hosted(&self, callee: Callee) -> Option<&'static FunctionInfo> {
        self.manager(callee.manager)?.function(callee.function)
    }

    /// A function of any manager of the game; a fault where there is none.
    pub(crate) fn elsewhere(&self, callee: Callee) -> Result<&'static FunctionInfo, Stop> {
        let manager = self.game.manager(callee.manager);
        let function = manager.and_then(|manager| manager.function(callee.function));
        function.ok_or_else(|| {
            let Callee { manager, function } = callee;
            Stop::fault(format!(
                "the game has no function `{function}` of `{manager}`"
            ))
        })
    }

    /// Returns when no function is under way that calls other processes: they go on when their
    /// caller has gone away. To be called when nothing calls the group any more.
    pub async fn finish(&self) {
        self.in_phases.close();
        self.in_phases.wait().await;
    }

    pub(crate) fn in_phases(&self) -> &TaskTracker {
        &self.in_phases
    }

    pub(crate) fn db(&self) -> &Db {
        &self.db
    }

    pub(crate) fn peers(&self) -> &dyn Peers {
        &*self.peers
    }

    /// The game's time zone.
    pub(crate) fn zone(&self) -> &Zone {
        &self.zone
    }

    pub(crate) fn allowances_used(&self) -> &AtomicU64 {
        &self.allowances_used
    }

    /// Runs a function that the group hosts, as one atomic unit within the group.
    pub async fn run(
        self: &Arc<Self>,
        function: &'static FunctionInfo,
        data: &Map<String, Value>,
        request: Request,
    ) -> Result<Answer, Stop> {
        let once = once(function, &request);
        self.run_once(function, data, request, once).await
    }

    /// The same; with `once`, only where it has not run yet.
    pub(crate) async fn run_once(
        self: &Arc<Self>,
        function: &'static FunctionInfo,
        data: &Map<String, Value>,
        request: Request,
        once: Option<Once>,
    ) -> Result<Answer, Stop> {
        let job = Job {
            group: Arc::clone(self),
            prepared: Prepared::new(function, data)?,
            request: Arc::new(request),
            config: self.config.as_ref().map(|config| config.values()),
            seed: self.seeds.next()?,
            once,
        };
        if !function.reaches.iter().all(|manager| self.hosts(manager)) {
            return job.run_in_phases().await;
        }
        let whole = db::job(move |conn| {
            let job = job.clone();
            Box::pin(async move {
                if !job.marks(conn).await? {
                    return Ok(runs::done());
                }
                let mut cx = Cx::whole(&job.group, &job.request, job.seed, conn)
                    .with_config(job.config.as_ref());
                let returned = job.prepared.run(&mut cx).await?;
                job.fits(returned.into_answer())
            })
        });
        if function.writes || function.runs.is_some() {
            self.db.write(whole).await
        } else if function.one_query {
            self.db.read_once(whole).await
        } else {
            self.db.read(whole).await
        }
    }

    /// Runs a function without args in a transaction that is under way. The group hosts all that it
    /// reaches.
    pub(crate) async fn run_within(
        self: &Arc<Self>,
        conn: &mut Conn,
        function: &'static FunctionInfo,
        request: &Request,
    ) -> Result<(), Stop> {
        if let Some(once) = once(function, request)
            && !once.mark(conn).await?
        {
            return Ok(());
        }
        let prepared = Prepared::new(function, &Map::new())?;
        let config = self.config.as_ref().map(|config| config.values());
        let seed = self.seeds.next()?;
        let mut cx = Cx::whole(self, request, seed, conn).with_config(config.as_ref());
        prepared.run(&mut cx).await?;
        Ok(())
    }
}

/// What marks a function as run, where it runs once for each player.
fn once(function: &'static FunctionInfo, request: &Request) -> Option<Once> {
    let player = request.caller.clone()?;
    (function.runs == Some(Runs::PlayerCreated)).then(|| Once::for_player(function, player))
}

/// Why a group cannot start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum GroupError {
    /// The game declares no manager of that name.
    #[error("there is no manager `{0}`; the game has {1}")]
    NoManager(String, String),
    /// The game's time zone is none.
    #[error("there is no time zone `{0}`")]
    NoTimeZone(&'static str),
    /// The game declares balance tables, and there are no values.
    #[error("the game has balance tables, and no folder of them was given")]
    NoConfig,
    /// The database refuses.
    #[error(transparent)]
    Db(#[from] crate::db::DbError),
}

fn say_applied(planned: &[Planned]) {
    for Planned {
        owner, migration, ..
    } in planned
    {
        tracing::info!(owner, migration, "applied a migration");
    }
}

fn names(game: &Game) -> String {
    let names: Vec<_> = game.managers.iter().map(|m| m.name).collect();
    names.join(", ")
}
