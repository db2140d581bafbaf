//! The databases that migrations are tried on, as the tests see them.

use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};

use aliya_macros_core::dialect::Dialect;
use aliya_runtime::BoxFuture;
use aliya_runtime::db::migrate::{History, How, Planned};
use aliya_runtime::db::{DatabaseUrl, Db, DbError, Options, Param, Statement, Value};
use aliya_test_servers::{Kind, On, Server};
use tempfile::TempDir;
use xtask::migrate::databases::Database as Written;

/// A database of its own. An SQLite file is gone when this is dropped, all else with its server.
pub struct Database {
    pub on: On,
    pub url: DatabaseUrl,
    pub db: Db,
    _folder: TempDir,
}

/// The databases that this run covers.
pub fn covered() -> Vec<On> {
    aliya_test_servers::chosen().expect("databases")
}

/// Which scripts are for a database.
pub fn written_for(on: On) -> Written {
    match on {
        On::Sqlite => Written::Sqlite,
        On::Server(Kind::Postgres) => Written::Postgres,
        On::Server(Kind::Mariadb) => Written::Mysql,
    }
}

pub async fn open(path: &Path) -> Db {
    let url = DatabaseUrl::sqlite(path);
    let opened = Db::open(&url, Options::default());
    opened.await.expect("a database")
}

/// The URL of a new, empty database; an SQLite file is in `folder`.
pub fn fresh(on: On, folder: &Path) -> DatabaseUrl {
    match on {
        On::Sqlite => DatabaseUrl::sqlite(folder.join("game.db")),
        On::Server(kind) => {
            let url = Server::shared(kind).and_then(Server::fresh_database);
            url.expect("a database").parse().expect("its URL")
        }
    }
}

/// A statement of one text, whose names are in `"`.
pub fn statement(on: On, text: &str) -> &'static Statement {
    let text: &'static str = match on {
        On::Server(Kind::Mariadb) => text.replace('"', "`"),
        _ => text.to_owned(),
    }
    .leak();
    Box::leak(Box::new(Statement {
        name: "test",
        sqlite: text,
        postgres: text,
        mysql: text,
    }))
}

impl Database {
    /// A new, empty one.
    pub async fn make(on: On) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let url = fresh(on, folder.path());
        let db = Db::open(&url, Options::default()).await;
        Self {
            on,
            db: db.expect("a database"),
            url,
            _folder: folder,
        }
    }

    /// The same database, closed and opened again.
    pub async fn reopened(self) -> Self {
        self.db.close().await.expect("a clean end");
        let db = Db::open(&self.url, Options::default()).await;
        Self {
            db: db.expect("a database"),
            ..self
        }
    }

    pub fn dialect(&self) -> &'static dyn Dialect {
        written_for(self.on).dialect()
    }

    pub async fn migrate(
        &self,
        history: &'static History,
        how: How,
    ) -> Result<Vec<Planned>, DbError> {
        self.db.migrate(&[history], how).await
    }

    /// Runs a statement of one text, whose names are in `"`.
    pub async fn run(&self, text: &str, params: Vec<Value>) -> Result<(), DbError> {
        let statement = statement(self.on, text);
        let job = aliya_runtime::db::job(move |conn| {
            let params = params.clone();
            Box::pin(async move {
                let params: Vec<_> = params.iter().map(param).collect();
                conn.execute(statement, &params).await.map(drop)
            }) as BoxFuture<'_, Result<(), DbError>>
        });
        self.db.write(job).await
    }

    /// Runs some that must do.
    pub async fn run_all(&self, texts: &[&str]) {
        for text in texts {
            let done = self.run(text, Vec::new()).await;
            done.unwrap_or_else(|error| panic!("{text}: {error}"));
        }
    }

    /// All rows of a query of one text, whose names are in `"`.
    pub async fn rows(&self, text: &str) -> Vec<Vec<Value>> {
        // Never the same text again: PostgreSQL keeps to the types that a connection's first had.
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let numbered = statement(self.on, &format!("{text} /* {number} */"));
        let rows = self.db.query(numbered, &[]).await;
        rows.unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    /// What the database says its tables and indexes are, in an order of its own: what was added
    /// later stands behind the others.
    pub async fn schema(&self) -> Vec<String> {
        match self.on {
            On::Sqlite => self.sqlite_schema().await,
            On::Server(Kind::Postgres) => self.postgres_schema().await,
            On::Server(Kind::Mariadb) => self.mariadb_schema().await,
        }
    }

    async fn sqlite_schema(&self) -> Vec<String> {
        let all = "SELECT \"name\", \"sql\" FROM \"sqlite_schema\" WHERE \"name\" NOT LIKE '%$%' \
                   AND \"sql\" IS NOT NULL AND \"name\" NOT LIKE 'sqlite_%' ORDER BY \"name\"";
        let rows = self.rows(all).await;
        let rows = rows.iter().map(|row| match row.as_slice() {
            [Value::Text(name), Value::Text(text)] => format!("{name}: {}", declarations(text)),
            other => panic!("{other:?}"),
        });
        rows.collect()
    }

    async fn postgres_schema(&self) -> Vec<String> {
        let mut all = self.texts(POSTGRES_COLUMNS).await;
        all.extend(self.texts(POSTGRES_CONSTRAINTS).await);
        all.extend(self.texts(POSTGRES_INDEXES).await);
        all
    }

    async fn mariadb_schema(&self) -> Vec<String> {
        let mut all = Vec::new();
        for table in self.texts(MARIADB_TABLES).await {
            let rows = self.rows(&format!("SHOW CREATE TABLE \"{table}\"")).await;
            let Some([_, Value::Text(text)]) = rows.first().map(Vec::as_slice) else {
                panic!("{rows:?}");
            };
            let text = without_count(text);
            let lines = text.lines().map(|it| it.trim().trim_end_matches(','));
            let mut lines: Vec<_> = lines.collect();
            lines.sort_unstable();
            all.push(lines.join("\n"));
        }
        all
    }

    /// The rows of a query of one text column.
    async fn texts(&self, query: &str) -> Vec<String> {
        let rows = self.rows(query).await.into_iter();
        let texts = rows.map(|row| match row.into_iter().next() {
            Some(Value::Text(text)) => text,
            other => panic!("{other:?}"),
        });
        texts.collect()
    }
}

const POSTGRES_COLUMNS: &str = "\
SELECT CAST(concat_ws(' ', table_name, column_name, data_type, collation_name, is_nullable,
  coalesce(column_default, 'no default'), is_identity) AS TEXT)
FROM information_schema.columns
WHERE table_schema = 'public' AND table_name NOT LIKE '%$%' ORDER BY 1";
const POSTGRES_CONSTRAINTS: &str = "\
SELECT CAST(concat_ws(' ', conrelid::regclass, conname, pg_get_constraintdef(oid), convalidated)
  AS TEXT)
FROM pg_constraint
WHERE connamespace = 'public'::regnamespace AND conname NOT LIKE '%$%' ORDER BY 1";
const POSTGRES_INDEXES: &str = "\
SELECT CAST(indexdef AS TEXT) FROM pg_indexes
WHERE schemaname = 'public' AND tablename NOT LIKE '%$%' ORDER BY 1";
const MARIADB_TABLES: &str = "\
SELECT CAST(table_name AS CHAR) FROM information_schema.tables
WHERE table_schema = DATABASE() AND table_name NOT LIKE '%$%' ORDER BY 1";

/// Without the number that the next row gets.
fn without_count(text: &str) -> String {
    let Some((before, after)) = text.split_once(" AUTO_INCREMENT=") else {
        return text.to_owned();
    };
    let after = after.trim_start_matches(|c: char| c.is_ascii_digit());
    format!("{before}{after}")
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
