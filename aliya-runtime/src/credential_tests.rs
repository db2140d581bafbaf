//! Tests of the internal credential.

use std::sync::Arc;

use http::HeaderValue;
use http::header::AUTHORIZATION;
use serde_json::json;

use super::*;
use crate::function::{AnyArgs, Running, Steps};
use crate::wire::Data;
use crate::{Cx, Stop};

const NOW_S: i64 = 1_800_000_000;
const BODY: &[u8] = br#"{"item":"iron","amount":1}"#;

fn secret(fill: &str) -> Secret {
    Secret::new(&fill.repeat(32)).unwrap()
}

fn credentials() -> Credentials {
    Credentials::new(&secret("s"), &Issuer::Manager("weapon".to_owned()))
}

fn sign(body: &[u8]) -> String {
    let player = PlayerId::new("p1");
    let claims = Claims {
        audience: "bag",
        function: "spend_supply",
        player: Some(&player),
        key: "k#1",
    };
    credentials().sign_at(claims, body, NOW_S)
}

fn verify(credential: &str) -> Result<Caller, Refused> {
    credentials().verify_at("bag", "spend_supply", credential, BODY, NOW_S)
}

/// The payload of a good credential, to be spoilt.
fn payload() -> serde_json::Value {
    json!({
        "iss": "manager:weapon", "aud": "bag", "sub": "p1", "jti": "k#1", "fun": "spend_supply",
        "sha": hash(BODY), "iat": NOW_S, "exp": NOW_S + LIFETIME_S,
    })
}

fn encode(algorithm: Algorithm, payload: &serde_json::Value, secret: &Secret) -> String {
    let key = EncodingKey::from_secret(secret.expose());
    jsonwebtoken::encode(&Header::new(algorithm), payload, &key).unwrap()
}

#[test]
fn tells_who_calls() {
    let expected = Caller {
        issuer: Issuer::Manager("weapon".to_owned()),
        player: Some(PlayerId::new("p1")),
        key: "k#1".to_owned(),
    };
    assert_eq!(verify(&sign(BODY)), Ok(expected.clone()));
    // The payload that the other tests spoil is a good one.
    assert_eq!(
        verify(&encode(Algorithm::HS256, &payload(), &secret("s"))),
        Ok(expected)
    );

    let nobody = Claims {
        audience: "token",
        function: "login",
        player: None,
        key: "k",
    };
    let operator = Credentials::new(&secret("s"), &Issuer::Operator);
    let caller = credentials()
        .verify("token", "login", &operator.sign(nobody, b""), b"")
        .unwrap();
    assert_eq!((caller.issuer, caller.player), (Issuer::Operator, None));
}

#[test]
fn fits_no_other_callee_function_or_body() {
    let credential = sign(BODY);
    let at = |aud, fun, body| credentials().verify_at(aud, fun, &credential, body, NOW_S);
    assert!(at("bag", "spend_supply", BODY).is_ok());
    assert_eq!(
        at("weapon", "spend_supply", BODY),
        Err(Refused::Misdirected)
    );
    assert_eq!(at("bag", "give_supply", BODY), Err(Refused::Misdirected));
    assert_eq!(at("bag", "spend_supply", b"{}"), Err(Refused::OtherBody));
    assert_eq!(at("bag", "spend_supply", b""), Err(Refused::OtherBody));
}

#[test]
fn holds_for_a_minute_and_for_clocks_that_differ_a_little() {
    let credential = sign(BODY);
    let at = |now_s| credentials().verify_at("bag", "spend_supply", &credential, BODY, now_s);
    assert!(at(NOW_S + LIFETIME_S - 1).is_ok());
    assert_eq!(at(NOW_S + LIFETIME_S), Err(Refused::Expired));
    assert!(at(NOW_S - SKEW_S).is_ok());
    assert_eq!(at(NOW_S - SKEW_S - 1), Err(Refused::Early));
}

#[test]
fn refuses_claims_that_a_credential_never_has() {
    let cases = [
        ("exp", json!(NOW_S + LIFETIME_S + 1), Refused::Expired),
        ("exp", json!(i64::MAX), Refused::Expired),
        ("iat", json!(i64::MIN), Refused::Expired),
        ("exp", json!("9999999999"), Refused::Malformed),
        ("iss", json!("manager:"), Refused::Malformed),
        ("iss", json!("weapon"), Refused::Malformed),
        ("iss", json!(["operator"]), Refused::Malformed),
        ("aud", json!(["bag"]), Refused::Malformed),
        ("aud", json!("ba"), Refused::Misdirected),
        ("sha", json!(""), Refused::OtherBody),
    ];
    for (claim, value, expected) in cases {
        let mut payload = payload();
        payload[claim] = value;
        let refused = verify(&encode(Algorithm::HS256, &payload, &secret("s")));
        assert_eq!(refused, Err(expected), "{payload}");
    }
    for claim in ["iss", "aud", "jti", "fun", "sha", "iat", "exp"] {
        let mut payload = payload();
        payload.as_object_mut().unwrap().remove(claim);
        let refused = verify(&encode(Algorithm::HS256, &payload, &secret("s")));
        assert_eq!(refused, Err(Refused::Malformed), "without {claim}");
    }
}

#[test]
fn refuses_other_algorithms_other_secrets_and_noise() {
    let good = sign(BODY);
    let (message, signature) = good.rsplit_once('.').unwrap();
    let (_, claims) = message.split_once('.').unwrap();
    let none = URL_SAFE_NO_PAD.encode(r#"{"alg":"none","typ":"JWT"}"#);
    let mut flipped = good.clone().into_bytes();
    flipped[good.len() - 10] ^= 1;
    for (what, credential) in [
        ("HS384", encode(Algorithm::HS384, &payload(), &secret("s"))),
        ("HS512", encode(Algorithm::HS512, &payload(), &secret("s"))),
        (
            "other secret",
            encode(Algorithm::HS256, &payload(), &secret("t")),
        ),
        ("none, unsigned", format!("{none}.{claims}.")),
        ("none, signed", format!("{none}.{claims}.{signature}")),
        ("no signature", format!("{message}.")),
        ("two parts", message.to_owned()),
        ("flipped", String::from_utf8(flipped).unwrap()),
        ("empty", String::new()),
        ("dots", "..".to_owned()),
        ("long", format!("{good}{}", "A".repeat(MAX_BYTES))),
    ] {
        assert_eq!(verify(&credential), Err(Refused::Malformed), "{what}");
    }
}

#[test]
fn who_may_call_what() {
    use Access::{Admin, Internal, Player, Public};
    let manager = Issuer::Manager("operator".to_owned());
    for (issuer, open) in [
        (Issuer::Operator, vec![Player, Public, Internal, Admin]),
        (Issuer::Gateway, vec![Player, Public]),
        (manager, vec![Player, Public, Internal]),
        (Issuer::Token, vec![]),
    ] {
        for access in [Player, Public, Internal, Admin] {
            assert_eq!(
                issuer.may_call(access),
                open.contains(&access),
                "{issuer} {access:?}"
            );
        }
        assert_eq!(Issuer::parse(&issuer.to_string()), Some(issuer));
    }
}

#[test]
fn finds_the_token_in_a_header() {
    let read = |values: &[&'static [u8]]| {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(AUTHORIZATION, HeaderValue::from_bytes(value).unwrap());
        }
        bearer(&headers, &AUTHORIZATION).map(str::to_owned)
    };
    assert_eq!(read(&[b"a.b.c"]).as_deref(), Some("a.b.c"));
    assert_eq!(read(&[b"Bearer a.b.c"]).as_deref(), Some("a.b.c"));
    assert_eq!(read(&[b"bearer   a.b.c "]).as_deref(), Some("a.b.c"));
    assert_eq!(read(&[b"Bearer"]).as_deref(), Some("Bearer"));
    assert_eq!(read(&[]), None);
    assert_eq!(read(&[b"Bearer a", b"Bearer b"]), None);
    assert_eq!(read(&[b"Bearer \xff"]), None);
}

#[test]
fn shows_no_secret() {
    assert!(!format!("{:?}", credentials()).contains("sss"));
}

struct Uncalled;

impl Steps for Uncalled {
    fn decode(&self, _: &Data) -> Result<Arc<AnyArgs>, Stop> {
        unreachable!("nobody calls it here")
    }

    fn run<'a>(&self, _: &'a mut Cx<'_>, _: &'a AnyArgs) -> Running<'a> {
        unreachable!("nobody calls it here")
    }
}

#[test]
fn what_runs_for_new_players_is_the_token_server_s_to_call() {
    let function = |runs| FunctionInfo {
        name: "f",
        manager: "bag",
        access: Access::Internal,
        writes: true,
        one_query: false,
        reaches: &[],
        outcomes: &[],
        fails: false,
        undone_by: None,
        declaration: "",
        runs,
        steps: &Uncalled,
    };
    let manager = Issuer::Manager("mail".to_owned());
    for (issuer, for_new_players, other) in [
        (Issuer::Operator, true, true),
        (Issuer::Gateway, false, false),
        (manager, false, true),
        (Issuer::Token, true, false),
    ] {
        assert_eq!(
            issuer.may_run(&function(Some(Runs::PlayerCreated))),
            for_new_players,
            "{issuer}"
        );
        for runs in [None, Some(Runs::After)] {
            assert_eq!(issuer.may_run(&function(runs)), other, "{issuer} {runs:?}");
        }
    }
}
