//! A connection of a server inside a job's transaction.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::super::{DbError, Param, Row, Statement};
use super::rows;
use super::session::{Fault, Kind, Session};
use super::turns::{self, Mark, Turns};
use crate::BoxFuture;
use crate::types::Id;

/// How long the server may take to answer: longer than any limit that it keeps itself.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(20);

/// A connection inside a transaction, or before a single query.
pub struct ServerConn {
    session: Box<dyn Session>,
    /// The kind of the error that ended the running job's transaction, and the error. Whatever the
    /// job makes of it, nothing of what it did is kept.
    ended: Option<(Kind, DbError)>,
    /// Whether the job may run one statement more: without a transaction around it, it is the only
    /// one.
    once: Option<bool>,
    /// What begins the running job's transaction, until its first statement.
    begin: Option<&'static str>,
    /// Where the running job may lock rows.
    rows: Option<Rows>,
}

/// The rows that a job locks.
pub(super) struct Rows {
    pub(super) turns: Arc<Turns>,
    /// Those at which the job has its turn.
    pub(super) held: BTreeSet<Mark>,
    /// Those that it came to.
    pub(super) met: BTreeSet<Mark>,
}

impl ServerConn {
    pub(super) fn new(session: Box<dyn Session>) -> Self {
        Self {
            session,
            ended: None,
            once: None,
            begin: None,
            rows: None,
        }
    }

    /// A job begins, in a transaction that `begin` begins; without one it is of one query.
    pub(super) fn begin_job(&mut self, begin: Option<&'static str>, rows: Option<Rows>) {
        self.ended = None;
        self.once = begin.is_none().then_some(true);
        self.begin = begin;
        self.rows = rows;
    }

    /// A job of several statements begins, none of which needs a transaction.
    pub(super) fn begin_alone(&mut self) {
        self.begin_job(None, None);
        self.once = None;
    }

    /// The job is over: the error that ended its transaction, if one did, and the rows that it came
    /// to lock.
    pub(super) fn end_job(&mut self) -> (Option<(Kind, DbError)>, BTreeSet<Mark>) {
        let met = self.rows.take().map(|rows| rows.met);
        (self.ended.take(), met.unwrap_or_default())
    }

    /// Whether the last job's transaction has not begun: no statement of it was run.
    pub(super) fn is_untouched(&self) -> bool {
        self.begin.is_some()
    }

    pub(in crate::db) async fn query(
        &mut self,
        statement: &'static Statement,
        params: &[Param<'_>],
    ) -> Result<Vec<Row>, DbError> {
        if let Err(fault) = self.may_lock(statement, params) {
            return self.note(statement.name, Err(fault));
        }
        self.may_run(statement).await?;
        let ran = in_time(self.session.query(statement, params)).await;
        self.note(statement.name, ran)
    }

    pub(in crate::db) async fn execute(
        &mut self,
        statement: &'static Statement,
        params: &[Param<'_>],
    ) -> Result<u64, DbError> {
        self.may_run(statement).await?;
        let ran = in_time(self.session.execute(statement, params)).await;
        self.note(statement.name, ran)
    }

    pub(in crate::db) async fn insert_or_ignore(
        &mut self,
        statement: &'static Statement,
        params: &[Param<'_>],
    ) -> Result<bool, DbError> {
        self.may_run(statement).await?;
        let ran = in_time(self.session.insert_or_ignore(statement, params)).await;
        self.note(statement.name, ran)
    }

    /// Inserts rows, in one statement where that can be.
    pub(in crate::db) async fn insert_all(
        &mut self,
        statement: &'static Statement,
        rows: &[Vec<Param<'_>>],
    ) -> Result<(), DbError> {
        for rows in rows::chunks(rows) {
            if let Some(insert) = rows::insert(statement, self.session.dialect(), rows) {
                self.may_run(statement).await?;
                let ran = in_time(self.session.insert_all(insert)).await;
                self.note(statement.name, ran)?;
                continue;
            }
            for row in rows {
                self.execute(statement, row).await?;
            }
        }
        Ok(())
    }

    /// The same without those that are there already; returns how many were not.
    pub(in crate::db) async fn insert_all_or_ignore(
        &mut self,
        statement: &'static Statement,
        rows: &[Vec<Param<'_>>],
    ) -> Result<u64, DbError> {
        let mut written = 0;
        for rows in rows::chunks(rows) {
            if let Some(insert) = rows::insert(statement, self.session.dialect(), rows) {
                self.may_run(statement).await?;
                match in_time(self.session.insert_all(insert)).await {
                    // Only to MySQL that is an error, which undoes the statement alone.
                    Err(fault) if fault.kind == Kind::Duplicate => {}
                    ran => {
                        written += self.note(statement.name, ran)?;
                        continue;
                    }
                }
            }
            for row in rows {
                written += u64::from(self.insert_or_ignore(statement, row).await?);
            }
        }
        Ok(written)
    }

    pub(in crate::db) async fn insert_id(
        &mut self,
        statement: &'static Statement,
        params: &[Param<'_>],
    ) -> Result<Option<Id>, DbError> {
        self.may_run(statement).await?;
        let ran = in_time(self.session.insert_id(statement, params)).await;
        Ok(self.note(statement.name, ran)?.map(Id))
    }

    /// Runs one of the statements that begin and end transactions.
    pub(super) async fn control(&mut self, sql: &'static str) -> Result<(), Fault> {
        in_time(self.session.control(sql)).await
    }

    pub(super) async fn close(self) {
        // One that does not answer is closed by being dropped.
        let _ = tokio::time::timeout(ANSWER_TIMEOUT, self.session.close()).await;
    }

    /// Begins the transaction before its first statement. After an error there is no other one.
    async fn may_run(&mut self, statement: &'static Statement) -> Result<(), DbError> {
        if let Some((_, error)) = &self.ended {
            return Err(error.clone());
        }
        if let Some(begin) = self.begin.take()
            && let Err(Fault { kind, what }) = self.control(begin).await
        {
            // No statement is at fault here: the server is.
            let error = DbError::Unavailable(format!("begin: {what}"));
            self.ended = Some((kind, error.clone()));
            return Err(error);
        }
        match self.once.replace(false) {
            None => {
                self.once = None;
                Ok(())
            }
            Some(true) => Ok(()),
            Some(false) => {
                let what = "a second statement without a transaction";
                Err(DbError::Failed(format!("{}: {what}", statement.name)))
            }
        }
    }

    /// Gives way to the jobs that have a turn at the rows that the statement locks.
    fn may_lock(&mut self, statement: &Statement, params: &[Param<'_>]) -> Result<(), Fault> {
        let Some(rows) = &mut self.rows else {
            return Ok(());
        };
        let sql = statement.text(self.session.dialect());
        let Some(mark) = turns::mark(sql, params) else {
            return Ok(());
        };
        if self.ended.is_some() {
            return Ok(());
        }
        rows.met.insert(mark);
        match rows.turns.is_taken(mark) && !rows.held.contains(&mark) {
            true => Err(Fault {
                kind: Kind::Conflict,
                what: "others have their turn at the same row".to_owned(),
            }),
            false => Ok(()),
        }
    }

    /// To PostgreSQL, any error ends the transaction, and so it is in all others.
    fn note<T>(&mut self, statement: &'static str, ran: Result<T, Fault>) -> Result<T, DbError> {
        ran.map_err(|fault| {
            let kind = fault.kind;
            let error = fault.of(statement);
            self.ended = Some((kind, error.clone()));
            error
        })
    }
}

impl fmt::Debug for ServerConn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ServerConn")
            .field("ended", &self.ended)
            .finish_non_exhaustive()
    }
}

async fn in_time<T>(work: BoxFuture<'_, Result<T, Fault>>) -> Result<T, Fault> {
    let answered = tokio::time::timeout(ANSWER_TIMEOUT, work).await;
    answered.unwrap_or_else(|_| Err(Fault::no_answer(ANSWER_TIMEOUT)))
}
