//! What sharing commits is worth: 64 tasks, each reading a row and writing it back, over and over,
//! once with shared commits and once with a commit each. Exits with 1 where the first is less than
//! ten times as fast.
//!
//! `cargo bench -p aliya-runtime --bench commit`

use std::process::ExitCode;
use std::time::{Duration, Instant};

use aliya_runtime::db::{DatabaseUrl, Db, DbError, Options, Param, Statement, Value};

const TASKS: usize = 64;
const ROUNDS: usize = 5;
const ROUND: Duration = Duration::from_millis(1500);
const WANTED: f64 = 10.0;

static CREATE: Statement = Statement {
    name: "bench.create",
    sqlite: "CREATE TABLE \"supply\" (\n  \"player\" TEXT NOT NULL,\n  \"item\" TEXT NOT NULL,\n  \
             \"amount\" INTEGER NOT NULL CHECK (\"amount\" >= 0),\n  \
             PRIMARY KEY (\"player\", \"item\")\n) STRICT, WITHOUT ROWID",
};
static SCHEMA: &[&Statement] = &[&CREATE];
static GET: Statement = Statement {
    name: "bench.get",
    sqlite: "SELECT \"player\", \"item\", \"amount\" FROM \"supply\" \
             WHERE \"player\" = ?1 AND \"item\" = ?2",
};
static SAVE: Statement = Statement {
    name: "bench.save",
    sqlite: "INSERT INTO \"supply\" (\"player\", \"item\", \"amount\") VALUES (?1, ?2, ?3) \
             ON CONFLICT (\"player\", \"item\") DO UPDATE SET \"amount\" = excluded.\"amount\"",
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

/// The rounds alternate, so that a disk that changes its pace does so for both.
async fn compare() -> Result<f64, DbError> {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder on disk");
    let open = async |name: &str, max_batch| {
        let url = DatabaseUrl::sqlite(folder.path().join(name));
        let options = Options {
            max_batch,
            ..Options::default()
        };
        let db = Db::open(&url, options).await?;
        db.create(SCHEMA).await?;
        rate(&db, Duration::from_millis(300)).await?; // Warms up.
        Ok::<_, DbError>(db)
    };
    let shared = open("shared.db", Options::default().max_batch).await?;
    let single = open("single.db", 1).await?;
    let (mut fast, mut slow) = (Vec::new(), Vec::new());
    for round in 1..=ROUNDS {
        fast.push(rate(&shared, ROUND).await?);
        slow.push(rate(&single, ROUND).await?);
        println!(
            "round {round}: {:>9.0} a second with shared commits, {:>7.0} with one each",
            fast[round - 1],
            slow[round - 1]
        );
    }
    shared.close().await?;
    single.close().await?;
    let (fast, slow) = (median(fast), median(slow));
    println!("median:  {fast:>9.0} {slow:>7.0}, ratio {:.1}", fast / slow);
    Ok(fast / slow)
}

/// Transactions a second of all tasks together.
async fn rate(db: &Db, time: Duration) -> Result<f64, DbError> {
    let start = Instant::now();
    let tasks: Vec<_> = (0..TASKS)
        .map(|number| tokio::spawn(work(db.clone(), number, start + time)))
        .collect();
    let mut done = 0;
    for task in tasks {
        done += task.await.expect("a task that does not panic")?;
    }
    Ok(f64::from(done) / start.elapsed().as_secs_f64())
}

async fn work(db: Db, number: usize, until: Instant) -> Result<u32, DbError> {
    let player: std::sync::Arc<str> = format!("player-{number}").into();
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

fn median(mut rates: Vec<f64>) -> f64 {
    rates.sort_by(f64::total_cmp);
    rates[rates.len() / 2]
}
