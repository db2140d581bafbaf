//! Tests of the internal credential.

use std::time::Duration;

use http::HeaderValue;
use http::header::AUTHORIZATION;
use serde_json::json;

use super::*;
use crate::call::{Act, Deadline, Key, Request};
use crate::types::PlayerId;

const NOW_S: i64 = 1_800_000_000;
const BODY: &[u8] = br#"{"item":"iron","amount":1}"#;

fn secret(fill: &str) -> Secret {
    Secret::new(&fill.repeat(32)).unwrap()
}

fn weapon() -> Issuer {
    Issuer::Manager("weapon".to_owned())
}

fn credentials() -> Credentials {
    Credentials::new(&secret("s"), &weapon())
}

/// The request of the good credential; it has another second until its deadline.
fn request() -> Request {
    Request {
        caller: Some(PlayerId::new("p1")),
        deadline: Deadline::after(Duration::from_secs(1)),
        reply_limit: Some(7000),
        ..Request::new(Time(1_790_000_000_123), "r1")
    }
}

fn key() -> Key {
    Key::stored("c2:p1:k.0/t1", Some(Time(1_789_999_999_999)))
}

fn sign_for(by: &Credentials, act: Act, request: &Request, key: &Key, body: &[u8]) -> String {
    let claims = Claims {
        audience: "bag",
        function: "spend_supply",
        act,
        key,
        request,
    };
    by.sign_at(claims, body, NOW_S)
}

fn sign(body: &[u8]) -> String {
    sign_for(&credentials(), Act::Call, &request(), &key(), body)
}

fn verify(credential: &str) -> Result<Caller, Refused> {
    credentials().verify_at("bag", "spend_supply", credential, BODY, NOW_S)
}

/// The payload of a good credential, to be spoilt.
fn payload() -> serde_json::Value {
    json!({
        "iss": "manager:weapon", "aud": "bag", "sub": "p1", "jti": "c2:p1:k.0/t1",
        "bor": 1_789_999_999_999_i64, "rid": "r1", "fun": "spend_supply", "act": "give",
        "now": 1_790_000_000_123_i64, "dl": 1_790_000_001_000_i64, "lim": 7000,
        "sha": hash(BODY), "iat": NOW_S, "exp": NOW_S + LIFETIME_S,
    })
}

fn encode(algorithm: Algorithm, payload: &serde_json::Value, secret: &Secret) -> String {
    let key = EncodingKey::from_secret(secret.expose());
    jsonwebtoken::encode(&Header::new(algorithm), payload, &key).unwrap()
}

#[test]
fn tells_who_calls_and_for_what() {
    let now = Time::now().0;
    let caller = verify(&sign(BODY)).unwrap();
    let left_ms = caller.deadline.0 - now;
    assert!((900..=1000).contains(&left_ms), "{left_ms} ms");
    let expected = Caller {
        issuer: weapon(),
        player: Some(PlayerId::new("p1")),
        act: Act::Call,
        key: key(),
        id: "r1".into(),
        now: Time(1_790_000_000_123),
        deadline: caller.deadline,
        reply_limit: Some(7000),
    };
    assert_eq!(caller, expected);
    // The payload that the other tests spoil is a good one.
    let expected = Caller {
        act: Act::Give,
        deadline: Time(1_790_000_001_000),
        ..expected
    };
    let encoded = encode(Algorithm::HS256, &payload(), &secret("s"));
    assert_eq!(verify(&encoded), Ok(expected));
}

#[test]
fn what_is_not_there_is_not_said() {
    let bare = Request::new(Time(1), "");
    let key = Key::stored("g:1", None);
    let operator = Credentials::new(&secret("s"), &Issuer::Operator);
    let signed = sign_for(&operator, Act::Call, &bare, &key, BODY);
    let caller = verify(&signed).unwrap();
    assert_eq!((caller.issuer, caller.player), (Issuer::Operator, None));
    assert_eq!((caller.key, caller.reply_limit), (key, None));
    let claims = URL_SAFE_NO_PAD
        .decode(signed.split('.').nth(1).unwrap())
        .unwrap();
    let claims: serde_json::Value = serde_json::from_slice(&claims).unwrap();
    let names: Vec<_> = claims.as_object().unwrap().keys().collect();
    let expected = [
        "aud", "dl", "exp", "fun", "iat", "iss", "jti", "now", "rid", "sha",
    ];
    assert_eq!(names, expected);
}

#[test]
fn every_act_comes_as_it_was_signed() {
    for act in [Act::Call, Act::Give, Act::Undo] {
        let signed = sign_for(&credentials(), act, &request(), &key(), BODY);
        assert_eq!(verify(&signed).unwrap().act, act);
    }
}

#[test]
fn the_longest_of_all_fits() {
    let request = Request {
        caller: Some(PlayerId::new("\u{1}".repeat(128))),
        reply_limit: Some(usize::MAX),
        ..Request::new(Time(i64::MIN), "\u{e9}".repeat(100))
    };
    let key = Key::stored("k".repeat(255), Some(Time(i64::MIN)));
    let caller = verify(&sign_for(&credentials(), Act::Give, &request, &key, BODY)).unwrap();
    assert_eq!((&caller.player, &caller.key), (&request.caller, &key));
    // A name is cut, and not within a character.
    assert_eq!(&*caller.id, "\u{e9}".repeat(32));
    let mut odd = String::from("a");
    odd.push_str(&"\u{e9}".repeat(40));
    let request = Request::new(Time(1), odd);
    let caller = verify(&sign_for(&credentials(), Act::Call, &request, &key, BODY));
    assert_eq!(caller.unwrap().id.len(), 63);
}

#[test]
fn a_secret_is_changed_in_three_steps_without_a_refusal() {
    let of = |sign: &str, also: Option<&str>| {
        let credentials = Credentials::new(&secret(sign), &weapon());
        match also {
            Some(also) => credentials.also(&secret(also)),
            None => credentials,
        }
    };
    // Both accept the new one; both sign with it; both forget the old one.
    let steps = [("o", None), ("o", Some("n")), ("n", Some("o")), ("n", None)];
    let accepts = |by: &Credentials, signed: &Credentials| {
        let signed = sign_for(signed, Act::Call, &request(), &key(), BODY);
        by.verify_at("bag", "spend_supply", &signed, BODY, NOW_S)
    };
    let both_ways = |one: &Credentials, other: &Credentials| {
        accepts(one, other).is_ok() && accepts(other, one).is_ok()
    };
    for step in steps.windows(2) {
        let [before, after] = [step[0], step[1]].map(|(sign, also)| of(sign, also));
        // One service after the other takes the step.
        assert!(
            both_ways(&before, &before) && both_ways(&before, &after),
            "{step:?}"
        );
        assert!(both_ways(&after, &after), "{step:?}");
    }
    // No step can be left out, and the old one counts for nothing in the end.
    let (old, new) = (of("o", None), of("n", None));
    assert_eq!(accepts(&new, &old), Err(Refused::Malformed));
    assert_eq!(
        accepts(&of("o", None), &of("n", Some("o"))),
        Err(Refused::Malformed)
    );
    assert_eq!(accepts(&new, &of("o", Some("n"))), Err(Refused::Malformed));
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
        ("jti", json!(""), Refused::Malformed),
        ("jti", json!("a b"), Refused::Malformed),
        ("jti", json!("k".repeat(256)), Refused::Malformed),
        ("rid", json!("r".repeat(65)), Refused::Malformed),
        ("act", json!("call"), Refused::Malformed),
        ("act", json!(1), Refused::Malformed),
        ("bor", json!("1"), Refused::Malformed),
        ("dl", json!(1.5), Refused::Malformed),
        ("lim", json!(-1), Refused::Malformed),
    ];
    for (claim, value, expected) in cases {
        let mut payload = payload();
        payload[claim] = value;
        let refused = verify(&encode(Algorithm::HS256, &payload, &secret("s")));
        assert_eq!(refused, Err(expected), "{payload}");
    }
    for claim in [
        "iss", "aud", "jti", "rid", "fun", "now", "dl", "sha", "iat", "exp",
    ] {
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
