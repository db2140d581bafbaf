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
    Applied, Class, History, How, MigrateError, Migration, Pending, Planned, Step, checksum,
    pending,
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
VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT (\"owner\", \"number\") DO UPDATE SET
  \"steps_done\" = excluded.\"steps_done\", \"applied_ms\" = excluded.\"applied_ms\"";
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
    let done = run.bring_along(histories, how).await;
    let closed = run.conn.close().await;
    let planned = done?;
    closed.map_err(failed)?;
    Ok(planned)
}

struct Run {
    conn: SqliteConnection,
    database: String,
}

impl Run {
    async fn bring_along(
        &mut self,
        histories: &[&'static History],
        how: How,
    ) -> Result<Vec<Planned>, DbError> {
        let mut all = Vec::new();
        for history in histories {
            let applied = self.applied(history.owner).await?;
            all.extend(pending(history, &applied, steps, &self.database)?);
        }
        if how == How::Safe {
            self.refuse_destroying(&all)?;
        }
        let mut planned = Vec::new();
        for one in &all {
            let in_the_way = match how {
                How::Look => self.in_the_way(one).await?,
                How::Safe | How::All => {
                    self.apply(one).await?;
                    Vec::new()
                }
            };
            planned.push(Planned {
                owner: one.history.owner,
                migration: one.migration.full_name(),
                steps: one
                    .steps
                    .iter()
                    .map(|step| (step.class, step.what))
                    .collect(),
                in_the_way,
            });
        }
        Ok(planned)
    }

    async fn applied(&mut self, owner: &str) -> Result<Vec<Applied>, DbError> {
        if self.number(IS_THERE).await.map_err(failed)? == 0 {
            return Ok(Vec::new());
        }
        let rows: Vec<(i64, String, String, i64)> = sqlx::query_as(APPLIED)
            .bind(owner)
            .fetch_all(&mut self.conn)
            .await
            .map_err(failed)?;
        let rows = rows
            .into_iter()
            .map(|(number, name, checksum, steps_done)| {
                let number = u32::try_from(number).ok();
                let steps_done = usize::try_from(steps_done).ok();
                let (Some(number), Some(steps_done)) = (number, steps_done) else {
                    let what = format!("the table aliya$migration of {} is damaged", self.database);
                    return Err(DbError::Failed(what));
                };
                Ok(Applied {
                    number,
                    name,
                    checksum,
                    steps_done,
                })
            });
        rows.collect()
    }

    /// A server does not destroy data by itself.
    fn refuse_destroying(&self, all: &[Pending]) -> Result<(), MigrateError> {
        let destroys = |step: &&Step| step.class == Class::Destroys;
        let found = all.iter().find_map(|one| one.steps.iter().find(destroys));
        let Some(step) = found else {
            return Ok(());
        };
        let names = all
            .iter()
            .map(|one| format!("{} of {}", one.migration.full_name(), one.history.owner));
        Err(MigrateError::Needed {
            database: self.database.clone(),
            migrations: names.collect::<Vec<_>>().join(", "),
            why: step.what.to_owned(),
        })
    }

    /// Applies one migration, in one transaction.
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

    async fn apply_within(&mut self, one: &Pending) -> Result<(), DbError> {
        self.execute(CREATE).await.map_err(failed)?;
        for step in one.steps.iter().skip(one.steps_done) {
            if let Some(error) = self.broken_check(one, step).await? {
                return Err(error.into());
            }
            for statement in step.statements {
                if one.first && self.is_made(statement).await? {
                    continue;
                }
                let executed = self.execute(statement).await;
                executed.map_err(|error| self.failure(one, step, &error))?;
            }
        }
        let (broken, table): (i64, String) = sqlx::query_as(BROKEN_REFERENCES)
            .fetch_one(&mut self.conn)
            .await
            .map_err(failed)?;
        if broken > 0 {
            let what = format!(
                "{broken} rows, of `{table}` among others, refer to rows that are not there"
            );
            return Err(MigrateError::Failed {
                database: self.database.clone(),
                owner: one.history.owner,
                migration: one.migration.full_name(),
                step: "references",
                what,
            }
            .into());
        }
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

    /// What the rows that are there do not keep, of a migration that would be the next.
    async fn in_the_way(&mut self, one: &Pending) -> Result<Vec<String>, DbError> {
        let mut found = Vec::new();
        if one.first {
            return Ok(found);
        }
        for check in one.steps.iter().flat_map(|step| step.checks) {
            // Of one that comes after others, the tables may not be there yet.
            if let Ok(rows) = self.number(check.query).await
                && rows > 0
            {
                found.push(format!("not so of {rows}: {}", check.what));
            }
        }
        Ok(found)
    }

    async fn broken_check(
        &mut self,
        one: &Pending,
        step: &Step,
    ) -> Result<Option<MigrateError>, DbError> {
        for check in step.checks {
            let rows = self.number(check.query).await;
            let rows = rows.map_err(|error| self.failure(one, step, &error))?;
            if rows > 0 {
                return Ok(Some(MigrateError::InTheWay {
                    database: self.database.clone(),
                    owner: one.history.owner,
                    migration: one.migration.full_name(),
                    what: check.what,
                    rows,
                    query: check.query,
                }));
            }
        }
        Ok(None)
    }

    fn failure(&self, one: &Pending, step: &Step, error: &sqlx::Error) -> MigrateError {
        MigrateError::Failed {
            database: self.database.clone(),
            owner: one.history.owner,
            migration: one.migration.full_name(),
            step: step.what,
            what: error.to_string(),
        }
    }

    async fn execute(&mut self, sql: &'static str) -> Result<(), sqlx::Error> {
        sqlx::raw_sql(AssertSqlSafe(sql))
            .execute(&mut self.conn)
            .await?;
        Ok(())
    }

    async fn number(&mut self, query: &'static str) -> Result<i64, sqlx::Error> {
        sqlx::query_scalar(query).fetch_one(&mut self.conn).await
    }
}

fn steps(migration: &'static Migration) -> &'static [Step] {
    migration.sqlite
}

fn failed(error: sqlx::Error) -> DbError {
    DbError::Failed(format!("migrating: {error}"))
}
