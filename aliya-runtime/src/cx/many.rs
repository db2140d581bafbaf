//! Operations on many rows, and values that the database computes of them.

use super::{Cx, Entry, check};
use crate::db::{Column, Param, Statement, Table, Value};
use crate::stop::Stop;

impl Cx<'_> {
    /// Runs a statement that changes or removes rows; returns how many. `at` is its place in the
    /// declaration, for the log: a value may overflow or pass a bound.
    pub async fn change(
        &mut self,
        statement: &'static Statement,
        params: &[Param<'_>],
        at: &'static str,
    ) -> Result<i64, Stop> {
        let changed = self.execute(statement, params).await;
        changed.map(counted).map_err(|stop| placed(stop, at))
    }

    /// The one value of a query that computes it. `at` is its place in the declaration, for the log:
    /// a sum may overflow.
    pub async fn value<T: Column>(
        &mut self,
        query: &'static Statement,
        params: &[Param<'_>],
        at: &'static str,
    ) -> Result<T, Stop> {
        let rows = self.query(query, params).await;
        let rows = rows.map_err(|stop| placed(stop, at))?;
        let value = rows
            .into_iter()
            .next()
            .and_then(|row| row.into_iter().next());
        if matches!(value, Some(Value::Float(float)) if !float.is_finite()) {
            return Err(placed(Stop::fault("a sum that is no number"), at));
        }
        T::from_value(value.unwrap_or(Value::Null))
            .map_err(|error| Stop::fault(format!("{}: {}", query.name, error.what)))
    }

    /// Inserts rows, in one operation, and returns how many; with a statement for that, a row that
    /// is alike to one gives its values to it. `params` gives a row's parameters.
    pub async fn insert_all<T: Table>(
        &mut self,
        statement: &'static Statement,
        rows: &[T],
        params: impl for<'r> Fn(&'r T) -> Vec<Param<'r>>,
    ) -> Result<i64, Stop> {
        rows.iter().try_for_each(|row| check(statement, row))?;
        let all: Vec<_> = rows.iter().map(params).collect();
        let written = self.write(async |conn| {
            conn.insert_all(statement, &all).await?;
            let count = u64::try_from(all.len()).unwrap_or(u64::MAX);
            Ok(Entry::Changed(count))
        });
        written.await?.into_changed().map(counted)
    }

    /// The same; those are left out of which there is one of the same key or unique columns already.
    pub async fn insert_all_or_ignore<T: Table>(
        &mut self,
        statement: &'static Statement,
        rows: &[T],
        params: impl for<'r> Fn(&'r T) -> Vec<Param<'r>>,
    ) -> Result<i64, Stop> {
        rows.iter().try_for_each(|row| check(statement, row))?;
        let all: Vec<_> = rows.iter().map(params).collect();
        let written = self.write(async |conn| {
            let written = conn.insert_all_or_ignore(statement, &all).await;
            written.map(Entry::Changed)
        });
        written.await?.into_changed().map(counted)
    }
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
