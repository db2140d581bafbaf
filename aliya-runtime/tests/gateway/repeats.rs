//! Calls that are sent again: which, until when, and with what.

use std::time::{Duration, Instant};

use aliya_runtime::Stop;
use aliya_runtime::peers::{HttpConfig, HttpPeers};

use crate::relay::{Fault, Relay};
use crate::remote::{SECRET, Server, call, call_within, peers_with, told};
use crate::support::{PATIENCE, of_lab};

/// The way to a relay, for attempts that are short.
fn peers(relay: &Relay) -> HttpPeers {
    let config = HttpConfig {
        attempt_timeout: Duration::from_millis(100),
        ..HttpConfig::default()
    };
    peers_with(relay.address(), SECRET, &config)
}

#[tokio::test]
async fn a_call_is_sent_again_until_a_whole_reply_comes() {
    let server = Server::start().await;
    for fault in [
        Fault::Close,
        Fault::Reset,
        Fault::Cut,
        Fault::Hang,
        Fault::Unavailable,
    ] {
        for function in ["echo", "look"] {
            let relay = Relay::start(server.address, [fault, fault]).await;
            let answer = call(&peers(&relay), function, r#"{"iron":1}"#).await;
            let answer = answer.unwrap_or_else(|stop| panic!("{fault:?}: {stop}"));
            assert_eq!(answer.data, r#"{"args":{"iron":1},"caller":"ada"}"#);
            assert_eq!(relay.connections(), 3, "{fault:?}");
        }
    }
}

#[tokio::test]
async fn every_attempt_has_the_same_key() {
    let server = Server::start().await;
    let relay = Relay::start(server.address, [Fault::Cut, Fault::Cut]).await;
    assert!(call(&peers(&relay), "now", "{}").await.is_ok());
    let asked = server.functions.asked.lock().expect("no panic");
    let mut keys: Vec<_> = asked
        .iter()
        .map(|(request, _)| request.key.clone())
        .collect();
    assert_eq!(keys.len(), 3, "the function ran each time");
    keys.dedup();
    assert!(matches!(&*keys, [Some(_)]), "{keys:?}");
}

#[tokio::test]
async fn what_the_callee_answers_is_not_asked_again() {
    let server = Server::start().await;
    let relay = Relay::start(server.address, []).await;
    let peers = peers(&relay);
    for (begun, function) in ["unavailable", "fault", "fail", "panic"].iter().enumerate() {
        let _ = call(&peers, function, "{}").await;
        assert_eq!(server.functions.begun(), begun + 1, "{function}");
    }
}

#[tokio::test]
async fn it_is_sent_again_until_its_deadline() {
    let server = Server::start().await;
    let relay = Relay::start(server.address, [Fault::Unavailable; 100]).await;
    let patience = Duration::from_millis(400);
    let began = Instant::now();
    let answered = call_within(&peers(&relay), of_lab("now"), "{}", patience).await;
    let waited = began.elapsed();
    assert!(
        matches!(answered, Err(Stop::Unavailable(_))),
        "{answered:?}"
    );
    assert!(told(answered).contains("lab at http://127.0.0.1:"));
    assert!(waited < patience + PATIENCE / 2, "{waited:?}");
    // With pauses of 20, 40, 80 and 160 ms at most there is time for five.
    let connections = relay.connections();
    assert!((4..100).contains(&connections), "{connections}");
    assert_eq!(server.functions.begun(), 0);
}
