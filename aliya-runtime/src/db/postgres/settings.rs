//! What a session is told, and held to: what stands between the program and the server may keep
//! settings of the start of a connection to itself, or give each transaction another session.

use std::time::Duration;

use sqlx::postgres::{PgConnection, PgRow};
use sqlx::{AssertSqlSafe, Row as _};

use super::super::server::{Fault, Kind};
use super::fault;

/// A setting of a session.
pub(super) struct Setting {
    pub(super) name: &'static str,
    pub(super) value: &'static str,
    /// As the server shows it.
    pub(super) shown: &'static str,
}

/// A setting that is shown as it is set.
pub(super) const fn plain(name: &'static str, value: &'static str) -> Setting {
    Setting {
        name,
        value,
        shown: value,
    }
}

/// How long a second session may take that is only there to be compared with the first.
const COMPARED_WITHIN: Duration = Duration::from_secs(2);

/// What a pooler is to be like.
const WANTED: &str = "what lies between the program and the database (PgBouncer?) must give each \
                      connection a session of its own: set `pool_mode = session` there, or name \
                      the server itself";

/// Sets the settings of a session, and refuses one that does not keep them.
pub(super) async fn set(raw: &mut PgConnection, settings: &[Setting]) -> Result<(), Fault> {
    let mut sets = String::new();
    let mut shows = Vec::new();
    for Setting { name, value, .. } in settings {
        sets.push_str(&format!("SET {name} = '{value}'; "));
        shows.push(format!("current_setting('{name}')"));
    }
    let done = sqlx::raw_sql(AssertSqlSafe(sets)).execute(&mut *raw).await;
    done.map_err(|error| fault::of(&error))?;
    // Asked apart: within one message, also a session that is another one a moment later keeps them.
    let asked = format!("SELECT {}", shows.join(", "));
    let row = sqlx::raw_sql(AssertSqlSafe(asked)).fetch_one(raw).await;
    let row = row.map_err(|error| fault::of(&error))?;
    for (at, setting) in settings.iter().enumerate() {
        let found: String = row.try_get(at).map_err(|error| fault::of(&error))?;
        if found != setting.shown {
            let Setting { name, shown, .. } = setting;
            return Err(wrong(format!(
                "the session does not keep what it is told: `{name}` is {found} and not {shown}; \
                 {WANTED}"
            )));
        }
    }
    Ok(())
}

/// Refuses a session that changes from one transaction to the next, as another one beside it shows.
pub(super) async fn stays(raw: &mut PgConnection, other: &mut PgConnection) -> Result<(), Fault> {
    let compared = async {
        let before = process(raw, "SELECT pg_backend_pid()").await?;
        let beside = process(other, "BEGIN; SELECT pg_backend_pid()").await?;
        let after = process(raw, "SELECT pg_backend_pid()").await?;
        Ok::<_, sqlx::Error>((before, beside, after))
    };
    match tokio::time::timeout(COMPARED_WITHIN, compared).await {
        Ok(Ok((before, beside, after))) if before == beside || before != after => {
            let what = "each transaction has another session, which keeps no settings";
            Err(wrong(format!("{what}: {WANTED}")))
        }
        Ok(Ok(_)) => Ok(()),
        Ok(Err(sqlx::Error::Database(error))) => {
            Err(wrong(format!("no transaction begins: {error}; {WANTED}")))
        }
        Ok(Err(error)) => Err(fault::of(&error)),
        // One that has no room for a second session has one for the first alone.
        Err(_) => Ok(()),
    }
}

/// The number of the server's process behind a session: the last value that the SQL returns.
async fn process(raw: &mut PgConnection, sql: &'static str) -> Result<i32, sqlx::Error> {
    let rows: Vec<PgRow> = sqlx::raw_sql(sql).fetch_all(raw).await?;
    match rows.last() {
        Some(row) => row.try_get(0),
        None => Err(sqlx::Error::RowNotFound),
    }
}

fn wrong(what: String) -> Fault {
    Fault {
        kind: Kind::Failed,
        what,
    }
}
