//! The weapon manager's functions, each with every status and bound.

use anyhow::Result;
use serde_json::{Value, json};

use crate::support::{amount, in_both_shapes};

#[test]
fn level_up_weapon() -> Result<()> {
    in_both_shapes(|server| async move {
        let mut ada = server.login("ada").await?;
        let args = |iron: Value| json!({ "weapon": "weapon1", "iron": iron });

        let reply = ada.call("level_up_weapon", args(json!(20))).await?;
        assert_eq!(reply["status"], 1, "{reply}");
        assert_eq!(reply["message"], "user does not have that weapon");

        server.equip("ada", "weapon1", 100)?;
        // Not enough for one level; more than the bag holds.
        for iron in [json!(19), json!(101), json!("9223372036854775807")] {
            let reply = ada.call("level_up_weapon", args(iron)).await?;
            assert_eq!(reply["status"], 2, "{reply}");
            assert_eq!(reply["message"], "insufficient materials, upgrade failed");
        }
        // What does not make a whole level is not taken.
        let reply = ada.call("level_up_weapon", args(json!("59"))).await?;
        assert_eq!(reply["status"], 0, "{reply}");
        let expected =
            json!({ "weapon_bag1": ["ada", 2, 0, 0, 0, 0, 2, 0], "item1": ["iron", 60] });
        assert_eq!(reply["data"], expected);

        // It stops at 100, and takes only what it used.
        server.admin("bag.add_supply", "ada", &["item=iron", "amount=9940"])?;
        let reply = ada.call("level_up_weapon", args(json!(10_000))).await?;
        let expected = json!({
            "weapon_bag1": ["ada", 100, 0, 0, 0, 0, 100, 0], "item1": ["iron", 8_040]
        });
        assert_eq!(reply["data"], expected, "{reply}");
        let reply = ada.call("level_up_weapon", args(json!(20))).await?;
        assert_eq!(reply["status"], 9, "{reply}");
        assert_eq!(reply["message"], "weapon has reached max level");
        Ok(())
    })
}

#[test]
fn args_that_do_not_fit_are_refused_with_the_reason() -> Result<()> {
    in_both_shapes(|server| async move {
        let mut ada = server.login("ada").await?;
        server.equip("ada", "weapon1", 1000)?;
        let wrong = [
            json!({ "weapon": "weapon1" }),
            json!({ "weapon": "weapon1", "iron": 0 }),
            json!({ "weapon": "weapon1", "iron": -20 }),
            json!({ "weapon": "weapon1", "iron": "-20" }),
            json!({ "weapon": "weapon1", "iron": 1.5 }),
            json!({ "weapon": "weapon1", "iron": " 20" }),
            json!({ "weapon": "weapon1", "iron": "9223372036854775808" }),
            json!({ "weapon": "weapon1", "iron": null }),
            json!({ "weapon": "weapon1", "iron": [20] }),
            json!({ "weapon": 1, "iron": 20 }),
            json!({ "weapon": "x".repeat(33), "iron": 20 }),
            json!({ "weapon": "weapon1\u{0}", "iron": 20 }),
        ];
        for args in wrong {
            let reply = ada.call("level_up_weapon", args.clone()).await?;
            assert_eq!(reply["status"], 10, "{args}: {reply}");
            assert_eq!(reply["message"], "Invalid message format");
            let reason = reply["data"]["reason"].as_str().unwrap_or_default();
            let arg = if args["weapon"] == "weapon1" {
                "iron"
            } else {
                "weapon"
            };
            assert!(reason.contains(arg), "{args}: {reason}");
        }
        let reply = ada.call("get_all_supplies", json!({})).await?;
        assert_eq!(amount(&reply, "iron"), 1000, "{reply}");
        Ok(())
    })
}

#[test]
fn level_up_passive() -> Result<()> {
    in_both_shapes(|server| async move {
        let mut ada = server.login("ada").await?;
        let args = |passive: &str| json!({ "weapon": "weapon1", "passive": passive });
        let reply = ada.call("level_up_passive", args("nonsense")).await?;
        assert_eq!(reply["status"], 1, "{reply}");
        server.equip("ada", "weapon1", 80)?;
        let reply = ada.call("level_up_passive", args("nonsense")).await?;
        assert_eq!(reply["status"], 2, "{reply}");
        assert_eq!(
            reply["message"],
            "insufficient skill points, upgrade failed"
        );
        ada.call(
            "level_up_weapon",
            json!({ "weapon": "weapon1", "iron": 80 }),
        )
        .await?;
        let reply = ada
            .call("level_up_passive", args("passive_skill_5_level"))
            .await?;
        assert_eq!(reply["status"], 9, "{reply}");
        assert_eq!(reply["message"], "passive skill does not exist");
        for (passive, bag) in [
            ("passive_skill_1_level", json!(["ada", 4, 1, 0, 0, 0, 3, 0])),
            ("passive_skill_4_level", json!(["ada", 4, 1, 0, 0, 1, 2, 0])),
            ("passive_skill_2_level", json!(["ada", 4, 1, 1, 0, 1, 1, 0])),
            ("passive_skill_3_level", json!(["ada", 4, 1, 1, 1, 1, 0, 0])),
        ] {
            let reply = ada.call("level_up_passive", args(passive)).await?;
            assert_eq!(reply["data"], json!({ "weapon_bag1": bag }), "{reply}");
        }
        let reply = ada
            .call("level_up_passive", args("passive_skill_1_level"))
            .await?;
        assert_eq!(reply["status"], 2, "{reply}");
        Ok(())
    })
}

#[test]
fn a_weapon_held_already_becomes_segments() -> Result<()> {
    in_both_shapes(|server| async move {
        let mut ada = server.login("ada").await?;
        let reply = ada.call("get_all_weapon", json!({})).await?;
        let first = json!(["weapon9", 1, 0, 0, 0, 0, 0, 0, 0]);
        assert_eq!(reply["data"], json!({ "weapons": [first] }));
        let reply = server.admin("weapon.give_weapon", "ada", &["weapon=weapon7"])?;
        assert_eq!(reply["status"], 0, "{reply}");
        for segment in [30, 60] {
            let reply = server.admin("weapon.give_weapon", "ada", &["weapon=weapon7"])?;
            assert_eq!(reply["status"], 1, "{reply}");
            assert_eq!(reply["message"], "weapon already held");
            assert_eq!(reply["data"]["segment"], segment);
        }
        server.equip("ada", "weapon10", 0)?;
        let reply = ada.call("get_all_weapon", json!({})).await?;
        let expected = json!({ "weapons": [
            ["weapon10", 1, 0, 0, 0, 0, 0, 0, 0],
            ["weapon7", 1, 0, 0, 0, 0, 0, 0, 60],
            first,
        ] });
        assert_eq!(reply["data"], expected);
        Ok(())
    })
}

#[test]
fn clients_cannot_grant_themselves_anything() -> Result<()> {
    in_both_shapes(|server| async move {
        let mut ada = server.login("ada").await?;
        let unknown = ada.call("no_such_function", json!({})).await?;
        for function in ["give_weapon", "add_supply", "spend_supply", "get_supply"] {
            let args = json!({ "weapon": "weapon1", "item": "iron", "amount": 5 });
            let reply = ada.call(function, args).await?;
            assert_eq!(reply["status"], 10, "{reply}");
            // Nobody learns which names exist.
            assert_eq!(reply["data"], unknown["data"]);
        }
        Ok(())
    })
}
