//! The shapes that the game is robbed in: one process, a process for each manager, two for each.

use std::net::{Ipv4Addr, SocketAddr};

use aliya_chaos::proxy::Proxy;
use aliya_test_servers::{On, here};
use anyhow::{Context, Result};
use generated::GAME;

use crate::support::{Server, Shape, run};

/// Fifty at once are no attack.
const UNLIMITED: [&str; 2] = ["--rate-limit-per-s=0", "--login-rate-limit-per-s=0"];

/// The other processes of a group listen there.
const OTHER_HOST: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 2);

/// How the game is spread over processes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spread {
    /// Everything in one.
    One,
    /// Each manager in its own.
    Each,
    /// Each manager in two, over one database; connections to them take turns.
    Pairs,
}

/// A running game.
pub struct Robbed {
    /// Its processes.
    pub server: Server,
    /// In front of each pair.
    _proxies: Vec<Proxy>,
}

/// Runs a test in that shape; a file of SQLite belongs to one process, so there are no pairs.
pub fn robbed<F>(spread: Spread, test: impl Fn(Robbed) -> F) -> Result<()>
where
    F: Future<Output = Result<()>>,
{
    if spread == Spread::Pairs && here()? == On::Sqlite {
        return Ok(());
    }
    run(async { test(Robbed::start(spread).await?).await }).with_context(|| format!("{spread:?}"))
}

impl Robbed {
    async fn start(spread: Spread) -> Result<Self> {
        if spread == Spread::One {
            return Ok(Self {
                server: Server::start_with(Shape::OneProcess, &UNLIMITED).await?,
                _proxies: Vec::new(),
            });
        }
        let (mut proxies, mut urls) = (Vec::new(), Vec::new());
        for manager in GAME.managers.iter().filter(|_| spread == Spread::Pairs) {
            let proxy = Proxy::start(Vec::new()).await?;
            urls.push(format!("{}=http://{}", manager.name, proxy.address()));
            proxies.push(proxy);
        }
        let urls = format!("--manager-urls={}", urls.join(","));
        let flags = [UNLIMITED[0], UNLIMITED[1], &urls];
        let mut server = Server::start_with(Shape::Separate, &flags).await?;
        for manager in GAME.managers {
            if !["bag", "weapon", "mail"].contains(&manager.name) {
                server.start_role(0, &["manager", manager.name])?;
            }
        }
        for (manager, proxy) in GAME.managers.iter().zip(&proxies) {
            let host = format!("--manager-host={OTHER_HOST}");
            server.start_role(0, &["manager", manager.name, &host])?;
            let port = server.port(manager.port);
            let hosts = [Ipv4Addr::LOCALHOST, OTHER_HOST];
            proxy.aim(hosts.map(|host| SocketAddr::from((host, port))).to_vec());
        }
        Ok(Self {
            server,
            _proxies: proxies,
        })
    }
}
