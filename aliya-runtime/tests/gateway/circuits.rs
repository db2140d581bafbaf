//! A callee that does not reply: calls to it fail at once, others notice nothing, and when it is
//! back it is found.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use aliya_runtime::credential::Issuer;
use aliya_runtime::peers::{HttpConfig, HttpPeers};
use aliya_runtime::{Access, FunctionInfo, Stop};
use tokio::task::JoinSet;

use crate::relay::{Fault, Relay};
use crate::remote::{SECRET, Server, call, call_within, credentials, peers_with, told};
use crate::support::{PATIENCE, function, of_lab};

/// So many failures in a row open a circuit.
const FAILURES: usize = 5;

/// Longer than the circuit is open at first.
const FIRST_WAIT: Duration = Duration::from_millis(250);

/// A function of a manager whose process hangs.
static HANGS: FunctionInfo = FunctionInfo {
    manager: "hanging",
    ..function("now", Access::Public)
};

fn config() -> HttpConfig {
    HttpConfig {
        attempt_timeout: Duration::from_millis(200),
        max_calls: 2,
        ..HttpConfig::default()
    }
}

/// Calls the lab through a relay that resets, until no more calls are made; returns how many
/// connections that took.
async fn open(peers: &HttpPeers, relay: &Relay) -> usize {
    let patience = Duration::from_millis(20);
    loop {
        let failed = told(call_within(peers, of_lab("now"), "{}", patience).await);
        assert!(failed.contains("lab at http://127.0.0.1:"), "{failed}");
        if failed.contains("no call is made for now") {
            break;
        }
    }
    let connections = relay.connections();
    assert!(connections >= FAILURES, "{connections}");
    connections
}

#[tokio::test]
async fn it_opens_probes_and_closes() {
    let server = Server::start().await;
    let relay = Relay::start(server.address, [Fault::Reset; 100]).await;
    let peers = peers_with(relay.address(), SECRET, &config());
    let opened = open(&peers, &relay).await;
    let began = Instant::now();
    let mut at_once = 0;
    while began.elapsed() < FIRST_WAIT {
        let patience = Duration::from_millis(1);
        let answered = call_within(&peers, of_lab("now"), "{}", patience).await;
        assert!(
            matches!(answered, Err(Stop::Unavailable(_))),
            "{answered:?}"
        );
        at_once += 1;
    }
    let probes = relay.connections() - opened;
    assert!(at_once > 10 && probes <= 2, "{probes} of {at_once}");

    relay.next([]);
    tokio::time::sleep(4 * FIRST_WAIT).await;
    for _ in 0..3 {
        assert_eq!(
            call(&peers, "now", "{}").await.expect("an answer").status,
            0
        );
    }
    let connections = relay.connections();
    assert!(connections <= opened + probes + 1, "{connections}");
}

#[tokio::test]
async fn one_call_probes() {
    let server = Server::start().await;
    let relay = Relay::start(server.address, [Fault::Reset; 100]).await;
    let peers = Arc::new(peers_with(relay.address(), SECRET, &config()));
    let opened = open(&peers, &relay).await;
    relay.next([Fault::Hang; 100]);
    tokio::time::sleep(2 * FIRST_WAIT).await;
    let mut calls = JoinSet::new();
    for _ in 0..10 {
        let peers = Arc::clone(&peers);
        let patience = Duration::from_millis(100);
        calls.spawn(async move { call_within(&peers, of_lab("now"), "{}", patience).await });
    }
    for answered in calls.join_all().await {
        assert!(
            matches!(answered, Err(Stop::Unavailable(_))),
            "{answered:?}"
        );
    }
    assert_eq!(relay.connections(), opened + 1);
}

#[tokio::test]
async fn calls_to_others_are_not_held_up() {
    let server = Server::start().await;
    let relay = Relay::start(server.address, [Fault::Hang; 100]).await;
    let urls = BTreeMap::from([
        ("hanging".to_owned(), relay.url()),
        ("lab".to_owned(), format!("http://{}", server.address)),
    ]);
    let signing = credentials(SECRET, &Issuer::Gateway);
    let peers = Arc::new(HttpPeers::new(urls, signing, &config()));
    let mut hanging = JoinSet::new();
    for _ in 0..50 {
        let peers = Arc::clone(&peers);
        hanging.spawn(async move { call_within(&peers, &HANGS, "{}", PATIENCE).await });
    }
    // All turns of the one that hangs are taken, and many wait for one.
    while relay.connections() < 2 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    for _ in 0..10 {
        let answer = call(&peers, "now", "{}").await;
        assert_eq!(answer.expect("an answer").status, 0);
    }
    assert_eq!(hanging.len(), 50);
    assert!(hanging.try_join_next().is_none(), "they were faster");
    // Five times nothing came, two calls at a time: nobody waits out the time of the others.
    let began = Instant::now();
    for answered in hanging.join_all().await {
        assert!(told(answered).contains("hanging at http://127.0.0.1:"));
    }
    let waited = began.elapsed();
    assert!(waited < PATIENCE / 2, "{waited:?}");
    let began = Instant::now();
    assert!(call_within(&peers, &HANGS, "{}", PATIENCE).await.is_err());
    assert!(began.elapsed() < PATIENCE / 2);
    let connections = relay.connections();
    assert!(connections < 20, "{connections}");
}
