//! A manager's HTTP server: who may call what, and what is answered.

use std::sync::Arc;
use std::time::Duration;

use aliya_runtime::call::{self, Act, Deadline, Key};
use aliya_runtime::credential::{Claims, Credentials, Issuer};
use aliya_runtime::manager_server::{self, MAX_BODY_BYTES};
use aliya_runtime::secrets::Secret;
use aliya_runtime::{PlayerId, Time};
use axum::Router;
use axum::body::{Body, to_bytes};
use http::{Request, StatusCode};
use tower::ServiceExt;

use crate::support::{Functions, LAB, Shared, value};

const SECRET: &str = "a secret that has 32 bytes and more";

fn credentials(issuer: &Issuer) -> Credentials {
    Credentials::new(&Secret::new(SECRET).expect("long enough"), issuer)
}

struct Server {
    functions: Arc<Functions>,
    router: Router,
}

impl Server {
    fn new() -> Self {
        let functions = Arc::new(Functions::default());
        let shared = Arc::new(Shared(Arc::clone(&functions)));
        let checking = credentials(&Issuer::Manager("lab".to_owned()));
        let router = manager_server::router(&LAB, shared, Arc::new(checking));
        Self { functions, router }
    }

    async fn send(&self, request: Request<Body>) -> (StatusCode, String) {
        let response = self
            .router
            .clone()
            .oneshot(request)
            .await
            .expect("infallible");
        let (head, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.expect("a body");
        let body = String::from_utf8(body.to_vec()).expect("text");
        (head.status, body)
    }

    /// A well-signed call.
    async fn call(&self, issuer: Issuer, function: &str, body: &str) -> (StatusCode, String) {
        self.ask(issuer, function, Act::Call, body).await
    }

    /// A well-signed call, give or undo.
    async fn ask(
        &self,
        issuer: Issuer,
        function: &str,
        act: Act,
        body: &str,
    ) -> (StatusCode, String) {
        let signed = sign_as(
            &credentials(&issuer),
            "lab",
            function,
            act,
            &request(),
            body,
        );
        self.send(post(function, &signed, body)).await
    }
}

/// What travels in a credential is text, not JSON.
const ID: &str = "id \"1\"";

/// The key of every call here.
fn key() -> Key {
    Key::stored("c3:ada:key", Some(Time(1_790_000_000_000)))
}

fn request() -> call::Request {
    call::Request::new(Time(1_795_000_000_123), ID).of(PlayerId::new("ada"))
}

fn sign(credentials: &Credentials, audience: &str, function: &str, body: &str) -> String {
    sign_as(credentials, audience, function, Act::Call, &request(), body)
}

fn sign_as(
    credentials: &Credentials,
    audience: &str,
    function: &str,
    act: Act,
    request: &call::Request,
    body: &str,
) -> String {
    let claims = Claims {
        audience,
        function,
        act,
        key: &key(),
        request,
    };
    format!("Bearer {}", credentials.sign(claims, body.as_bytes()))
}

fn post(function: &str, authorization: &str, body: &str) -> Request<Body> {
    let request = Request::post(format!("/{function}")).header("authorization", authorization);
    request
        .body(Body::from(body.to_owned()))
        .expect("a request")
}

#[tokio::test]
async fn a_call_without_its_credential_is_401_and_nothing_runs() {
    let server = Server::new();
    let gateway = credentials(&Issuer::Gateway);
    let other = Secret::new("another secret, also 32 bytes long").expect("long enough");
    let other = Credentials::new(&other, &Issuer::Gateway);
    let bare = Request::post("/echo")
        .body(Body::from("{}"))
        .expect("a request");
    let mut refused = vec![server.send(bare).await];
    for authorization in [
        "Bearer nonsense".to_owned(),
        sign(&other, "lab", "echo", "{}"),
        sign(&gateway, "bag", "echo", "{}"),
        sign(&gateway, "lab", "now", "{}"),
        sign(&gateway, "lab", "echo", "{\"iron\":1}"),
    ] {
        refused.push(server.send(post("echo", &authorization, "{}")).await);
    }
    // Nor does anybody learn which functions there are.
    refused.push(server.send(post("nonsense", "Bearer nonsense", "{}")).await);
    for (http, body) in refused {
        assert_eq!(http, StatusCode::UNAUTHORIZED);
        assert_eq!(value(&body, "/status"), 11);
        assert_eq!(value(&body, "/message"), "Authorization required");
    }
    assert_eq!(server.functions.begun(), 0);
}

#[tokio::test]
async fn a_signed_call_runs() {
    let server = Server::new();
    let (http, body) = server.call(Issuer::Gateway, "echo", r#"{"iron":1}"#).await;
    assert_eq!(http, StatusCode::OK);
    let expected = r#"{"status":0,"message":"success","data":{"args":{"iron":1},"caller":"ada"}}"#;
    assert_eq!(body, expected);
    let (last, act) = server.functions.last();
    assert_eq!((&*last.id, last.reply_limit, act), (ID, None, Act::Call));
    assert_eq!(last.key, Some(key()));
    let left = last.deadline.left();
    assert!(left <= Deadline::DEFAULT && !left.is_zero(), "{left:?}");
}

#[tokio::test]
async fn what_writes_nothing_gets_no_key() {
    let server = Server::new();
    let (http, _) = server.call(Issuer::Gateway, "look", "{}").await;
    assert_eq!(http, StatusCode::OK);
    assert_eq!(server.functions.last().0.key, None);
}

#[tokio::test]
async fn who_may_call_depends_on_who_calls() {
    let server = Server::new();
    let manager = || Issuer::Manager("bag".to_owned());
    for (issuer, function, expected) in [
        (Issuer::Gateway, "internal", StatusCode::FORBIDDEN),
        (Issuer::Gateway, "operate", StatusCode::FORBIDDEN),
        (Issuer::Gateway, "now", StatusCode::OK),
        (manager(), "internal", StatusCode::OK),
        (manager(), "operate", StatusCode::FORBIDDEN),
        (Issuer::Operator, "operate", StatusCode::OK),
        (Issuer::Token, "now", StatusCode::FORBIDDEN),
    ] {
        let before = server.functions.begun();
        let (http, body) = server.call(issuer, function, "{}").await;
        assert_eq!(http, expected, "{function}: {body}");
        let ran = server.functions.begun() > before;
        assert_eq!(ran, http == StatusCode::OK);
    }
}

#[tokio::test]
async fn what_is_not_there_is_404_and_what_is_too_long_413() {
    let server = Server::new();
    let (http, body) = server.call(Issuer::Operator, "nonsense", "{}").await;
    assert_eq!(http, StatusCode::NOT_FOUND);
    assert_eq!(
        value(&body, "/data/reason"),
        "lab has no function `nonsense`"
    );
    let long = " ".repeat(MAX_BODY_BYTES + 1);
    let (http, body) = server.call(Issuer::Operator, "echo", &long).await;
    assert_eq!(http, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(value(&body, "/status"), 10);
    assert_eq!(server.functions.begun(), 0);
}

#[tokio::test]
async fn args_are_an_object() {
    let server = Server::new();
    for body in ["", "[]", "null", "{", "{} {}"] {
        let (http, reply) = server.call(Issuer::Gateway, "echo", body).await;
        assert_eq!(
            (http, value(&reply, "/status")),
            (StatusCode::OK, 10.into()),
            "{body}"
        );
    }
    assert_eq!(server.functions.begun(), 0);
}

#[tokio::test]
async fn time_and_limit_of_the_request_come_along_signed() {
    let server = Server::new();
    let limited = call::Request {
        reply_limit: Some(77),
        ..request()
    };
    let gateway = credentials(&Issuer::Gateway);
    let signed = sign_as(&gateway, "lab", "echo", Act::Call, &limited, "{}");
    let mut request = post("echo", &signed, "{}");
    // What is not signed says nothing: whoever has captured a call can change it.
    for (header, value) in [("aliya-reply-limit", 1), ("aliya-request-time-ms", 2)] {
        request.headers_mut().insert(header, value.into());
    }
    assert_eq!(server.send(request).await.0, StatusCode::OK);
    let (last, _) = server.functions.last();
    assert_eq!(
        (last.now, last.reply_limit),
        (Time(1_795_000_000_123), Some(77))
    );
}

#[tokio::test]
async fn who_may_give_and_take_back_depends_on_who_asks() {
    let server = Server::new();
    let manager = || Issuer::Manager("bag".to_owned());
    for (issuer, function, act, expected) in [
        (manager(), "internal", Act::Give, StatusCode::OK),
        (manager(), "internal", Act::Undo, StatusCode::OK),
        (manager(), "echo", Act::Undo, StatusCode::FORBIDDEN),
        (manager(), "operate", Act::Give, StatusCode::FORBIDDEN),
        (Issuer::Gateway, "echo", Act::Give, StatusCode::FORBIDDEN),
        (Issuer::Gateway, "echo", Act::Undo, StatusCode::FORBIDDEN),
        (Issuer::Operator, "echo", Act::Give, StatusCode::FORBIDDEN),
        (Issuer::Operator, "echo", Act::Undo, StatusCode::FORBIDDEN),
        (Issuer::Token, "echo", Act::Give, StatusCode::FORBIDDEN),
    ] {
        let before = server.functions.begun();
        let (http, body) = server.ask(issuer, function, act, "{}").await;
        assert_eq!(http, expected, "{function} {act:?}: {body}");
        let ran = server.functions.begun() > before;
        assert_eq!(ran, http == StatusCode::OK);
        if ran {
            assert_eq!(server.functions.last().1, act);
        }
    }
}

#[tokio::test]
async fn what_comes_after_its_deadline_does_not_run() {
    let server = Server::new();
    let late = call::Request {
        deadline: Deadline::after(Duration::ZERO),
        ..request()
    };
    let gateway = credentials(&Issuer::Gateway);
    let signed = sign_as(&gateway, "lab", "echo", Act::Call, &late, "{}");
    let (http, body) = server.send(post("echo", &signed, "{}")).await;
    assert_eq!((http, value(&body, "/status")), (StatusCode::OK, 13.into()));
    let reason = value(&body, "/data/reason").to_string();
    assert!(reason.contains("ms after its deadline"), "{reason}");
    assert_eq!(server.functions.begun(), 0);
}

#[tokio::test]
async fn a_panic_ends_one_call_alone() {
    let server = Server::new();
    let (http, body) = server.call(Issuer::Gateway, "panic", "{}").await;
    assert_eq!(http, StatusCode::OK);
    assert_eq!(value(&body, "/status"), 15);
    assert_eq!(value(&body, "/data/request_id"), ID);
    assert_eq!(
        value(
            &server.call(Issuer::Gateway, "now", "{}").await.1,
            "/status"
        ),
        0
    );
}

#[tokio::test]
async fn health_needs_no_credential() {
    let server = Server::new();
    let request = Request::get("/health")
        .body(Body::empty())
        .expect("a request");
    assert_eq!(
        server.send(request).await,
        (StatusCode::OK, "lab is up\n".to_owned())
    );
}
