//! Tests of the token server's HTTP API.

use std::time::Duration;

use axum::body::Body;
use http::Request;
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tower::ServiceExt;

use super::super::tests::World;
use super::*;
use crate::call;
use crate::credential::{Claims, Issuer};
use crate::secrets::Secret;
use crate::types::Time;

fn credentials(issuer: Issuer, secret: &str) -> Credentials {
    Credentials::new(&Secret::new(&secret.repeat(32)).unwrap(), &issuer)
}

fn sign(by: &Credentials, audience: &str, function: &str, body: &[u8]) -> String {
    sign_for(by, audience, function, Act::Call, Deadline::DEFAULT, body)
}

fn sign_for(
    by: &Credentials,
    audience: &str,
    function: &str,
    act: Act,
    time: Duration,
    body: &[u8],
) -> String {
    let claims = Claims {
        audience,
        function,
        act,
        key: &Key::fresh('g'),
        request: &call::Request {
            deadline: Deadline::after(time),
            ..call::Request::new(Time::now(), "r1")
        },
    };
    format!("Bearer {}", by.sign(claims, body))
}

fn sign_keyed(by: &Credentials, function: &str, key: &Key, body: &[u8]) -> String {
    let claims = Claims {
        audience: TOKEN_SERVER,
        function,
        act: Act::Call,
        key,
        request: &call::Request::new(Time::now(), "r1"),
    };
    format!("Bearer {}", by.sign(claims, body))
}

struct Api {
    _folder: tempfile::TempDir,
    world: World,
    router: Router,
    gateway: Credentials,
}

impl Api {
    async fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let world = World::open(folder.path()).await;
        let credentials = Arc::new(self::credentials(Issuer::Token, "i"));
        let router = router(Arc::clone(&world.server), credentials);
        let gateway = self::credentials(Issuer::Gateway, "i");
        Self {
            _folder: folder,
            world,
            router,
            gateway,
        }
    }

    async fn send(&self, request: Request<Body>) -> (StatusCode, Value) {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let status = response.status();
        let is_json = response
            .headers()
            .get(CONTENT_TYPE)
            .is_some_and(|t| t == "application/json");
        let body = response.into_body().collect().await.unwrap().to_bytes();
        let body = if is_json {
            serde_json::from_slice(&body).unwrap()
        } else {
            Value::Null
        };
        (status, body)
    }

    async fn post(
        &self,
        path: &str,
        credential: Option<String>,
        body: &str,
    ) -> (StatusCode, Value) {
        let mut request = Request::post(path);
        if let Some(credential) = credential {
            request = request.header(AUTHORIZATION, credential);
        }
        self.send(request.body(Body::from(body.to_owned())).unwrap())
            .await
    }

    /// As a gateway does it.
    async fn call(&self, function: &str, body: &str) -> (StatusCode, Value) {
        let credential = sign(&self.gateway, TOKEN_SERVER, function, body.as_bytes());
        self.post(&format!("/{function}"), Some(credential), body)
            .await
    }

    async fn validate(
        &self,
        credential: Option<String>,
        token: Option<&str>,
    ) -> (StatusCode, Value) {
        let mut request = Request::get("/validate");
        if let Some(credential) = credential {
            request = request.header(CREDENTIAL_HEADER, credential);
        }
        if let Some(token) = token {
            request = request.header(AUTHORIZATION, token);
        }
        self.send(request.body(Body::empty()).unwrap()).await
    }
}

const LOGIN: &str = r#"{"unique_id":"p1"}"#;

#[tokio::test]
async fn answers_in_envelopes() {
    let api = Api::start().await;
    let (code, answer) = api.call("login_unique", LOGIN).await;
    assert_eq!(code, StatusCode::OK);
    assert_eq!(
        (&answer["status"], &answer["message"]),
        (&json!(1), &json!("new account created"))
    );
    let token = answer["data"]["token"].as_str().unwrap();

    let bind = json!({"token": token, "account": "Anna", "password": "secret"}).to_string();
    let (code, answer) = api.call("bind_account", &bind).await;
    let expected = json!({"status": 0, "message": "success", "data": {}});
    assert_eq!((code, answer), (StatusCode::OK, expected));

    let login = r#"{"identifier":"account","value":"Anna","password":"wrong"}"#;
    let (code, answer) = api.call("login", login).await;
    let expected = json!({"status": 1, "message": "Invalid credentials", "data": {}});
    assert_eq!((code, answer), (StatusCode::OK, expected));
    for body in ["", "[]", "\"text\"", "{\"unique_id\":", "\u{FEFF}{}"] {
        let (code, answer) = api.call("login_unique", body).await;
        let reason = answer["data"]["reason"].as_str().unwrap_or_default();
        assert!(
            reason.starts_with("the args must be a JSON object: "),
            "{reason}"
        );
        assert_eq!((code, &answer["status"]), (StatusCode::OK, &json!(10)));
    }
}

#[tokio::test]
async fn refuses_calls_without_a_credential_of_their_own_and_changes_nothing() {
    let api = Api::start().await;
    let body = LOGIN.as_bytes();
    let stranger = credentials(Issuer::Gateway, "j");
    let itself = credentials(Issuer::Token, "i");
    for (what, credential) in [
        ("none", None),
        ("noise", Some("Bearer abc".to_owned())),
        (
            "other secret",
            Some(sign(&stranger, TOKEN_SERVER, "login_unique", body)),
        ),
        (
            "other callee",
            Some(sign(&api.gateway, "bag", "login_unique", body)),
        ),
        (
            "other function",
            Some(sign(&api.gateway, TOKEN_SERVER, "login", body)),
        ),
        (
            "other body",
            Some(sign(&api.gateway, TOKEN_SERVER, "login_unique", b"{}")),
        ),
        (
            "who calls nobody",
            Some(sign(&itself, TOKEN_SERVER, "login_unique", body)),
        ),
        (
            "a give",
            Some(sign_for(
                &api.gateway,
                TOKEN_SERVER,
                "login_unique",
                Act::Give,
                Deadline::DEFAULT,
                body,
            )),
        ),
    ] {
        let (code, answer) = api.post("/login_unique", credential, LOGIN).await;
        assert_eq!(code, StatusCode::UNAUTHORIZED, "{what}");
        assert_eq!(
            answer.as_object().unwrap().keys().collect::<Vec<_>>(),
            ["message"]
        );
    }
    let (_, answer) = api.call("login_unique", LOGIN).await;
    assert_eq!(answer["status"], 1, "the player has not been there before");
}

#[tokio::test]
async fn a_call_after_its_deadline_changes_nothing() {
    let api = Api::start().await;
    let name = "login_unique";
    let late = sign_for(
        &api.gateway,
        TOKEN_SERVER,
        name,
        Act::Call,
        Duration::ZERO,
        LOGIN.as_bytes(),
    );
    let (code, answer) = api.post("/login_unique", Some(late), LOGIN).await;
    assert_eq!((code, &answer["status"]), (StatusCode::OK, &json!(13)));
    let (_, answer) = api.call(name, LOGIN).await;
    assert_eq!(answer["status"], 1, "the player has not been there before");
}

#[tokio::test]
async fn who_may_call() {
    let api = Api::start().await;
    for issuer in [
        Issuer::Operator,
        Issuer::Gateway,
        Issuer::Manager("bag".to_owned()),
    ] {
        let caller = credentials(issuer, "i");
        let credential = sign(&caller, TOKEN_SERVER, "login_unique", LOGIN.as_bytes());
        let (code, _) = api.post("/login_unique", Some(credential), LOGIN).await;
        assert_eq!(code, StatusCode::OK);
    }
}

#[tokio::test]
async fn a_body_has_a_limit() {
    let api = Api::start().await;
    let fits = format!("{LOGIN}{}", " ".repeat(BODY_LIMIT_BYTES - LOGIN.len()));
    assert_eq!(api.call("login_unique", &fits).await.0, StatusCode::OK);
    let (code, _) = api.call("login_unique", &format!("{fits} ")).await;
    assert_eq!(code, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn validates_tokens() {
    let api = Api::start().await;
    let earlier = api.world.token("p\"1").await;
    let token = api.world.token("p\"1").await;
    let credential = || Some(sign(&api.gateway, TOKEN_SERVER, "validate", b""));

    let valid = (StatusCode::OK, json!({"unique_id": "p\"1"}));
    assert_eq!(api.validate(credential(), Some(&token)).await, valid);
    assert_eq!(
        api.validate(credential(), Some(&format!("Bearer {token}")))
            .await,
        valid
    );
    for bad in [
        Some(&*earlier),
        Some(""),
        Some("Bearer "),
        Some("a.b.c"),
        None,
    ] {
        let (code, answer) = api.validate(credential(), bad).await;
        assert_eq!(code, StatusCode::BAD_REQUEST, "{bad:?}");
        assert!(answer["message"].is_string(), "{answer}");
    }
    // The player's token is no credential, and a credential for another function is none for this.
    let login = sign(&api.gateway, TOKEN_SERVER, "login", b"");
    for credential in [None, Some(token.clone()), Some(login)] {
        let (code, _) = api.validate(credential, Some(&token)).await;
        assert_eq!(code, StatusCode::UNAUTHORIZED);
    }
}

#[tokio::test]
async fn a_client_s_key_makes_a_call_happen_once_and_a_gateway_s_does_not() {
    let api = Api::start().await;
    let client = Key::of_client(None, "a random of a client").unwrap();
    for (key, repeats) in [(client, true), (Key::fresh('g'), false)] {
        let mut answers = Vec::new();
        for _ in 0..2 {
            let credential = sign_keyed(&api.gateway, "login_unique", &key, LOGIN.as_bytes());
            let answer = api.post("/login_unique", Some(credential), LOGIN).await;
            assert_eq!(answer.0, StatusCode::OK);
            answers.push(answer.1);
        }
        assert_eq!(answers[0] == answers[1], repeats, "{key} {answers:?}");
    }
}
