//! The end of a server: what is under way is finished, and the exit code is 0.

use std::time::{Duration, Instant};

use anyhow::Result;
use serde_json::json;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use crate::support::{Server, Shape, object, run};

#[test]
fn sigterm_and_ctrl_c_end_every_role_with_0() -> Result<()> {
    for shape in [Shape::OneProcess, Shape::Separate] {
        for signal in ["TERM", "INT"] {
            run(async {
                let mut server = Server::start(shape).await?;
                let _idle = server.connect().await?;
                let start = Instant::now();
                for process in server.processes().iter_mut().rev() {
                    process.signal(signal)?;
                    let status = process.wait()?;
                    assert!(status.success(), "{shape:?} {signal}: {status}");
                }
                // Nothing was under way: an idle connection does not hold it up.
                assert!(
                    start.elapsed() < Duration::from_secs(8),
                    "{:?}",
                    start.elapsed()
                );
                Ok(())
            })?;
        }
    }
    Ok(())
}

#[test]
fn requests_under_way_are_answered_or_not_applied() -> Result<()> {
    run(async {
        let mut server = Server::start(Shape::OneProcess).await?;
        let mut ada = server.login("ada").await?;
        server.equip("ada", "weapon1", 2000)?;
        let mut client = server.connect().await?;
        let token = ada.token.clone();
        let load = tokio::spawn(async move {
            let mut answered = 0_i64;
            loop {
                let data = json!({ "token": token, "weapon": "weapon1", "iron": 20 });
                match client.call("level_up_weapon", object(data)).await {
                    Ok(reply) if reply["status"] == 0 => answered += 1,
                    _ => return answered,
                }
            }
        });
        // The first answers are there before the signal.
        while ada.call("get_all_weapon", json!({})).await?["data"]["weapons"][0][2] == 0 {}
        server.stop()?;
        let answered = load.await?;
        server.launch_again(Shape::OneProcess)?;
        ada.client = server.connect().await?;
        let reply = ada.call("get_all_weapon", json!({})).await?;
        let level = reply["data"]["weapons"][0][2].as_i64().unwrap_or(-1);
        assert!(level > 0);
        assert_eq!(level, answered.min(100), "{reply}");
        Ok(())
    })
}

#[test]
fn a_call_that_never_ends_does_not_keep_a_process() -> Result<()> {
    run(async {
        let mut server =
            Server::start_with(Shape::Separate, &["--shutdown-timeout-ms=500"]).await?;
        // The bodies of these calls never come.
        let mut open = Vec::new();
        for base in [8080, 8082, 8083] {
            let mut stream = TcpStream::connect(("127.0.0.1", server.port(base))).await?;
            let head = "POST /login_unique HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n";
            stream.write_all(head.as_bytes()).await?;
            open.push(stream);
        }
        server.login("ada").await?;
        let start = Instant::now();
        server.stop()?;
        assert!(start.elapsed() < Duration::from_secs(15));
        Ok(())
    })
}

#[test]
fn a_second_signal_ends_a_process_at_once() -> Result<()> {
    run(async {
        let more = ["--request-timeout-ms=60000"];
        let mut server = Server::start_with(Shape::Separate, &more).await?;
        let mut ada = server.login("ada").await?;
        // A request that hangs: its manager does not move.
        let [_, _, weapon, _, gateway] = server.processes().as_mut_slice() else {
            anyhow::bail!("five processes");
        };
        weapon.signal("STOP")?;
        // The signal is under way at first: what is still answered is asked again.
        let mut answered = 0;
        loop {
            let hangs = ada.call("get_all_weapon", json!({}));
            match tokio::time::timeout(Duration::from_millis(300), hangs).await {
                Err(_) => break,
                Ok(reply) => reply?,
            };
            answered += 1;
            assert!(answered < 1000, "a stopped manager answers");
        }
        gateway.signal("TERM")?;
        std::thread::sleep(Duration::from_millis(300));
        assert!(!gateway.has_ended()?, "it waits for the request");
        let start = Instant::now();
        gateway.signal("TERM")?;
        let status = gateway.wait()?;
        assert_eq!(status.code(), Some(143), "{status}");
        assert!(start.elapsed() < Duration::from_secs(5));
        Ok(())
    })
}

#[test]
fn a_manager_that_stops_under_load_finishes_what_it_answers() -> Result<()> {
    run(async {
        let mut server = Server::start_with(Shape::Separate, &["--rate-limit-per-s=0"]).await?;
        let mut ada = server.login("ada").await?;
        server.equip("ada", "weapon1", 2000)?;
        let (mut client, token) = (server.connect().await?, ada.token.clone());
        let load = tokio::spawn(async move {
            let mut answered = 0_i64;
            loop {
                let data = json!({ "token": token, "weapon": "weapon1", "iron": 20 });
                let reply = client.call("level_up_weapon", object(data)).await?;
                match reply["status"].as_i64() {
                    Some(0) => answered += 1,
                    _ => return anyhow::Ok((answered, reply)),
                }
            }
        });
        while ada.call("get_all_weapon", json!({})).await?["data"]["weapons"][0][2] == 0 {}
        let mut weapon = server.processes().remove(2);
        weapon.signal("TERM")?;
        assert!(weapon.wait()?.success());
        let (answered, last) = load.await??;
        assert_eq!(last["status"], 13, "{last}");
        server.start_role(2, &["manager", "weapon"])?;
        // The circuit to it closes with the next probe.
        let reply = ada.until_answered("get_all_weapon", json!({})).await?;
        let level = reply["data"]["weapons"][0][2].as_i64().unwrap_or(-1);
        assert!(
            level == answered || level == answered + 1,
            "{level} of {answered}"
        );
        Ok(())
    })
}
