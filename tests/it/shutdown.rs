//! The end of a server: what is under way is finished, and the exit code is 0.

use std::time::{Duration, Instant};

use anyhow::Result;
use serde_json::json;

use crate::support::{Server, Shape, run};

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
                match client
                    .call("level_up_weapon", super::support::object(data))
                    .await
                {
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
