//! Applies migrations to an SQLite database.
//!
//! Each is one transaction, on a connection of its own that does not follow references: a table that
//! is made anew is dropped in between, and its rows must not take others with them. Before the
//! commit, all references are looked at.

use std::path::Path;

use sqlx::sqlite::SqliteConnection;
use sqlx::{AssertSqlSafe, Connection as _};

use super::super::DbError;
use super::super::migrate::{
    Applied, Class, History, How, Migration, Pending, Planned, Session, Step, bring_along, check,
    checksum, failure,
};
use super::super::schema;
use super::open;
use crate::types::Time;

/// What the database has applied. A name with `$` is none of a game's tables.
const CREATE: &str = "\
CREATE TABLE IF NOT EXISTS \"aliya$migration\" (
  \"owner\" TEXT NOT NULL,
  \"number\" INTEGER NOT NULL,
  \"name\" TEXT NOT NULL,
  \"checksum\" TEXT NOT NULL,
  \"steps_done\" INTEGER NOT NULL,
  \"applied_ms\" INTEGER NOT NULL,
  PRIMARY KEY (\"owner\", \"number\")
) STRICT, WITHOUT ROWID";
const IS_THERE: &str = "SELECT count(*) FROM \"sqlite_schema\" WHERE \"name\" = 'aliya$migration'";
const APPLIED: &str = "\
SELECT \"number\", \"name\", \"checksum\", \"steps_done\" FROM \"aliya$migration\"
WHERE \"owner\" = ?1 ORDER BY \"number\"";
const RECORD: &str = "\
INSERT INTO \"aliya$migration\" (\"owner\", \"number\", \"name\", \"checksum\", \"steps_done\", \"applied_ms\")
VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
/// The text that made a table or index.
const MADE: &str = "SELECT \"sql\" FROM \"sqlite_schema\" WHERE \"name\" = ?1 COLLATE NOCASE";
const BROKEN_REFERENCES: &str =
    "SELECT count(*), coalesce(min(\"table\"), '') FROM pragma_foreign_key_check";

/// Brings the database in the file `path` along, as far as `how` lets it; returns what it lacked.
pub(super) async fn migrate(
    path: &Path,
    histories: &[&'static History],
    how: How,
) -> Result<Vec<Planned>, DbError> {
    let conn = open::without_references(path).await?;
    let mut run = Run {
        conn,
        database: path.display().to_string(),
    };
    let done = bring_along(&mut run, histories, how).await;
    let closed = run.conn.close().await;
    let planned = done?;
    closed.map_err(failed)?;
    Ok(planned)
}

struct Run {
    conn: SqliteConnection,
    database: String,
}

impl Session for Run {
    const REFUSED: Option<Class> = Some(Class::Destroys);

    fn database(&self) -> &str {
        &self.database
    }

    fn steps(migration: &'static Migration) -> &'static [Step] {
        migration.sqlite
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

    /// In one transaction.
    async fn apply(&mut self, one: &Pending) -> Result<(), DbError> {
        self.execute("BEGIN IMMEDIATE").await.map_err(failed)?;
        let done = match self.apply_within(one).await {
            Ok(()) => self.execute("COMMIT").await.map_err(failed),
            Err(error) => Err(error),
        };
        if done.is_err() {
            // An error may have ended the transaction already; then this one is of no interest.
            let _ = self.execute("ROLLBACK").await;
        }
        done
    }

    async fn number(&mut self, query: &'static str) -> Result<i64, sqlx::Error> {
        sqlx::query_scalar(query).fetch_one(&mut self.conn).await
    }
}

impl Run {
    async fn apply_within(&mut self, one: &Pending) -> Result<(), DbError> {
        self.execute(CREATE).await.map_err(failed)?;
        for step in one.steps {
            check(self, one, step, "Nothing was changed").await?;
            for statement in step.statements {
                if one.first && self.is_made(statement).await? {
                    continue;
                }
                let executed = self.execute(statement).await;
                executed.map_err(|error| failure(self, one, step.what, error.to_string()))?;
            }
        }
        self.follow_references(one).await?;
        sqlx::query(RECORD)
            .bind(one.history.owner)
            .bind(i64::from(one.migration.number))
            .bind(one.migration.name)
            .bind(checksum(one.steps))
            .bind(i64::try_from(one.steps.len()).unwrap_or(i64::MAX))
            .bind(Time::now().0)
            .execute(&mut self.conn)
            .await
            .map_err(failed)?;
        Ok(())
    }

    /// Looks at all references, which nothing did so far.
    async fn follow_references(&mut self, one: &Pending) -> Result<(), DbError> {
        let (broken, table): (i64, String) = sqlx::query_as(BROKEN_REFERENCES)
            .fetch_one(&mut self.conn)
            .await
            .map_err(failed)?;
        if broken == 0 {
            return Ok(());
        }
        let what =
            format!("{broken} rows, of `{table}` among others, refer to rows that are not there");
        Err(failure(self, one, "references", what).into())
    }

    /// Whether what the statement creates is there already, as programs without migrations made it:
    /// then it is as the statement says, or this is another database than it seems.
    async fn is_made(&mut self, statement: &'static str) -> Result<bool, DbError> {
        let Some((kind, name)) = schema::created(statement) else {
            return Ok(false);
        };
        let found: Option<(Option<String>,)> = sqlx::query_as(MADE)
            .bind(name)
            .fetch_optional(&mut self.conn)
            .await
            .map_err(failed)?;
        match found {
            None => Ok(false),
            Some((Some(text),)) if text == statement => Ok(true),
            Some((text,)) => {
                let (object, text) = (format!("{kind} `{name}`"), text.unwrap_or_default());
                Err(schema::differs(object, &self.database, &text, statement))
            }
        }
    }

    async fn execute(&mut self, sql: &'static str) -> Result<(), sqlx::Error> {
        sqlx::raw_sql(AssertSqlSafe(sql))
            .execute(&mut self.conn)
            .await?;
        Ok(())
    }
}

fn failed(error: sqlx::Error) -> DbError {
    DbError::Failed(format!("migrating: {error}"))
}
