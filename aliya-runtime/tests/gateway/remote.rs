//! Calls between processes: gateway, managers and token server over HTTP.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use aliya_runtime::call::{Act, Deadline, Key, PeerCall, Peers, Request};
use aliya_runtime::credential::{Credentials, Issuer};
use aliya_runtime::dispatch::Managers;
use aliya_runtime::manager_server;
use aliya_runtime::peers::{HttpConfig, HttpPeers, MAX_REPLY_BYTES};
use aliya_runtime::secrets::Secret;
use aliya_runtime::shutdown::CancellationToken;
use aliya_runtime::{Answer, FunctionInfo, PlayerId, Stop, Time};
use axum::Router;
use axum::routing::post;
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio::time::timeout;

use crate::support::{Functions, Gateway, LAB, PATIENCE, Shared, config, of_ada, of_lab, value};

/// The internal secret of all services here.
pub const SECRET: &str = "a secret that has 32 bytes and more";

/// What a service signs with.
pub fn credentials(secret: &str, issuer: &Issuer) -> Arc<Credentials> {
    let secret = Secret::new(secret).expect("long enough");
    Arc::new(Credentials::new(&secret, issuer))
}

/// A server of the lab on a port of its own.
pub struct Server {
    pub address: SocketAddr,
    pub functions: Arc<Functions>,
    shutdown: CancellationToken,
    task: JoinHandle<std::io::Result<()>>,
}

impl Server {
    pub async fn start() -> Self {
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

/// A free port.
pub async fn bind() -> (TcpListener, SocketAddr) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    (listener, address)
}

/// The gateway's way to a lab at that address.
pub fn peers_with(address: SocketAddr, secret: &str, config: &HttpConfig) -> HttpPeers {
    let urls = BTreeMap::from([("lab".to_owned(), format!("http://{address}"))]);
    HttpPeers::new(urls, credentials(secret, &Issuer::Gateway), config)
}

/// The same, as a gateway does it.
pub fn peers(address: SocketAddr) -> HttpPeers {
    peers_with(address, SECRET, &HttpConfig::default())
}

/// A call of one of the lab's functions for ada, who waits for [`PATIENCE`].
pub async fn call(peers: &HttpPeers, function: &str, body: &str) -> Result<Answer, Stop> {
    call_within(peers, of_lab(function), body, PATIENCE).await
}

/// A call for ada, who waits so long.
pub async fn call_within(
    peers: &HttpPeers,
    function: &'static FunctionInfo,
    body: &str,
    patience: Duration,
) -> Result<Answer, Stop> {
    let request = Request {
        caller: Some(PlayerId::new("ada")),
        deadline: Deadline::after(patience),
        reply_limit: Some(7000),
        ..Request::new(Time(1_795_000_000_123), "id-1")
    };
    let call = PeerCall::new(function, &request, body.to_owned());
    timeout(2 * PATIENCE, peers.call(call))
        .await
        .expect("it returns")
}

/// The text of a fault or an unavailable peer.
pub fn told(answered: Result<Answer, Stop>) -> String {
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
    let (last, act) = server.functions.last();
    assert_eq!((last.now, act), (Time(1_795_000_000_123), Act::Call));
    assert_eq!((&*last.id, last.reply_limit), ("id-1", Some(7000)));
    let left = last.deadline.left();
    assert!(left > PATIENCE / 2 && left <= PATIENCE, "{left:?}");
}

#[tokio::test]
async fn a_call_has_the_key_of_its_request_or_one_of_its_own() {
    let server = Server::start().await;
    let peers = peers(server.address);
    let key = Key::stored("c3:ada:k.0/g1", Some(Time(7)));
    let keyed = Request::new(Time(1), "id-1").keyed(key.clone());
    let unkeyed = Request::new(Time(1), "id-1");
    let call = async |request, act| {
        let call = PeerCall {
            act,
            ..PeerCall::new(of_lab("now"), request, "{}".to_owned())
        };
        peers.call(call).await
    };
    assert!(call(&keyed, Act::Call).await.is_ok());
    assert_eq!(server.functions.last().0.key, Some(key));
    let mut made = Vec::new();
    for _ in 0..2 {
        assert!(call(&unkeyed, Act::Call).await.is_ok());
        made.extend(server.functions.last().0.key);
    }
    let [one, other] = &*made else {
        panic!("no key: {made:?}");
    };
    assert_ne!(one, other);
    assert!(
        one.as_str().starts_with("g:") && one.born().is_some(),
        "{one}"
    );
    // The gateway only calls.
    let given = told(call(&unkeyed, Act::Give).await);
    assert!(given.contains("not open to gateway as a give"), "{given}");
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
            told.contains("lab at http://127.0.0.1:") && told.contains("id-1"),
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
async fn a_call_ends_at_its_deadline() {
    let server = Server::start().await;
    let peers = peers(server.address);
    let patience = Duration::from_millis(100);
    let began = Instant::now();
    let told = told(call_within(&peers, of_lab("slow"), "{}", patience).await);
    assert!(told.contains("no reply within"), "{told}");
    let waited = began.elapsed();
    assert!(waited >= patience && waited < PATIENCE, "{waited:?}");
    assert_eq!(
        server.functions.begun(),
        1,
        "there is no time for another attempt"
    );

    let told = self::told(call_within(&peers, of_lab("now"), "{}", Duration::ZERO).await);
    assert!(told.contains("no time is left"), "{told}");
    assert_eq!(server.functions.begun(), 1);
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
