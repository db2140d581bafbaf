//! Applies migrations to a PostgreSQL database: each is one transaction, under a lock of the session.

use std::str::FromStr;

use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{ConnectOptions, Connection as _};

use super::super::migrate::{
    Applied, Class, Migration, Pending, SILENT_S, Session, Step, Wait, Waits, check, checksum,
    failure, since,
};
use super::super::{DbError, Place};
use super::settings::{self, Setting, plain};
use crate::types::Time;

/// What the database has applied. A name with `$` is none of a game's tables.
const CREATE: &str = r#"
CREATE TABLE IF NOT EXISTS "aliya$migration" (
  "owner" TEXT COLLATE "C" NOT NULL,
  "number" BIGINT NOT NULL,
  "name" TEXT COLLATE "C" NOT NULL,
  "checksum" TEXT COLLATE "C" NOT NULL,
  "steps_done" BIGINT NOT NULL,
  "applied_ms" BIGINT NOT NULL,
  PRIMARY KEY ("owner", "number")
)"#;
const IS_THERE: &str = r#"SELECT count(to_regclass('"aliya$migration"'))"#;
const APPLIED: &str = r#"
SELECT "number", "name", "checksum", "steps_done" FROM "aliya$migration"
WHERE "owner" = $1 ORDER BY "number""#;
const RECORD: &str = r#"
INSERT INTO "aliya$migration" ("owner", "number", "name", "checksum", "steps_done", "applied_ms")
VALUES ($1, $2, $3, $4, $5, $6)"#;

/// The lock's key, which counts in this database alone: any number, but for that of
/// [`super::super::server`]'s own lock.
const TRY_LOCK: &str = "SELECT pg_try_advisory_lock(7233173868102)";
/// Who has it, and how long ago that one has come, in milliseconds.
const HOLDER: &str = "\
SELECT a.application_name || ' from ' || coalesce(host(a.client_addr), 'the server''s own machine'),
  CAST(extract(epoch FROM now() - a.backend_start) * 1000 AS BIGINT)
FROM pg_locks AS l JOIN pg_stat_activity AS a USING (pid)
WHERE l.locktype = 'advisory' AND l.granted
  AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
  AND (CAST(l.classid AS BIGINT) << 32) + CAST(l.objid AS BIGINT) = 7233173868102";
/// What the session is like: its statements take what time they need. How long one waits for a table
/// that somebody uses: a server that goes on meanwhile would keep the migration, and be kept by it.
const SETTINGS: &[Setting] = &[
    plain("timezone", "UTC"),
    plain("client_encoding", "UTF8"),
    plain("standard_conforming_strings", "on"),
    // That something is there already is no news.
    plain("client_min_messages", "warning"),
    plain("statement_timeout", "0"),
    plain("lock_timeout", "1min"),
    // One that was stopped, or whose machine is gone, holds the lock no longer.
    plain("idle_session_timeout", SILENT),
    plain("idle_in_transaction_session_timeout", SILENT),
    plain("tcp_keepalives_idle", "10"),
    plain("tcp_keepalives_interval", "5"),
    plain("tcp_keepalives_count", "3"),
];
/// As [`SILENT_S`] says.
const SILENT: &str = "15s";
const _: () = assert!(SILENT_S == 15);

/// A session that migrates, and keeps others from it until it is dropped.
#[derive(Debug)]
pub(in crate::db) struct Migrating {
    conn: PgConnection,
    database: String,
}

impl Migrating {
    /// Connects. Of two that ask for the lock one waits, and calls `waits`; without `waits` none is
    /// asked for.
    pub(in crate::db) async fn connect(
        place: &Place,
        waits: Option<Waits>,
    ) -> Result<Self, DbError> {
        let connected = async {
            let options = PgConnectOptions::from_str(place.url())?;
            let options = options
                .application_name(&format!("process {}", std::process::id()))
                .disable_statement_logging();
            let conn = PgConnection::connect_with(&options).await?;
            Ok::<_, sqlx::Error>((conn, options))
        };
        let cannot = |what: String| DbError::Connect {
            place: place.to_string(),
            what,
        };
        let (mut conn, options) = connected.await.map_err(|error| cannot(error.to_string()))?;
        if let Ok(mut other) = PgConnection::connect_with(&options).await {
            let stays = settings::stays(&mut conn, &mut other).await;
            // What cannot be said goodbye to is gone already.
            let _ = other.close().await;
            stays.map_err(|fault| cannot(fault.what))?;
        }
        let set = settings::set(&mut conn, SETTINGS).await;
        set.map_err(|fault| cannot(fault.what))?;
        let mut this = Self {
            conn,
            database: place.to_string(),
        };
        if let Some(waits) = waits {
            this.lock(Wait::new(&place.to_string(), waits)).await?;
        }
        Ok(this)
    }

    async fn lock(&mut self, mut wait: Wait) -> Result<(), DbError> {
        loop {
            let locked = sqlx::query_scalar(TRY_LOCK).fetch_one(&mut self.conn).await;
            if locked.map_err(failed)? {
                return Ok(());
            }
            let holder = sqlx::query_as(HOLDER).fetch_optional(&mut self.conn).await;
            let holder: Option<(String, i64)> = holder.map_err(failed)?;
            // One that has let go meanwhile is not there any more.
            let holder = holder.map(|(who, ago_ms)| since(&who, ago_ms));
            let holder = holder.unwrap_or_else(|| "another process".to_owned());
            tokio::time::sleep(wait.another(&holder)?).await;
        }
    }

    async fn execute(&mut self, sql: &'static str) -> Result<(), sqlx::Error> {
        let executed = sqlx::raw_sql(sql).execute(&mut self.conn);
        executed.await.map(drop)
    }

    async fn apply_within(&mut self, one: &Pending) -> Result<(), DbError> {
        self.execute(CREATE).await.map_err(failed)?;
        for step in one.steps {
            check(self, one, step, "Nothing was changed").await?;
            for statement in step.statements {
                let executed = self.execute(statement).await;
                executed.map_err(|error| failure(self, one, step.what, error.to_string()))?;
            }
        }
        let recorded = sqlx::query(RECORD)
            .bind(one.history.owner)
            .bind(i64::from(one.migration.number))
            .bind(one.migration.name)
            .bind(checksum(one.steps))
            .bind(i64::try_from(one.steps.len()).unwrap_or(i64::MAX))
            .bind(Time::now().0)
            .execute(&mut self.conn);
        recorded.await.map(drop).map_err(failed)
    }
}

impl Session for Migrating {
    /// Other programs may be at work there.
    const REFUSED: Option<Class> = None;

    fn database(&self) -> &str {
        &self.database
    }

    fn steps(migration: &'static Migration) -> &'static [Step] {
        migration.postgres
    }

    async fn applied(&mut self, owner: &'static str) -> Result<Vec<Applied>, DbError> {
        if self.number(IS_THERE).await.map_err(failed)? == 0 {
            return Ok(Vec::new());
        }
        let rows = sqlx::query_as(APPLIED).bind(owner);
        let rows = rows.fetch_all(&mut self.conn).await.map_err(failed)?;
        let rows = rows.into_iter();
        rows.map(|row| Applied::of(row, &self.database)).collect()
    }

    async fn apply(&mut self, one: &Pending) -> Result<(), DbError> {
        self.execute("BEGIN").await.map_err(failed)?;
        let done = match self.apply_within(one).await {
            Ok(()) => self.execute("COMMIT").await.map_err(failed),
            Err(error) => Err(error),
        };
        if done.is_err() {
            // On a lost connection it fails, and the server does it by itself.
            let _ = self.execute("ROLLBACK").await;
        }
        done
    }

    async fn number(&mut self, query: &'static str) -> Result<i64, sqlx::Error> {
        sqlx::query_scalar(query).fetch_one(&mut self.conn).await
    }
}

fn failed(error: sqlx::Error) -> DbError {
    DbError::Failed(format!("migrating: {error}"))
}
