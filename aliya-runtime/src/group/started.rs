//! How a group starts: tables, and ops that were under way.

use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use tokio_util::task::TaskTracker;

use super::turns::Turns;
use super::{Group, HISTORIES};
use crate::call::Peers;
use crate::config::Store;
use crate::cx::World;
use crate::db::Db;
use crate::db::migrate::{How, Planned};
use crate::function::{FunctionInfo, Game, Manager};
use crate::op::{self, Op};
use crate::random::Seeds;
use crate::stop::Stop;
use crate::time_zone::Zone;

/// How many ops of a manager are looked at that are under way.
const LOOKED_AT: i64 = 10_000;

/// How often it is looked whether ops of other declarations have ended, which another process may
/// drive, and how long it waits between.
const LOOKS: u32 = 20;
const BETWEEN_LOOKS: Duration = Duration::from_millis(250);

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
        let group = Self::open(game, managers, db, peers, seeds, config).await?;
        Ok(Arc::new(group))
    }

    /// The same over a database that is the token server's, too: the group drives and collects the
    /// ops of both.
    pub async fn start_with_accounts(
        game: &'static Game,
        managers: &[String],
        db: Db,
        peers: Arc<dyn Peers>,
        seeds: Seeds,
        config: Option<Arc<Store>>,
    ) -> Result<Arc<Self>, GroupError> {
        let group = Self::open(game, managers, db, peers, seeds, config).await?;
        Ok(Arc::new(Self {
            has_accounts: true,
            ..group
        }))
    }

    async fn open(
        game: &'static Game,
        managers: &[String],
        db: Db,
        peers: Arc<dyn Peers>,
        seeds: Seeds,
        config: Option<Arc<Store>>,
    ) -> Result<Self, GroupError> {
        if game.config.is_some() && config.is_none() {
            return Err(GroupError::NoConfig);
        }
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
        let group = Self {
            world: world(game, managers, db, peers)?,
            seeds,
            config,
            has_accounts: false,
            apart: TaskTracker::new(),
            turns: Turns::default(),
        };
        group.refuse_other_declarations().await?;
        Ok(group)
    }

    /// A group without managers over the database of a token server, which gives new players what
    /// they begin with.
    pub(crate) async fn of_accounts(
        game: &'static Game,
        db: Db,
        peers: Arc<dyn Peers>,
    ) -> Result<Arc<Self>, GroupError> {
        say_applied(&db.migrate(&[&op::HISTORY], How::Safe).await?);
        Ok(Arc::new(Self {
            world: world(game, Vec::new(), db, peers)?,
            seeds: Seeds::System,
            config: None,
            has_accounts: true,
            apart: TaskTracker::new(),
            turns: Turns::default(),
        }))
    }

    /// Refuses ops of functions that were declared in another way: they could not go on where they
    /// stand. Another process may be about to end them.
    async fn refuse_other_declarations(&self) -> Result<(), GroupError> {
        let mut looks = 0;
        loop {
            let mut live = Vec::new();
            for manager in self.driven_managers() {
                live.extend(op::live(self.db(), manager, LOOKED_AT).await?);
            }
            let others: Vec<_> = live.iter().filter(|op| self.is_of_another(op)).collect();
            let Some(first) = others.first() else {
                return Ok(());
            };
            looks += 1;
            if looks == LOOKS {
                return Err(GroupError::OtherDeclaration {
                    function: format!("{}.{}", first.manager, first.function),
                    count: others.len(),
                    key: first.key.to_string(),
                    status: first.status.name(),
                });
            }
            tokio::time::sleep(BETWEEN_LOOKS).await;
        }
    }

    fn is_of_another(&self, op: &Op) -> bool {
        self.hosts(&op.manager)
            && self
                .world
                .function(&op.manager, &op.function)
                .ok()
                .is_none_or(|FunctionInfo { declaration, .. }| op.declaration != *declaration)
    }
}

fn world(
    game: &'static Game,
    managers: Vec<&'static Manager>,
    db: Db,
    peers: Arc<dyn Peers>,
) -> Result<World, GroupError> {
    let zone = Zone::named(game.time_zone);
    Ok(World {
        game,
        managers,
        db,
        peers,
        zone: zone.ok_or(GroupError::NoTimeZone(game.time_zone))?,
        allowances_used: AtomicU64::new(0),
    })
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
    /// Functions under way were begun by a program in which they are declared in another way.
    #[error(
        "{function} is declared in another way than the one that is under way {count} times in this \
         database (the first: {key}, {status}): start the program that began it until `aliya ops list` \
         shows none of it, then this one"
    )]
    OtherDeclaration {
        /// The function, with its manager.
        function: String,
        /// How many ops of such functions there are.
        count: usize,
        /// The key of the first.
        key: String,
        /// How far that one has come.
        status: &'static str,
    },
    /// The database refuses.
    #[error(transparent)]
    Db(#[from] crate::db::DbError),
    /// What the database has of ops cannot be read.
    #[error(transparent)]
    Ops(#[from] Stop),
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
