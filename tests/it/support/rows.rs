//! All rows of all databases of a server over files.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, ConnectOptions};

/// The rows of each table, as text and in order; a table is called `<file>/<table>`.
pub async fn rows(dir: &Path) -> Result<BTreeMap<String, Vec<String>>> {
    let mut all = BTreeMap::new();
    for entry in std::fs::read_dir(dir)? {
        let path = entry?.path();
        if path.extension().is_none_or(|extension| extension != "db") {
            continue;
        }
        let options = SqliteConnectOptions::new().filename(&path).read_only(true);
        let mut conn = options.connect().await?;
        let file = path.file_name().unwrap_or_default().to_string_lossy();
        let tables = "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name";
        let tables: Vec<String> = sqlx::query_scalar(tables).fetch_all(&mut conn).await?;
        for table in tables {
            let rows = rows_of(&mut conn, &table).await?;
            all.insert(format!("{file}/{table}"), rows);
        }
    }
    Ok(all)
}

async fn rows_of(conn: &mut SqliteConnection, table: &str) -> Result<Vec<String>> {
    let columns: Vec<String> = sqlx::query_scalar("SELECT name FROM pragma_table_info(?1)")
        .bind(table)
        .fetch_all(&mut *conn)
        .await?;
    let columns = columns.iter().map(|name| format!("quote(\"{name}\")"));
    let columns: Vec<_> = columns.collect();
    let row = columns.join(" || ', ' || ");
    let query = AssertSqlSafe(format!("SELECT {row} FROM \"{table}\" ORDER BY 1"));
    Ok(sqlx::query_scalar(query).fetch_all(conn).await?)
}
