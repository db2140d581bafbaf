//! Logging in with a key, through a gateway, with a real token server: in the same process, and behind
//! HTTP.

use std::net::SocketAddr;
use std::sync::Arc;

use aliya_runtime::Time;
use aliya_runtime::clock::Clock;
use aliya_runtime::credential::Issuer;
use aliya_runtime::db::{DatabaseUrl, Db, Options};
use aliya_runtime::gateway::{self, Accounts, Services};
use aliya_runtime::group::Group;
use aliya_runtime::newcomers::NoNewcomers;
use aliya_runtime::peers::{HttpAccounts, HttpConfig};
use aliya_runtime::random::Seeds;
use aliya_runtime::secrets::Secret;
use aliya_runtime::shutdown::CancellationToken;
use aliya_runtime::token::{self, Settings, TokenServer};
use tokio::net::TcpStream;

use crate::remote::{SECRET, bind, credentials, peers};
use crate::support::{Client, Functions, GAME, Shared, config, value};

const DAY_MS: i64 = 86_400_000;

/// A token server over a database in a folder.
struct World {
    db: Db,
    tokens: Arc<TokenServer>,
    _folder: tempfile::TempDir,
}

impl World {
    async fn open() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let url = DatabaseUrl::sqlite(folder.path().join("accounts.db"));
        let db = Db::open(&url, Options::default())
            .await
            .expect("a database");
        let secret = Secret::new("a secret that has 32 bytes and more").expect("long enough");
        let (settings, newcomers) = (Settings::default(), Arc::new(NoNewcomers));
        let tokens = TokenServer::start(db.clone(), &secret, &settings, newcomers).await;
        Self {
            db,
            tokens: tokens.expect("a token server"),
            _folder: folder,
        }
    }

    /// A client of a gateway over this token server, which is `elsewhere` or in its process.
    async fn client(&self, elsewhere: bool) -> Client {
        let accounts: Arc<dyn Accounts> = match elsewhere {
            false => self.tokens.clone(),
            true => Arc::new(self.over_http().await),
        };
        let services = Arc::new(Services {
            game: &GAME,
            functions: Arc::new(Shared(Arc::new(Functions::default()))),
            accounts,
            clock: Clock::system(),
        });
        let (listener, address) = bind().await;
        let shutdown = CancellationToken::new();
        tokio::spawn(gateway::run(listener, config(), services, shutdown));
        connect(address).await
    }

    async fn over_http(&self) -> HttpAccounts {
        let (listener, address) = bind().await;
        let checking = credentials(SECRET, &Issuer::Token);
        let router = token::router(self.tokens.clone(), checking);
        tokio::spawn(async move { axum::serve(listener, router).await });
        let signing = credentials(SECRET, &Issuer::Gateway);
        HttpAccounts::new(format!("http://{address}"), signing, &HttpConfig::default())
    }
}

async fn connect(address: SocketAddr) -> Client {
    Client(TcpStream::connect(address).await.expect("it listens"))
}

fn request(function: &str, random: &str, data: &str) -> String {
    format!(r#"{{"function":"{function}","random":"{random}","data":{{{data}}}}}"#)
}

#[tokio::test]
async fn a_repeated_request_gets_the_same_reply_byte_by_byte() {
    for elsewhere in [false, true] {
        let world = World::open().await;
        let mut client = world.client(elsewhere).await;
        let login = request(
            "login_unique",
            "1790000000000-5b1f0e8c2d94a673",
            r#""unique_id":"p1""#,
        );
        let first = client.ask(&login).await;
        assert_eq!(value(&first, "/status"), 1, "{first}");
        assert_eq!(client.ask(&login).await, first);
        assert_eq!(world.client(elsewhere).await.ask(&login).await, first);
        let other = login.replace("p1", "p2");
        assert_eq!(value(&client.ask(&other).await, "/status"), 16);

        let token = value(&first, "/data/token");
        let names = format!(r#""token":{token},"account":"Anna","password":"secret""#);
        let binding = request("bind_account", "1790000000000-5b1f0e8c2d94a674", &names);
        for _ in 0..2 {
            assert_eq!(value(&client.ask(&binding).await, "/status"), 0);
        }
        let named = r#""identifier":"account","value":"Anna","password":"secret""#;
        let login = request("login", "1790000000000-5b1f0e8c2d94a675", named);
        let named = client.ask(&login).await;
        assert_eq!(value(&named, "/status"), 0, "{named}");
        assert_eq!(client.ask(&login).await, named);
        // The token of the first login is dead, and is what its repetition gives.
        assert_eq!(value(&client.ask(&binding).await, "/status"), 11);
    }
}

#[tokio::test]
async fn a_short_random_makes_no_key() {
    for elsewhere in [false, true] {
        let world = World::open().await;
        let mut client = world.client(elsewhere).await;
        let login = request("login_unique", "253", r#""unique_id":"p1""#);
        let tokens = [client.ask(&login).await, client.ask(&login).await];
        let [first, second] = tokens.map(|reply| value(&reply, "/data/token"));
        assert!(first.is_string() && second.is_string());
        assert_ne!(first, second);
    }
}

#[tokio::test]
async fn what_is_kept_of_logins_is_collected_by_the_group_that_has_the_accounts() {
    let world = World::open().await;
    let mut client = world.client(false).await;
    let now = Time::now();
    let random = format!("{}-5b1f0e8c2d94a673", now.0 - 8 * DAY_MS);
    let login = request("login_unique", &random, r#""unique_id":"p1""#);
    let first = client.ask(&login).await;
    assert_eq!(client.ask(&login).await, first);
    let unanswered = Arc::new(peers(([127, 0, 0, 1], 9).into()));
    let names = ["lab".to_owned()];
    for (has_accounts, collected) in [(false, 0), (true, 1), (true, 0)] {
        let (db, peers) = (world.db.clone(), unanswered.clone());
        let group = match has_accounts {
            true => Group::start_with_accounts(&GAME, &names, db, peers, Seeds::System, None).await,
            false => Group::start(&GAME, &names, db, peers).await,
        };
        let some = group.expect("a group").collect_ops(now).await;
        assert_eq!(some.expect("a database"), collected, "{has_accounts}");
    }
    let again = client.ask(&login).await;
    assert_eq!(value(&again, "/status"), 10, "{again}");
    let reason = value(&again, "/data/reason").to_string();
    assert!(
        reason.contains("older than this server remembers"),
        "{reason}"
    );
}
