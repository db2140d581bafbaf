//! A manager's HTTP server: who may call what, and what is answered.

use std::sync::Arc;

use aliya_runtime::credential::{Claims, Credentials, Issuer};
use aliya_runtime::manager_server::{self, MAX_BODY_BYTES, REPLY_LIMIT, REQUEST_TIME};
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
        let signed = sign(&credentials(&issuer), "lab", function, body);
        self.send(post(function, &signed, body)).await
    }
}

/// What travels in a credential is text, not JSON.
const KEY: &str = "key \"1\"";

fn sign(credentials: &Credentials, audience: &str, function: &str, body: &str) -> String {
    let claims = Claims {
        audience,
        function,
        player: Some(&PlayerId::new("ada")),
        key: KEY,
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
    let last = server
        .functions
        .last
        .lock()
        .expect("no panic")
        .clone()
        .expect("a request");
    assert_eq!((&*last.id, last.reply_limit), (KEY, None));
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
async fn time_and_limit_of_the_request_come_along() {
    let server = Server::new();
    let signed = sign(&credentials(&Issuer::Gateway), "lab", "echo", "{}");
    let mut request = post("echo", &signed, "{}");
    request.headers_mut().insert(REPLY_LIMIT, 77.into());
    request
        .headers_mut()
        .insert(REQUEST_TIME, 1_795_000_000_123_i64.into());
    assert_eq!(server.send(request).await.0, StatusCode::OK);
    let last = server
        .functions
        .last
        .lock()
        .expect("no panic")
        .clone()
        .expect("a request");
    assert_eq!(
        (last.now, last.reply_limit),
        (Time(1_795_000_000_123), Some(77))
    );

    let mut request = post("echo", &signed, "{}");
    request
        .headers_mut()
        .insert(REPLY_LIMIT, "-1".parse().expect("a header"));
    assert_eq!(value(&server.send(request).await.1, "/status"), 10);
    assert_eq!(server.functions.begun(), 1);
}

#[tokio::test]
async fn a_panic_ends_one_call_alone() {
    let server = Server::new();
    let (http, body) = server.call(Issuer::Gateway, "panic", "{}").await;
    assert_eq!(http, StatusCode::OK);
    assert_eq!(value(&body, "/status"), 15);
    assert_eq!(value(&body, "/data/request_id"), KEY);
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
