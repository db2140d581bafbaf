//! A connection of SQLite: runs a job's statements, and keeps what the job did apart from what its
//! neighbours in the transaction did.

use std::time::Duration;

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{CachedStatement, Connection, ToSql, params_from_iter};

use super::super::{DbError, Param, Row, Statement, Value};
use super::failure;
use super::open::BUSY_TIMEOUT;
use crate::crash;
use crate::types::Id;

/// How long the log waits for our own readers when it is emptied while others may want to write.
const CHECKPOINT_TIMEOUT: Duration = Duration::from_millis(20);
/// Prepared statements that a connection keeps; a game has a few for each function.
const STATEMENT_CACHE: usize = 1024;

/// A connection inside a transaction.
#[derive(Debug)]
pub struct SqliteConn {
    raw: Connection,
    /// Whether the running job shares its transaction.
    shares: bool,
    /// Whether the running job has a savepoint: from its first write on, if it shares.
    savepoint: bool,
    /// The error that ended the whole transaction under the running job.
    ended: Option<DbError>,
}

impl SqliteConn {
    pub(super) fn new(raw: Connection) -> Self {
        raw.set_prepared_statement_cache_capacity(STATEMENT_CACHE);
        Self {
            raw,
            shares: false,
            savepoint: false,
            ended: None,
        }
    }

    pub(in crate::db) fn query(
        &mut self,
        statement: &'static Statement,
        params: &[Param<'_>],
    ) -> Result<Vec<Row>, DbError> {
        self.run(statement, |prepared| {
            if prepared.column_count() == 0 {
                return Err(misuse(statement, "a query must return columns"));
            }
            let failed = |error| failure::of(statement.name, &error);
            let columns = prepared.column_count();
            let bound = params_from_iter(params.iter().copied().map(Bound));
            let mut rows = prepared.query(bound).map_err(failed)?;
            let mut read = Vec::new();
            while let Some(row) = rows.next().map_err(failed)? {
                let value = |at| value(statement, row.get_ref(at).map_err(failed)?);
                read.push((0..columns).map(value).collect::<Result<Row, _>>()?);
            }
            Ok(read)
        })
    }

    pub(in crate::db) fn execute(
        &mut self,
        statement: &'static Statement,
        params: &[Param<'_>],
    ) -> Result<u64, DbError> {
        self.run(statement, |prepared| {
            // Read-only are also BEGIN, COMMIT and the like: those are not a job's business.
            if prepared.readonly() || prepared.column_count() > 0 {
                let what = "to be executed, a statement must write and return no columns";
                return Err(misuse(statement, what));
            }
            let bound = params_from_iter(params.iter().copied().map(Bound));
            let changed = prepared.execute(bound);
            let changed = changed.map_err(|error| failure::of(statement.name, &error))?;
            Ok(u64::try_from(changed).unwrap_or(u64::MAX))
        })
    }

    pub(in crate::db) fn insert_id(
        &mut self,
        statement: &'static Statement,
        params: &[Param<'_>],
    ) -> Result<Option<Id>, DbError> {
        let rows = self.query(statement, params)?;
        match rows.first().map(Vec::as_slice) {
            None => Ok(None),
            Some([Value::Int(id)]) => Ok(Some(Id(*id))),
            Some(_) => Err(misuse(statement, "what it gives back is no id")),
        }
    }

    fn run<R>(
        &mut self,
        statement: &'static Statement,
        work: impl FnOnce(&mut CachedStatement<'_>) -> Result<R, DbError>,
    ) -> Result<R, DbError> {
        if let Some(error) = &self.ended {
            // Outside of the transaction, a statement would be a commit of its own.
            return Err(error.clone());
        }
        let prepared = self.raw.prepare_cached(statement.sqlite);
        let mut prepared =
            prepared.map_err(|error| self.in_file(failure::of(statement.name, &error)))?;
        if self.shares && !self.savepoint && !prepared.readonly() {
            control(&self.raw, "SAVEPOINT job")?;
            self.savepoint = true;
        }
        let result = work(&mut prepared).map_err(|error| self.in_file(error));
        drop(prepared);
        if self.raw.is_autocommit() {
            let lost = || misuse(statement, "the statement ended the transaction");
            self.ended = Some(result.as_ref().err().cloned().unwrap_or_else(lost));
        }
        result
    }

    /// The error of damage with the file that is damaged.
    fn in_file(&self, error: DbError) -> DbError {
        match error {
            DbError::Damaged { what, .. } => DbError::Damaged {
                path: self.raw.path().unwrap_or_default().to_owned(),
                what,
            },
            other => other,
        }
    }

    /// Begins a transaction, with the statement for it.
    pub(super) fn begin(&mut self, how: &'static str) -> Result<(), DbError> {
        self.ended = None;
        control(&self.raw, how)
    }

    /// Commits the transaction; if that fails, it is rolled back.
    pub(super) fn commit(&mut self) -> Result<(), DbError> {
        crash::point("before a commit");
        let committed = control(&self.raw, "COMMIT");
        match &committed {
            Ok(()) => crash::point("after a commit"),
            Err(_) => self.roll_back(),
        }
        committed
    }

    /// Ends the transaction, if one is left, and keeps nothing of it.
    pub(super) fn roll_back(&mut self) {
        if self.raw.is_autocommit() {
            return;
        }
        if let Err(error) = control(&self.raw, "ROLLBACK") {
            // SQLite's ROLLBACK fails only outside of a transaction.
            tracing::error!("{error}");
        }
    }

    /// A job begins. `shares`: others have run in this transaction, or will.
    pub(super) fn begin_job(&mut self, shares: bool) {
        self.shares = shares;
        self.savepoint = false;
        self.ended = None;
    }

    /// The job is over: keeps what it did, or takes it back, where it shares the transaction. An
    /// error has ended the whole transaction.
    pub(super) fn end_job(&mut self, keep: bool) -> Result<(), DbError> {
        if let Some(error) = self.ended.take() {
            return Err(error);
        }
        if !self.savepoint {
            return Ok(());
        }
        self.savepoint = false;
        if !keep {
            control(&self.raw, "ROLLBACK TO job")?;
        }
        control(&self.raw, "RELEASE job")
    }

    /// The same as far as others let it, without waiting for them; whether the log is empty now.
    pub(super) fn try_checkpoint(&mut self) -> Result<bool, DbError> {
        let failed = |error| failure::of("checkpoint", &error);
        self.raw.busy_timeout(CHECKPOINT_TIMEOUT).map_err(failed)?;
        let busy = self
            .raw
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0));
        self.raw.busy_timeout(BUSY_TIMEOUT).map_err(failed)?;
        busy.map(|busy: i64| busy == 0).map_err(failed)
    }

    /// Moves what the log holds into the database's file.
    pub(super) fn checkpoint(&mut self) -> Result<(), DbError> {
        let done = self
            .raw
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
        done.map_err(|error| failure::of("checkpoint", &error))
    }
}

/// Runs one of the statements that begin and end transactions.
fn control(raw: &Connection, sql: &'static str) -> Result<(), DbError> {
    let done = raw.prepare_cached(sql).and_then(|mut s| s.execute([]));
    done.map(drop).map_err(|error| failure::of(sql, &error))
}

fn misuse(statement: &'static Statement, what: &str) -> DbError {
    DbError::Failed(format!("{}: {what}", statement.name))
}

/// A param as rusqlite binds it, borrowed.
struct Bound<'a>(Param<'a>);

impl ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self.0 {
            Param::Null => ValueRef::Null,
            Param::Int(int) => ValueRef::Integer(int),
            Param::Float(float) => ValueRef::Real(float),
            Param::Text(text) => ValueRef::Text(text.as_bytes()),
            Param::Json(json) => return Ok(ToSqlOutput::from(json.to_string())),
        }))
    }
}

fn value(statement: &'static Statement, found: ValueRef<'_>) -> Result<Value, DbError> {
    Ok(match found {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(int) => Value::Int(int),
        ValueRef::Real(float) => Value::Float(float),
        ValueRef::Text(text) => {
            let text = std::str::from_utf8(text);
            let text = text.map_err(|_| misuse(statement, "a text is not UTF-8"))?;
            Value::Text(text.to_owned())
        }
        ValueRef::Blob(_) => return Err(misuse(statement, "a value is a blob")),
    })
}
