//! What sharing commits is worth: 64 tasks, each reading a row and writing it back, over and over,
//! once with shared commits and once with a commit each. Exits with 1 where the first is less than
//! ten times as fast.
//!
//! `cargo bench -p aliya-runtime --bench commit`

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use aliya_runtime::db::{DatabaseUrl, Db, DbError, Options, Param, Statement, Value};

const TASKS: usize = 64;
const ROUNDS: usize = 5;
const SLICES: usize = 15;
const SLICE: Duration = Duration::from_millis(100);
const WANTED: f64 = 10.0;

static CREATE: Statement = Statement {
    name: "bench.create",
    sqlite: "CREATE TABLE \"supply\" (\n  \"player\" TEXT NOT NULL,\n  \"item\" TEXT NOT NULL,\n  \
             \"amount\" INTEGER NOT NULL CHECK (\"amount\" >= 0),\n  \
             PRIMARY KEY (\"player\", \"item\")\n) STRICT, WITHOUT ROWID",
    ..Statement::SQLITE_ALONE
};
static SCHEMA: &[&Statement] = &[&CREATE];
static GET: Statement = Statement {
    name: "bench.get",
    sqlite: "SELECT \"player\", \"item\", \"amount\" FROM \"supply\" \
             WHERE \"player\" = ?1 AND \"item\" = ?2",
    ..Statement::SQLITE_ALONE
};
static SAVE: Statement = Statement {
    name: "bench.save",
    sqlite: "INSERT INTO \"supply\" (\"player\", \"item\", \"amount\") VALUES (?1, ?2, ?3) \
             ON CONFLICT (\"player\", \"item\") DO UPDATE SET \"amount\" = excluded.\"amount\"",
    ..Statement::SQLITE_ALONE
};

fn main() -> ExitCode {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    match runtime.block_on(compare()) {
        Ok(ratio) if ratio >= WANTED => ExitCode::SUCCESS,
        Ok(ratio) => {
            eprintln!("only {ratio:.1} times as fast, {WANTED} are wanted");
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Both run in short slices, in turns, so that a disk or a machine that changes its pace does so for
/// both. Returns the median of the rounds' ratios.
async fn compare() -> Result<f64, DbError> {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder on disk");
    let shared = open(&folder.path().join("shared.db"), Options::default()).await?;
    let one_each = Options {
        max_batch: 1,
        ..Options::default()
    };
    let single = open(&folder.path().join("single.db"), one_each).await?;
    let mut ratios = Vec::new();
    for round in 1..=ROUNDS {
        let (mut fast, mut slow) = (Rate::default(), Rate::default());
        for _ in 0..SLICES {
            fast.add(&shared).await?;
            slow.add(&single).await?;
        }
        let (fast, slow) = (fast.a_second(), slow.a_second());
        let ratio = fast / slow;
        println!("round {round}: {fast:.0} a second, {slow:.0} with a commit each: {ratio:.1}");
        ratios.push(ratio);
    }
    shared.close().await?;
    single.close().await?;
    ratios.sort_by(f64::total_cmp);
    let median = ratios[ratios.len() / 2];
    println!("median: {median:.1} times as fast");
    Ok(median)
}

async fn open(path: &Path, options: Options) -> Result<Db, DbError> {
    let db = Db::open(&DatabaseUrl::sqlite(path), options).await?;
    db.create(SCHEMA).await?;
    Rate::default().add(&db).await?; // Warms up.
    Ok(db)
}

/// Transactions of all tasks together.
#[derive(Default)]
struct Rate {
    done: u32,
    time: Duration,
}

impl Rate {
    async fn add(&mut self, db: &Db) -> Result<(), DbError> {
        let start = Instant::now();
        let tasks: Vec<_> = (0..TASKS)
            .map(|number| tokio::spawn(work(db.clone(), number, start + SLICE)))
            .collect();
        for task in tasks {
            self.done += task.await.expect("a task that does not panic")?;
        }
        self.time += start.elapsed();
        Ok(())
    }

    fn a_second(&self) -> f64 {
        f64::from(self.done) / self.time.as_secs_f64()
    }
}

async fn work(db: Db, number: usize, until: Instant) -> Result<u32, DbError> {
    let player: Arc<str> = format!("player-{number}").into();
    let mut done = 0;
    while Instant::now() < until {
        let player = player.clone();
        db.write(move |conn| {
            let player = player.clone();
            Box::pin(async move {
                let key = [Param::Text(&player), Param::Text("iron")];
                let rows = conn.query(&GET, &key).await?;
                let held = match rows.first().and_then(|row| row.get(2)) {
                    Some(Value::Int(amount)) => *amount,
                    _ => 0,
                };
                let params = [key[0], key[1], Param::Int(held + 1)];
                conn.execute(&SAVE, &params).await
            })
        })
        .await?;
        done += 1;
    }
    Ok(done)
}
