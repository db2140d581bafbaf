//! PostgreSQL 15 and later.

mod fault;
mod migrate;
mod session;
mod settings;

use std::str::FromStr;

use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{ConnectOptions, Connection as _, Row as _};

use super::server::{Driver, Fault, Kind, Made, Session};
use super::{DbError, Dialect, Place, Statement};
use crate::BoxFuture;
pub(super) use migrate::Migrating;
use session::PostgresSession;
use settings::{Setting, plain};

/// What each session is like.
const SETTINGS: &[Setting] = &[
    plain("default_transaction_isolation", "serializable"),
    plain("timezone", "UTC"),
    plain("client_encoding", "UTF8"),
    plain("standard_conforming_strings", "on"),
    // That something is there already is no news.
    plain("client_min_messages", "warning"),
    // How long a statement runs at most.
    plain("statement_timeout", "10s"),
    // How long one waits for a lock, before the job is run again. To wait longer is in vain as a rule:
    // a row that is free again has changed, which ends a serializable transaction. Where two wait for
    // each other, it ends that: the server itself looks for such pairs after a second, and who may
    // set that is its administrator.
    plain("lock_timeout", "15ms"),
    // How long the server keeps the locks of a transaction that is silent.
    plain("idle_in_transaction_session_timeout", "15s"),
    // A serializable transaction that scans a table collides with all that write to it; one that uses
    // an index, with its neighbours alone.
    plain("enable_seqscan", "off"),
    // Where a scan is needed after all, the price that this puts on it would compile it.
    plain("jit", "off"),
];
/// Prepared statements that a connection keeps; a game has a few for each function.
const STATEMENT_CACHE: usize = 1024;
/// What `server_version_num` is at least.
const VERSION_MIN: u32 = 150_000;

/// The server that a URL names.
pub(super) struct Postgres {
    place: Place,
    options: PgConnectOptions,
}

impl Postgres {
    pub(super) fn at(place: &Place) -> Result<Self, DbError> {
        let options =
            PgConnectOptions::from_str(place.url()).map_err(|error| DbError::Connect {
                place: place.to_string(),
                what: error.to_string(),
            })?;
        let options = options
            .application_name("aliya")
            .statement_cache_capacity(STATEMENT_CACHE)
            .disable_statement_logging();
        Ok(Self {
            place: place.clone(),
            options,
        })
    }
}

impl Driver for Postgres {
    fn dialect(&self) -> Dialect {
        Dialect::Postgres
    }

    fn place(&self) -> String {
        self.place.to_string()
    }

    fn connect(&self) -> BoxFuture<'_, Result<Box<dyn Session>, Fault>> {
        Box::pin(async move {
            let connected = PgConnection::connect_with(&self.options).await;
            let mut raw = connected.map_err(|error| fault::of(&error))?;
            check(&mut raw).await?;
            settings::set(&mut raw, SETTINGS).await?;
            let session: Box<dyn Session> = Box::new(PostgresSession::new(raw));
            Ok(session)
        })
    }

    /// The server may have no room for two, or be gone meanwhile: that is found out by who needs it.
    fn check_first(&self) -> BoxFuture<'_, Result<(), Fault>> {
        Box::pin(async move {
            let connected = PgConnection::connect_with(&self.options).await;
            let mut first = connected.map_err(|error| fault::of(&error))?;
            let Ok(mut second) = PgConnection::connect_with(&self.options).await else {
                return Ok(());
            };
            let stays = settings::stays(&mut first, &mut second).await;
            // What cannot be said goodbye to is gone already.
            let _ = (first.close().await, second.close().await);
            stays
        })
    }

    fn begin(&self) -> &'static str {
        "BEGIN ISOLATION LEVEL SERIALIZABLE"
    }

    fn begin_snapshot(&self) -> &'static str {
        "BEGIN ISOLATION LEVEL SERIALIZABLE READ ONLY"
    }

    fn made(&self) -> &'static Made {
        &MADE
    }
}

/// Refuses a server that would not keep what it is given.
async fn check(raw: &mut PgConnection) -> Result<(), Fault> {
    let wrong = |what: String| Fault {
        kind: Kind::Failed,
        what,
    };
    let version = raw.server_version_num().unwrap_or(0);
    if version < VERSION_MIN {
        let (is, wanted) = (version / 10_000, VERSION_MIN / 10_000);
        return Err(wrong(format!(
            "it is PostgreSQL {is}: {wanted} or later is needed"
        )));
    }
    // Before the settings: a serializable transaction, which a query would begin then, is more than
    // a replica gives.
    let shown = "SHOW server_encoding; SHOW in_hot_standby; SHOW default_transaction_read_only";
    let rows = sqlx::raw_sql(shown).fetch_all(raw).await;
    let shown = rows.and_then(|rows| rows.iter().map(|row| row.try_get(0)).collect());
    let shown: Vec<String> = shown.map_err(|error| fault::of(&error))?;
    let [encoding, standby, read_only] = shown.as_slice() else {
        return Err(wrong(format!("it shows {shown:?}")));
    };
    if standby == "on" || read_only == "on" {
        return Err(Fault::read_only());
    }
    if encoding != "UTF8" {
        return Err(wrong(format!(
            "the encoding of the database is {encoding}: make one with ENCODING 'UTF8'"
        )));
    }
    Ok(())
}

/// The lock is the session's: it is gone with the connection, too.
static MADE: Made = Made {
    lock: "BEGIN; SET LOCAL lock_timeout = '60s'; SELECT pg_advisory_lock(7233173868101); COMMIT",
    unlock: "SELECT pg_advisory_unlock(7233173868101)",
    create: r#"CREATE TABLE IF NOT EXISTS "aliya$made" (
  "name" TEXT COLLATE "C" PRIMARY KEY,
  "text" TEXT COLLATE "C" NOT NULL
)"#,
    find: Statement {
        name: "aliya.made.find",
        postgres: r#"SELECT "text" FROM "aliya$made" WHERE "name" = $1"#,
        ..Statement::SQLITE_ALONE
    },
    insert: Statement {
        name: "aliya.made.insert",
        postgres: r#"INSERT INTO "aliya$made" ("name", "text") VALUES ($1, $2)"#,
        ..Statement::SQLITE_ALONE
    },
};
