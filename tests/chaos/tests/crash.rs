//! Processes that abort at each place which they pass in their part of a function: nothing is lost,
//! done twice or left half done, whatever the place. On each database.

use aliya_chaos::crash::crashes;
use aliya_test_servers::{Kind, On};
use anyhow::Result;

fn crashes_on(on: On) -> Result<()> {
    if !on.is_covered()? {
        return Ok(());
    }
    let crashes = crashes(env!("CARGO_BIN_EXE_chaos-game").into(), on)?;
    println!("{crashes}");
    crashes.check()
}

#[test]
fn no_crash_breaks_anything_on_sqlite() -> Result<()> {
    crashes_on(On::Sqlite)
}

#[test]
fn no_crash_breaks_anything_on_postgres() -> Result<()> {
    crashes_on(On::Server(Kind::Postgres))
}

#[test]
fn no_crash_breaks_anything_on_mariadb() -> Result<()> {
    crashes_on(On::Server(Kind::Mariadb))
}
