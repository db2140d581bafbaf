//! Servers and players for the tests.

mod inside;
mod old;
mod posted;
mod process;
mod rows;
mod server;

pub use inside::{Inside, MONDAY_AT_10};
pub use old::{OldClient, count_of, exchange, framed};
pub use posted::Posting;
pub use process::{Process, Text, aliya};
pub use rows::rows;
pub use server::{Player, Server, Shape};

use anyhow::Result;
use serde_json::{Map, Value};

/// Runs an async test on its own runtime.
pub fn run<T>(test: impl Future<Output = Result<T>>) -> Result<T> {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?
        .block_on(async { tokio::time::timeout(std::time::Duration::from_secs(60), test).await? })
}

/// Runs a test against both shapes: all in one process, and each role in its own.
pub fn in_both_shapes<F>(test: impl Fn(Server) -> F) -> Result<()>
where
    F: Future<Output = Result<()>>,
{
    for shape in [Shape::OneProcess, Shape::Separate] {
        run(async {
            let server = Server::start(shape).await?;
            test(server).await
        })
        .map_err(|error| error.context(format!("{shape:?}")))?;
    }
    Ok(())
}

/// How much of an item a reply of `get_all_supplies` lists.
pub fn amount(supplies: &Value, item: &str) -> i64 {
    let lines = supplies["data"]["supplies"].as_array();
    let line = lines.and_then(|lines| lines.iter().find(|line| line[0] == item));
    line.and_then(|line| line[1].as_i64()).unwrap_or_default()
}

/// The entries of a JSON object.
pub fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        other => panic!("not an object: {other}"),
    }
}
