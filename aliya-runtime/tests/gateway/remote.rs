//! Calls between processes: gateway, managers and token server over HTTP.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use aliya_runtime::call::{PeerCall, Peers, Request};
use aliya_runtime::credential::{Credentials, Issuer, TOKEN_SERVER, bearer};
use aliya_runtime::dispatch::Managers;
use aliya_runtime::gateway::Accounts;
use aliya_runtime::manager_server;
use aliya_runtime::peers::{HttpAccounts, HttpConfig, HttpPeers, MAX_REPLY_BYTES};
use aliya_runtime::secrets::Secret;
use aliya_runtime::shutdown::CancellationToken;
use aliya_runtime::token::{CREDENTIAL_HEADER, Function};
use aliya_runtime::{Answer, PlayerId, Stop, Time};
use axum::Router;
use axum::routing::{get, post};
use http::header::AUTHORIZATION;
use http::{HeaderMap, StatusCode};
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio::time::timeout;

use crate::support::{Functions, Gateway, LAB, PATIENCE, Shared, config, of_ada, of_lab, value};

const SECRET: &str = "a secret that has 32 bytes and more";

fn credentials(secret: &str, issuer: &Issuer) -> Arc<Credentials> {
    let secret = Secret::new(secret).expect("long enough");
    Arc::new(Credentials::new(&secret, issuer))
}

/// A server of the lab on a port of its own.
struct Server {
    address: SocketAddr,
    functions: Arc<Functions>,
    shutdown: CancellationToken,
    task: JoinHandle<std::io::Result<()>>,
}

impl Server {
    async fn start() -> Self {
        let functions = Arc::new(Functions::default());
        let shared = Arc::new(Shared(Arc::clone(&functions)));
        let checking = credentials(SECRET, &Issuer::Manager("lab".to_owned()));
        let router = manager_server::router(&LAB, shared, checking);
        let (listener, address) = bind().await;
        let shutdown = CancellationToken::new();
        let run = manager_server::run(listener, router, shutdown.clone(), PATIENCE);
        Self {
            address,
            functions,
            shutdown,
            task: tokio::spawn(run),
        }
    }
}

async fn bind() -> (TcpListener, SocketAddr) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    (listener, address)
}

fn peers_with(address: SocketAddr, secret: &str, config: &HttpConfig) -> HttpPeers {
    let urls = BTreeMap::from([("lab".to_owned(), format!("http://{address}"))]);
    HttpPeers::new(urls, credentials(secret, &Issuer::Gateway), config)
}

fn peers(address: SocketAddr) -> HttpPeers {
    peers_with(address, SECRET, &HttpConfig::default())
}

async fn call(peers: &HttpPeers, function: &str, body: &str) -> Result<Answer, Stop> {
    let request = Request {
        caller: Some(PlayerId::new("ada")),
        reply_limit: Some(7000),
        ..Request::new(Time(1_795_000_000_123), "key-1")
    };
    let call = PeerCall::new(of_lab(function), &request, body.to_owned());
    timeout(PATIENCE, peers.call(call))
        .await
        .expect("it returns")
}

/// The text of a fault or an unavailable peer.
fn told(answered: Result<Answer, Stop>) -> String {
    match answered {
        Err(stop @ (Stop::Fault { .. } | Stop::Unavailable(_))) => stop.to_string(),
        other => panic!("neither a fault nor unavailable: {other:?}"),
    }
}

#[tokio::test]
async fn a_call_comes_with_its_request_and_returns_its_answer() {
    let server = Server::start().await;
    let answer = call(&peers(server.address), "echo", r#"{"iron":1}"#).await;
    let answer = answer.expect("an answer");
    assert_eq!((answer.status, &*answer.message), (0, "success"));
    assert_eq!(answer.data, r#"{"args":{"iron":1},"caller":"ada"}"#);
    let last = server
        .functions
        .last
        .lock()
        .expect("no panic")
        .clone()
        .expect("a request");
    assert_eq!(last.now, Time(1_795_000_000_123));
    assert_eq!((&*last.id, last.reply_limit), ("key-1", Some(7000)));
}

#[tokio::test]
async fn statuses_of_the_runtime_come_back_as_what_they_stand_for() {
    let server = Server::start().await;
    let peers = peers(server.address);
    // A declared error is the function's own answer.
    let failed = call(&peers, "fail", "{}").await.expect("an answer");
    assert_eq!(
        (failed.status, &*failed.message),
        (2, "insufficient materials")
    );

    match call(&peers, "echo", "[]").await {
        Err(Stop::Invalid(reason)) => assert!(reason.starts_with("the args must be"), "{reason}"),
        other => panic!("{other:?}"),
    }
    let unavailable = call(&peers, "unavailable", "{}").await;
    assert!(
        matches!(unavailable, Err(Stop::Unavailable(_))),
        "{unavailable:?}"
    );
    let large = call(&peers, "large", r#"{"bytes":7000}"#).await;
    assert!(
        matches!(
            large,
            Err(Stop::TooLarge {
                bytes: 7009,
                limit: 7000
            })
        ),
        "{large:?}"
    );
    for function in ["fault", "panic"] {
        let fault = call(&peers, function, "{}").await;
        assert!(matches!(fault, Err(Stop::Fault { .. })), "{fault:?}");
        let told = told(fault);
        assert!(
            told.contains("lab at http://127.0.0.1:") && told.contains("key-1"),
            "{told}"
        );
    }
}

#[tokio::test]
async fn who_is_refused_is_told_what_to_set() {
    let server = Server::start().await;
    let other = "another secret, also 32 bytes long";
    let stranger = peers_with(server.address, other, &HttpConfig::default());
    let refused = call(&stranger, "echo", "{}").await;
    assert!(matches!(refused, Err(Stop::Fault { .. })), "{refused:?}");
    let told_of_secrets = told(refused);
    assert!(
        told_of_secrets.contains("ALIYA_INTERNAL_SECRET"),
        "{told_of_secrets}"
    );
    let forbidden = told(call(&peers(server.address), "internal", "{}").await);
    assert!(
        forbidden.contains("internal is not open to gateway"),
        "{forbidden}"
    );
    assert_eq!(server.functions.begun(), 0);
}

#[tokio::test]
async fn an_unreachable_manager_is_named() {
    let (listener, address) = bind().await;
    drop(listener);
    let answered = call(&peers(address), "echo", "{}").await;
    assert!(
        matches!(answered, Err(Stop::Unavailable(_))),
        "{answered:?}"
    );
    let told = told(answered);
    assert!(told.contains(&format!("lab at http://{address}")), "{told}");

    let nowhere = HttpPeers::new(
        BTreeMap::new(),
        credentials(SECRET, &Issuer::Gateway),
        &HttpConfig::default(),
    );
    assert!(matches!(
        call(&nowhere, "echo", "{}").await,
        Err(Stop::Fault { .. })
    ));
}

#[tokio::test]
async fn a_call_ends_in_time() {
    let server = Server::start().await;
    let config = HttpConfig {
        timeout: Duration::from_millis(100),
        ..HttpConfig::default()
    };
    let peers = peers_with(server.address, SECRET, &config);
    let answered = call(&peers, "slow", "{}").await;
    assert!(
        matches!(answered, Err(Stop::Unavailable(_))),
        "{answered:?}"
    );
    assert_eq!(server.functions.begun(), 1, "it is not called again");
}

#[tokio::test]
async fn calls_at_a_time_are_bounded() {
    let server = Server::start().await;
    let config = HttpConfig {
        max_calls: 1,
        ..HttpConfig::default()
    };
    let peers = Arc::new(peers_with(server.address, SECRET, &config));
    let spawn = |function| {
        let peers = Arc::clone(&peers);
        tokio::spawn(async move { call(&peers, function, "{}").await })
    };
    let slow = spawn("slow");
    server.functions.slow_begins.notified().await;
    let mut next = spawn("now");
    let early = timeout(Duration::from_millis(100), &mut next).await;
    assert!(early.is_err() && server.functions.begun() == 1, "{early:?}");
    server.functions.slow_may_end.notify_one();
    for task in [slow, next] {
        let answered = task.await.expect("no panic");
        assert_eq!(answered.expect("an answer").status, 0);
    }
}

#[tokio::test]
async fn a_reply_without_end_is_not_read() {
    let endless = Router::new().route("/echo", post(|| async { "x".repeat(MAX_REPLY_BYTES + 1) }));
    let (listener, address) = bind().await;
    tokio::spawn(async move { axum::serve(listener, endless).await });
    let told = told(call(&peers(address), "echo", "{}").await);
    assert!(told.contains("more than 1048576 bytes"), "{told}");
}

#[tokio::test]
async fn connections_are_kept() {
    let server = Server::start().await;
    let (listener, address) = bind().await;
    let connections = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&connections);
    tokio::spawn(async move {
        while let Ok((mut from, _)) = listener.accept().await {
            counted.fetch_add(1, Ordering::SeqCst);
            tokio::spawn(async move {
                let mut to = TcpStream::connect(server.address)
                    .await
                    .expect("it listens");
                let _ = copy_bidirectional(&mut from, &mut to).await;
            });
        }
    });
    let peers = peers(address);
    for _ in 0..20 {
        assert_eq!(
            call(&peers, "now", "{}").await.expect("an answer").status,
            0
        );
    }
    assert_eq!(connections.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_server_stops_when_its_calls_have_ended() {
    let server = Server::start().await;
    let peers = Arc::new(peers(server.address));
    // A kept connection that does nothing does not keep the server.
    assert!(call(&peers, "now", "{}").await.is_ok());
    let calling = Arc::clone(&peers);
    let slow = tokio::spawn(async move { call(&calling, "slow", "{}").await });
    server.functions.slow_begins.notified().await;
    server.shutdown.cancel();
    tokio::task::yield_now().await;
    assert!(!server.task.is_finished());
    server.functions.slow_may_end.notify_one();
    assert_eq!(
        slow.await.expect("no panic").expect("an answer").data,
        "{\"slow\":1}"
    );
    let ended = timeout(PATIENCE, server.task).await.expect("it returns");
    assert!(ended.expect("no panic").is_ok());
    assert!(matches!(
        call(&peers, "now", "{}").await,
        Err(Stop::Unavailable(_))
    ));
}

#[tokio::test]
async fn a_client_reaches_a_manager_elsewhere() {
    let server = Server::start().await;
    let elsewhere = Managers::new(None, Arc::new(peers(server.address)));
    let functions = Arc::clone(&server.functions);
    let gateway = Gateway::over(config(), functions, Arc::new(elsewhere)).await;
    let reply = gateway.ask_as_ada("echo", ",\"iron\":\"20\"").await;
    let expected =
        r#"{"status":0,"message":"success","data":{"args":{"iron":"20"},"caller":"ada"}}"#;
    assert_eq!(reply, expected);
    for (function, args, status) in [
        ("fail", "", 2),
        ("unavailable", "", 13),
        ("large", ",\"bytes\":7399", 14),
        ("panic", "", 15),
    ] {
        let reply = gateway.ask_as_ada(function, args).await;
        assert_eq!(value(&reply, "/status"), status, "{reply}");
    }

    server.shutdown.cancel();
    assert!(timeout(PATIENCE, server.task).await.is_ok());
    let mut client = gateway.connect().await;
    let again = r#"{"status":13,"message":"Try again","data":{}}"#;
    assert_eq!(client.ask(&of_ada("echo", "")).await, again);
    assert_eq!(
        client.ask(&of_ada("echo", "")).await,
        again,
        "the connection stays"
    );
}

/// A token server of a few lines that checks credentials with the runtime's own.
fn token_server() -> Router {
    let checking = credentials(SECRET, &Issuer::Token);
    let validating = Arc::clone(&checking);
    let validate = move |headers: HeaderMap| async move {
        let credential = bearer(&headers, &CREDENTIAL_HEADER).unwrap_or_default();
        if validating
            .verify(TOKEN_SERVER, "validate", credential, b"")
            .is_err()
        {
            return (StatusCode::UNAUTHORIZED, String::new());
        }
        match bearer(&headers, &AUTHORIZATION) {
            Some("live") => (StatusCode::OK, r#"{"unique_id":"ada"}"#.to_owned()),
            Some("broken") => (StatusCode::OK, "{}".to_owned()),
            _ => (StatusCode::BAD_REQUEST, r#"{"message":"ended"}"#.to_owned()),
        }
    };
    let login = move |headers: HeaderMap, body: String| async move {
        let credential = bearer(&headers, &AUTHORIZATION).unwrap_or_default();
        match checking.verify(TOKEN_SERVER, "login", credential, body.as_bytes()) {
            Ok(caller) => {
                let data = format!(r#"{{"body":{body},"key":"{}"}}"#, caller.key);
                let reply =
                    format!(r#"{{"status":1,"message":"Invalid credentials","data":{data}}}"#);
                (StatusCode::OK, reply)
            }
            Err(_) => (StatusCode::UNAUTHORIZED, String::new()),
        }
    };
    let ended = r#"{"status":11,"message":"Authorization required","data":{"bad_token":"t"}}"#;
    Router::new()
        .route("/validate", get(validate))
        .route("/login", post(login))
        .route("/bind_account", post(move || async move { ended }))
}

#[tokio::test]
async fn the_token_server_may_be_elsewhere() {
    let (listener, address) = bind().await;
    tokio::spawn(async move { axum::serve(listener, token_server()).await });
    let with = |secret| {
        let signing = credentials(secret, &Issuer::Gateway);
        HttpAccounts::new(
            format!("http://{address}/"),
            signing,
            &HttpConfig::default(),
        )
    };
    let accounts = with(SECRET);
    assert_eq!(
        accounts.validate("live", "key-1").await.ok().flatten(),
        Some(PlayerId::new("ada"))
    );
    // What a header does not carry byte by byte is no token either.
    for token in ["stale", "", " live ", "line\nbreak", "\u{e9}"] {
        let validated = accounts.validate(token, "key-1").await;
        assert!(matches!(validated, Ok(None)), "{token}: {validated:?}");
    }
    let broken = accounts.validate("broken", "key-1").await;
    assert!(matches!(broken, Err(Stop::Fault { .. })), "{broken:?}");

    let args = || serde_json::from_str(r#"{"value":"a"}"#).expect("an object");
    let answer = accounts
        .call(Function::Login, args(), "key-1")
        .await
        .expect("an answer");
    assert_eq!(
        (answer.status, &*answer.message),
        (1, "Invalid credentials")
    );
    assert_eq!(answer.data, r#"{"body":{"value":"a"},"key":"key-1"}"#);
    match accounts.call(Function::BindAccount, args(), "key-1").await {
        Err(Stop::Failed(failure)) => assert_eq!(failure.status, 11),
        other => panic!("{other:?}"),
    }

    let stranger = with("another secret, also 32 bytes long");
    for refused in [
        stranger.validate("live", "key-1").await.err(),
        stranger.call(Function::Login, args(), "key-1").await.err(),
    ] {
        assert!(matches!(refused, Some(Stop::Fault { .. })), "{refused:?}");
    }
}
