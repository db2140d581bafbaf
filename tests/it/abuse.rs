//! Clients that take what they can get: the others are served all the same.

use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use serde_json::json;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use crate::support::{Server, Shape, run};

/// What a client sends that never ends what it began.
const HALF_A_FRAME: &[u8] = b"e3cb970693574ea75d091a6049f8a3ff0100abcd";

/// Opens connections until there are `count`, of which every second has begun a frame.
async fn crowd(server: &Server, count: usize) -> Result<Vec<TcpStream>> {
    let mut crowd = Vec::with_capacity(count);
    for at in 0..count {
        let mut stream = TcpStream::connect(server.gateway).await?;
        if at % 2 == 0 {
            stream.write_all(HALF_A_FRAME).await?;
        }
        crowd.push(stream);
    }
    Ok(crowd)
}

#[test]
fn two_thousand_connections_and_slow_senders_hold_up_nobody() -> Result<()> {
    run(async {
        let more = ["--max-connections-per-address=3000", "--rate-limit-per-s=0"];
        let server = Server::start_with(Shape::OneProcess, &more).await?;
        let mut ada = server.login("ada").await?;
        server.equip("ada", "weapon1", 2000)?;
        let mut crowd = crowd(&server, 2000).await?;
        let start = Instant::now();
        for level in 1..=50 {
            // Who sends on, a byte at a time, is as harmless.
            for slow in crowd.iter_mut().step_by(40) {
                slow.write_all(b"e").await?;
            }
            let args = json!({ "weapon": "weapon1", "iron": 20 });
            let reply = ada.call("level_up_weapon", args).await?;
            assert_eq!(reply["data"]["weapon_bag1"][1], level, "{reply}");
        }
        // Alone it takes a fraction of a second.
        let elapsed = start.elapsed();
        assert!(elapsed < Duration::from_secs(10), "{elapsed:?}");
        server.login("bob").await?;
        Ok(())
    })
}

#[test]
fn who_never_ends_a_frame_is_closed_in_time() -> Result<()> {
    use tokio::io::AsyncReadExt;
    run(async {
        let server = Server::start_with(Shape::OneProcess, &["--frame-timeout-ms=300"]).await?;
        let mut slow = TcpStream::connect(server.gateway).await?;
        slow.write_all(HALF_A_FRAME).await?;
        let start = Instant::now();
        // A byte now and then does not prolong it.
        let mut byte = [0; 1];
        loop {
            let read = tokio::time::timeout(Duration::from_millis(50), slow.read(&mut byte)).await;
            match read {
                Ok(read) => {
                    assert!(matches!(read, Ok(0) | Err(_)), "an answer to half a frame");
                    break;
                }
                Err(_) => slow.write_all(b"e").await?,
            }
            assert!(start.elapsed() < Duration::from_secs(10), "still open");
        }
        Ok(())
    })
}

#[test]
fn a_server_out_of_files_serves_again_when_it_has_some() -> Result<()> {
    run(async {
        let mut server = Server::start(Shape::OneProcess).await?;
        let mut ada = server.login("ada").await?;
        server.equip("ada", "weapon1", 1000)?;
        server.stop()?;
        server.launch_with_files(64)?;

        // More than it can accept: the system takes them, and the server gets to them later.
        let crowd = crowd(&server, 100).await?;
        let waits = async {
            ada.client = server.connect().await?;
            ada.call("get_all_weapon", json!({})).await
        };
        let early = tokio::time::timeout(Duration::from_millis(300), waits).await;
        assert!(early.is_err(), "it has files for all: {early:?}");
        let logs = server.logs();
        assert!(logs.contains("cannot accept"), "{logs}");
        assert!(logs.contains("may open only 64 files"), "{logs}");

        drop(crowd);
        ada.client = server.connect().await?;
        let args = json!({ "weapon": "weapon1", "iron": 20 });
        let reply = ada.call("level_up_weapon", args);
        let reply = tokio::time::timeout(Duration::from_secs(20), reply).await;
        let reply = reply.context("no recovery")??;
        assert_eq!(reply["status"], 0, "{reply}");
        server.stop()
    })
}
