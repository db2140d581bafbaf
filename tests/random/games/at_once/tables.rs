//! The rows of a database: kept, put back, and looked at.

use aliya_runtime::Manager;
use aliya_runtime::db::{Conn, Db, DbError, Param, Row, Statement, Value, job};

/// How old an allowance's window must be for its row to be collected, in milliseconds.
const COLLECTED_MS: i64 = 86_400_000;

/// The rows of tables, in no order that matters, by the tables' names.
pub type Rows = Vec<(String, Vec<String>)>;

/// An op: its key, its status and its epoch.
pub type Op = (String, String, i64);

/// The tables of a game in a database, and those of the runtime.
pub struct Tables {
    db: Db,
    /// Tables that refer to no others.
    parts: Vec<Part>,
}

/// The tables of a manager, or one of the runtime's.
struct Part {
    /// Empty where it is none's.
    manager: &'static str,
    tables: Vec<Table>,
    /// What puts all rows back.
    back: Vec<&'static Statement>,
    /// The rows that are kept.
    kept: Vec<Vec<Row>>,
}

struct Table {
    name: String,
    all: &'static Statement,
    /// All, with the places where they lie: where rows come in no order, they come by these.
    placed: &'static Statement,
}

static ALLOWANCES: Statement = Statement {
    name: "test.allowances",
    sqlite: r#"SELECT "name", "key", "began_ms", "used" FROM "aliya$allowance" WHERE "manager" = ?1 AND "ends_ms" >= ?2"#,
    postgres: r#"SELECT "name", "key", "began_ms", "used" FROM "aliya$allowance" WHERE "manager" = $1 AND "ends_ms" >= $2"#,
    mysql: "",
};

static OPS: Statement = Statement {
    name: "test.ops",
    sqlite: r#"SELECT "key", "status", "epoch" FROM "aliya$op""#,
    postgres: r#"SELECT "key", "status", "epoch" FROM "aliya$op""#,
    mysql: "",
};

static DELETE_OPS: Statement = Statement {
    name: "test.delete_ops",
    sqlite: r#"DELETE FROM "aliya$op""#,
    postgres: r#"DELETE FROM "aliya$op""#,
    mysql: "",
};

impl Tables {
    /// The tables of `managers`, whose rows are kept as they are now.
    pub async fn kept(db: &Db, managers: &[&'static Manager], on_server: bool) -> Self {
        let mut parts = Vec::new();
        let mut has_numbers = false;
        for manager in managers {
            let texts = manager.schema.iter().map(|statement| statement.sqlite);
            let made = texts
                .clone()
                .filter_map(|text| text.strip_prefix("CREATE TABLE \""));
            let made = made.filter_map(|rest| rest.split_once('"'));
            let names: Vec<&str> = made.map(|(name, _)| name).collect();
            has_numbers |= texts.clone().any(|text| text.contains("AUTOINCREMENT"));
            parts.push((manager.name, names));
        }
        parts.push(("", vec!["aliya$allowance"]));
        if has_numbers && !on_server {
            parts.push(("", vec!["sqlite_sequence"]));
        }
        let mut kept = Vec::new();
        for (manager, names) in parts.into_iter().filter(|(_, names)| !names.is_empty()) {
            kept.push(Part::kept(db, manager, &names, on_server).await);
        }
        Self {
            db: db.clone(),
            parts: kept,
        }
    }

    /// Puts all rows back that have changed, and deletes all ops.
    pub async fn put_back(&self) {
        let tables = self.parts.iter().flat_map(|part| &part.tables);
        let mut placed = all(&self.db, tables.map(|it| it.placed)).await.into_iter();
        let mut back = vec![&DELETE_OPS];
        for part in &self.parts {
            let placed: Vec<_> = placed.by_ref().take(part.tables.len()).collect();
            if placed != part.kept {
                back.extend(&part.back);
            }
        }
        execute(&self.db, back).await;
    }

    /// The rows that the managers have at a time of the game.
    pub async fn rows(&self, managers: &[&'static str], now: i64) -> Rows {
        let parts = self.parts.iter();
        let parts = parts.filter(|it| managers.contains(&it.manager));
        let tables: Vec<&Table> = parts.flat_map(|part| &part.tables).collect();
        let found = all(&self.db, tables.iter().map(|it| it.all)).await;
        let names = tables.iter().map(|it| it.name.clone());
        let mut rows: Rows = names.zip(found.into_iter().map(sorted)).collect();
        for manager in managers {
            let params = [Param::Text(manager), Param::Int(now - COLLECTED_MS)];
            let found = self.db.query(&ALLOWANCES, &params).await.expect("rows");
            rows.push((format!("{manager}$allowance"), sorted(found)));
        }
        rows
    }

    /// All ops.
    pub async fn ops(&self) -> Vec<Op> {
        let found = self.db.query(&OPS, &[]).await.expect("ops");
        let ops = found.into_iter().map(|row| match row.as_slice() {
            [Value::Text(key), Value::Text(status), Value::Int(epoch)] => {
                (key.clone(), status.clone(), *epoch)
            }
            other => panic!("no op: {other:?}"),
        });
        ops.collect()
    }
}

impl Part {
    async fn kept(db: &Db, manager: &'static str, names: &[&str], on_server: bool) -> Self {
        let keep = names
            .iter()
            .map(|name| format!("CREATE TABLE \"kept${name}\" AS SELECT * FROM \"{name}\""));
        execute(db, keep.map(sql).collect()).await;
        let mut back = match on_server {
            true => vec![sql(format!("TRUNCATE \"{}\"", names.join("\", \"")))],
            // What refers to others stands below them.
            false => names
                .iter()
                .rev()
                .map(|name| sql(format!("DELETE FROM \"{name}\"")))
                .collect(),
        };
        let fill = names
            .iter()
            .map(|name| format!("INSERT INTO \"{name}\" SELECT * FROM \"kept${name}\""));
        back.extend(fill.map(sql));
        let place = if on_server { "ctid::text, " } else { "" };
        let tables = names.iter().map(|name| Table {
            name: (*name).to_owned(),
            all: sql(format!("SELECT * FROM \"{name}\"")),
            placed: sql(format!("SELECT {place}\"{name}\".* FROM \"{name}\"")),
        });
        let part = Self {
            manager,
            tables: tables.collect(),
            back,
            kept: Vec::new(),
        };
        // As they lie once they are put back.
        execute(db, part.back.clone()).await;
        let kept = all(db, part.tables.iter().map(|it| it.placed)).await;
        Self { kept, ..part }
    }
}

/// The rows of all queries, at one time.
async fn all(db: &Db, queries: impl Iterator<Item = &'static Statement>) -> Vec<Vec<Row>> {
    let queries: Vec<_> = queries.collect();
    let read = job(move |conn: &mut Conn| {
        let queries = queries.clone();
        Box::pin(async move {
            let mut all = Vec::new();
            for query in queries {
                all.push(conn.query(query, &[]).await?);
            }
            Ok::<_, DbError>(all)
        })
    });
    db.read(read).await.expect("rows")
}

fn sorted(rows: Vec<Row>) -> Vec<String> {
    let mut rows: Vec<String> = rows.iter().map(|row| format!("{row:?}")).collect();
    rows.sort();
    rows
}

/// A statement that is the same for all databases here. It is never freed: there are few.
fn sql(text: String) -> &'static Statement {
    let text: &'static str = Box::leak(text.into_boxed_str());
    Box::leak(Box::new(Statement {
        name: "test",
        sqlite: text,
        postgres: text,
        mysql: "",
    }))
}

async fn execute(db: &Db, statements: Vec<&'static Statement>) {
    let all = job(move |conn: &mut Conn| {
        let statements = statements.clone();
        Box::pin(async move {
            for statement in statements {
                conn.execute(statement, &[]).await?;
            }
            Ok::<_, DbError>(())
        })
    });
    db.write(all).await.expect("statements that run");
}
