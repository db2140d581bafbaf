//! A connection of a server inside a job's transaction.

use std::fmt;
use std::time::Duration;

use super::super::{DbError, Param, Row, Statement};
use super::session::{Fault, Kind, Session};
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
}

impl ServerConn {
    pub(super) fn new(session: Box<dyn Session>) -> Self {
        Self {
            session,
            ended: None,
            once: None,
        }
    }

    /// A job begins; `once`: it is of one query.
    pub(super) fn begin_job(&mut self, once: bool) {
        self.ended = None;
        self.once = once.then_some(true);
    }

    /// The job is over: the error that ended its transaction, if one did.
    pub(super) fn end_job(&mut self) -> Option<(Kind, DbError)> {
        self.ended.take()
    }

    pub(in crate::db) async fn query(
        &mut self,
        statement: &'static Statement,
        params: &[Param<'_>],
    ) -> Result<Vec<Row>, DbError> {
        self.may_run(statement)?;
        let ran = in_time(self.session.query(statement, params)).await;
        self.note(statement.name, ran)
    }

    pub(in crate::db) async fn execute(
        &mut self,
        statement: &'static Statement,
        params: &[Param<'_>],
    ) -> Result<u64, DbError> {
        self.may_run(statement)?;
        let ran = in_time(self.session.execute(statement, params)).await;
        self.note(statement.name, ran)
    }

    pub(in crate::db) async fn insert_or_ignore(
        &mut self,
        statement: &'static Statement,
        params: &[Param<'_>],
    ) -> Result<bool, DbError> {
        self.may_run(statement)?;
        let ran = in_time(self.session.insert_or_ignore(statement, params)).await;
        self.note(statement.name, ran)
    }

    pub(in crate::db) async fn insert_id(
        &mut self,
        statement: &'static Statement,
        params: &[Param<'_>],
    ) -> Result<Option<Id>, DbError> {
        self.may_run(statement)?;
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

    fn may_run(&mut self, statement: &'static Statement) -> Result<(), DbError> {
        if let Some((_, error)) = &self.ended {
            return Err(error.clone());
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
