//! The seam over which generated functions run.
//!
//! A function is one async function over a [`Cx`]. Where everything that it reaches is in its
//! group, the `Cx` is one transaction. Where it calls managers of other groups, no transaction may
//! stay open during HTTP: the function then runs several times, from the top each time.
//!
//! - *Looking*: reads run each on its own; functions elsewhere that write nothing are asked. A take
//!   ends the run: it is sent, and answered from the journal in the next one. A write ends it, too:
//!   it takes a transaction.
//! - *Committing*: the function runs inside one transaction; its reads are real again, takes are
//!   answered from the journal, and what it gives to others is noted. The run that ends well is the
//!   one that counts: it is committed together with the journal.
//!
//! So a function may run several times, and only its last run counts. Functions must not do
//! anything but through their `Cx`.

mod bounds;
mod calls;
mod chance;
mod found;
mod many;
mod opaque;
mod rows;
mod run;
mod wants;
mod world;

use std::any::Any;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

pub(crate) use calls::asked;
pub use found::{Called, Computed, Rows};
pub(crate) use run::{Run, cannot_be_kept};
pub(crate) use wants::{Asked, Wants};
pub(crate) use world::World;

use self::opaque::{Exclusive, Shared};
use crate::call::Request;
use crate::config::Values;
use crate::db::{Conn, DbError, Param, Row, Statement};
use crate::op::Entry;
use crate::random::Seed;
use crate::stop::Stop;
use crate::types::{PlayerId, Time};

/// What a function sees of the world: its caller, the clock, the database, other managers.
pub struct Cx<'c> {
    world: Shared<'c, World>,
    request: &'c Request,
    phase: Phase<'c>,
    /// What all randomness of the request comes from: the same in every run.
    seed: Seed,
    /// The balance tables as they were when the request came; a game may have none.
    config: Option<&'c Values>,
    /// How many random operations this run has passed.
    thrown: AtomicU64,
    /// How often it has changed rows.
    writes: u64,
}

enum Phase<'c> {
    /// One transaction around everything.
    Whole(Exclusive<'c, Conn>),
    /// Before the commit point: no transaction.
    Looking(Exclusive<'c, Run>),
    /// At the commit point, or after it: one transaction.
    Committing(Exclusive<'c, Conn>, Exclusive<'c, Run>),
}

impl<'c> Cx<'c> {
    pub(crate) fn whole(
        world: &'c World,
        request: &'c Request,
        seed: Seed,
        conn: &'c mut Conn,
    ) -> Self {
        Self::new(world, request, seed, Phase::Whole(conn.into()))
    }

    pub(crate) fn looking(
        world: &'c World,
        request: &'c Request,
        seed: Seed,
        run: &'c mut Run,
    ) -> Self {
        Self::new(world, request, seed, Phase::Looking(run.into()))
    }

    pub(crate) fn committing(
        world: &'c World,
        request: &'c Request,
        seed: Seed,
        conn: &'c mut Conn,
        run: &'c mut Run,
    ) -> Self {
        let phase = Phase::Committing(conn.into(), run.into());
        Self::new(world, request, seed, phase)
    }

    fn new(world: &'c World, request: &'c Request, seed: Seed, phase: Phase<'c>) -> Self {
        Self {
            world: world.into(),
            request,
            phase,
            seed,
            config: None,
            thrown: AtomicU64::new(0),
            writes: 0,
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

    /// How many operations have changed rows of this group since the request began: a row that is held
    /// over a step which makes it more may be another one now.
    pub fn writes(&self) -> u64 {
        self.writes
    }

    /// A write: one operation of a transaction.
    async fn write(
        &mut self,
        write: impl AsyncFnOnce(&mut Conn) -> Result<Entry, DbError>,
    ) -> Result<Entry, Stop> {
        let written = self.written(write).await?;
        if !matches!(written, Entry::Changed(0) | Entry::Number(None)) {
            self.writes += 1;
        }
        Ok(written)
    }

    async fn written(
        &mut self,
        write: impl AsyncFnOnce(&mut Conn) -> Result<Entry, DbError>,
    ) -> Result<Entry, Stop> {
        match &mut self.phase {
            Phase::Whole(conn) => Ok(write(conn).await?),
            Phase::Looking(run) => Err(run.end(Wants::Commit)),
            Phase::Committing(conn, run) => {
                run.goes_on()?;
                if let Some(entry) = run.replay() {
                    run.wrote();
                    return Ok(entry);
                }
                run.writes()?;
                let entry = write(conn).await?;
                run.record(entry.clone());
                Ok(entry)
            }
        }
    }

    async fn query(
        &mut self,
        query: &'static Statement,
        params: &[Param<'_>],
    ) -> Result<Vec<Row>, Stop> {
        match &mut self.phase {
            Phase::Whole(conn) => Ok(conn.query(query, params).await?),
            Phase::Looking(run) => {
                run.goes_on()?;
                Ok(self.world.db.query(query, params).await?)
            }
            Phase::Committing(conn, run) => {
                run.goes_on()?;
                if let Some(entry) = run.replay() {
                    return entry.into_rows();
                }
                let rows = conn.query(query, params).await?;
                run.record(Entry::Rows(rows.clone()));
                Ok(rows)
            }
        }
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
