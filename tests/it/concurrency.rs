//! What must hold when many requests of one player meet. One process: atomicity over processes
//! comes with the guarantees' protocol.

use anyhow::Result;
use serde_json::json;

use crate::support::{Server, Shape, run};

#[test]
fn twenty_level_ups_at_once_are_twenty_levels() -> Result<()> {
    run(async {
        let server = Server::start(Shape::OneProcess).await?;
        let first = server.login("ada").await?;
        server.equip("ada", "weapon1", 1000)?;
        let mut tasks = Vec::new();
        for _ in 0..20 {
            let (mut client, token) = (server.connect().await?, first.token.clone());
            tasks.push(tokio::spawn(async move {
                let data = json!({ "token": token, "weapon": "weapon1", "iron": 20 });
                client
                    .call("level_up_weapon", super::support::object(data))
                    .await
            }));
        }
        let mut levels = Vec::new();
        for task in tasks {
            let reply = task.await??;
            assert_eq!(reply["status"], 0, "{reply}");
            levels.push(reply["data"]["weapon_bag1"][1].as_i64().unwrap_or_default());
        }
        levels.sort_unstable();
        assert_eq!(levels, (1..=20).collect::<Vec<_>>());
        let mut ada = first;
        let reply = ada.call("get_all_supplies", json!({})).await?;
        assert_eq!(reply["data"], json!({ "supplies": [["iron", 600]] }));
        let reply = ada.call("get_all_weapon", json!({})).await?;
        assert_eq!(
            reply["data"]["weapons"][0],
            json!(["weapon1", 1, 20, 0, 0, 0, 0, 20, 0])
        );
        Ok(())
    })
}

#[test]
fn twenty_spenders_of_ten_coins_get_ten() -> Result<()> {
    run(async {
        let server = Server::start(Shape::OneProcess).await?;
        let first = server.login("ada").await?;
        server.equip("ada", "weapon1", 10 * 20)?;
        let mut tasks = Vec::new();
        for _ in 0..20 {
            let (mut client, token) = (server.connect().await?, first.token.clone());
            tasks.push(tokio::spawn(async move {
                let data = json!({ "token": token, "weapon": "weapon1", "iron": 20 });
                client
                    .call("level_up_weapon", super::support::object(data))
                    .await
            }));
        }
        let mut statuses = Vec::new();
        for task in tasks {
            statuses.push(task.await??["status"].as_i64().unwrap_or(-1));
        }
        statuses.sort_unstable();
        assert_eq!(statuses, [[0; 10], [2; 10]].concat());
        Ok(())
    })
}

#[test]
fn what_was_answered_survives_a_kill() -> Result<()> {
    run(async {
        let mut server = Server::start(Shape::OneProcess).await?;
        let mut ada = server.login("ada").await?;
        server.equip("ada", "weapon1", 1000)?;
        for _ in 0..3 {
            let args = json!({ "weapon": "weapon1", "iron": 20 });
            assert_eq!(ada.call("level_up_weapon", args).await?["status"], 0);
        }
        server.kill();
        server.launch_again(Shape::OneProcess)?;
        ada.client = server.connect().await?;
        let reply = ada.call("get_all_weapon", json!({})).await?;
        assert_eq!(reply["data"]["weapons"][0][2], 3, "{reply}");
        Ok(())
    })
}
