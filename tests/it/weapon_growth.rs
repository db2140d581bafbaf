//! How weapons grow beside their levels: stars, segments, points taken back.

use anyhow::Result;
use serde_json::{Value, json};

use crate::support::{Inside, OldClient, count_of};

fn weapon(name: &str) -> Value {
    json!({ "weapon": name })
}

async fn segments(game: &Inside, name: &str, amount: i64) -> Result<Value> {
    let args = json!({ "weapon": name, "amount": amount });
    game.admin("weapon.add_segments", "ada", args).await
}

/// The weapon's line in `get_all_weapon`, or null.
async fn line(ada: &OldClient, name: &str) -> Result<Value> {
    let reply = ada.call("get_all_weapon", json!({})).await?;
    let lines = reply["data"]["weapons"].as_array();
    let line = lines.and_then(|lines| lines.iter().find(|line| line[0] == name));
    Ok(line.cloned().unwrap_or_default())
}

#[test]
fn a_star_costs_thirty_times_its_number() -> Result<()> {
    Inside::in_both_shapes(|game| async move {
        let ada = game.login("ada").await?;
        let refused =
            json!({ "status": 1, "message": "user does not have that weapon", "data": {} });
        let star_up = async || ada.call("level_up_weapon_star", weapon("weapon2")).await;
        assert_eq!(star_up().await?, refused);
        // Segments may come before the weapon, and do not make it.
        assert_eq!(
            segments(&game, "weapon2", 59).await?["data"],
            json!({ "segment": 59 })
        );
        assert_eq!(star_up().await?, refused);
        assert_eq!(line(&ada, "weapon2").await?, Value::Null);
        for function in [
            "level_up_weapon",
            "level_up_passive",
            "reset_weapon_skill_point",
        ] {
            let args =
                json!({ "weapon": "weapon2", "iron": 20, "passive": "passive_skill_1_level" });
            assert_eq!(ada.call(function, args).await?, refused, "{function}");
        }

        let reply = game
            .admin("weapon.give_weapon", "ada", weapon("weapon2"))
            .await?;
        assert_eq!(
            reply["data"],
            json!({ "weapon": "weapon2", "star": 1, "segment": 59 })
        );
        let reply = star_up().await?;
        let message = "insufficient segments, upgrade failed";
        let expected = json!({ "status": 2, "message": message, "data": { "price": 60 } });
        assert_eq!(reply, expected);
        segments(&game, "weapon2", 2).await?;
        let reply = star_up().await?;
        let expected = json!({ "weapon_bag1": ["ada", 0, 0, 0, 0, 0, 0, 1], "star": 2 });
        assert_eq!(reply["data"], expected, "{reply}");

        // Up to ten, each dearer than the one before; then no more, whatever there is.
        let price: i64 = (3..=10).map(|star| 30 * star).sum();
        segments(&game, "weapon2", price + 1000).await?;
        for star in 3..=10 {
            assert_eq!(star_up().await?["data"]["star"], star);
        }
        let reply = star_up().await?;
        let expected = json!({ "status": 9, "message": "weapon has reached max star", "data": {} });
        assert_eq!(reply, expected);
        let expected = json!(["weapon2", 10, 0, 0, 0, 0, 0, 0, 1001]);
        assert_eq!(line(&ada, "weapon2").await?, expected);
        Ok(())
    })
}

#[test]
fn points_come_back_for_a_hundred_coins() -> Result<()> {
    Inside::in_both_shapes(|game| async move {
        let ada = game.login("ada").await?;
        let reset = async || {
            ada.call("reset_weapon_skill_point", weapon("weapon2"))
                .await
        };
        assert_eq!(reset().await?["status"], 1);
        game.admin("weapon.give_weapon", "ada", weapon("weapon2"))
            .await?;
        game.supply("ada", "iron", 200).await?;
        let args = json!({ "weapon": "weapon2", "iron": 200 });
        ada.call("level_up_weapon", args).await?;
        for passive in [1, 2, 3, 4, 4] {
            let passive = format!("passive_skill_{passive}_level");
            let args = json!({ "weapon": "weapon2", "passive": passive });
            assert_eq!(ada.call("level_up_passive", args).await?["status"], 0);
        }
        let before = json!(["weapon2", 1, 10, 1, 1, 1, 2, 5, 0]);
        assert_eq!(line(&ada, "weapon2").await?, before);

        // Each is paid for once; where no points are spent, there is nothing to pay for.
        let coins = game.held("ada", "coin").await?;
        game.supply("ada", "coin", 299).await?;
        for left in (0..(coins + 299) / 100).rev() {
            let reply = reset().await?;
            let expected = json!({
                "weapon_bag1": ["ada", 10, 0, 0, 0, 0, 10, 0],
                "item1": ["coin", left * 100 + (coins + 299) % 100]
            });
            assert_eq!(reply["data"], expected, "{reply}");
            let reply = reset().await?;
            let message = "no skill points to take back";
            let expected = json!({ "status": 9, "message": message, "data": {} });
            assert_eq!(reply, expected);
            let args = json!({ "weapon": "weapon2", "passive": "passive_skill_1_level" });
            assert_eq!(ada.call("level_up_passive", args).await?["status"], 0);
        }
        let reply = reset().await?;
        let expected = json!({ "status": 2, "message": "insufficient gold coins", "data": {} });
        assert_eq!(reply, expected);
        Ok(())
    })
}

#[test]
fn only_the_forty_weapons_are_given() -> Result<()> {
    Inside::in_both_shapes(|game| async move {
        let ada = game.login("ada").await?;
        for name in ["weapon40", "weapon0", "weapon41", "weapon", "Weapon1", ""] {
            let given = game
                .admin("weapon.give_weapon", "ada", weapon(name))
                .await?;
            let known = name == "weapon40";
            assert_eq!(given["status"], if known { 0 } else { 10 }, "{given}");
            let added = segments(&game, name, 1).await?;
            assert_eq!(added["status"], if known { 0 } else { 10 }, "{added}");
            let reply = ada.call("level_up_weapon_star", weapon(name)).await?;
            assert_eq!(reply["status"], if known { 2 } else { 10 }, "{reply}");
        }
        for amount in [0, -1] {
            assert_eq!(segments(&game, "weapon40", amount).await?["status"], 10);
        }
        for function in ["add_segments", "give_weapon", "random_gift_segment"] {
            let args = json!({ "weapon": "weapon40", "amount": 30 });
            assert_eq!(ada.call(function, args).await?["status"], 10, "{function}");
        }
        Ok(())
    })
}

#[test]
fn twenty_at_once_spend_points_segments_and_coins_once() -> Result<()> {
    Inside::in_one_process(|game| async move {
        let ada = game.login("ada").await?;
        game.admin("weapon.give_weapon", "ada", weapon("weapon2"))
            .await?;
        game.supply("ada", "iron", 7 * 20).await?;
        let args = json!({ "weapon": "weapon2", "iron": 7 * 20 });
        ada.call("level_up_weapon", args).await?;

        let args = json!({ "weapon": "weapon2", "passive": "passive_skill_3_level" });
        let replies = ada.twenty_calls("level_up_passive", args).await?;
        assert_eq!((count_of(0, &replies), count_of(2, &replies)), (7, 13));
        // For three stars, and not quite a fourth.
        segments(&game, "weapon2", 60 + 90 + 120 + 149).await?;
        let replies = ada
            .twenty_calls("level_up_weapon_star", weapon("weapon2"))
            .await?;
        assert_eq!((count_of(0, &replies), count_of(2, &replies)), (3, 17));
        let expected = json!(["weapon2", 4, 7, 0, 0, 7, 0, 0, 149]);
        assert_eq!(line(&ada, "weapon2").await?, expected);

        let coins = game.held("ada", "coin").await?;
        game.supply("ada", "coin", 550).await?;
        let replies = ada
            .twenty_calls("reset_weapon_skill_point", weapon("weapon2"))
            .await?;
        assert_eq!((count_of(0, &replies), count_of(9, &replies)), (1, 19));
        let left = game.held("ada", "coin").await?;
        assert_eq!(left, coins + 550 - 100);
        let expected = json!(["weapon2", 4, 7, 0, 0, 0, 0, 7, 149]);
        assert_eq!(line(&ada, "weapon2").await?, expected);
        Ok(())
    })
}
