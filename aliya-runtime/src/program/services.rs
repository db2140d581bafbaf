//! The parts that programs are put together from, as the settings want them.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use super::Failure;
use crate::credential::{Credentials, Issuer};
use crate::db::Db;
use crate::function::Game;
use crate::gateway;
use crate::peers::{HttpConfig, HttpPeers};
use crate::secrets::{INTERNAL_SECRET, Secret, TOKEN_SECRET};
use crate::settings::Settings;
use crate::token::TokenServer;

/// Opens the database of the settings; without one there, `<name>.db` in the data folder.
pub(super) async fn database(settings: &Settings, name: &str) -> Result<Db, Failure> {
    let url = match &settings.database {
        Some(url) => url.clone(),
        None => format!("sqlite:{}", settings.data.join(format!("{name}.db")).display()),
    };
    Ok(Db::open(&url.parse()?).await?)
}

/// The credentials that `issuer` signs with, and checks others by.
pub(super) fn credentials(
    settings: &Settings,
    issuer: &Issuer,
) -> Result<Arc<Credentials>, Failure> {
    let secret = match &settings.internal_secret {
        Some(secret) => secret.clone(),
        None => Secret::load_or_make(&settings.data, INTERNAL_SECRET)?,
    };
    Ok(Arc::new(Credentials::new(&secret, issuer)))
}

/// The token server over `db`.
pub(super) async fn token_server(
    settings: &Settings,
    db: Db,
) -> Result<Arc<TokenServer>, Failure> {
    let secret = match &settings.token_secret {
        Some(secret) => secret.clone(),
        None => Secret::load_or_make(&settings.data, TOKEN_SECRET)?,
    };
    let ttl = Duration::from_secs(settings.token_ttl_s);
    Ok(TokenServer::start(db, &secret, ttl).await?)
}

/// The way to the managers of other processes.
pub(super) fn peers(
    game: &'static Game,
    settings: &Settings,
    issuer: Issuer,
) -> Result<HttpPeers, Failure> {
    let mut addresses = BTreeMap::new();
    for manager in game.managers {
        let address = settings.manager_address(manager.name, manager.port)?;
        addresses.insert(manager.name.to_owned(), address);
    }
    let credentials = credentials(settings, &issuer)?;
    Ok(HttpPeers::new(addresses, credentials, &http_config(settings)))
}

/// The time limits of calls between services: all of a request's together fit the client's limit.
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
        cipher: settings.cipher()?,
        player_rate: settings.rate(),
        address_rate: settings.login_rate(),
    })
}
