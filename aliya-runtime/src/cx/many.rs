//! Operations on many rows, and values that the database computes of them.

use super::rows::check;
use super::{Computed, Cx};
use crate::BoxFuture;
use crate::db::{Param, Statement, Table, Value};
use crate::op::Entry;
use crate::stop::Stop;

impl Cx<'_> {
    /// Runs a statement that changes or removes rows; returns how many. `at` is its place in the
    /// declaration, for the log: a value may overflow or pass a bound.
    pub fn change<'a>(
        &'a mut self,
        statement: &'static Statement,
        params: &'a [Param<'a>],
        at: &'static str,
    ) -> BoxFuture<'a, Result<i64, Stop>> {
        Box::pin(async move {
            let changed = self.execute(statement, params).await;
            changed.map(counted).map_err(|stop| placed(stop, at))
        })
    }

    /// The one value of a query that computes it. `at` is its place in the declaration, for the log:
    /// a sum may overflow.
    pub fn value<'a>(
        &'a mut self,
        query: &'static Statement,
        params: &'a [Param<'a>],
        at: &'static str,
    ) -> BoxFuture<'a, Result<Computed, Stop>> {
        Box::pin(self.computed(query, params, at))
    }

    async fn computed(
        &mut self,
        query: &'static Statement,
        params: &[Param<'_>],
        at: &'static str,
    ) -> Result<Computed, Stop> {
        let rows = self.query(query, params).await;
        let rows = rows.map_err(|stop| placed(stop, at))?;
        let value = rows
            .into_iter()
            .next()
            .and_then(|row| row.into_iter().next());
        if matches!(value, Some(Value::Float(float)) if !float.is_finite()) {
            return Err(placed(Stop::fault("a sum that is no number"), at));
        }
        let value = value.unwrap_or(Value::Null);
        Ok(Computed { query, value })
    }

    /// Inserts rows, in one operation, and returns how many; with a statement for that, a row that
    /// is alike to one gives its values to it. `params` gives a row's parameters.
    pub fn insert_all<'a, T: Table>(
        &'a mut self,
        statement: &'static Statement,
        rows: &'a [T],
        params: impl Fn(&'a T) -> Vec<Param<'a>>,
    ) -> BoxFuture<'a, Result<i64, Stop>> {
        let all = checked(statement, rows, params);
        Box::pin(async move {
            let all = all?;
            let written = self.write(async |conn| {
                conn.insert_all(statement, &all).await?;
                let count = u64::try_from(all.len()).unwrap_or(u64::MAX);
                Ok(Entry::Changed(count))
            });
            written.await?.into_changed().map(counted)
        })
    }

    /// The same; those are left out of which there is one of the same key or unique columns already.
    pub fn insert_all_or_ignore<'a, T: Table>(
        &'a mut self,
        statement: &'static Statement,
        rows: &'a [T],
        params: impl Fn(&'a T) -> Vec<Param<'a>>,
    ) -> BoxFuture<'a, Result<i64, Stop>> {
        let all = checked(statement, rows, params);
        Box::pin(async move {
            let all = all?;
            let written = self.write(async |conn| {
                let written = conn.insert_all_or_ignore(statement, &all).await;
                written.map(Entry::Changed)
            });
            written.await?.into_changed().map(counted)
        })
    }
}

/// The parameters of rows within their bounds.
fn checked<'a, T: Table>(
    statement: &'static Statement,
    rows: &'a [T],
    params: impl Fn(&'a T) -> Vec<Param<'a>>,
) -> Result<Vec<Vec<Param<'a>>>, Stop> {
    rows.iter().try_for_each(|row| check(statement, row))?;
    Ok(rows.iter().map(params).collect())
}

/// A number of rows as the language counts.
fn counted(rows: u64) -> i64 {
    i64::try_from(rows).unwrap_or(i64::MAX)
}

/// A fault with its place in the declaration.
fn placed(stop: Stop, at: &'static str) -> Stop {
    match stop {
        Stop::Fault { what, at: None } => Stop::Fault { what, at: Some(at) },
        other => other,
    }
}
