//! The seam over which generated functions run.
//!
//! A function is one async function over a [`Cx`]. Where everything that it reaches is in this
//! process, the `Cx` is one transaction. Where it calls managers of other processes, no transaction
//! may stay open during HTTP: the function then runs in phases, over a journal.
//!
//! - *Reading*: reads run each on its own, calls go out; results are journaled. The first write
//!   suspends the function.
//! - *Writing*: the function runs again from the top inside one transaction, answered from the
//!   journal up to where it stood; its writes are real. A call to another process suspends it: the
//!   transaction commits, and the function goes on in the reading phase.
//!
//! So a function may run several times, and only its last run counts. Functions must not do
//! anything but through their `Cx`.

mod bounds;
mod calls;
mod found;
mod journal;
mod many;
mod opaque;
mod rows;
mod world;

use std::any::Any;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

pub use found::{Called, Computed, Rows};
pub(crate) use journal::{Entry, Journal};

use self::opaque::{Exclusive, Shared};
use crate::config::Values;
use crate::db::{Conn, Db, DbError, Param, Row, Statement};
use crate::group::{Group, Request};
use crate::random::Seed;
use crate::stop::Stop;
use crate::types::{PlayerId, Time};

/// What a function sees of the world: its caller, the clock, the database, other managers.
pub struct Cx<'c> {
    group: Shared<'c, Arc<Group>>,
    request: &'c Request,
    phase: Phase<'c>,
    /// What all randomness of the request comes from: the same in every run.
    seed: Seed,
    /// The balance tables as they were when the request came; a game may have none.
    config: Option<&'c Values>,
    /// How many random operations this run has passed.
    thrown: AtomicU64,
}

enum Phase<'c> {
    /// One transaction around everything.
    Whole(Exclusive<'c, Conn>),
    /// Before or after the writes: no transaction.
    Reading(Shared<'c, Db>, Exclusive<'c, Journal>),
    /// The writes: one transaction.
    Writing(Exclusive<'c, Conn>, Exclusive<'c, Journal>),
}

impl<'c> Cx<'c> {
    pub(crate) fn whole(
        group: &'c Arc<Group>,
        request: &'c Request,
        seed: Seed,
        conn: &'c mut Conn,
    ) -> Self {
        Self::new(group, request, seed, Phase::Whole(conn.into()))
    }

    pub(crate) fn reading(
        group: &'c Arc<Group>,
        request: &'c Request,
        seed: Seed,
        journal: &'c mut Journal,
    ) -> Self {
        let phase = Phase::Reading(group.db().into(), journal.into());
        Self::new(group, request, seed, phase)
    }

    pub(crate) fn writing(
        group: &'c Arc<Group>,
        request: &'c Request,
        seed: Seed,
        conn: &'c mut Conn,
        journal: &'c mut Journal,
    ) -> Self {
        Self::new(
            group,
            request,
            seed,
            Phase::Writing(conn.into(), journal.into()),
        )
    }

    fn new(group: &'c Arc<Group>, request: &'c Request, seed: Seed, phase: Phase<'c>) -> Self {
        Self {
            group: group.into(),
            request,
            phase,
            seed,
            config: None,
            thrown: AtomicU64::new(0),
        }
    }

    /// The same over balance tables.
    pub(crate) fn with_config(self, config: Option<&'c Values>) -> Self {
        Self { config, ..self }
    }

    /// The balance tables: of one version throughout the request. `C` is the struct that the game's
    /// code has for them; a fault where the game has another or none.
    pub fn config<C: Any + Send + Sync>(&self) -> Result<Arc<C>, Stop> {
        let values = self.config.cloned();
        let typed = values.and_then(|values| values.downcast().ok());
        typed.ok_or_else(|| Stop::fault("the game has no such balance tables"))
    }

    /// The player that the function acts for. [`Stop::Invalid`] where there is none, which only an
    /// operator's call can bring about.
    pub fn caller(&self) -> Result<PlayerId, Stop> {
        let caller = self.request.caller.clone();
        caller.ok_or_else(|| Stop::Invalid("the function acts for a player: name one".to_owned()))
    }

    /// The time of the request: the same throughout the function and its calls.
    pub fn now(&self) -> Time {
        self.request.now
    }

    /// A write: one operation of the writing phase.
    async fn write(
        &mut self,
        run: impl AsyncFnOnce(&mut Conn) -> Result<Entry, DbError>,
    ) -> Result<Entry, Stop> {
        match &mut self.phase {
            Phase::Whole(conn) => Ok(run(conn).await?),
            Phase::Reading(_, journal) => journal.replay().ok_or(Stop::Suspended),
            Phase::Writing(conn, journal) => match journal.replay() {
                Some(entry) => Ok(entry),
                None => {
                    let entry = run(conn).await?;
                    journal.record(entry.clone());
                    Ok(entry)
                }
            },
        }
    }

    async fn query(
        &mut self,
        query: &'static Statement,
        params: &[Param<'_>],
    ) -> Result<Vec<Row>, Stop> {
        let journal = match &mut self.phase {
            Phase::Whole(conn) => return Ok(conn.query(query, params).await?),
            Phase::Reading(_, journal) | Phase::Writing(_, journal) => journal,
        };
        if let Some(entry) = journal.replay() {
            return entry.into_rows();
        }
        let rows = match &mut self.phase {
            Phase::Whole(conn) | Phase::Writing(conn, _) => conn.query(query, params).await?,
            Phase::Reading(db, _) => db.query(query, params).await?,
        };
        if let Phase::Reading(_, journal) | Phase::Writing(_, journal) = &mut self.phase {
            journal.record(Entry::Rows(rows.clone()));
        }
        Ok(rows)
    }

    async fn execute(
        &mut self,
        statement: &'static Statement,
        params: &[Param<'_>],
    ) -> Result<u64, Stop> {
        let changed =
            self.write(async |conn| conn.execute(statement, params).await.map(Entry::Changed));
        changed.await?.into_changed()
    }
}
