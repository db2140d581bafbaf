//! Every statement that is generated for the games of this repository, prepared by each database, and
//! its columns held against the declared types.

use std::path::Path;

use aliya_macros_core::sql::{Table, Texts, Type};
use aliya_test_servers::{Kind, On, Server, chosen};
use anyhow::{Context, Result, ensure};
use sqlx::mysql::MySqlConnection;
use sqlx::postgres::PgConnection;
use sqlx::sqlite::SqliteConnection;
use sqlx::{
    AssertSqlSafe, Column as _, Connection as _, Database, Executor, SqlSafeStr as _, Statement,
    TypeInfo as _,
};
use xtask::generate::command::understand;
use xtask::generate::emit::statements_of;
use xtask::generate::ir::{FunctionId, Game, ManagerId, Measure, Step, StepKind, TableId};
use xtask::generate::source::Span;
use xtask::migrate::describe::{declared, described};

const GAMES: [&str; 4] = [
    ".",
    "tests/chaos",
    "xtask/tests/emit/language",
    "xtask/tests/samples",
];

/// A connection of each kind.
enum Opened {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
    Mysql(MySqlConnection),
}

impl Opened {
    async fn on(on: On) -> Result<Self> {
        let url = async |kind| {
            let url = tokio::task::spawn_blocking(move || Server::shared(kind)?.fresh_database());
            url.await?
        };
        Ok(match on {
            On::Sqlite => Self::Sqlite(SqliteConnection::connect("sqlite::memory:").await?),
            On::Server(kind @ Kind::Postgres) => {
                Self::Postgres(PgConnection::connect(&url(kind).await?).await?)
            }
            On::Server(kind @ Kind::Mariadb) => {
                Self::Mysql(MySqlConnection::connect(&url(kind).await?).await?)
            }
        })
    }

    fn text<'t>(&self, texts: &'t Texts) -> &'t str {
        match self {
            Self::Sqlite(_) => &texts.sqlite,
            Self::Postgres(_) => &texts.postgres,
            Self::Mysql(_) => &texts.mysql,
        }
    }

    async fn run(&mut self, texts: &Texts) -> Result<()> {
        let sql = AssertSqlSafe(self.text(texts).to_owned());
        match self {
            Self::Sqlite(conn) => conn.execute(sqlx::raw_sql(sql)).await.map(drop)?,
            Self::Postgres(conn) => conn.execute(sqlx::raw_sql(sql)).await.map(drop)?,
            Self::Mysql(conn) => conn.execute(sqlx::raw_sql(sql)).await.map(drop)?,
        }
        Ok(())
    }

    /// The types of a statement's columns, as the driver calls them.
    async fn columns(&mut self, texts: &Texts) -> Result<Vec<String>> {
        let sql = AssertSqlSafe(self.text(texts).to_owned()).into_sql_str();
        Ok(match self {
            Self::Sqlite(conn) => names(&conn.prepare(sql).await?),
            Self::Postgres(conn) => names(&conn.prepare(sql).await?),
            Self::Mysql(conn) => names(&conn.prepare(sql).await?),
        })
    }

    /// Whether what the runtime reads a column of this type from may be called so.
    fn fits(&self, ty: &Type, name: &str) -> bool {
        let known: &[&str] = match (self, ty) {
            (Self::Sqlite(_), Type::Float) => &["REAL"],
            (Self::Sqlite(_), ty) if is_text(ty) => &["TEXT"],
            (Self::Sqlite(_), _) => &["INTEGER"],
            (Self::Postgres(_), Type::Float) => &["FLOAT8"],
            (Self::Postgres(_), ty) if is_text(ty) => &["TEXT"],
            (Self::Postgres(_), _) => &["INT8"],
            (Self::Mysql(_), Type::Float) => &["DOUBLE"],
            (Self::Mysql(_), Type::Bool) => &["TINYINT"],
            // What compares byte by byte looks like bytes.
            (Self::Mysql(_), ty) if is_text(ty) => &[
                "VARCHAR",
                "LONGTEXT",
                "VARBINARY",
                "LONGBLOB",
                "BLOB",
                "TEXT",
            ],
            (Self::Mysql(_), _) => &["BIGINT"],
        };
        known.contains(&name)
    }
}

fn names<DB: Database>(prepared: &impl Statement<Database = DB>) -> Vec<String> {
    let columns = prepared.columns().iter();
    columns
        .map(|column| column.type_info().name().to_owned())
        .collect()
}

fn is_text(ty: &Type) -> bool {
    *ty == Type::Text || (matches!(ty, Type::OneOf(_)) && !ty.is_int())
}

/// The tables of a game as core knows them, each after those that it refers to.
fn tables(game: &Game) -> Vec<Table> {
    let schema = declared(game);
    let mut left: Vec<Table> = Vec::new();
    for (manager, of) in &schema.managers {
        left.extend(
            of.iter()
                .map(|(name, table)| described(manager, name, table)),
        );
    }
    let mut sorted: Vec<Table> = Vec::new();
    while !left.is_empty() {
        let is_made = |name: &String| sorted.iter().any(|it| it.name == *name);
        let next = left.iter().position(|table| {
            let mut references = table.references.iter();
            references.all(|it| it.table == table.name || is_made(&it.table))
        });
        sorted.push(left.swap_remove(next.expect("no circle of references")));
    }
    sorted
}

/// What a statement of the step that stands there gives back; `None` of one that writes.
fn wanted(steps: &[Step], at: Span, row: &dyn Fn(TableId) -> Vec<Type>) -> Option<Vec<Type>> {
    steps.iter().find_map(|step| match &step.kind {
        StepKind::Get { table, .. } | StepKind::Select { table, .. } if step.span == at => {
            Some(row(*table))
        }
        StepKind::Measure { table, what, .. } if step.span == at => Some(match what {
            Measure::Sum(column) => vec![row(*table).swap_remove(*column)],
            Measure::Count | Measure::Exists => vec![Type::Int],
        }),
        StepKind::Rank { .. } if step.span == at => Some(vec![Type::Int]),
        StepKind::If {
            then, otherwise, ..
        } => wanted(then, at, row).or_else(|| wanted(otherwise, at, row)),
        StepKind::For { steps, .. } => wanted(steps, at, row),
        _ => None,
    })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_generated_statement_is_one_to_each_database() -> Result<()> {
    for on in chosen()? {
        for game in GAMES {
            let mut said = Vec::new();
            let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(game);
            let understood = understand(&root, &mut said)?;
            let (game, sources) =
                understood.context(String::from_utf8_lossy(&said).into_owned())?;
            let mut opened = Opened::on(on).await?;
            let tables = tables(&game);
            for table in &tables {
                opened.run(&table.texts(|sql| sql.create_table())).await?;
                for set in &table.unique {
                    opened
                        .run(&table.texts(|sql| sql.create_index(set, true)))
                        .await?;
                }
            }
            let row = |id: TableId| {
                let manager = &game.managers[id.0.0];
                let name =
                    aliya_macros_core::names::sql_table(&manager.name, &manager.tables[id.1].name);
                let table = tables.iter().find(|it| it.name == name);
                let columns = &table.expect("described").columns;
                columns
                    .iter()
                    .map(|column| column.ty.clone())
                    .collect::<Vec<_>>()
            };
            let mut prepared = 0;
            for (at, manager) in game.managers.iter().enumerate() {
                for (function, declared) in manager.functions.iter().enumerate() {
                    let id = FunctionId(ManagerId(at), function);
                    for stated in statements_of(&game, &sources, id) {
                        let found = opened.columns(&stated.texts).await;
                        let found = found.with_context(|| format!("{on:?}: {stated:?}"))?;
                        prepared += 1;
                        let Some(wanted) = wanted(&declared.steps, stated.step, &row) else {
                            continue;
                        };
                        ensure!(
                            found.len() == wanted.len(),
                            "{on:?}: {found:?} of {stated:?}"
                        );
                        // What is computed has a type of its own, or in SQLite none.
                        let computed = stated.texts.sqlite.contains("COUNT(")
                            || stated.texts.sqlite.contains("SUM(")
                            || stated.texts.sqlite.contains("EXISTS");
                        for (ty, name) in wanted.iter().zip(&found) {
                            let fits = match (&opened, computed) {
                                (Opened::Sqlite(_), true) => true,
                                (Opened::Postgres(_), true) if name == "BOOL" => true,
                                (Opened::Mysql(_), true) if name == "INT" => true,
                                _ => opened.fits(ty, name),
                            };
                            ensure!(fits, "{on:?}: {name} is no {ty:?}: {stated:?}");
                        }
                    }
                }
            }
            ensure!(prepared > 40, "only {prepared} statements");
        }
    }
    Ok(())
}
