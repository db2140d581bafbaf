//! A MariaDB server: its programs, its data and its command line.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::account::{Account, is_root};
use crate::admin::Admin;
use crate::installed::program;
use crate::process::run;
use crate::{Kind, Options};

/// `mariadb-server` would start one; these are its programs alone.
pub const INSTALL: &[&str] =
    &["apt-get install --yes --no-install-recommends mariadb-server-core mariadb-client-core"];

/// The administrator of a server that was made here.
pub const USER: &str = "root";

/// How many connections it takes: tests of several processes share it.
const CONNECTIONS: u16 = 400;
/// Enough for tests, and quickly made.
const LOG_SIZE: &str = "--innodb-log-file-size=16M";

/// Where the programs are.
pub struct Programs {
    install_db: PathBuf,
    mariadbd: PathBuf,
    mariadb: PathBuf,
}

pub fn programs() -> Result<Programs> {
    let first = ["/usr/sbin".into(), "/usr/local/sbin".into()];
    let find = |name| program(Kind::Mariadb, name, &first);
    Ok(Programs {
        install_db: find("mariadb-install-db")?,
        mariadbd: find("mariadbd")?,
        mariadb: find("mariadb")?,
    })
}

impl Programs {
    /// Fills the folder `data`.
    pub fn make(&self, account: &Account, data: &Path) -> Result<()> {
        std::fs::create_dir(temporary(data)).context("no folder for temporary tables")?;
        let mut install = Command::new(&self.install_db);
        install.args(["--no-defaults", "--skip-test-db", LOG_SIZE]);
        install.arg("--auth-root-authentication-method=normal");
        install.args(folders(data));
        install.args(as_root());
        account.takes_on(&mut install);
        run(&mut install, "").map(drop)
    }

    /// What starts the server.
    pub fn server(&self, data: &Path, port: u16, options: &Options) -> Command {
        let mut server = Command::new(&self.mariadbd);
        server.args([
            "--no-defaults",
            "--bind-address=127.0.0.1",
            "--skip-name-resolve",
        ]);
        server.arg(format!("--port={port}"));
        server.args(folders(data));
        server.arg(format!("--socket={}", data.join("socket").display()));
        server.arg(format!("--pid-file={}", data.join("pid").display()));
        server.args(as_root());
        let connections = options.connections.unwrap_or(CONNECTIONS);
        server.arg(format!("--max-connections={connections}"));
        server.args([LOG_SIZE, "--innodb-buffer-pool-size=64M"]);
        if !options.durable {
            // To the system with each commit, to the disk when the system likes.
            server.args([
                "--innodb-flush-log-at-trx-commit=2",
                "--innodb-doublewrite=0",
            ]);
        }
        server
    }

    /// What runs the SQL of its input, and prints the values of rows, parted by tabs.
    pub fn client(&self, admin: &Admin) -> Command {
        let mut client = Command::new(&self.mariadb);
        client.args([
            "--no-defaults",
            "--batch",
            "--skip-column-names",
            "--protocol=tcp",
        ]);
        client.args(["--host", &admin.host, "--user", &admin.user]);
        client.arg(format!("--port={}", admin.port));
        client.arg(format!("--password={}", admin.password));
        client
    }
}

/// Where it keeps what. A server that starts deletes all temporary tables that it finds, those of
/// another one in the same folder, too: it has a folder for its own.
fn folders(data: &Path) -> [String; 2] {
    [
        format!("--datadir={}", data.display()),
        format!("--tmpdir={}", temporary(data).display()),
    ]
}

/// Beside the data: within, a folder would be taken for a database.
fn temporary(data: &Path) -> PathBuf {
    data.with_extension("tmp")
}

/// It must be told where root starts it.
fn as_root() -> Option<&'static str> {
    is_root().then_some("--user=root")
}
