//! Operations on one row, and queries.

use super::{Cx, Rows};
use crate::BoxFuture;
use crate::db::{Checked, Param, Statement};
use crate::op::Entry;
use crate::stop::Stop;
use crate::types::Id;

impl Cx<'_> {
    /// One row by a unique key.
    pub fn get<'a>(
        &'a mut self,
        query: &'static Statement,
        params: &'a [Param<'a>],
    ) -> BoxFuture<'a, Result<Rows, Stop>> {
        self.select(query, params)
    }

    /// A list of rows.
    pub fn select<'a>(
        &'a mut self,
        query: &'static Statement,
        params: &'a [Param<'a>],
    ) -> BoxFuture<'a, Result<Rows, Stop>> {
        Box::pin(async move { self.query(query, params).await.map(Rows) })
    }

    /// Writes the columns of `row` that the statement names; the row is there, or the statement
    /// inserts it.
    pub fn save<'a>(
        &'a mut self,
        statement: &'static Statement,
        row: &'a dyn Checked,
        params: &'a [Param<'a>],
    ) -> BoxFuture<'a, Result<(), Stop>> {
        Box::pin(async move {
            check(statement, row)?;
            match self.execute(statement, params).await? {
                0 => Err(Stop::fault(format!(
                    "{}: there is no such row any more: a step deleted it after it was read",
                    statement.name
                ))),
                _ => Ok(()),
            }
        })
    }

    /// Inserts `row`, or with a statement for that, gives its values to the row that it is alike to.
    pub fn insert<'a>(
        &'a mut self,
        statement: &'static Statement,
        row: &'a dyn Checked,
        params: &'a [Param<'a>],
    ) -> BoxFuture<'a, Result<(), Stop>> {
        Box::pin(async move {
            check(statement, row)?;
            self.execute(statement, params).await?;
            Ok(())
        })
    }

    /// Inserts `row`; `false` where a row of the same key or unique columns is there already.
    pub fn insert_or_ignore<'a>(
        &'a mut self,
        statement: &'static Statement,
        row: &'a dyn Checked,
        params: &'a [Param<'a>],
    ) -> BoxFuture<'a, Result<bool, Stop>> {
        Box::pin(async move {
            check(statement, row)?;
            let inserted = self.write(async |conn| {
                let inserted = conn.insert_or_ignore(statement, params).await?;
                Ok(Entry::Changed(inserted.into()))
            });
            Ok(inserted.await?.into_changed()? > 0)
        })
    }

    /// [`Cx::insert`] for a table whose ids the database fills in; returns the row's.
    pub fn insert_id<'a>(
        &'a mut self,
        statement: &'static Statement,
        row: &'a dyn Checked,
        params: &'a [Param<'a>],
    ) -> BoxFuture<'a, Result<Id, Stop>> {
        Box::pin(async move {
            let id = self.inserted_id(statement, row, params).await?;
            id.ok_or_else(|| Stop::fault(format!("{}: no row was inserted", statement.name)))
        })
    }

    /// [`Cx::insert_or_ignore`] for such a table; `None` where there is such a row already.
    pub fn insert_id_or_ignore<'a>(
        &'a mut self,
        statement: &'static Statement,
        row: &'a dyn Checked,
        params: &'a [Param<'a>],
    ) -> BoxFuture<'a, Result<Option<Id>, Stop>> {
        Box::pin(self.inserted_id(statement, row, params))
    }

    async fn inserted_id(
        &mut self,
        statement: &'static Statement,
        row: &dyn Checked,
        params: &[Param<'_>],
    ) -> Result<Option<Id>, Stop> {
        check(statement, row)?;
        let inserted = self.write(async |conn| {
            let id = conn.insert_id(statement, params).await?;
            Ok(Entry::Number(id.map(|id| id.0)))
        });
        Ok(inserted.await?.into_number()?.map(Id))
    }
}

pub(super) fn check(statement: &'static Statement, row: &dyn Checked) -> Result<(), Stop> {
    let checked = row.check();
    checked.map_err(|error| Stop::fault(format!("{}: {error}", statement.name)))
}
