//! The way of migrating that all databases have in common.

use std::future::Future;

use super::decide::pending;
use super::{Applied, Check, Class, History, How, MigrateError, Migration, Pending, Planned, Step};
use crate::db::DbError;

/// A connection on which a database is brought along.
pub(in crate::db) trait Session: Send {
    /// The database, for messages.
    fn database(&self) -> &str;

    /// The steps for a database of this kind.
    fn steps(migration: &'static Migration) -> &'static [Step];

    /// The lowest class of a step that a server which starts does not do by itself; `None`: any.
    const REFUSED: Option<Class>;

    /// What the database says that it has applied of an owner's history, by number.
    fn applied(
        &mut self,
        owner: &'static str,
    ) -> impl Future<Output = Result<Vec<Applied>, DbError>> + Send;

    /// Applies one migration, or what it lacks of it.
    fn apply(&mut self, one: &Pending) -> impl Future<Output = Result<(), DbError>> + Send;

    /// The number that a query gives.
    fn number(
        &mut self,
        query: &'static str,
    ) -> impl Future<Output = Result<i64, sqlx::Error>> + Send;
}

/// Brings a database along, as far as `how` lets it; returns what it lacked.
pub(in crate::db) async fn bring_along<S: Session>(
    session: &mut S,
    histories: &[&'static History],
    how: How,
) -> Result<Vec<Planned>, DbError> {
    let mut all = Vec::new();
    for history in histories {
        let applied = session.applied(history.owner).await?;
        all.extend(pending(history, &applied, S::steps, session.database())?);
    }
    if how == How::Safe {
        refuse(session, &all)?;
    }
    let mut planned = Vec::new();
    for one in &all {
        let in_the_way = match how {
            How::Look => in_the_way(session, one).await,
            How::Safe | How::All => {
                session.apply(one).await?;
                Vec::new()
            }
        };
        planned.push(one.planned(in_the_way));
    }
    Ok(planned)
}

/// A server does not do by itself what takes an operator.
fn refuse<S: Session>(session: &S, all: &[Pending]) -> Result<(), MigrateError> {
    let refused = |step: &&Step| S::REFUSED.is_none_or(|refused| step.class >= refused);
    let found = all.iter().find_map(|one| one.steps.iter().find(refused));
    let Some(step) = found else {
        return Ok(());
    };
    let names = all
        .iter()
        .map(|one| format!("{} of {}", one.migration.full_name(), one.history.owner));
    Err(MigrateError::Needed {
        database: session.database().to_owned(),
        migrations: names.collect::<Vec<_>>().join(", "),
        why: step.what.to_owned(),
    })
}

/// What the rows that are there do not keep, of a migration that would be the next.
async fn in_the_way<S: Session>(session: &mut S, one: &Pending) -> Vec<String> {
    let mut found = Vec::new();
    if one.first {
        return found;
    }
    for check in one.steps.iter().flat_map(|step| step.checks) {
        // Of one that comes after others, the tables may not be there yet.
        if let Ok(rows) = session.number(check.query).await
            && rows > 0
        {
            found.push(format!("not so of {rows}: {}", check.what));
        }
    }
    found
}

/// Looks for rows in the way of a step. `kept` says what stays done where there are any.
pub(in crate::db) async fn check<S: Session>(
    session: &mut S,
    one: &Pending,
    step: &Step,
    kept: &'static str,
) -> Result<(), MigrateError> {
    for &Check { what, query } in step.checks {
        let rows = session.number(query).await;
        let rows = rows.map_err(|error| failure(session, one, step.what, error.to_string()))?;
        if rows > 0 {
            return Err(MigrateError::InTheWay {
                database: session.database().to_owned(),
                owner: one.history.owner,
                migration: one.migration.full_name(),
                what,
                rows,
                query,
                kept,
            });
        }
    }
    Ok(())
}

/// The error of a step that the database refuses; `what` is what it says.
pub(in crate::db) fn failure<S: Session>(
    session: &S,
    one: &Pending,
    step: &'static str,
    what: String,
) -> MigrateError {
    MigrateError::Failed {
        database: session.database().to_owned(),
        owner: one.history.owner,
        migration: one.migration.full_name(),
        step,
        what,
    }
}
