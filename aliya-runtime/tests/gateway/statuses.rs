//! What requests are answered with: every status, and the echo of `random`.

use std::time::Duration;

use aliya_runtime::frame::MAX_JSON;
use aliya_runtime::gateway::{Config, Rate};

use crate::support::{ARRIVED, Gateway, config, of_ada, value};

fn invalid(reason: &str) -> String {
    format!(r#"{{"status":10,"message":"Invalid message format","data":{{"reason":"{reason}"}}}}"#)
}

#[tokio::test]
async fn success_has_the_keys_in_order_and_the_token_is_no_arg() {
    let gateway = Gateway::start(config()).await;
    let request = r#"{"function": "echo", "random": "253",
        "data": {"token": "token of ada", "iron": "20"}, "other": null}"#;
    let reply = r#"{"status":0,"message":"success","random":"253","data":{"args":{"iron":"20"},"caller":"ada"}}"#;
    assert_eq!(gateway.ask(request).await, reply);
}

#[tokio::test]
async fn a_public_function_needs_no_token() {
    let gateway = Gateway::start(config()).await;
    let reply = gateway.ask(r#"{"function":"now","data":{}}"#).await;
    assert_eq!(
        reply,
        r#"{"status":0,"message":"success","data":{"args":{},"caller":"nobody"}}"#
    );
}

#[tokio::test]
async fn a_function_s_time_is_that_of_the_gateway_s_clock() {
    let gateway = Gateway::start(config()).await;
    gateway.ask(r#"{"function":"now","data":{}}"#).await;
    assert_eq!(gateway.functions.last().0.now, ARRIVED);
}

#[tokio::test]
async fn invalid_messages_are_told_why() {
    let gateway = Gateway::start(config()).await;
    let no_function = "`function` must name one, in a string";
    for (request, reason) in [
        ("{}", no_function),
        (r#"{"function":3,"data":{}}"#, no_function),
        (r#"{"function":null,"data":{}}"#, no_function),
        (r#"{"function":"echo"}"#, "`data` is missing"),
        (
            r#"{"function":"echo","data":null}"#,
            "`data` must be an object",
        ),
        (
            r#"{"function":"echo","data":[]}"#,
            "`data` must be an object",
        ),
        (
            r#"{"function":"echo","data":"{}"}"#,
            "`data` must be an object",
        ),
        (r#"{"function":"echo","data":{}}"#, "`token` is missing"),
        (
            r#"{"function":"bind_account","data":{}}"#,
            "`token` is missing",
        ),
    ] {
        assert_eq!(gateway.ask(request).await, invalid(reason), "{request}");
    }
    assert_eq!(gateway.functions.begun(), 0);
}

#[tokio::test]
async fn nobody_learns_names_of_functions_that_players_may_not_call() {
    let gateway = Gateway::start(config()).await;
    for name in [
        "nonsense", "internal", "operate", "", "validate", "lab.echo", "Echo",
    ] {
        // Not by what comes with it either: unknown functions need no token.
        for data in ["{}", r#"{"token":"token of ada"}"#, "7"] {
            let request = format!(r#"{{"function":"{name}","data":{data}}}"#);
            assert_eq!(
                gateway.ask(&request).await,
                invalid("there is no such function")
            );
        }
    }
    assert_eq!(gateway.functions.begun(), 0);
}

#[tokio::test]
async fn a_bad_token_returns_as_it_came() {
    let gateway = Gateway::start(config()).await;
    for (token, returned) in [
        (r#""muahaah""#, r#""muahaah""#),
        (r#""mua\u0068\/ é""#, r#""mua\u0068\/ é""#),
        (r#""\ud800""#, r#""\ud800""#),
        (r#""""#, r#""""#),
        ("253", "253"),
        ("1.0", "1.0"),
        (
            "123456789012345678901234567890",
            "123456789012345678901234567890",
        ),
        ("null", r#""null""#),
        ("true", r#""true""#),
        (r#"{"a": null}"#, r#""{\"a\": null}""#),
    ] {
        for function in ["echo", "bind_account"] {
            let request = format!(r#"{{"function":"{function}","data":{{"token":{token}}}}}"#);
            let reply = format!(
                r#"{{"status":11,"message":"Authorization required","data":{{"bad_token":{returned}}}}}"#
            );
            assert_eq!(gateway.ask(&request).await, reply);
        }
    }
    assert_eq!(gateway.functions.begun(), 0);
}

#[tokio::test]
async fn a_bad_token_that_fits_no_reply_is_left_out() {
    let gateway = Gateway::start(config()).await;
    // The request has less around the token than the reply.
    let token = "t".repeat(MAX_JSON - 60);
    let request = format!(r#"{{"function":"echo","data":{{"token":"{token}"}}}}"#);
    let reply = gateway.ask(&request).await;
    assert_eq!(
        reply,
        r#"{"status":11,"message":"Authorization required","data":{}}"#
    );
}

#[tokio::test]
async fn the_token_is_checked_before_the_other_args() {
    let gateway = Gateway::start(config()).await;
    let request =
        |token: &str| format!(r#"{{"function":"echo","data":{{"iron":1e999,"token":"{token}"}}}}"#);
    assert_eq!(value(&gateway.ask(&request("stale")).await, "/status"), 11);
    let reply = gateway.ask(&request("token of ada")).await;
    assert_eq!(value(&reply, "/status"), 10);
    let reason = value(&reply, "/data/reason").to_string();
    assert!(reason.contains("`iron`: number out of range"), "{reason}");
}

#[tokio::test]
async fn functions_of_accounts_go_to_the_token_server() {
    let gateway = Gateway::start(config()).await;
    for (request, reply) in [
        (
            r#"{"function":"login_unique","random":253,"data":{"unique_id":"mac"}}"#,
            r#"{"status":1,"message":"new account created","random":253,"data":{"args":{"unique_id":"mac"},"called":"login_unique"}}"#,
        ),
        (
            r#"{"function":"login","data":{"value":"a"}}"#,
            r#"{"status":0,"message":"success","data":{"args":{"value":"a"},"called":"login"}}"#,
        ),
        (
            r#"{"function":"bind_account","data":{"token":"token of ada","account":"a"}}"#,
            r#"{"status":0,"message":"success","data":{"args":{"account":"a","token":"token of ada"},"called":"bind_account"}}"#,
        ),
    ] {
        assert_eq!(gateway.ask(request).await, reply);
    }
}

#[tokio::test]
async fn a_long_random_is_the_key_of_a_function_of_accounts() {
    let gateway = Gateway::start(config()).await;
    for (function, random, key) in [
        (
            "login_unique",
            "0123456789abcdef",
            "c0::16:0123456789abcdef".into(),
        ),
        (
            "bind_account",
            "0123456789abcdef",
            "c3:ada:16:0123456789abcdef".into(),
        ),
        ("login", "0123456789abcde", serde_json::Value::Null),
    ] {
        let request = format!(
            r#"{{"function":"{function}","random":"{random}","data":{{"token":"token of ada"}}}}"#
        );
        let reply = gateway.ask(&request).await;
        assert_eq!(value(&reply, "/data/called"), function, "{reply}");
        assert_eq!(value(&reply, "/data/key"), key, "{reply}");
    }
}

#[tokio::test]
async fn each_player_has_a_rate() {
    let config = Config {
        player_rate: Rate { per_s: 1, burst: 2 },
        ..config()
    };
    let gateway = Gateway::start(config).await;
    for _ in 0..2 {
        assert_eq!(value(&gateway.ask_as_ada("echo", "").await, "/status"), 0);
    }
    let reply = gateway.ask_as_ada("echo", "").await;
    let wait_ms = value(&reply, "/data/retry_after_ms")
        .as_u64()
        .expect("a time");
    assert!((1..=1000).contains(&wait_ms), "{wait_ms}");
    let expected = format!(
        r#"{{"status":12,"message":"Too many requests","data":{{"retry_after_ms":{wait_ms}}}}}"#
    );
    assert_eq!(reply, expected);
    assert_eq!(gateway.functions.begun(), 2);
    // Another player is not concerned, nor is anybody without one.
    let bob = r#"{"function":"echo","data":{"token":"token of bob"}}"#;
    assert_eq!(value(&gateway.ask(bob).await, "/status"), 0);
    assert_eq!(
        value(
            &gateway.ask(r#"{"function":"now","data":{}}"#).await,
            "/status"
        ),
        0
    );
}

#[tokio::test]
async fn who_names_no_player_has_the_rate_of_an_address() {
    let config = Config {
        address_rate: Rate { per_s: 1, burst: 2 },
        login_rate: Rate { per_s: 1, burst: 1 },
        ..config()
    };
    let gateway = Gateway::start(config).await;
    let bad = r#"{"function":"echo","data":{"token":"guess"}}"#;
    let public = r#"{"function":"now","data":{}}"#;
    let login = r#"{"function":"login","data":{}}"#;
    // Logins are counted apart.
    for (request, status) in [(bad, 11), (public, 0), (login, 0)] {
        assert_eq!(value(&gateway.ask(request).await, "/status"), status);
    }
    for request in [bad, public, login] {
        assert_eq!(value(&gateway.ask(request).await, "/status"), 12);
    }
    // Players behind the same address go on.
    assert_eq!(value(&gateway.ask_as_ada("echo", "").await, "/status"), 0);
}

#[tokio::test]
async fn what_does_not_answer_in_time_is_13() {
    let config = Config {
        request_timeout: Duration::from_millis(50),
        ..config()
    };
    let gateway = Gateway::start(config).await;
    let again = r#"{"status":13,"message":"Try again","data":{}}"#;
    assert_eq!(gateway.ask_as_ada("slow", "").await, again);
    let request = r#"{"function":"echo","data":{"token":"never"}}"#;
    assert_eq!(gateway.ask(request).await, again);
}

#[tokio::test]
async fn what_cannot_be_reached_is_13() {
    let gateway = Gateway::start(config()).await;
    let again = r#"{"status":13,"message":"Try again","data":{}}"#;
    assert_eq!(gateway.ask_as_ada("unavailable", "").await, again);
    let request = r#"{"function":"echo","data":{"token":"away"}}"#;
    assert_eq!(gateway.ask(request).await, again);
}

#[tokio::test]
async fn a_reply_of_exactly_a_frame_is_the_largest() {
    let gateway = Gateway::start(config()).await;
    for random in ["", r#","random":"0123456789""#] {
        let around = format!(r#"{{"status":0,"message":"success"{random},"data":}}"#).len();
        let ask = async |bytes: usize| {
            let request = format!(
                r#"{{"function":"large"{random},"data":{{"token":"token of ada","bytes":{bytes}}}}}"#
            );
            gateway.ask(&request).await
        };
        let fits = ask(MAX_JSON - around).await;
        assert_eq!((fits.len(), value(&fits, "/status")), (MAX_JSON, 0.into()));
        let over = ask(MAX_JSON - around + 1).await;
        let expected =
            format!(r#"{{"status":14,"message":"Reply too large"{random},"data":{{}}}}"#);
        assert_eq!(over, expected);
    }
}

#[tokio::test]
async fn declared_errors_keep_their_status() {
    let gateway = Gateway::start(config()).await;
    let reply = r#"{"status":2,"message":"insufficient materials","data":{}}"#;
    assert_eq!(gateway.ask_as_ada("fail", "").await, reply);
}

#[tokio::test]
async fn a_panic_or_a_fault_ends_one_request_alone() {
    let gateway = Gateway::start(config()).await;
    let mut client = gateway.connect().await;
    let in_accounts = r#"{"function":"echo","data":{"token":"panic"}}"#.to_owned();
    let mut ids = Vec::new();
    for request in [of_ada("panic", ""), of_ada("fault", ""), in_accounts] {
        let reply = client.ask(&request).await;
        let id = value(&reply, "/data/request_id");
        let id = id.as_str().expect("an id");
        let expected =
            format!(r#"{{"status":15,"message":"Internal error","data":{{"request_id":"{id}"}}}}"#);
        assert_eq!(reply, expected);
        ids.push(id.to_owned());
        assert_eq!(value(&client.ask(&of_ada("echo", "")).await, "/status"), 0);
    }
    ids.dedup();
    assert_eq!(ids.len(), 3, "each request has an id of its own");
}

#[tokio::test]
async fn random_is_echoed_as_it_came() {
    let gateway = Gateway::start(config()).await;
    for random in [
        r#""253""#,
        r#""""#,
        r#""\u0032\u00e9\/\n \ud83d\ude00 é""#,
        "-906",
        "0",
        "1.0",
        "1e5",
        "1E-07",
        "1e999",
        "123456789012345678901234567890",
    ] {
        // Whatever the status.
        for (function, status) in [("now", 0), ("nonsense", 10), ("echo", 10)] {
            let request = format!(r#"{{"random": {random} ,"function":"{function}","data":{{}}}}"#);
            let reply = gateway.ask(&request).await;
            assert!(
                reply.starts_with(&format!("{{\"status\":{status},")),
                "{reply}"
            );
            assert!(
                reply.contains(&format!(r#","random":{random},"data":"#)),
                "{reply}"
            );
        }
    }
}

#[tokio::test]
async fn a_random_that_is_none_is_10_and_not_echoed() {
    let gateway = Gateway::start(config()).await;
    let reply = invalid("`random` must be a string of at most 128 bytes, or a number");
    let long = format!("\"{}\"", "r".repeat(129));
    for random in ["null", "true", "[1]", "{}", r#""\udc00""#, &long] {
        let request = format!(r#"{{"function":"now","random":{random},"data":{{}}}}"#);
        assert_eq!(gateway.ask(&request).await, reply);
    }
    assert_eq!(gateway.functions.begun(), 0);
}

#[tokio::test]
async fn a_setting_gives_the_status_as_text() {
    let config = Config {
        status_as_text: true,
        ..config()
    };
    let gateway = Gateway::start(config).await;
    let reply = gateway.ask_as_ada("fail", "").await;
    assert_eq!(
        reply,
        r#"{"status":"2","message":"insufficient materials","data":{}}"#
    );
}
