//! The same SQL without the server: a loop over the driver for each client, on a connection of its
//! own, as one would write it by hand.

mod sql;

use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{
    Connection, Error, Executor, MySqlConnection, PgConnection, Row, SqliteConnection, query,
    query_as,
};

use self::sql::{MYSQL, POSTGRES, SQLITE, Words};
use crate::clients::Figures;
use crate::players::{LEVELS, Player, WEAPONS};

/// Iron for a level: config/weapon_upgrade.yaml.
const IRON: i64 = 20;

/// What is done again and again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// The SQL of level_up_weapon.
    LevelUp,
    /// The SQL of get_all_supplies.
    Look,
}

/// Runs the loops of all clients at once for `time`, over the database at `url`.
pub async fn run(
    url: &str,
    hands: Vec<Vec<Player>>,
    what: What,
    time: Duration,
) -> Result<Figures> {
    match url.split(':').next() {
        Some("sqlite") => sqlite(url, hands, what, time).await,
        Some("postgres") => postgres(url, hands, what, time).await,
        Some("mysql") => mysql(url, hands, what, time).await,
        _ => bail!("{url} is no database of the benchmark"),
    }
}

/// As durable as the server's: a commit is on disk.
async fn open_sqlite(url: &str) -> sqlx::Result<SqliteConnection> {
    let options = SqliteConnectOptions::new()
        .filename(url.trim_start_matches("sqlite:"))
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(Duration::from_secs(30));
    SqliteConnection::connect_with(&options).await
}

/// The loops over one driver. Written once for all three, whose types have no common form that
/// tasks could be spawned with.
macro_rules! loops {
    ($name:ident, $words:ident, $conn:ty, $open:path) => {
        async fn $name(
            url: &str,
            hands: Vec<Vec<Player>>,
            what: What,
            time: Duration,
        ) -> Result<Figures> {
            async fn level_up(conn: &mut $conn, player: &str, weapon: &str) -> sqlx::Result<()> {
                let words: &Words = &$words;
                conn.execute(words.begin).await?;
                let row = query(words.weapon).bind(player).bind(weapon);
                let row = row.fetch_one(&mut *conn).await?;
                let (level, points): (i64, i64) = (row.try_get(1)?, row.try_get(2)?);
                let held = query(words.held).bind(player).bind("iron");
                held.fetch_one(&mut *conn).await?;
                let held = query_as(words.held_locked).bind(player).bind("iron");
                let (held,): (i64,) = held.fetch_one(&mut *conn).await?;
                let pay = query(words.pay).bind(held - IRON).bind(player);
                pay.bind("iron").execute(&mut *conn).await?;
                let save = query(words.level).bind(level + 1).bind(points + 1);
                save.bind(player).bind(weapon).execute(&mut *conn).await?;
                conn.execute("COMMIT").await?;
                Ok(())
            }

            async fn look(conn: &mut $conn, player: &str) -> sqlx::Result<()> {
                let rows = query($words.supplies).bind(player);
                rows.fetch_all(conn).await?;
                Ok(())
            }

            async fn one(
                mut conn: $conn,
                players: Vec<Player>,
                what: What,
                end: Instant,
            ) -> Result<Vec<Duration>> {
                let mut took = Vec::new();
                while Instant::now() < end {
                    let number = u32::try_from(took.len())?;
                    let start = Instant::now();
                    match what {
                        What::Look => {
                            let player = players.first().context("a player")?;
                            look(&mut conn, &player.name).await?;
                        }
                        What::LevelUp => {
                            let (player, weapon) = at(&players, number)?;
                            while let Err(error) = level_up(&mut conn, player, &weapon).await {
                                again(&error)?;
                                conn.execute("ROLLBACK").await?;
                            }
                        }
                    }
                    took.push(start.elapsed());
                }
                Ok(took)
            }

            let mut ready = Vec::new();
            for players in hands {
                let mut conn = $open(url).await?;
                for setting in $words.settings {
                    conn.execute(*setting).await?;
                }
                ready.push((conn, players));
            }
            let start = Instant::now();
            let tasks = ready
                .into_iter()
                .map(|(conn, players)| tokio::spawn(one(conn, players, what, start + time)));
            let tasks: Vec<_> = tasks.collect();
            let mut took = Vec::new();
            for task in tasks {
                took.extend(task.await??);
            }
            Ok(Figures::new(took, start.elapsed()))
        }
    };
}

loops!(sqlite, SQLITE, SqliteConnection, open_sqlite);
loops!(postgres, POSTGRES, PgConnection, PgConnection::connect);
loops!(mysql, MYSQL, MySqlConnection, MySqlConnection::connect);

/// The player and the weapon of a client's `number`th level-up.
fn at(players: &[Player], number: u32) -> Result<(&str, String)> {
    let player = usize::try_from(number / (WEAPONS * LEVELS))?;
    let player = players
        .get(player)
        .context("the client needs more players")?;
    let weapon = 1 + number / LEVELS % WEAPONS;
    Ok((&player.name, format!("weapon{weapon}")))
}

/// Whether a transaction that failed so is to be run again: the database chose it as the victim of
/// a conflict.
fn again(error: &Error) -> Result<()> {
    let code = error.as_database_error().and_then(|it| it.code());
    match code.as_deref() {
        Some("40001" | "40P01") => Ok(()),
        _ => bail!("{error}"),
    }
}
