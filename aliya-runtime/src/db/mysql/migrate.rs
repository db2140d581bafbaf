//! Applies migrations to a MySQL or MariaDB database, under a lock of the session.
//!
//! A statement that changes a table commits by itself there, and is done as a whole or not at all. So
//! it is written down which statement is the next, and how the tables that it names are before it: a
//! run that comes after an interrupted one sees in them whether the statement was done. One that
//! changes rows is one transaction together with the note of it.

use std::str::FromStr;

use sqlx::mysql::{MySqlConnectOptions, MySqlConnection};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection as _};

use super::super::migrate::{
    Applied, Class, Migration, Pending, SILENT_S, Session, Step, Wait, Waits, check, checksum,
    failure, since,
};
use super::super::{DbError, Place};
use super::{Product, statement};
use crate::types::Time;

/// What the database has applied, and of a migration that is under way: how many statements of the
/// step after the last done one, and a hash of the tables before the one that was begun.
const CREATE: &str = "\
CREATE TABLE IF NOT EXISTS `aliya$migration` (
  `owner` VARCHAR(64) NOT NULL,
  `number` BIGINT NOT NULL,
  `name` VARCHAR(64) NOT NULL,
  `checksum` VARCHAR(64) NOT NULL,
  `steps_done` BIGINT NOT NULL,
  `statements_done` BIGINT NOT NULL,
  `tables_before` VARCHAR(64),
  `applied_ms` BIGINT NOT NULL,
  PRIMARY KEY (`owner`, `number`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin";
const IS_THERE: &str = "\
SELECT count(*) FROM information_schema.tables
WHERE table_schema = DATABASE() AND table_name = 'aliya$migration'";
const APPLIED: &str = "\
SELECT `number`, `name`, `checksum`, `steps_done` FROM `aliya$migration`
WHERE `owner` = ? ORDER BY `number`";
const BEGUN: &str = "\
SELECT `statements_done`, `tables_before` FROM `aliya$migration` WHERE `owner` = ? AND `number` = ?";
const RECORD: &str = "\
INSERT INTO `aliya$migration` (`owner`, `number`, `name`, `checksum`, `steps_done`,
  `statements_done`, `tables_before`, `applied_ms`)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON DUPLICATE KEY UPDATE `steps_done` = VALUES(`steps_done`),
  `statements_done` = VALUES(`statements_done`), `tables_before` = VALUES(`tables_before`),
  `applied_ms` = VALUES(`applied_ms`)";

/// The lock's name is one of the whole server's.
const TRY_LOCK: &str = "SELECT GET_LOCK(CONCAT('aliya.', SHA1(DATABASE())), 0)";
/// Who has it, and how long that one has not done anything else, in seconds.
const HOLDER: &str = "\
SELECT CONCAT('connection ', `ID`, ' from ', `HOST`), CAST(`TIME` AS SIGNED)
FROM information_schema.processlist
WHERE `ID` = IS_USED_LOCK(CONCAT('aliya.', SHA1(DATABASE())))";
/// Values that do not fit are errors, 0 is a number like others, and nobody waits for ever for a table
/// that a server still uses: the times are in seconds. One that was stopped, or whose machine is gone, holds
/// the lock no longer.
const SETTINGS: &str = "\
SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION,NO_AUTO_VALUE_ON_ZERO',
  time_zone = '+00:00', lock_wait_timeout = 60, innodb_lock_wait_timeout = 60,
  wait_timeout = 15";
const _: () = assert!(SILENT_S == 15);
/// Literals are compared byte by byte, too.
const NAMES: &str = "SET NAMES utf8mb4 COLLATE utf8mb4_nopad_bin";

/// A session that migrates, and keeps others from it until it is dropped.
#[derive(Debug)]
pub(in crate::db) struct Migrating {
    conn: MySqlConnection,
    database: String,
    product: Product,
}

/// How far a migration is.
#[derive(Clone, Debug, Default)]
struct Begun {
    steps_done: usize,
    /// Of the step after those.
    statements_done: usize,
    /// Before the statement after those, where it was begun.
    tables_before: Option<String>,
}

impl Migrating {
    /// Connects. Of two that ask for the lock one waits, and calls `waits`; without `waits` none is
    /// asked for.
    pub(in crate::db) async fn connect(
        place: &Place,
        waits: Option<Waits>,
    ) -> Result<Self, DbError> {
        let cannot = |what: String| DbError::Connect {
            place: place.to_string(),
            what,
        };
        let connected = async {
            let options = MySqlConnectOptions::from_str(place.url())?;
            let options = options.pipes_as_concat(false).disable_statement_logging();
            MySqlConnection::connect_with(&options).await
        };
        let mut conn = connected.await.map_err(|error| cannot(error.to_string()))?;
        let product = super::product(&mut conn).await;
        let product = product.map_err(|fault| cannot(fault.what))?;
        let mut this = Self {
            conn,
            database: place.to_string(),
            product,
        };
        this.execute(SETTINGS).await.map_err(failed)?;
        this.execute(NAMES).await.map_err(failed)?;
        if let Some(waits) = waits {
            this.lock(Wait::new(&place.to_string(), waits)).await?;
        }
        Ok(this)
    }

    async fn lock(&mut self, mut wait: Wait) -> Result<(), DbError> {
        loop {
            let locked = sqlx::query_scalar(TRY_LOCK).fetch_one(&mut self.conn).await;
            let locked: Option<i64> = locked.map_err(failed)?;
            if locked == Some(1) {
                return Ok(());
            }
            let holder = sqlx::query_as(HOLDER).fetch_optional(&mut self.conn).await;
            let holder: Option<(String, i64)> = holder.map_err(failed)?;
            // One that has let go meanwhile is not there any more.
            let holder = holder.map(|(who, ago_s)| since(&who, ago_s.saturating_mul(1000)));
            let holder = holder.unwrap_or_else(|| "another process".to_owned());
            tokio::time::sleep(wait.another(&holder)?).await;
        }
    }

    async fn execute(&mut self, sql: &'static str) -> Result<(), sqlx::Error> {
        let sql = AssertSqlSafe(self.product.says(sql).into_owned());
        let executed = sqlx::raw_sql(sql).execute(&mut self.conn);
        executed.await.map(drop)
    }

    /// How far an interrupted run has come.
    async fn begun(&mut self, one: &Pending) -> Result<Begun, sqlx::Error> {
        let found: Option<(i64, Option<String>)> = sqlx::query_as(BEGUN)
            .bind(one.history.owner)
            .bind(i64::from(one.migration.number))
            .fetch_optional(&mut self.conn)
            .await?;
        let (statements_done, tables_before) = found.unwrap_or_default();
        Ok(Begun {
            steps_done: one.steps_done,
            statements_done: usize::try_from(statements_done).unwrap_or_default(),
            tables_before,
        })
    }

    async fn record(&mut self, one: &Pending, begun: &Begun) -> Result<(), sqlx::Error> {
        let number = |at: usize| i64::try_from(at).unwrap_or(i64::MAX);
        let recorded = sqlx::query(RECORD)
            .bind(one.history.owner)
            .bind(i64::from(one.migration.number))
            .bind(one.migration.name)
            .bind(checksum(one.steps))
            .bind(number(begun.steps_done))
            .bind(number(begun.statements_done))
            .bind(begun.tables_before.as_deref())
            .bind(Time::now().0)
            .execute(&mut self.conn);
        recorded.await.map(drop)
    }

    /// Runs the statement that comes next, and writes down that it is done.
    async fn statement(
        &mut self,
        one: &Pending,
        begun: &mut Begun,
        sql: &'static str,
    ) -> Result<(), sqlx::Error> {
        let next = Begun {
            statements_done: begun.statements_done + 1,
            tables_before: None,
            ..*begun
        };
        if statement::changes_rows(sql) {
            self.execute("START TRANSACTION").await?;
            self.execute(sql).await?;
            self.record(one, &next).await?;
            self.execute("COMMIT").await?;
        } else {
            let tables = statement::tables(&mut self.conn, sql).await?;
            let before = begun.tables_before.as_ref();
            if before.is_none_or(|before| *before == tables) {
                begun.tables_before = Some(tables);
                self.record(one, begun).await?;
                self.execute(sql).await?;
            }
            self.record(one, &next).await?;
        }
        *begun = next;
        Ok(())
    }

    async fn step(&mut self, one: &Pending, begun: &mut Begun, step: &Step) -> Result<(), DbError> {
        if begun.statements_done == 0 && begun.tables_before.is_none() {
            let kept = match begun.steps_done {
                0 => "Nothing was changed",
                _ => "The steps before this one are done, and are not done again",
            };
            check(self, one, step, kept).await?;
        }
        for statement in step.statements.iter().skip(begun.statements_done) {
            if let Err(error) = self.statement(one, begun, statement).await {
                // On a lost connection it fails, and the server does it by itself; where there is no
                // transaction it does nothing.
                let _ = self.execute("ROLLBACK").await;
                return Err(failure(self, one, step.what, error.to_string()).into());
            }
        }
        Ok(())
    }
}

impl Session for Migrating {
    /// Other programs may be at work there.
    const REFUSED: Option<Class> = None;

    fn database(&self) -> &str {
        &self.database
    }

    fn steps(migration: &'static Migration) -> &'static [Step] {
        migration.mysql
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
        self.execute(CREATE).await.map_err(failed)?;
        let mut begun = self.begun(one).await.map_err(failed)?;
        for step in one.steps.iter().skip(begun.steps_done) {
            self.step(one, &mut begun, step).await?;
            begun = Begun {
                steps_done: begun.steps_done + 1,
                ..Begun::default()
            };
            self.record(one, &begun).await.map_err(failed)?;
        }
        if one.steps.is_empty() {
            self.record(one, &begun).await.map_err(failed)?;
        }
        Ok(())
    }

    async fn number(&mut self, query: &'static str) -> Result<i64, sqlx::Error> {
        sqlx::query_scalar(query).fetch_one(&mut self.conn).await
    }
}

fn failed(error: sqlx::Error) -> DbError {
    DbError::Failed(format!("migrating: {error}"))
}
