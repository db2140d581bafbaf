//! The token server in another process: what the gateway asks it, and what is asked again.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use aliya_runtime::call::Key;
use aliya_runtime::credential::{Issuer, TOKEN_SERVER, bearer};
use aliya_runtime::gateway::Accounts;
use aliya_runtime::peers::{HttpAccounts, HttpConfig};
use aliya_runtime::token::{CREDENTIAL_HEADER, Function};
use aliya_runtime::{PlayerId, Stop};
use axum::Router;
use axum::routing::{get, post};
use http::header::AUTHORIZATION;
use http::{HeaderMap, StatusCode};
use serde_json::{Map, Value};
use tokio::net::TcpListener;

use crate::relay::{Fault, Relay};
use crate::remote::{SECRET, bind, credentials};

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
                let data = format!(r#"{{"body":{body},"id":"{}"}}"#, caller.id);
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
        accounts.validate("live", "id-1").await.ok().flatten(),
        Some(PlayerId::new("ada"))
    );
    // What a header does not carry byte by byte is no token either.
    for token in ["stale", "", " live ", "line\nbreak", "\u{e9}"] {
        let validated = accounts.validate(token, "id-1").await;
        assert!(matches!(validated, Ok(None)), "{token}: {validated:?}");
    }
    let broken = accounts.validate("broken", "id-1").await;
    assert!(matches!(broken, Err(Stop::Fault { .. })), "{broken:?}");

    let args = || serde_json::from_str(r#"{"value":"a"}"#).expect("an object");
    let answer = accounts
        .call(Function::Login, args(), None, "id-1")
        .await
        .expect("an answer");
    assert_eq!(
        (answer.status, &*answer.message),
        (1, "Invalid credentials")
    );
    assert_eq!(answer.data, r#"{"body":{"value":"a"},"id":"id-1"}"#);
    match accounts
        .call(Function::BindAccount, args(), None, "id-1")
        .await
    {
        Err(Stop::Failed(failure)) => assert_eq!(failure.status, 11),
        other => panic!("{other:?}"),
    }

    let stranger = with("another secret, also 32 bytes long");
    for refused in [
        stranger.validate("live", "id-1").await.err(),
        stranger
            .call(Function::Login, args(), None, "id-1")
            .await
            .err(),
    ] {
        assert!(matches!(refused, Some(Stop::Fault { .. })), "{refused:?}");
    }
}

fn args() -> Map<String, Value> {
    Map::new()
}

#[tokio::test]
async fn whose_token_it_is_is_asked_again_and_a_login_is_not() {
    let (listener, address) = bind().await;
    tokio::spawn(async move { axum::serve(listener, token_server()).await });
    for fault in [Fault::Reset, Fault::Cut, Fault::Unavailable] {
        let relay = Relay::start(address, [fault]).await;
        let signing = credentials(SECRET, &Issuer::Gateway);
        let config = HttpConfig::default();
        let accounts = HttpAccounts::new(relay.url(), signing, &config);
        // It may have been done: the client is told to try again, and decides.
        let answer = accounts.call(Function::Login, args(), None, "id-1").await;
        assert!(
            matches!(answer, Err(Stop::Unavailable(_))),
            "{fault:?} {answer:?}"
        );
        assert_eq!(relay.connections(), 1, "{fault:?}");
        let answer = accounts.call(Function::Login, args(), None, "id-1").await;
        assert_eq!(answer.expect("an answer").status, 1);

        relay.next([fault, fault]);
        let valid = accounts.validate("live", "id-1").await;
        assert_eq!(valid.expect("an answer"), Some(PlayerId::new("ada")));
    }
}

#[tokio::test]
async fn a_login_with_a_key_is_asked_again_under_that_key() {
    let checking = credentials(SECRET, &Issuer::Token);
    let keys = Arc::new(Mutex::new(Vec::new()));
    let came = Arc::clone(&keys);
    let login = move |headers: HeaderMap, body: String| async move {
        let credential = bearer(&headers, &AUTHORIZATION).unwrap_or_default();
        let caller = checking.verify(TOKEN_SERVER, "login", credential, body.as_bytes());
        let key = caller.expect("a credential").key;
        came.lock().expect("no panic").push(key);
        r#"{"status":1,"message":"Invalid credentials"}"#
    };
    let (listener, address) = bind().await;
    let router = Router::new().route("/login", post(login));
    tokio::spawn(async move { axum::serve(listener, router).await });
    let key = Key::of_client(None, "1790000000000-5b1f0e8c2d94a673");
    for fault in [Fault::Reset, Fault::Cut, Fault::Unavailable] {
        let relay = Relay::start(address, [fault, fault]).await;
        let signing = credentials(SECRET, &Issuer::Gateway);
        let accounts = HttpAccounts::new(relay.url(), signing, &HttpConfig::default());
        let answer = accounts.call(Function::Login, args(), key.clone(), "id-1");
        assert_eq!(answer.await.expect("an answer").status, 1, "{fault:?}");
        assert_eq!(relay.connections(), 3, "{fault:?}");
    }
    let keys = keys.lock().expect("no panic");
    // Of what was cut, the server got everything.
    assert_eq!(keys.len(), 5);
    assert!(
        keys.iter().all(|came| Some(came) == key.as_ref()),
        "{keys:?}"
    );
}

#[tokio::test]
async fn a_login_of_which_nothing_was_sent_is_sent_again() {
    let (listener, address) = bind().await;
    drop(listener);
    let signing = credentials(SECRET, &Issuer::Gateway);
    let accounts = HttpAccounts::new(format!("http://{address}"), signing, &HttpConfig::default());
    let back = async {
        tokio::time::sleep(Duration::from_millis(10)).await;
        let listener = TcpListener::bind(address).await.expect("the port is free");
        tokio::spawn(async move { axum::serve(listener, token_server()).await });
    };
    let (answer, ()) = tokio::join!(accounts.call(Function::Login, args(), None, "id-1"), back);
    assert_eq!(answer.expect("an answer").status, 1);
}
