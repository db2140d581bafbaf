//! How requests and replies travel on a connection, and how it ends.

use std::time::Duration;

use aliya_runtime::gateway::Config;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use tokio::io::AsyncWriteExt;
use tokio::time::{Instant, sleep};

use crate::support::{Client, Gateway, PATIENCE, config, framed, of_ada, value};

const PREFIX: &[u8] = b"e3cb970693574ea75d091a6049f8a3ff";

fn numbered(n: usize) -> String {
    format!(r#"{{"function":"now","random":{n},"data":{{}}}}"#)
}

/// A frame with any body.
fn frame_of(body: &[u8]) -> Vec<u8> {
    let length = format!("{:04}", body.len());
    [PREFIX, length.as_bytes(), body].concat()
}

#[tokio::test]
async fn pipelined_requests_are_answered_in_order() {
    let gateway = Gateway::start(config()).await;
    let mut client = gateway.connect().await;
    let requests: Vec<u8> = (0..50).flat_map(|n| framed(&numbered(n))).collect();
    client.send(&requests).await;
    for n in 0..50 {
        assert_eq!(value(&client.reply().await, "/random"), n);
    }
    // The connection is as good as new.
    assert_eq!(value(&client.ask(&numbered(50)).await, "/random"), 50);
}

#[tokio::test]
async fn a_request_waits_for_those_before_it() {
    let gateway = Gateway::start(config()).await;
    let mut client = gateway.connect().await;
    client
        .send(&[framed(&of_ada("slow", "")), framed(&numbered(2))].concat())
        .await;
    gateway.functions.slow_begins.notified().await;
    assert_eq!(gateway.functions.begun(), 1, "one request at a time");
    gateway.functions.slow_may_end.notify_one();
    assert_eq!(value(&client.reply().await, "/data/slow"), 1);
    assert_eq!(value(&client.reply().await, "/random"), 2);
}

#[tokio::test]
async fn bytes_may_come_one_by_one() {
    let gateway = Gateway::start(config()).await;
    let mut client = gateway.connect().await;
    for byte in framed(&numbered(1)) {
        client.send(&[byte]).await;
        // Another task runs, so that the gateway gets to see most of them alone.
        tokio::task::yield_now().await;
    }
    assert_eq!(value(&client.reply().await, "/random"), 1);
}

#[tokio::test]
async fn header_and_body_may_come_in_two_writes() {
    let gateway = Gateway::start(config()).await;
    let mut client = gateway.connect().await;
    let frame = framed(&numbered(1));
    let (header, body) = frame.split_at(36);
    client.send(header).await;
    sleep(Duration::from_millis(20)).await;
    client.send(body).await;
    assert_eq!(value(&client.reply().await, "/random"), 1);
}

#[tokio::test]
async fn a_client_that_only_stops_sending_gets_its_replies() {
    let gateway = Gateway::start(config()).await;
    let mut client = gateway.connect().await;
    client
        .send(&[framed(&of_ada("slow", "")), framed(&numbered(2))].concat())
        .await;
    client.0.shutdown().await.expect("an open socket");
    gateway.functions.slow_may_end.notify_one();
    assert_eq!(value(&client.reply().await, "/data/slow"), 1);
    assert_eq!(value(&client.reply().await, "/random"), 2);
    assert_eq!(client.rest().await, b"");
}

/// Two requests, then `bytes`: both are answered, nothing is said of `bytes`, and the connection
/// closes in good order although `bytes` are followed by more than anybody reads of them.
async fn is_closed_silently(gateway: &Gateway, bytes: &[u8]) {
    let mut client = gateway.connect().await;
    let begun = gateway.functions.begun();
    let requests = [framed(&numbered(1)), framed(&numbered(2))].concat();
    // A request after it is not looked at any more.
    let after = [framed(&numbered(3)), vec![b'x'; 100_000]].concat();
    client.send(&[&requests, bytes, &after].concat()).await;
    assert_eq!(value(&client.reply().await, "/random"), 1);
    assert_eq!(value(&client.reply().await, "/random"), 2);
    assert_eq!(client.rest().await, b"");
    assert_eq!(gateway.functions.begun(), begun + 2);
}

#[tokio::test]
async fn a_wrong_header_closes_silently_after_earlier_replies() {
    let gateway = Gateway::start(config()).await;
    let body = &framed(&numbered(9))[36..];
    for header in [
        [PREFIX, b"0000"].concat(),
        [PREFIX, b"00x0"].concat(),
        [PREFIX, b"-001"].concat(),
        [PREFIX, b" 104"].concat(),
        [&PREFIX.to_ascii_uppercase(), &b"0104"[..]].concat(),
        b"GET / HTTP/1.1\r\nHost: aliya\r\n\r\n".to_vec(),
        vec![0; 36],
    ] {
        is_closed_silently(&gateway, &[&header, body].concat()).await;
    }
}

#[tokio::test]
async fn an_undecodable_body_closes_silently_after_earlier_replies() {
    let gateway = Gateway::start(config()).await;
    let good = framed(&numbered(9));
    let good = &good[36..];
    let mut ill_padded = BASE64_STANDARD
        .decode(
            good.trim_ascii()
                .split(|b| *b == b'\n')
                .collect::<Vec<_>>()
                .concat(),
        )
        .expect("base64");
    let last = ill_padded.last_mut().expect("a byte");
    *last ^= 0x55;
    let not_objects = [
        "",
        " ",
        "[]",
        "\"text\"",
        "7",
        "null",
        "{",
        "{} {}",
        "{'function': 'now'}",
        "{\"a\":1,}",
    ];
    let mut bodies = vec![
        b"????".to_vec(),
        b"====".to_vec(),
        good[..good.len() - 3].to_vec(),
        [good, good].concat(),
        b"AAAA".to_vec(),
        BASE64_STANDARD.encode(ill_padded).into_bytes(),
        BASE64_STANDARD.encode([7; 16]).into_bytes(),
    ];
    bodies.extend(not_objects.iter().map(|json| framed(json)[36..].to_vec()));
    for body in bodies {
        is_closed_silently(&gateway, &frame_of(&body)).await;
    }
}

#[tokio::test]
async fn an_idle_connection_is_closed_in_time() {
    let config = Config {
        idle_timeout: Duration::from_millis(100),
        ..config()
    };
    let gateway = Gateway::start(config).await;
    let mut silent = gateway.connect().await;
    let mut client = gateway.connect().await;
    // A request that takes longer than the time for idleness is not idle.
    client.send(&framed(&of_ada("slow", ""))).await;
    assert_eq!(silent.rest().await, b"");
    let before_the_reply = Instant::now();
    gateway.functions.slow_may_end.notify_one();
    assert_eq!(value(&client.reply().await, "/data/slow"), 1);
    assert_eq!(client.rest().await, b"");
    assert!(before_the_reply.elapsed() >= Duration::from_millis(100));
}

#[tokio::test]
async fn a_byte_now_and_then_does_not_prolong_a_frame() {
    let config = Config {
        frame_timeout: Duration::from_millis(200),
        ..config()
    };
    let gateway = Gateway::start(config).await;
    let mut client = gateway.connect().await;
    // An earlier request does not shorten the time either.
    assert_eq!(value(&client.ask(&numbered(1)).await, "/random"), 1);
    let Client(stream) = client;
    let (read, mut write) = stream.into_split();
    let drip = tokio::spawn(async move {
        for byte in framed(&numbered(2)) {
            if write.write_all(&[byte]).await.is_err() {
                return;
            }
            sleep(Duration::from_millis(20)).await;
        }
    });
    let closed = tokio::time::timeout(PATIENCE, read.readable()).await;
    assert!(
        closed.is_ok_and(|ready| ready.is_ok()),
        "the gateway closes"
    );
    // End of stream, or a reset by a byte that came too late; no reply in any case.
    assert!(!matches!(read.try_read(&mut [0; 64]), Ok(1..)));
    drip.abort();
}

#[tokio::test]
async fn who_does_not_read_replies_is_dropped() {
    let config = Config {
        write_timeout: Duration::from_millis(200),
        ..config()
    };
    let gateway = Gateway::start(config).await;
    let mut client = gateway.connect().await;
    let request = framed(&of_ada("large", ",\"bytes\":7000"));
    let requests = request.repeat(64);
    // Replies fill all buffers between the two; then the client's requests do.
    let stuck = async { while client.0.write_all(&requests).await.is_ok() {} };
    tokio::time::timeout(PATIENCE, stuck)
        .await
        .expect("the gateway resets the connection");
}
