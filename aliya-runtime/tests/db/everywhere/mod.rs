//! What is the same on SQLite, PostgreSQL and MariaDB: each test runs on all that this run covers.

mod conflicts;
mod ends;
mod lists;
mod opposite;
mod rows;
mod rules;
mod values;

use aliya_macros_core::sql::{Column, Constant, Duplicates, Query, Sql, Table, Test, Type};
use aliya_macros_core::sql::{Condition, Texts};
use aliya_runtime::db::{Conn, Db, DbError, Options, Param, Row, Statement};
use aliya_test_servers::{On, Server, chosen};
use tempfile::TempDir;

/// A database of its own, of one of the kinds.
pub struct Place {
    pub on: On,
    pub db: Db,
    pub url: String,
    _folder: TempDir,
}

/// A database on each kind that this run covers.
pub async fn each() -> Vec<Place> {
    let mut places = Vec::new();
    for on in chosen().expect("databases to test on") {
        places.push(place(on).await);
    }
    places
}

async fn place(on: On) -> Place {
    let folder = tempfile::tempdir().expect("a folder");
    let url = match on {
        On::Sqlite => format!("sqlite:{}", folder.path().join("game.db").display()),
        On::Server(kind) => {
            // The first test to need a server starts it, which takes its time.
            let url = tokio::task::spawn_blocking(move || Server::shared(kind)?.fresh_database());
            url.await.expect("no panic").expect("a database")
        }
    };
    let db = Db::open(&url.parse().expect("a URL"), Options::default()).await;
    Place {
        on,
        db: db.expect("a database that opens"),
        url,
        _folder: folder,
    }
}

/// A column that is not NULL, without bounds.
pub fn column(name: &str, ty: Type) -> Column {
    Column {
        name: name.to_owned(),
        ty,
        optional: false,
        min: None,
        max: None,
        default: None,
    }
}

pub fn optional(column: Column) -> Column {
    Column {
        optional: true,
        ..column
    }
}

pub fn texts(values: &[&str]) -> Type {
    let values = values
        .iter()
        .map(|value| Constant::Text((*value).to_owned()));
    Type::OneOf(values.collect())
}

/// A statement for the rest of the test run.
pub fn statement(table: &Table, text: impl Fn(Sql<'_>) -> String) -> &'static Statement {
    let Texts {
        sqlite,
        postgres,
        mysql,
    } = table.texts(text);
    Box::leak(Box::new(Statement {
        name: "test",
        sqlite: sqlite.leak(),
        postgres: postgres.leak(),
        mysql: mysql.leak(),
    }))
}

/// Makes the table with its indexes.
pub async fn make(db: &Db, table: &Table) {
    let mut all = vec![statement(table, |sql| sql.create_table())];
    all.extend(
        table
            .unique
            .iter()
            .map(|set| statement(table, |sql| sql.create_index(set, true))),
    );
    all.extend(
        table
            .index
            .iter()
            .map(|set| statement(table, |sql| sql.create_index(set, false))),
    );
    db.create(all.leak()).await.expect("a table");
}

pub fn insert(table: &Table) -> &'static Statement {
    statement(table, |sql| sql.insert(Duplicates::Refuse))
}

/// The rows that have a value in a column, in the order of the key.
pub fn select_by(table: &Table, column: usize, test: Test) -> &'static Statement {
    let query = Query {
        conditions: vec![Condition { column, test }],
        order: table.key.iter().map(|at| (*at, false)).collect(),
        ..Query::default()
    };
    statement(table, |sql| sql.select(&query))
}

/// Runs one statement that writes, as a job of its own.
pub async fn run(
    db: &Db,
    statement: &'static Statement,
    params: &[Param<'_>],
) -> Result<u64, DbError> {
    let params = owned(params);
    db.write(move |conn| {
        let params = params.clone();
        Box::pin(async move { conn.execute(statement, &lent(&params)).await })
    })
    .await
}

/// Parameters that a job can keep.
pub fn owned(params: &[Param<'_>]) -> Row {
    params.iter().copied().map(Into::into).collect()
}

pub fn lent(params: &Row) -> Vec<Param<'_>> {
    params.iter().map(Into::into).collect()
}

/// The one value of the first row.
pub async fn number(conn: &mut Conn, query: &'static Statement) -> Result<i64, DbError> {
    use aliya_runtime::db::Value;
    match conn.query(query, &[]).await?.first().map(Vec::as_slice) {
        Some([Value::Int(number)]) => Ok(*number),
        other => Err(DbError::Failed(format!("{other:?} is no number"))),
    }
}
