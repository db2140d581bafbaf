//! What runs for a new player: once, whatever happens on the way.

use anyhow::Result;
use serde_json::{Value, json};

use crate::support::{Server, Shape, in_both_shapes, object, run};

/// As many calls as one likes.
const UNLIMITED: [&str; 4] = [
    "--rate-limit-per-s=100000",
    "--rate-limit-burst=100000",
    "--login-rate-limit-per-s=100000",
    "--login-rate-limit-burst=100000",
];

/// What a new player begins with.
fn first() -> Value {
    json!({ "weapons": [["weapon9", 1, 0, 0, 0, 0, 0, 0, 0]] })
}

async fn weapons(server: &Server, player: &str) -> Result<Value> {
    let mut player = server.login(player).await?;
    let reply = player.call("get_all_weapon", json!({})).await?;
    Ok(reply["data"].clone())
}

/// Asks until the player has a weapon.
async fn wait_for_the_first(server: &Server, player: &str) -> Result<()> {
    let mut player = server.login(player).await?;
    loop {
        let reply = player.call("get_all_weapon", json!({})).await?;
        if reply["data"] == first() {
            return Ok(());
        }
        anyhow::ensure!(reply["data"] == json!({ "weapons": [] }), "{reply}");
    }
}

#[test]
fn a_new_player_begins_with_a_weapon() -> Result<()> {
    in_both_shapes(|server| async move {
        for _ in 0..3 {
            assert_eq!(weapons(&server, "ada").await?, first());
        }
        assert_eq!(weapons(&server, "bob").await?, first());
        Ok(())
    })
}

#[test]
fn twenty_first_logins_at_once_make_one_player() -> Result<()> {
    in_both_shapes(|server| async move {
        let mut logins = Vec::new();
        for _ in 0..20 {
            let mut client = server.connect().await?;
            logins.push(tokio::spawn(async move {
                let data = object(json!({ "unique_id": "ada" }));
                client.call("login_unique", data).await
            }));
        }
        let mut made = 0;
        for login in logins {
            match login.await??["status"].as_i64() {
                Some(0) => {}
                Some(1) => made += 1,
                other => anyhow::bail!("status {other:?}"),
            }
        }
        assert_eq!(made, 1);
        assert_eq!(weapons(&server, "ada").await?, first());
        Ok(())
    })
}

#[test]
fn a_manager_that_is_gone_gives_it_when_it_is_back() -> Result<()> {
    run(async {
        let mut server = Server::start_with(Shape::Separate, &UNLIMITED).await?;
        drop(server.processes().remove(2));
        server.login("ada").await?;
        // What is still to run outlives the token server.
        drop(server.processes().remove(0));
        server.start_role(0, &["token"])?;
        server.start_role(2, &["manager", "weapon"])?;
        wait_for_the_first(&server, "ada").await
    })
}

#[test]
fn a_power_cut_leaves_nobody_without_it() -> Result<()> {
    for shape in [Shape::OneProcess, Shape::Separate] {
        run(async {
            let mut server = Server::start_with(shape, &UNLIMITED).await?;
            for round in 0..3 {
                let mut logins = Vec::new();
                for number in 0..8 {
                    let mut client = server.connect().await?;
                    let player = format!("player{round}_{number}");
                    let data = object(json!({ "unique_id": player }));
                    logins.push(tokio::spawn(async move {
                        let made = client.call("login_unique", data).await;
                        (player, made.is_ok())
                    }));
                }
                if round > 0 {
                    // Some are answered by now, others under way.
                    let first = logins.swap_remove(0).await?;
                    assert!(first.1, "{}", server.logs());
                }
                server.kill();
                let mut players = Vec::new();
                for login in logins {
                    players.push(login.await?.0);
                }
                server.launch_again(shape)?;
                for player in players {
                    wait_for_the_first(&server, &player).await?;
                }
            }
            Ok(())
        })?;
    }
    Ok(())
}

#[test]
fn what_is_there_already_is_in_no_new_players_way() -> Result<()> {
    in_both_shapes(|server| async move {
        let item = ["item=iron", "amount=5"];
        let early = server.admin("bag.add_supply", "zed", &item)?;
        assert_eq!(early["status"], 0, "{early}");
        server.admin("weapon.give_weapon", "zed", &["weapon=weapon9"])?;
        let iron = async |player: &str| -> Result<i64> {
            let mut player = server.login(player).await?;
            let reply = player.call("get_all_supplies", json!({})).await?;
            Ok(crate::support::amount(&reply, "iron"))
        };
        wait_for_the_first(&server, "zed").await?;
        wait_for_the_first(&server, "ada").await?;
        assert_eq!(iron("zed").await?, iron("ada").await? + 5);
        Ok(())
    })
}
