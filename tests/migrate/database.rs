//! The databases that migrations are tried on, as the tests see them.

use std::path::Path;

use aliya_runtime::BoxFuture;
use aliya_runtime::db::migrate::{History, How, Planned};
use aliya_runtime::db::{DatabaseUrl, Db, DbError, Options, Param, Statement, Value};
use tempfile::TempDir;

/// A database of its own, which is gone when this is dropped.
pub struct Database {
    pub db: Db,
    folder: TempDir,
}

/// A kind of database: what the harness takes as its parameter.
pub trait Kind {
    /// A new, empty database.
    async fn make() -> Database;
    /// What it says its tables and indexes are, in an order of its own.
    async fn schema(db: &Db) -> Vec<String>;
    /// A statement of one text.
    fn statement(text: String) -> &'static Statement;
}

/// SQLite.
pub struct Sqlite;

impl Kind for Sqlite {
    async fn make() -> Database {
        let folder = tempfile::tempdir().expect("a folder");
        let db = open(&folder.path().join("game.db")).await;
        Database { db, folder }
    }

    /// The declarations of each table, sorted: a column that was added later stands behind the
    /// others.
    async fn schema(db: &Db) -> Vec<String> {
        let all = Self::statement(
            "SELECT \"name\", \"sql\" FROM \"sqlite_schema\" WHERE \"name\" NOT LIKE '%$%' \
             AND \"sql\" IS NOT NULL AND \"name\" NOT LIKE 'sqlite_%' ORDER BY \"name\""
                .to_owned(),
        );
        let rows = db.query(all, &[]).await.expect("a schema");
        let rows = rows.iter().map(|row| match row.as_slice() {
            [Value::Text(name), Value::Text(text)] => format!("{name}: {}", declarations(text)),
            other => panic!("{other:?}"),
        });
        rows.collect()
    }

    fn statement(text: String) -> &'static Statement {
        Box::leak(Box::new(Statement {
            name: "test",
            sqlite: text.leak(),
            ..Statement::SQLITE_ALONE
        }))
    }
}

pub async fn open(path: &Path) -> Db {
    let url = DatabaseUrl::sqlite(path);
    Db::open(&url, Options::default())
        .await
        .expect("a database")
}

impl Database {
    /// The same database, closed and opened again.
    pub async fn reopened(self) -> Self {
        let Self { db, folder } = self;
        db.close().await.expect("a clean end");
        let db = open(&folder.path().join("game.db")).await;
        Self { db, folder }
    }

    pub async fn migrate(
        &self,
        history: &'static History,
        how: How,
    ) -> Result<Vec<Planned>, DbError> {
        self.db.migrate(&[history], how).await
    }

    /// Runs a statement of one text.
    pub async fn run<K: Kind>(&self, text: &str, params: Vec<Value>) -> Result<(), DbError> {
        let statement = K::statement(text.to_owned());
        let job = aliya_runtime::db::job(move |conn| {
            let params = params.clone();
            Box::pin(async move {
                let params: Vec<_> = params.iter().map(param).collect();
                conn.execute(statement, &params).await.map(drop)
            }) as BoxFuture<'_, Result<(), DbError>>
        });
        self.db.write(job).await
    }

    /// All rows of a query of one text.
    pub async fn rows<K: Kind>(&self, text: &str) -> Vec<Vec<Value>> {
        let statement = K::statement(text.to_owned());
        self.db.query(statement, &[]).await.expect(text)
    }
}

fn param(value: &Value) -> Param<'_> {
    match value {
        Value::Null => Param::Null,
        Value::Int(value) => Param::Int(*value),
        Value::Float(value) => Param::Float(*value),
        Value::Text(value) => Param::Text(value),
    }
}

/// What stands between the first and the last parenthesis, apart at its commas, and sorted.
fn declarations(text: &str) -> String {
    let (head, rest) = text.split_once('(').expect("declarations");
    let (inside, end) = rest.rsplit_once(')').expect("their end");
    if head.contains("INDEX") {
        return text.to_owned();
    }
    let (mut parts, mut depth, mut quote) = (vec![String::new()], 0, None);
    for c in inside.chars() {
        match c {
            '"' | '\'' if quote == Some(c) => quote = None,
            '"' | '\'' if quote.is_none() => quote = Some(c),
            '(' if quote.is_none() => depth += 1,
            ')' if quote.is_none() => depth -= 1,
            ',' if quote.is_none() && depth == 0 => {
                parts.push(String::new());
                continue;
            }
            _ => {}
        }
        parts.last_mut().expect("a part").push(c);
    }
    let words = |part: &String| part.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut parts: Vec<_> = parts.iter().map(words).collect();
    parts.sort();
    format!("{}({}){end}", head, parts.join(",\n  "))
}
