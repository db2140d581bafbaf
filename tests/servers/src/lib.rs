//! Throwaway PostgreSQL and MariaDB servers for tests, made from the binaries that are installed.
//!
//! A server listens on a free port of the loopback and keeps its data in a temporary folder. It ends,
//! and its data goes, when its [`Server`] is dropped, and as well when this process is killed. Data is
//! written to the system and not to the disk, unless [`Options`] say so: it outlives the server's process, not the machine.

mod account;
mod admin;
mod again;
mod installed;
mod mariadb;
mod on;
mod pgbouncer;
mod postgres;
mod process;
mod server;

pub use admin::Admin;
pub use again::{again_on, database_here, here};
pub use on::{ON, On, chosen, parse};
pub use pgbouncer::PgBouncer;
pub use server::{Options, Server};

/// A kind of server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// PostgreSQL 15 or newer.
    Postgres,
    /// MariaDB 10.6 or newer.
    Mariadb,
}

impl Kind {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Postgres, Self::Mariadb];

    /// As `--on` and [`ON`] call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Postgres => "postgres",
            Self::Mariadb => "mariadb",
        }
    }

    /// The variable that holds the administrator's URL of a server to share, if there is one:
    /// `postgres://USER@HOST:PORT` or `mysql://USER@HOST:PORT`.
    pub fn shared_by(self) -> &'static str {
        match self {
            Self::Postgres => "ALIYA_TEST_POSTGRES",
            Self::Mariadb => "ALIYA_TEST_MARIADB",
        }
    }

    /// Whether all programs that it takes are installed.
    pub fn is_installed(self) -> bool {
        match self {
            Self::Postgres => postgres::programs().is_ok(),
            Self::Mariadb => mariadb::programs().is_ok(),
        }
    }

    /// What to type as root on Debian to install it, in order, so that nothing is started by it.
    pub fn install(self) -> &'static [&'static str] {
        match self {
            Self::Postgres => postgres::INSTALL,
            Self::Mariadb => mariadb::INSTALL,
        }
    }
}
