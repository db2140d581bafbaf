//! A PostgreSQL server: its programs, its data and its command line.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use crate::Kind;
use crate::account::Account;
use crate::admin::Admin;
use crate::installed::{newest_first, program};
use crate::process::run;

/// `postgresql` alone would make a cluster, and start it.
pub const INSTALL: &[&str] = &[
    "apt-get install --yes postgresql-common",
    "pg_conftool /etc/postgresql-common/createcluster.conf set create_main_cluster off",
    "apt-get install --yes postgresql",
];

/// The administrator of a server that was made here.
pub const USER: &str = "aliya";

/// How many connections it takes: tests of several processes share it.
const CONNECTIONS: &str = "max_connections=400";

/// Where the programs are.
pub struct Programs {
    initdb: PathBuf,
    postgres: PathBuf,
    psql: PathBuf,
}

pub fn programs() -> Result<Programs> {
    // Debian keeps the servers of all versions out of PATH.
    let versions = newest_first(Path::new("/usr/lib/postgresql"));
    let first: Vec<_> = versions.iter().map(|version| version.join("bin")).collect();
    let find = |name| program(Kind::Postgres, name, &first);
    Ok(Programs {
        initdb: find("initdb")?,
        postgres: find("postgres")?,
        psql: find("psql")?,
    })
}

impl Programs {
    /// Fills the folder `data`. Texts are compared by the rules of English unless a column says
    /// otherwise: a test that relies on it, relies on its own SQL.
    pub fn make(&self, account: &Account, data: &Path) -> Result<()> {
        let mut initdb = Command::new(&self.initdb);
        initdb.arg("--pgdata").arg(data);
        initdb.args([
            "--username",
            USER,
            "--auth=trust",
            "--encoding=UTF8",
            "--no-sync",
        ]);
        initdb.args(["--locale=C", "--locale-provider=icu", "--icu-locale=en"]);
        account.takes_on(&mut initdb);
        run(&mut initdb, "").map(drop)
    }

    /// What starts the server.
    pub fn server(&self, data: &Path, port: u16) -> Command {
        let mut server = Command::new(&self.postgres);
        server.arg("-D").arg(data).args(["-p", &port.to_string()]);
        for setting in [
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            CONNECTIONS,
            "fsync=off",
            "full_page_writes=off",
        ] {
            server.args(["-c", setting]);
        }
        server
    }

    /// What runs the SQL of its input, and prints the values of rows, parted by tabs.
    pub fn client(&self, admin: &Admin) -> Command {
        let mut client = Command::new(&self.psql);
        client.args(["--no-psqlrc", "--quiet", "--tuples-only", "--no-align"]);
        client.args(["--field-separator=\t", "--set=ON_ERROR_STOP=1", "--dbname"]);
        client.arg(admin.url("postgres"));
        client
    }
}
