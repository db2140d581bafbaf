//! A group: the managers that one process hosts over one database. It runs their functions.

mod accounts;
mod apart;
mod job;
mod postponed;
mod recover;
mod started;
mod turns;
mod undone;
mod whole;

use std::sync::Arc;

use serde_json::{Map, Value};
use tokio_util::task::TaskTracker;

use self::job::Job;
use self::turns::Turns;
use crate::call::{Act, Request, TOKEN_SERVER};
use crate::config::{Store, Values};
use crate::cx::{Cx, World};
use crate::db::migrate::History;
use crate::db::{Conn, Db};
use crate::function::{FunctionInfo, Manager, Prepared};
use crate::random::Seeds;
use crate::runs::{Once, Runs};
use crate::stop::{Answer, Stop};
use crate::{allow, op, runs};

pub use self::started::GroupError;

/// The first letter of the keys of what runs by itself.
const CLOCK: char = 'e';

/// The histories of the runtime's own tables in a database of managers.
pub(crate) static HISTORIES: [&History; 3] = [&allow::HISTORY, &runs::HISTORY, &op::HISTORY];

/// The managers of one process over one database.
pub struct Group {
    world: World,
    seeds: Seeds,
    /// The balance tables, where the game has any.
    config: Option<Arc<Store>>,
    /// Whether the database is a token server's, too.
    has_accounts: bool,
    /// The functions under way that call other groups.
    apart: TaskTracker,
    turns: Turns,
}

impl Group {
    /// The managers of the group.
    pub fn managers(&self) -> &[&'static Manager] {
        &self.world.managers
    }

    /// Whether the manager of that name is in the group.
    pub fn hosts(&self, manager: &str) -> bool {
        self.world.hosts(manager)
    }

    /// Whether a function and all that it calls stays in the group.
    pub(crate) fn hosts_all(&self, function: &FunctionInfo) -> bool {
        self.world.hosts_all(function)
    }

    /// Returns when no function is under way that calls other groups: they go on when their caller
    /// has gone away. To be called when nothing calls the group any more.
    pub async fn finish(&self) {
        self.apart.close();
        self.apart.wait().await;
    }

    pub(crate) fn apart(&self) -> &TaskTracker {
        &self.apart
    }

    pub(crate) fn db(&self) -> &Db {
        &self.world.db
    }

    /// The game's time zone.
    pub(crate) fn zone(&self) -> &crate::time_zone::Zone {
        &self.world.zone
    }

    /// Those whose ops the group drives.
    fn driven_managers(&self) -> Vec<&'static str> {
        let managers = self.world.managers.iter().map(|manager| manager.name);
        managers
            .chain(self.has_accounts.then_some(TOKEN_SERVER))
            .collect()
    }

    /// The balance tables as they are now.
    fn values(&self) -> Option<Values> {
        self.config.as_ref().map(|config| config.values())
    }

    /// Runs a function that the group hosts, as one atomic unit, wherever all that it calls is.
    pub async fn run(
        self: &Arc<Self>,
        function: &'static FunctionInfo,
        data: &Map<String, Value>,
        request: Request,
    ) -> Result<Answer, Stop> {
        self.act(function, data.clone(), request, Act::Call).await
    }

    /// Does what a call asks of a function that the group hosts.
    pub async fn act(
        self: &Arc<Self>,
        function: &'static FunctionInfo,
        args: Map<String, Value>,
        request: Request,
        act: Act,
    ) -> Result<Answer, Stop> {
        let once = once(function, &request);
        let job = self.job(function, &args, request)?;
        let job = Job {
            once,
            gives: act != Act::Call,
            ..job
        };
        match act {
            Act::Call | Act::Give => self.run_job(job, &args).await,
            Act::Undo => job.undo(args).await,
        }
    }

    /// Runs a function by itself, where it has not run yet. The request's key counts where it leaves the
    /// group: within the group, the mark alone makes it happen once.
    pub(crate) async fn run_once(
        self: &Arc<Self>,
        function: &'static FunctionInfo,
        request: Request,
        once: Once,
    ) -> Result<Answer, Stop> {
        let args = Map::new();
        let job = self.job(function, &args, request)?;
        let job = Job {
            once: Some(once),
            ..job
        };
        match self.hosts_all(function) {
            true => job.run_unkeyed().await,
            false => self.run_job(job, &args).await,
        }
    }

    async fn run_job(&self, job: Job, args: &Map<String, Value>) -> Result<Answer, Stop> {
        // What writes nothing keeps nothing: its key does not count.
        let has_key = job.request.key.is_some() && job.function.writes;
        if self.hosts_all(job.function) {
            return match has_key {
                true => job.run_keyed(&text(args)).await,
                false => job.run_unkeyed().await,
            };
        }
        let is_child = job.request.key.as_ref().is_some_and(|key| key.is_child());
        let caller = job
            .request
            .caller
            .clone()
            .filter(|_| job.function.writes && !is_child);
        let _turn = match caller {
            Some(player) => Some(self.turns.wait(player, job.request.deadline).await?),
            None => None,
        };
        job.run_apart(text(args)).await
    }

    fn job(
        self: &Arc<Self>,
        function: &'static FunctionInfo,
        args: &Map<String, Value>,
        request: Request,
    ) -> Result<Job, Stop> {
        Ok(Job {
            group: Arc::clone(self),
            function,
            prepared: Prepared::new(function, args)?,
            request: Arc::new(request),
            gives: false,
            seed: self.seeds.next()?,
            once: None,
            config: self.values(),
        })
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
        let job = self.job(function, &Map::new(), request.clone())?;
        job.run(Cx::whole(&self.world, request, job.seed, conn))
            .await?;
        Ok(())
    }
}

/// The args as text.
fn text(args: &Map<String, Value>) -> String {
    // To write a map of values as text cannot fail.
    serde_json::to_string(args).unwrap_or_default()
}

/// What marks a function as run, where it runs once for each player.
fn once(function: &'static FunctionInfo, request: &Request) -> Option<Once> {
    let player = request.caller.clone()?;
    (function.runs == Some(Runs::PlayerCreated))
        .then(|| Once::for_player(function.manager, function.name, player))
}
