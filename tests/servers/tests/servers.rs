//! Servers that start, serve, are killed, come back and go.

use std::io::{BufRead, BufReader};
use std::net::TcpStream;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use aliya_test_servers::{Admin, Kind, On, Server, chosen};
use anyhow::{Context, Result};

/// How long a server may take to end.
const PATIENCE: Duration = Duration::from_secs(20);

fn kinds() -> Result<Vec<Kind>> {
    let kinds = chosen()?.into_iter().filter_map(|on| match on {
        On::Sqlite => None,
        On::Server(kind) => Some(kind),
    });
    Ok(kinds.collect())
}

fn listens(admin: &Admin) -> bool {
    TcpStream::connect((admin.host.as_str(), admin.port)).is_ok()
}

#[test]
fn what_is_acknowledged_outlives_a_killed_server() -> Result<()> {
    for kind in kinds()? {
        let mut server = Server::start(kind)?;
        server.sql("CREATE DATABASE game;")?;
        let table = match kind {
            Kind::Postgres => "kept",
            Kind::Mariadb => "game.kept",
        };
        server.sql(&format!(
            "CREATE TABLE {table} (x BIGINT); INSERT INTO {table} VALUES (7);"
        ))?;
        server.kill()?;
        assert!(!listens(server.admin()));
        assert!(server.sql("SELECT 1;").is_err());
        server.restart()?;
        assert_eq!(server.sql(&format!("SELECT x FROM {table};"))?.trim(), "7");
        let admin = server.admin().clone();
        drop(server);
        assert!(!listens(&admin));
    }
    Ok(())
}

#[test]
fn a_shared_server_gives_each_its_own_database() -> Result<()> {
    for kind in kinds()? {
        let server = Server::shared(kind)?;
        assert!(std::ptr::eq(server, Server::shared(kind)?));
        let (one, other) = (server.fresh_database()?, server.fresh_database()?);
        assert_ne!(one, other);
        assert_eq!(Admin::parse(kind, &one)?, *server.admin());
    }
    Ok(())
}

#[test]
fn a_server_ends_with_the_process_that_started_it() -> Result<()> {
    for kind in kinds()? {
        let mut starter = Command::new(env!("CARGO_BIN_EXE_aliya-test-servers"));
        let starter = starter
            .arg(kind.name())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped());
        let mut starter = starter.spawn()?;
        let mut url = String::new();
        BufReader::new(starter.stdout.take().context("piped")?).read_line(&mut url)?;
        let admin = Admin::parse(kind, url.trim())?;
        assert!(listens(&admin));
        starter.kill()?;
        starter.wait()?;
        let begin = Instant::now();
        while listens(&admin) {
            assert!(begin.elapsed() < PATIENCE, "{} is still there", kind.name());
            std::thread::sleep(Duration::from_millis(10));
        }
    }
    Ok(())
}

/// One that starts deletes temporary tables, and tests start several at once.
#[test]
fn a_server_leaves_the_temporary_tables_of_others() -> Result<()> {
    for kind in kinds()? {
        let others = tempfile::Builder::new()
            .prefix("#sql-temptable-")
            .suffix(".MAI")
            .tempfile()?;
        let server = Server::start(kind)?;
        assert!(listens(server.admin()));
        assert!(others.path().exists(), "{kind:?}");
    }
    Ok(())
}
