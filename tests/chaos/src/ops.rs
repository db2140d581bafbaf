//! The ops of all databases: what is under way, what had to be done again, and what others than the
//! requests themselves have driven on.

use std::collections::BTreeSet;

use anyhow::Result;
use sqlx::{Connection as _, MySqlConnection, PgConnection, SqliteConnection};

/// For each status, how many ops there are, and of how many a new epoch began.
const SQL: &str = "SELECT CAST(status AS CHAR(16)), COUNT(*), COUNT(CASE WHEN epoch > 0 THEN 1 END) \
                   FROM aliya$op GROUP BY status";
/// What a manager's log says of an op that it found in its database and drives on, before the key.
const GOES_ON: &str = " goes on key=";
/// What each database says of a table that is not there.
const NO_TABLE: [&str; 3] = ["1", "42P01", "42S02"];
/// The statuses of ops that are under way.
const UNDER_WAY: [&str; 3] = ["TAKING", "UNDOING", "GIVING"];

/// Ops of all databases together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ops {
    /// Those that have not ended.
    pub under_way: i64,
    /// Takes that were undone.
    pub undone: i64,
    /// Those that began anew because what they had read has changed.
    pub new_epochs: i64,
}

type Row = (String, i64, i64);

/// Counts the ops of the databases at `urls`, which must be there.
pub async fn look(urls: &[String]) -> Result<Ops> {
    let mut ops = Ops::default();
    for url in urls {
        for (status, count, new_epochs) in rows(url).await? {
            let status = status.trim();
            if UNDER_WAY.contains(&status) {
                ops.under_way += count;
            }
            if status == "UNDONE" {
                ops.undone += count;
            }
            ops.new_epochs += new_epochs;
        }
    }
    Ok(ops)
}

/// Counts the ops that somebody else than their request has driven on, by the logs of the managers. The
/// tables do not tell: an op that moves on counts its attempts from zero again.
pub fn recovered<'l>(logs: impl IntoIterator<Item = &'l str>) -> usize {
    let lines = logs.into_iter().flat_map(str::lines);
    let ends = lines.filter_map(|line| Some(line.split_once(GOES_ON)?.1));
    let keys: BTreeSet<_> = ends.filter_map(|end| end.split(' ').next()).collect();
    keys.len()
}

async fn rows(url: &str) -> Result<Vec<Row>> {
    let rows = match url.split(':').next() {
        Some("sqlite") => {
            let mut conn = SqliteConnection::connect(url).await?;
            sqlx::query_as(SQL).fetch_all(&mut conn).await
        }
        Some("postgres") => {
            let mut conn = PgConnection::connect(url).await?;
            sqlx::query_as(SQL).fetch_all(&mut conn).await
        }
        _ => {
            let mut conn = MySqlConnection::connect(url).await?;
            sqlx::query_as(SQL).fetch_all(&mut conn).await
        }
    };
    let is_missing = |error: &sqlx::Error| {
        let code = error.as_database_error().and_then(|error| error.code());
        code.is_some_and(|code| NO_TABLE.contains(&code.as_ref()))
    };
    match rows {
        // A game without ops has none under way.
        Err(error) if is_missing(&error) => Ok(Vec::new()),
        rows => Ok(rows?),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn ops_are_counted() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let url = format!(
            "sqlite:{}?mode=rwc",
            folder.path().join("game.db").display()
        );
        let mut conn = SqliteConnection::connect(&url).await?;
        assert_eq!(look(std::slice::from_ref(&url)).await?, Ops::default());
        for sql in [
            "CREATE TABLE aliya$op (status TEXT, epoch INTEGER)",
            "INSERT INTO aliya$op VALUES ('TAKING', 1), ('OK', 2), ('UNDONE', 0), ('GIVING', 0)",
        ] {
            sqlx::query(sql).execute(&mut conn).await?;
        }
        let expected = Ops {
            under_way: 2,
            undone: 1,
            new_epochs: 2,
        };
        assert_eq!(look(&[url]).await?, expected);
        Ok(())
    }

    #[test]
    fn an_op_is_recovered_once_however_often_it_goes_on() {
        let line = |key: &str| {
            format!(
                "2026-01-01T00:00:00Z  INFO aliya_runtime::group::recover: weapon.take goes on key={key} status=TAKING"
            )
        };
        let one = [line("c3:ada:1"), line("c3:ada:2"), line("c3:ada:1")].join("\n");
        let other = format!(
            "WARN weapon.take cannot go on key=c3:bob:1\n{}",
            line("c3:ada:2")
        );
        assert_eq!(recovered([one.as_str(), &other]), 2);
        assert_eq!(recovered(["", "ready"]), 0);
    }
}
