//! The parts that programs are put together from, as the settings want them.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};

use super::Failure;
use crate::config::Store;
use crate::credential::{Credentials, Issuer};
use crate::db::{DatabaseUrl, Db, Options};
use crate::frame::Cipher;
use crate::function::{Game, Manager};
use crate::gateway::{self, Rate};
use crate::newcomers::Newcomers;
use crate::peers::{HttpAccounts, HttpConfig, HttpPeers};
use crate::secrets::{INTERNAL_SECRET, Secret, TOKEN_SECRET};
use crate::settings::Settings;
use crate::token::{self, TokenServer};

/// The names of databases that have the accounts.
const ACCOUNTS: [&str; 2] = ["aliya", "token"];
/// How many bytes SQLite's first page has.
const FIRST_PAGE: u64 = 4096;

/// Opens the database of the settings; without one there, `<name>.db` in the data folder.
pub(super) async fn database(settings: &Settings, name: &str) -> Result<Db, Failure> {
    let options = Options {
        connections: settings.database_connections,
        ..Options::default()
    };
    let url = database_url(settings, name);
    if let DatabaseUrl::Sqlite(path) = &url
        && ACCOUNTS.contains(&name)
        && begins_empty(path)
        && settings.data.join(TOKEN_SECRET).is_file()
    {
        tracing::warn!(
            "{} begins empty, though {} shows that a server had players here: where this is a copy, \
             what it lacks was in {}-wal; docs/running.md says how to make one, under Copies",
            path.display(),
            settings.data.join(TOKEN_SECRET).display(),
            path.display()
        );
    }
    Ok(Db::open(&url, options).await?)
}

/// Whether no table is in the database of that file, nor in its log.
fn begins_empty(path: &Path) -> bool {
    let bytes = |path: &Path| path.metadata().map_or(0, |found| found.len());
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    // The first page alone says how a database is read.
    bytes(path) <= FIRST_PAGE && bytes(Path::new(&log)) == 0
}

/// Where that database is.
pub(super) fn database_url(settings: &Settings, name: &str) -> DatabaseUrl {
    let url = settings.database.clone();
    url.unwrap_or_else(|| DatabaseUrl::sqlite(settings.data.join(format!("{name}.db"))))
}

/// The balance tables of the settings' folder; `None` where the game declares none.
pub(super) fn config(
    game: &'static Game,
    settings: &Settings,
) -> Result<Option<Arc<Store>>, Failure> {
    let open = |config| Store::open(config, &settings.config_dir);
    Ok(game.config.map(open).transpose()?)
}

/// The credentials that `issuer` signs with, and checks others by.
pub(super) fn credentials(
    settings: &Settings,
    issuer: &Issuer,
) -> Result<Arc<Credentials>, Failure> {
    let secret = secret(settings, settings.internal_secret.as_ref(), INTERNAL_SECRET)?;
    let credentials = Credentials::new(&secret, issuer);
    Ok(Arc::new(match &settings.internal_secret_also {
        Some(also) => credentials.also(&Secret::new(also.expose_secret())?),
        None => credentials,
    }))
}

/// The token server over `db`, with what it does for new players.
pub(super) async fn token_server(
    settings: &Settings,
    db: Db,
    newcomers: Arc<dyn Newcomers>,
) -> Result<Arc<TokenServer>, Failure> {
    let secret = secret(settings, settings.token_secret.as_ref(), TOKEN_SECRET)?;
    let settings = token::Settings {
        lifetime_s: settings.token_ttl_s,
        ..token::Settings::default()
    };
    Ok(TokenServer::start(db, &secret, &settings, newcomers).await?)
}

/// The secret of the settings; without one there, the one of that name in the data folder, which is
/// made if need be.
fn secret(settings: &Settings, set: Option<&SecretString>, name: &str) -> Result<Secret, Failure> {
    Ok(match set {
        Some(text) => Secret::new(text.expose_secret())?,
        None => Secret::load_or_make(&settings.data, name)?,
    })
}

/// The way to the managers of other processes.
pub(super) fn peers(
    game: &'static Game,
    settings: &Settings,
    issuer: Issuer,
) -> Result<HttpPeers, Failure> {
    let mut urls = BTreeMap::new();
    for manager in game.managers {
        let url = settings.manager_url(manager.name, manager.port);
        let url = url.ok_or_else(|| no_port(manager))?;
        urls.insert(manager.name.to_owned(), url);
    }
    let credentials = credentials(settings, &issuer)?;
    Ok(HttpPeers::new(urls, credentials, &http_config(settings)))
}

/// The token server of another process.
pub(super) fn accounts(settings: &Settings, issuer: &Issuer) -> Result<HttpAccounts, Failure> {
    let credentials = credentials(settings, issuer)?;
    Ok(HttpAccounts::new(
        settings.token_url.clone(),
        credentials,
        &http_config(settings),
    ))
}

/// Where a manager of this process listens.
pub(super) fn manager_address(
    settings: &Settings,
    manager: &Manager,
) -> Result<SocketAddr, Failure> {
    let address = settings.manager_address(manager.port);
    address.ok_or_else(|| no_port(manager))
}

fn no_port(manager: &Manager) -> Failure {
    let Manager { name, port, .. } = manager;
    format!("port {port} of manager {name} and port_offset together are no port").into()
}

/// The clients' cipher.
pub(super) fn cipher(settings: &Settings) -> Result<Cipher, Failure> {
    let key = settings.des_key.expose_secret().as_bytes();
    Ok(Cipher::new(
        key,
        settings.des_iv.expose_secret().as_bytes(),
    )?)
}

/// A name for a request that begins here.
pub(super) fn request_id() -> String {
    format!("{:016x}", getrandom::u64().unwrap_or_default())
}

/// The limits of calls between services: one of the token server fits the client's time limit.
pub(super) fn http_config(settings: &Settings) -> HttpConfig {
    HttpConfig {
        timeout: Duration::from_millis(settings.request_timeout_ms),
        ..HttpConfig::default()
    }
}

/// The gateway's limits.
pub(super) fn gateway_config(settings: &Settings) -> Result<gateway::Config, Failure> {
    let ms = Duration::from_millis;
    Ok(gateway::Config {
        max_connections: settings.max_connections,
        max_connections_per_address: settings.max_connections_per_address,
        idle_timeout: ms(settings.idle_timeout_ms),
        frame_timeout: ms(settings.frame_timeout_ms),
        write_timeout: ms(settings.write_timeout_ms),
        request_timeout: ms(settings.request_timeout_ms),
        shutdown_timeout: ms(settings.shutdown_timeout_ms),
        status_as_text: settings.status_as_text,
        cipher: cipher(settings)?,
        player_rate: Rate {
            per_s: settings.rate_limit_per_s,
            burst: settings.rate_limit_burst,
        },
        address_rate: Rate {
            per_s: settings.rate_limit_per_s,
            burst: settings.rate_limit_burst,
        },
        login_rate: Rate {
            per_s: settings.login_rate_limit_per_s,
            burst: settings.login_rate_limit_burst,
        },
    })
}
