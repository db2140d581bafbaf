//! The ops of all databases: what is under way, what had to be done again, and what others than the
//! requests themselves have driven on.

use std::collections::BTreeSet;

use anyhow::Result;
use sqlx::mysql::MySqlRow;
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{Connection as _, FromRow, MySqlConnection, PgConnection, SqliteConnection};

/// For each status, how many ops there are, and of how many a new epoch began.
const LOOK: &str = "SELECT CAST(status AS CHAR(16)), COUNT(*), COUNT(CASE WHEN epoch > 0 THEN 1 END) \
                   FROM aliya$op GROUP BY status";
/// Some ops that have not ended, in words.
const LIVE: &str = "SELECT CONCAT(o.key, ' of ', o.manager, '.', o.function, ' is ', o.status, ', failed ', \
                    o.attempts, ' times: ', COALESCE(o.trouble, 'no trouble')) FROM aliya$op o \
                    WHERE o.status IN ('TAKING', 'UNDOING', 'GIVING') ORDER BY o.next_ms LIMIT 3";
/// Ops under way are due.
const MAKE_DUE: &str =
    "UPDATE aliya$op SET next_ms = 0 WHERE status IN ('TAKING', 'UNDOING', 'GIVING')";
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

/// The tables of ops of some databases, each over a connection that stays open.
#[derive(Debug)]
pub struct Tables(Vec<(String, Conn)>);

#[derive(Debug)]
enum Conn {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
    Mysql(MySqlConnection),
}

impl Tables {
    /// Those of the databases at `urls`, which must be there.
    pub async fn open(urls: Vec<String>) -> Result<Self> {
        let mut tables = Vec::new();
        for url in urls {
            let conn = match url.split(':').next() {
                Some("sqlite") => Conn::Sqlite(SqliteConnection::connect(&url).await?),
                Some("postgres") => Conn::Postgres(PgConnection::connect(&url).await?),
                _ => Conn::Mysql(MySqlConnection::connect(&url).await?),
            };
            tables.push((url, conn));
        }
        Ok(Self(tables))
    }

    /// Counts the ops.
    pub async fn look(&mut self) -> Result<Ops> {
        let mut ops = Ops::default();
        for (_, conn) in &mut self.0 {
            let rows: Vec<(String, i64, i64)> = conn.rows(LOOK).await?;
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

    /// Some of the ops that have not ended, a line each.
    pub async fn live(&mut self) -> Result<Vec<String>> {
        let mut live = Vec::new();
        for (_, conn) in &mut self.0 {
            let rows: Vec<(String,)> = conn.rows(LIVE).await?;
            live.extend(rows.into_iter().map(|(line,)| line));
        }
        Ok(live)
    }

    /// Lets the ops of one database that are under way be driven on at once, as if their time had come.
    pub async fn make_due(&mut self, url: &str) -> Result<()> {
        for (_, conn) in self.0.iter_mut().filter(|it| it.0 == url) {
            match conn {
                Conn::Sqlite(conn) => sqlx::query(MAKE_DUE).execute(conn).await.map(drop)?,
                Conn::Postgres(conn) => sqlx::query(MAKE_DUE).execute(conn).await.map(drop)?,
                Conn::Mysql(conn) => sqlx::query(MAKE_DUE).execute(conn).await.map(drop)?,
            }
        }
        Ok(())
    }
}

impl Conn {
    async fn rows<R>(&mut self, sql: &'static str) -> Result<Vec<R>>
    where
        R: Send + Unpin,
        R: for<'r> FromRow<'r, SqliteRow>
            + for<'r> FromRow<'r, PgRow>
            + for<'r> FromRow<'r, MySqlRow>,
    {
        let rows = match self {
            Self::Sqlite(conn) => sqlx::query_as(sql).fetch_all(conn).await,
            Self::Postgres(conn) => sqlx::query_as(sql).fetch_all(conn).await,
            Self::Mysql(conn) => sqlx::query_as(sql).fetch_all(conn).await,
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
}

/// Counts the ops that somebody else than their request has driven on, by the logs of the managers. The
/// tables do not tell: an op that moves on counts its attempts from zero again.
pub fn recovered<'l>(logs: impl IntoIterator<Item = &'l str>) -> usize {
    let lines = logs.into_iter().flat_map(str::lines);
    let ends = lines.filter_map(|line| Some(line.split_once(GOES_ON)?.1));
    let keys: BTreeSet<_> = ends.filter_map(|end| end.split(' ').next()).collect();
    keys.len()
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
        let mut tables = Tables::open(vec![url.clone()]).await?;
        assert_eq!(tables.look().await?, Ops::default());
        for sql in [
            "CREATE TABLE aliya$op (key TEXT, manager TEXT, function TEXT, status TEXT, epoch INTEGER, \
             attempts INTEGER, trouble TEXT, next_ms INTEGER)",
            "INSERT INTO aliya$op VALUES ('k1', 'bag', 'f', 'TAKING', 1, 0, NULL, 5), \
             ('k2', 'bag', 'f', 'OK', 2, 1, NULL, 5), ('k3', 'bag', 'f', 'UNDONE', 0, 0, NULL, 5), \
             ('k4', 'bag', 'g', 'GIVING', 0, 3, 'no way', 4)",
        ] {
            sqlx::query(sql).execute(&mut conn).await?;
        }
        let expected = Ops {
            under_way: 2,
            undone: 1,
            new_epochs: 2,
        };
        assert_eq!(tables.look().await?, expected);
        let expected = [
            "k4 of bag.g is GIVING, failed 3 times: no way",
            "k1 of bag.f is TAKING, failed 0 times: no trouble",
        ];
        assert_eq!(tables.live().await?, expected);
        tables.make_due(&url).await?;
        let due = "SELECT COUNT(*) FROM aliya$op WHERE next_ms = 0";
        let due: i64 = sqlx::query_scalar(due).fetch_one(&mut conn).await?;
        assert_eq!(due, 2);
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
