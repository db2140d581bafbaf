//! A database whose connections are all taken by others.

use std::time::Duration;

use aliya_test_servers::{Kind, Options, Server as Database};
use anyhow::Result;
use sqlx::{Connection, MySqlConnection, PgConnection};

use super::{Fails, GAME, on_servers};

/// How many connections the database takes: some more than the server keeps.
const CONNECTIONS: u16 = 40;

/// What PostgreSQL and MariaDB say of one more.
const REFUSED: [&str; 2] = ["remaining connection slots", "Too many connections"];

#[test]
fn a_database_without_a_free_connection_is_waited_for() -> Result<()> {
    on_servers(crowded)
}

async fn crowded(kind: Kind) -> Result<()> {
    let options = Options {
        connections: Some(CONNECTIONS),
        ..Options::default()
    };
    let game = Fails::start(kind, &options).await?;
    let (others, database) = match kind {
        Kind::Postgres => ("CREATE ROLE others LOGIN;", "postgres"),
        Kind::Mariadb => ("CREATE USER others;", ""),
    };
    game.database.sql(others)?;
    let url = game.database.admin().url(database);
    let url = url.replacen(
        &format!("//{}@", game.database.admin().user),
        "//others@",
        1,
    );
    let mut taken = Vec::new();
    tokio::select! {
        told = game.load.is_logged(&game.server, &REFUSED) => told?,
        failed = take_all(kind, &url, &game.database, &mut taken) => failed?,
    }
    drop(taken);
    game.recovers(&REFUSED).await
}

/// A connection that does nothing.
enum Taken {
    Postgres { _held: PgConnection },
    Mariadb { _held: MySqlConnection },
}

/// Takes every connection that is free or becomes free, and ends the game's, until this is dropped:
/// now and then the server is quicker than the others.
async fn take_all(
    kind: Kind,
    url: &str,
    database: &Database,
    taken: &mut Vec<Taken>,
) -> Result<()> {
    loop {
        while let Ok(one) = take(kind, url).await {
            taken.push(one);
        }
        end_those_of_the_game(kind, database)?;
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

async fn take(kind: Kind, url: &str) -> sqlx::Result<Taken> {
    Ok(match kind {
        Kind::Postgres => Taken::Postgres {
            _held: PgConnection::connect(url).await?,
        },
        Kind::Mariadb => Taken::Mariadb {
            _held: MySqlConnection::connect(url).await?,
        },
    })
}

/// One connection is the administrator's, always.
fn end_those_of_the_game(kind: Kind, database: &Database) -> Result<()> {
    let end = match kind {
        Kind::Postgres => format!(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '{GAME}';"
        ),
        Kind::Mariadb => format!("KILL CONNECTION USER {GAME};"),
    };
    database.sql(&end).map(drop)
}
