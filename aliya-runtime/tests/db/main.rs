//! The database through its public interface: what is kept, what is not, and who is told.

mod batch;
mod everywhere;
mod full;
mod log;
mod open;
mod pooled;
mod read;
mod schema;
mod write;

use std::sync::mpsc;

use aliya_runtime::BoxFuture;
use aliya_runtime::db::{Conn, DatabaseUrl, Db, DbError, Options, Param, Statement, Value};
use tempfile::TempDir;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

static CREATE: Statement = Statement {
    name: "test.counter.create",
    sqlite: "CREATE TABLE \"counter\" (\n  \"name\" TEXT PRIMARY KEY,\n  \
             \"count\" INTEGER NOT NULL CHECK (\"count\" < 1000000)\n) STRICT, WITHOUT ROWID",
    ..Statement::SQLITE_ALONE
};
static SCHEMA: &[&Statement] = &[&CREATE];

/// Adds ?2 to the counter ?1.
static ADD: Statement = Statement {
    name: "test.counter.add",
    sqlite: "INSERT INTO \"counter\" VALUES (?1, ?2) \
             ON CONFLICT (\"name\") DO UPDATE SET \"count\" = \"count\" + ?2",
    ..Statement::SQLITE_ALONE
};
/// Sets the counter ?1 to ?2.
static SET: Statement = Statement {
    name: "test.counter.set",
    sqlite: "INSERT INTO \"counter\" VALUES (?1, ?2) \
             ON CONFLICT (\"name\") DO UPDATE SET \"count\" = excluded.\"count\"",
    ..Statement::SQLITE_ALONE
};
static GET: Statement = Statement {
    name: "test.counter.get",
    sqlite: "SELECT \"count\" FROM \"counter\" WHERE \"name\" = ?1",
    ..Statement::SQLITE_ALONE
};

/// A batch stays open until the test is done with it.
const SLOW_BATCH: Options = Options {
    beside: false,
    max_batch: 256,
    max_batch_ms: 60_000,
    max_waiting: 4096,
    readers: 2,
    connections: 16,
    max_log_bytes: 1024 * 1024 * 1024,
};

/// Each write has a commit of its own.
const EACH_ALONE: Options = Options {
    max_batch: 1,
    ..SLOW_BATCH
};

/// A database in a folder of its own, with the table `counter`.
struct Fixture {
    folder: TempDir,
    db: Db,
}

impl Fixture {
    async fn open(options: Options) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let db = open_in(&folder, options).await;
        db.create(SCHEMA).await.expect("a table");
        Self { folder, db }
    }

    /// The counter as it is on disk; 0 where there is none.
    async fn count(&self, name: &str) -> i64 {
        let rows = self.db.query(&GET, &[Param::Text(name)]).await;
        count_of(&rows.expect("a count"))
    }

    /// Spawns a job that adds 1 to the counter `name`.
    fn add(&self, name: &'static str) -> JoinHandle<Result<u64, DbError>> {
        self.spawn(move |conn| Box::pin(add(conn, name, 1)))
    }

    fn spawn<T, F>(&self, job: F) -> JoinHandle<Result<T, DbError>>
    where
        T: Send + 'static,
        F: for<'a> FnMut(&'a mut Conn) -> BoxFuture<'a, Result<T, DbError>> + Send + 'static,
    {
        let db = self.db.clone();
        tokio::spawn(async move { db.write(job).await })
    }

    /// Holds the writer's thread until the gate is opened. Jobs that are spawned meanwhile share
    /// its transaction.
    async fn gate(&self) -> Gate {
        let (gate, started) = self.later_gate();
        started.await.expect("a job that starts");
        gate
    }

    /// A gate behind the jobs that are spawned already; the receiver tells when it holds the writer.
    fn later_gate(&self) -> (Gate, oneshot::Receiver<()>) {
        let (started, wait) = oneshot::channel();
        let (open, opened) = mpsc::channel();
        let mut started = Some(started);
        let task = self.spawn(move |conn| {
            if let Some(started) = started.take() {
                started.send(()).expect("a test that waits");
                opened.recv().expect("a gate that opens");
            }
            Box::pin(add(conn, "gate", 1))
        });
        (Gate { open, task }, wait)
    }
}

struct Gate {
    open: mpsc::Sender<()>,
    task: JoinHandle<Result<u64, DbError>>,
}

impl Gate {
    /// Lets the spawned tasks queue their jobs, then opens: the tests' runtime has one thread.
    async fn open(self) {
        tokio::task::yield_now().await;
        self.open.send(()).expect("a gate that waits");
        self.task
            .await
            .expect("no panic")
            .expect("a gate that commits");
    }
}

/// A schema for the rest of the test.
fn schema(statements: &[&'static Statement]) -> &'static [&'static Statement] {
    statements.to_vec().leak()
}

async fn open_in(folder: &TempDir, options: Options) -> Db {
    let url = DatabaseUrl::sqlite(folder.path().join("game.db"));
    Db::open(&url, options).await.expect("a database")
}

async fn add(conn: &mut Conn, name: &str, by: i64) -> Result<u64, DbError> {
    conn.execute(&ADD, &[Param::Text(name), Param::Int(by)])
        .await
}

fn count_of(rows: &[Vec<Value>]) -> i64 {
    match rows {
        [] => 0,
        [row] => match row[..] {
            [Value::Int(count)] => count,
            _ => panic!("{row:?} is no count"),
        },
        more => panic!("{more:?} is more than one row"),
    }
}
