//! MySQL 8.0.19 and later, MariaDB 10.6 and later.

mod fault;
mod migrate;
mod session;
mod settings;
mod statement;

use std::borrow::Cow;
use std::str::FromStr;

use sqlx::mysql::{MySqlConnectOptions, MySqlConnection};
use sqlx::{ConnectOptions, Connection as _, Row as _};

use super::server::{Driver, Fault, Kind, Made, Session};
use super::{DbError, Dialect, Place, Statement};
use crate::BoxFuture;
pub(super) use migrate::Migrating;
use session::MysqlSession;

/// Prepared statements that a connection keeps. All connections of all processes together may have
/// `max_prepared_stmt_count` of them, by default 16,382.
const STATEMENT_CACHE: usize = 512;

/// The server that a URL names.
pub(super) struct Mysql {
    place: Place,
    options: MySqlConnectOptions,
}

/// What a server is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Product {
    Mysql,
    Mariadb,
}

/// What compares texts byte by byte, in MariaDB and in MySQL.
const COLLATION: [&str; 2] = ["utf8mb4_nopad_bin", "utf8mb4_0900_bin"];

impl Product {
    /// SQL that names MariaDB's collation, as this one understands it.
    fn says(self, sql: &'static str) -> Cow<'static, str> {
        match self {
            Self::Mysql if sql.contains(COLLATION[0]) => {
                sql.replace(COLLATION[0], COLLATION[1]).into()
            }
            _ => sql.into(),
        }
    }
}

impl Mysql {
    pub(super) fn at(place: &Place) -> Result<Self, DbError> {
        let options = MySqlConnectOptions::from_str(place.url());
        let options = options.map_err(|error| DbError::Connect {
            place: place.to_string(),
            what: error.to_string(),
        })?;
        let options = options
            .statement_cache_capacity(STATEMENT_CACHE)
            // The session's settings are set at once, below.
            .pipes_as_concat(false)
            .no_engine_substitution(false)
            .timezone(None)
            .set_names(false)
            .disable_statement_logging();
        Ok(Self {
            place: place.clone(),
            options,
        })
    }
}

impl Driver for Mysql {
    fn dialect(&self) -> Dialect {
        Dialect::Mysql
    }

    fn place(&self) -> String {
        self.place.to_string()
    }

    fn connect(&self) -> BoxFuture<'_, Result<Box<dyn Session>, Fault>> {
        Box::pin(async move {
            let connected = MySqlConnection::connect_with(&self.options).await;
            let mut raw = connected.map_err(|error| fault::of(&error))?;
            let product = product(&mut raw).await?;
            settings::set(&mut raw, product).await?;
            let session: Box<dyn Session> = Box::new(MysqlSession::new(raw, product));
            Ok(session)
        })
    }

    fn begin(&self) -> &'static str {
        "BEGIN"
    }

    fn begin_snapshot(&self) -> &'static str {
        "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ; \
         START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY"
    }

    fn made(&self) -> &'static Made {
        &MADE
    }
}

/// Which product the server is; refuses one that is too old, or takes no writes.
async fn product(raw: &mut MySqlConnection) -> Result<Product, Fault> {
    let asked = "SELECT VERSION(), CAST(@@read_only AS SIGNED)";
    let row = sqlx::raw_sql(asked).fetch_one(raw).await;
    let answer = row.and_then(|row| Ok((row.try_get(0)?, row.try_get(1)?)));
    let (version, read_only): (String, i64) = answer.map_err(|error| fault::of(&error))?;
    if read_only != 0 {
        return Err(Fault::read_only());
    }
    let (product, needed) = match version.contains("MariaDB") {
        true => (Product::Mariadb, [10, 6, 0]),
        false => (Product::Mysql, [8, 0, 19]),
    };
    let numbers = version.split(|c: char| !c.is_ascii_digit());
    let numbers: Vec<u32> = numbers.take(3).map_while(|it| it.parse().ok()).collect();
    if numbers.as_slice() < needed.as_slice() {
        let needed = needed.map(|it| it.to_string()).join(".");
        return Err(Fault {
            kind: Kind::Failed,
            what: format!("it is version {version}: {needed} or later is needed"),
        });
    }
    Ok(product)
}

/// The lock is the session's: it is gone with the connection, too.
static MADE: Made = Made {
    lock: "DO GET_LOCK('aliya$made', 60)",
    unlock: "DO RELEASE_LOCK('aliya$made')",
    create: "CREATE TABLE IF NOT EXISTS `aliya$made` (
  `name` VARCHAR(255) PRIMARY KEY,
  `text` LONGTEXT NOT NULL
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin",
    find: Statement {
        name: "aliya.made.find",
        mysql: "SELECT `text` FROM `aliya$made` WHERE `name` = ?",
        ..Statement::SQLITE_ALONE
    },
    insert: Statement {
        name: "aliya.made.insert",
        mysql: "INSERT INTO `aliya$made` (`name`, `text`) VALUES (?, ?)",
        ..Statement::SQLITE_ALONE
    },
};
