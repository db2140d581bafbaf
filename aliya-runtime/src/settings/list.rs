//! The one list of settings.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use secrecy::SecretString;

use super::table::settings;
use crate::db::DatabaseUrl;

settings! {
    /// Folder of the databases, and of the secrets that the server makes for itself.
    data: PathBuf = FOLDER("data");
    /// Folder of the game's balance tables; a changed file holds from the next requests on.
    config_dir: PathBuf = FOLDER("config");
    /// Address on which the gateway listens for clients.
    gateway: SocketAddr = ADDRESS("127.0.0.1:8079");
    /// Address on which the token server listens.
    token: SocketAddr = ADDRESS("127.0.0.1:8080");
    /// Address on which managers listen, each on its declared port.
    manager_host: IpAddr = IP("127.0.0.1");
    /// Added to the declared port of each manager.
    port_offset: i32 = OFFSET("0");
    /// Database of this process: a file of SQLite, or one of a server; without it, files in the data
    /// folder.
    database: Option<DatabaseUrl> = DATABASE();
    /// Connections to the database's server at one time, where it has one.
    database_connections: usize = CONNECTIONS("16");
    /// Where the token server is called; follows `token` unless set.
    token_url: String = URL("http://127.0.0.1:8080");
    /// Where managers in other processes are called; the others are at manager_host.
    manager_urls: BTreeMap<String, String> = URLS("");
    /// Key of the clients' cipher.
    des_key: SecretString = DES_BLOCK("67891234");
    /// Initialization vector of the clients' cipher.
    des_iv: SecretString = DES_BLOCK("67891234");
    /// Signs players' tokens; without it, one is made and kept in the data folder.
    token_secret: Option<SecretString> = SECRET();
    /// Signs the calls between processes, and the operator's; all processes share it. Without it,
    /// one is made and kept in the data folder.
    internal_secret: Option<SecretString> = SECRET();
    /// A second internal secret whose signatures are accepted, while the secret is being changed.
    internal_secret_also: Option<SecretString> = SECRET();
    /// How long a login lasts, in seconds.
    token_ttl_s: u32 = SECONDS("604800");
    /// Refuse to start with the default of any secret.
    production: bool = SWITCH("false");
    /// Send the status of a reply as a string, as some old clients want it.
    status_as_text: bool = SWITCH("false");
    /// Connections to the gateway at one time.
    max_connections: usize = CONNECTIONS("12000");
    /// Connections to the gateway from one address at one time.
    max_connections_per_address: usize = CONNECTIONS("1024");
    /// How long a connection may be open without a request, in milliseconds.
    idle_timeout_ms: u64 = MILLISECONDS("300000");
    /// How long a frame may take from its first byte to its last, in milliseconds.
    frame_timeout_ms: u64 = MILLISECONDS("10000");
    /// How long a client may take to accept a reply, in milliseconds.
    write_timeout_ms: u64 = MILLISECONDS("10000");
    /// How long a request may take before it is answered with "Try again", in milliseconds.
    request_timeout_ms: u64 = MILLISECONDS("5000");
    /// How long requests under way may take to finish when the server stops, in milliseconds.
    shutdown_timeout_ms: u64 = MILLISECONDS("20000");
    /// Requests a second of one player, or of one address without a token; 0 for no limit.
    rate_limit_per_s: u32 = RATE("50");
    /// Requests that may come at once within `rate_limit_per_s`.
    rate_limit_burst: u32 = BURST("100");
    /// Logins a second from one address; 0 for no limit.
    login_rate_limit_per_s: u32 = RATE("20");
    /// Logins that may come at once within `login_rate_limit_per_s`.
    login_rate_limit_burst: u32 = BURST("40");
    /// What is logged: a level, or levels by module.
    log: String = FILTER("info");
}
