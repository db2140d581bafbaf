//! Who brings a database along while no other process does.

use std::path::PathBuf;

use super::migrate::{History, How, Planned, Waits, bring_along};
use super::{DatabaseUrl, DbError, Options, mysql, postgres, sqlite};

/// Brings a database along, and keeps other processes from it until it is dropped.
#[derive(Debug)]
pub struct Migrator(Locked);

#[derive(Debug)]
enum Locked {
    /// The file, and what keeps others from it.
    Sqlite(
        PathBuf,
        #[expect(dead_code, reason = "held")] sqlite::MigrationLock,
    ),
    Postgres(Box<postgres::Migrating>),
    Mysql(Box<mysql::Migrating>),
}

impl Migrator {
    /// Waits until no other process migrates the database; where there is one, `waits` is called with
    /// who that is, at first and every half minute. One on a server that says nothing for a quarter of a
    /// minute holds it no longer.
    ///
    /// # Errors
    /// Where the database cannot be reached, its lock not be taken, or the other one does not end within
    /// ten minutes.
    pub async fn wait(
        url: &DatabaseUrl,
        waits: impl FnMut(&str) + Send + 'static,
    ) -> Result<Self, DbError> {
        Self::new(url, Some(Box::new(waits))).await
    }

    /// Does not keep others from a server's database: to look at it.
    pub(super) async fn looking(url: &DatabaseUrl) -> Result<Self, DbError> {
        Self::new(url, None).await
    }

    async fn new(url: &DatabaseUrl, waits: Option<Waits>) -> Result<Self, DbError> {
        let locked = match url {
            DatabaseUrl::Sqlite(path) => {
                let file = path.clone();
                let waits = waits.unwrap_or_else(|| Box::new(|_| {}));
                let held =
                    tokio::task::spawn_blocking(move || sqlite::MigrationLock::wait(&file, waits));
                let held = held.await;
                let held = held.map_err(|error| DbError::Failed(error.to_string()))??;
                Locked::Sqlite(path.clone(), held)
            }
            DatabaseUrl::Postgres(place) => {
                let session = postgres::Migrating::connect(place, waits).await?;
                Locked::Postgres(Box::new(session))
            }
            DatabaseUrl::Mysql(place) => {
                let session = mysql::Migrating::connect(place, waits).await?;
                Locked::Mysql(Box::new(session))
            }
        };
        Ok(Self(locked))
    }

    /// Brings the tables of some owners along, as far as `how` lets it; returns what the database
    /// lacked. An SQLite file that a server has open is an error ([`DbError::InUse`]).
    ///
    /// # Errors
    /// Those of [`Db::migrate`](super::Db::migrate), and where the database cannot be opened.
    pub async fn migrate(
        &mut self,
        histories: &[&'static History],
        how: How,
    ) -> Result<Vec<Planned>, DbError> {
        match &mut self.0 {
            Locked::Sqlite(path, _) => {
                let file = sqlite::Sqlite::open(path, Options::default()).await?;
                let done = file.migrate(histories, how).await;
                let closed = file.close().await;
                let planned = done?;
                closed?;
                Ok(planned)
            }
            Locked::Postgres(session) => bring_along(&mut **session, histories, how).await,
            Locked::Mysql(session) => bring_along(&mut **session, histories, how).await,
        }
    }
}
