//! What must hold when many requests of one player meet, and when all processes are killed in the
//! midst of it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use aliya_runtime::client::Client;
use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::support::{Inside, Player, Server, Shape, amount, in_both_shapes, object, run};

#[test]
fn twenty_level_ups_at_once_are_twenty_levels() -> Result<()> {
    in_both_shapes(|server| async move {
        let first = server.login("ada").await?;
        server.equip("ada", "weapon1", 1000)?;
        let mut tasks = Vec::new();
        for _ in 0..20 {
            tasks.push(tokio::spawn(level_up(
                server.connect().await?,
                first.token.clone(),
            )));
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
        assert_eq!(amount(&reply, "iron"), 600, "{reply}");
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
    in_both_shapes(|server| async move {
        let first = server.login("ada").await?;
        server.equip("ada", "weapon1", 10 * 20)?;
        let mut tasks = Vec::new();
        for _ in 0..20 {
            tasks.push(tokio::spawn(level_up(
                server.connect().await?,
                first.token.clone(),
            )));
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
fn twenty_adds_and_spends_at_once_lose_nothing() -> Result<()> {
    Inside::in_one_process(|game| async move {
        game.login("ada").await?;
        game.supply("ada", "iron", 10).await?;
        let game = Arc::new(game);
        let calls = (0..40).map(|at| {
            let game = Arc::clone(&game);
            let function = ["bag.add_supply", "bag.spend_supply"][at % 2];
            let args = json!({ "item": "iron", "amount": 1 + at % 2 });
            tokio::spawn(async move { game.admin(function, "ada", args).await })
        });
        let calls: Vec<_> = calls.collect();
        let mut left = 10;
        for (at, call) in calls.into_iter().enumerate() {
            match (at % 2, &call.await??["status"]) {
                (0, status) => {
                    assert_eq!(status, 0);
                    left += 1;
                }
                (_, status) if status == 0 => left -= 2,
                (_, status) => assert_eq!(status, 2),
            }
        }
        assert_eq!(game.held("ada", "iron").await?, left);
        Ok(())
    })
}

/// One level, whatever it takes to be told of it.
async fn level_up(mut client: Client, token: String) -> Result<Value> {
    let data = json!({ "token": token, "weapon": "weapon1", "iron": 20 });
    let reply = client
        .call_until_answered("level_up_weapon", object(data), Duration::from_secs(30))
        .await?;
    Ok(serde_json::from_str(&reply)?)
}

/// Levels up `player`'s weapon until the server is gone; returns how often it was told success.
async fn level_up_until_the_end(mut client: Client, token: String) -> i64 {
    let mut answered = 0;
    loop {
        let data = json!({ "token": token, "weapon": "weapon1", "iron": 20 });
        match client.call("level_up_weapon", object(data)).await {
            Ok(reply) if reply["status"] == 0 => answered += 1,
            Ok(_) => {}
            Err(_) => return answered,
        }
    }
}

#[test]
fn what_was_answered_survives_a_kill_under_load() -> Result<()> {
    const PLAYERS: usize = 8;
    for shape in [Shape::OneProcess, Shape::Separate] {
        run(async {
            let mut server = Server::start_with(shape, &["--rate-limit-per-s=0"]).await?;
            let mut players = Vec::new();
            for number in 0..PLAYERS {
                let name = format!("player{number}");
                players.push(server.login(&name).await?);
                server.equip(&name, "weapon1", 2000)?;
            }
            let mut load = Vec::new();
            for player in &players {
                let client = server.connect().await?;
                load.push(tokio::spawn(level_up_until_the_end(
                    client,
                    player.token.clone(),
                )));
            }
            // In the midst of it.
            let last = players.last_mut().context("a player")?;
            while level(last).await? < 5 {}
            server.kill();
            let mut answered = Vec::new();
            for task in load {
                answered.push(task.await?);
            }
            server.launch_again(shape)?;
            for (player, answered) in players.iter_mut().zip(answered) {
                // The token is as durable as all else.
                player.client = server.connect().await?;
                // What was under way over several processes goes on by itself.
                let until = Instant::now() + Duration::from_secs(30);
                let (level, iron) = loop {
                    let level = level(player).await?;
                    let reply = player.call("get_all_supplies", json!({})).await?;
                    let iron = amount(&reply, "iron");
                    if iron == 2000 - 20 * level || Instant::now() > until {
                        break (level, iron);
                    }
                    tokio::time::sleep(Duration::from_millis(50)).await;
                };
                assert_eq!(iron, 2000 - 20 * level);
                // One answer may have been on its way.
                let levels = answered.min(100)..=answered + 1;
                assert!(levels.contains(&level), "{level} of {answered}");
            }
            Ok(())
        })?;
    }
    Ok(())
}

async fn level(player: &mut Player) -> Result<i64> {
    let reply = player.call("get_all_weapon", json!({})).await?;
    let level = reply["data"]["weapons"][0][2].as_i64();
    level.with_context(|| reply.to_string())
}
