//! The tables of ops of all databases: what is under way, and what had to be done again.

use anyhow::Result;
use sqlx::mysql::MySqlRow;
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{Connection as _, FromRow, MySqlConnection, PgConnection, SqliteConnection};

/// For each status, how many ops there are, and of how many a new epoch began.
const COUNTS: &str = "SELECT CAST(status AS CHAR(16)), COUNT(*), COUNT(CASE WHEN epoch > 0 THEN 1 END) \
                   FROM aliya$op GROUP BY status";
/// What a process logs of an op that it goes on with.
const GOES_ON: &str = " goes on key=";
/// Some ops that have not ended, in words.
const LIVE: &str = "SELECT CONCAT(o.key, ' of ', o.manager, '.', o.function, ' is ', o.status, ', failed ', \
                    o.attempts, ' times: ', COALESCE(o.trouble, 'no trouble')) FROM aliya$op o \
                    WHERE o.status IN ('TAKING', 'UNDOING', 'GIVING') ORDER BY o.next_ms LIMIT 3";
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
        let rows: Vec<Row> = rows(url, COUNTS).await?;
        for (status, count, new_epochs) in rows {
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

/// How many ops a process went on with that another one had begun, or it itself earlier, by its log.
pub fn recovered(log: &str) -> i64 {
    i64::try_from(log.matches(GOES_ON).count()).unwrap_or(i64::MAX)
}

/// Some of the ops that have not ended, a line each.
pub async fn live(urls: &[String]) -> Result<Vec<String>> {
    let mut live = Vec::new();
    for url in urls {
        let rows: Vec<(String,)> = rows(url, LIVE).await?;
        live.extend(rows.into_iter().map(|(line,)| line));
    }
    Ok(live)
}

/// What a database answers; nothing where it has no ops.
async fn rows<R>(url: &str, sql: &'static str) -> Result<Vec<R>>
where
    R: Send + Unpin,
    R: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + for<'r> FromRow<'r, MySqlRow>,
{
    let rows = match url.split(':').next() {
        Some("sqlite") => {
            let mut conn = SqliteConnection::connect(url).await?;
            sqlx::query_as(sql).fetch_all(&mut conn).await
        }
        Some("postgres") => {
            let mut conn = PgConnection::connect(url).await?;
            sqlx::query_as(sql).fetch_all(&mut conn).await
        }
        _ => {
            let mut conn = MySqlConnection::connect(url).await?;
            sqlx::query_as(sql).fetch_all(&mut conn).await
        }
    };
    let is_missing = |error: &sqlx::Error| {
        let code = error.as_database_error().and_then(|error| error.code());
        code.is_some_and(|code| NO_TABLE.contains(&code.as_ref()))
    };
    match rows {
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
            "CREATE TABLE aliya$op (key TEXT, manager TEXT, function TEXT, status TEXT, epoch INTEGER, \
             attempts INTEGER, trouble TEXT, next_ms INTEGER)",
            "INSERT INTO aliya$op VALUES ('k1', 'bag', 'f', 'TAKING', 1, 0, NULL, 5), \
             ('k2', 'bag', 'f', 'OK', 2, 1, NULL, 5), ('k3', 'bag', 'f', 'UNDONE', 0, 0, NULL, 5), \
             ('k4', 'bag', 'g', 'GIVING', 0, 3, 'no way', 4)",
        ] {
            sqlx::query(sql).execute(&mut conn).await?;
        }
        let urls = [url];
        let expected = Ops {
            under_way: 2,
            undone: 1,
            new_epochs: 2,
        };
        assert_eq!(look(&urls).await?, expected);
        let expected = [
            "k4 of bag.g is GIVING, failed 3 times: no way",
            "k1 of bag.f is TAKING, failed 0 times: no trouble",
        ];
        assert_eq!(live(&urls).await?, expected);
        let log = "INFO g: weapon.take goes on key=k status=TAKING\nINFO g: it goes on\n";
        assert_eq!(recovered(log), 1);
        Ok(())
    }
}
