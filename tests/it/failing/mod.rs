//! Databases that fail under load: requests are answered 13, the log says why, nothing that was
//! acknowledged is lost, and the server goes on by itself when the database does.

mod crowded;
mod full;
mod killed;
mod load;
mod read_only;

use aliya_test_servers::{Kind, On, Options, Server as Database};
use anyhow::{Context, Result, ensure};

use self::load::Load;
use crate::support::{Server, Shape, aliya, run};

/// The database's user that the server is, and owns the database, and nothing more.
const GAME: &str = "game";

/// A game over a database that is about to fail.
struct Fails {
    database: Database,
    /// Its URL, as [`GAME`].
    url: String,
    server: Server,
    load: Load,
}

impl Fails {
    async fn start(kind: Kind, options: &Options) -> Result<Self> {
        let database = Database::start_with(kind, options)?;
        let url = database.fresh_database()?;
        let name = url.rsplit('/').next().context("the database's name")?;
        database.sql(&match kind {
            Kind::Postgres => {
                format!("CREATE ROLE {GAME} LOGIN; ALTER DATABASE {name} OWNER TO {GAME};")
            }
            Kind::Mariadb => format!("CREATE USER {GAME}; GRANT ALL ON {name}.* TO {GAME};"),
        })?;
        let admin = database.admin();
        let url = url.replacen(&format!("//{}@", admin.user), &format!("//{GAME}@"), 1);
        let server = over(&url).await?;
        let load = Load::start(&server).await?;
        Ok(Self {
            database,
            url,
            server,
            load,
        })
    }

    /// The database answers again: so does the server, and has kept what it acknowledged. The log
    /// tells what was wrong, in one of these words.
    async fn recovers(self, why: &[&str]) -> Result<()> {
        self.load.goes_on().await?;
        self.load.is_logged(&self.server, why).await?;
        self.load.end(&self.server).await
    }
}

/// A server in one process over the database at `url`, which is empty.
pub async fn over(url: &str) -> Result<Server> {
    let flag = format!("--database={url}");
    let folder = tempfile::tempdir()?;
    let migrated = aliya(folder.path()).args(["migrate", &flag]).output()?;
    ensure!(migrated.status.success(), "{migrated:?}");
    let unlimited = ["--rate-limit-per-s=0", "--login-rate-limit-per-s=0"];
    Server::start_with(Shape::OneProcess, &[&flag, unlimited[0], unlimited[1]]).await
}

/// Runs a test on each kind of server that this run covers.
pub fn on_servers<F>(test: impl Fn(Kind) -> F) -> Result<()>
where
    F: Future<Output = Result<()>>,
{
    for kind in Kind::ALL {
        if On::Server(kind).is_covered()? {
            run(test(kind)).context(kind.name())?;
        }
    }
    Ok(())
}
