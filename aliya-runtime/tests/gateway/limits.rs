//! How many connections there may be.

use aliya_runtime::gateway::Config;
use tokio::time::{Duration, sleep, timeout};

use crate::support::{Client, Gateway, PATIENCE, config, value};

const NOW: &str = r#"{"function":"now","data":{}}"#;

/// Connections until one is served: a closed one gives its place back a moment later.
async fn connect_in_time(gateway: &Gateway) -> Client {
    let connect = async {
        loop {
            let mut client = gateway.connect().await;
            client.send(&crate::support::framed(NOW)).await;
            let mut byte = [0];
            if matches!(client.0.peek(&mut byte).await, Ok(1)) {
                assert_eq!(value(&client.reply().await, "/status"), 0);
                return client;
            }
            sleep(Duration::from_millis(5)).await;
        }
    };
    timeout(PATIENCE, connect)
        .await
        .expect("a place becomes free")
}

async fn are_limited_to_two(config: Config) {
    let gateway = Gateway::start(config).await;
    let mut first = gateway.connect().await;
    let mut second = gateway.connect().await;
    assert_eq!(value(&first.ask(NOW).await, "/status"), 0);
    assert_eq!(value(&second.ask(NOW).await, "/status"), 0);
    for _ in 0..3 {
        gateway.connect().await.is_closed().await;
    }
    // Those that are there are not concerned.
    assert_eq!(value(&first.ask(NOW).await, "/status"), 0);
    drop(second);
    connect_in_time(&gateway).await;
}

#[tokio::test]
async fn all_connections_are_limited() {
    are_limited_to_two(Config {
        max_connections: 2,
        ..config()
    })
    .await;
}

#[tokio::test]
async fn connections_of_an_address_are_limited() {
    are_limited_to_two(Config {
        max_connections_per_address: 2,
        ..config()
    })
    .await;
}
