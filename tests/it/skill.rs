//! Skills: unlocked and raised by chance.

use std::collections::BTreeSet;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::support::{Inside, OldClient, count_of};

/// Unlocks a skill for ada; returns its name.
async fn unlock(game: &Inside) -> Result<String> {
    let reply = game
        .admin("skill.random_gift_skill", "ada", json!({}))
        .await?;
    anyhow::ensure!(reply["data"]["kind"] == "skill", "{reply}");
    let name = reply["data"]["name"].as_str();
    Ok(name.context("a name")?.to_owned())
}

async fn level_up(ada: &OldClient, skill: &str, scroll: &str) -> Result<Value> {
    let args = json!({ "skill_id": skill, "scroll_id": scroll });
    ada.call("skill_level_up", args).await
}

#[test]
fn the_thirty_nine_skills_have_levels() -> Result<()> {
    Inside::in_both_shapes(|game| async move {
        let ada = game.login("ada").await?;
        let branches = [
            "1", "11", "12", "13", "111", "112", "113", "121", "122", "123", "131", "132", "133",
        ];
        for tree in ["m", "p", "g"] {
            for branch in branches {
                let name = format!("{tree}{branch}");
                let reply = ada.call("get_skill", json!({ "skill_id": name })).await?;
                assert_eq!(reply["data"], json!({ "skill1": [name, 0] }), "{reply}");
            }
        }
        for name in ["m2", "m", "", "M1", "x1", "m1111"] {
            let reply = ada.call("get_skill", json!({ "skill_id": name })).await?;
            let expected = json!({ "status": 1, "message": "invalid skill name", "data": {} });
            assert_eq!(reply, expected);
        }
        for args in [
            json!({}),
            json!({ "skill_id": 1 }),
            json!({ "skill_id": "m".repeat(17) }),
        ] {
            assert_eq!(ada.call("get_skill", args).await?["status"], 10);
        }
        let reply = ada.call("get_all_skill_level", json!({})).await?;
        assert_eq!(reply["data"], json!({ "skills": [] }));

        let name = unlock(&game).await?;
        let reply = ada.call("get_skill", json!({ "skill_id": name })).await?;
        assert_eq!(reply["data"], json!({ "skill1": [name, 1] }));
        let reply = ada.call("get_all_skill_level", json!({})).await?;
        assert_eq!(reply["data"], json!({ "skills": [[name, 1]] }));
        Ok(())
    })
}

#[test]
fn a_scroll_raises_a_skill_to_ten() -> Result<()> {
    Inside::in_both_shapes(|game| async move {
        let ada = game.login("ada").await?;
        let refused =
            json!({ "status": 1, "message": "user does not have that skill", "data": {} });
        game.supply("ada", "scroll_skill_100", 11).await?;
        for name in ["m1", "no such skill"] {
            assert_eq!(level_up(&ada, name, "scroll_skill_100").await?, refused);
        }
        let name = unlock(&game).await?;
        for wrong in ["iron", "scroll_skill_20", ""] {
            assert_eq!(level_up(&ada, &name, wrong).await?["status"], 10, "{wrong}");
        }
        let reply = level_up(&ada, &name, "scroll_skill_30").await?;
        let expected = json!({ "status": 2, "message": "not enough scrolls", "data": {} });
        assert_eq!(reply, expected);
        for level in 2..=10 {
            let reply = level_up(&ada, &name, "scroll_skill_100").await?;
            let left = ["scroll_skill_100".into(), json!(12 - level)];
            let expected = json!({ "skill1": [name, level], "item1": left, "upgrade": 1 });
            assert_eq!(reply["data"], expected, "{reply}");
        }
        let reply = level_up(&ada, &name, "scroll_skill_100").await?;
        let expected = json!({ "status": 9, "message": "skill already at max level", "data": {} });
        assert_eq!(reply, expected);
        assert_eq!(game.held("ada", "scroll_skill_100").await?, 2);
        Ok(())
    })
}

#[test]
fn weaker_scrolls_succeed_by_their_chance() -> Result<()> {
    Inside::in_one_process(|game| async move {
        let ada = game.login("ada").await?;
        // Outside of these bounds once in a million runs.
        for (scroll, tries, bounds) in [
            ("scroll_skill_10", 150, 1..=45),
            ("scroll_skill_30", 100, 7..=60),
        ] {
            game.supply("ada", scroll, tries).await?;
            let (mut name, mut level, mut raised) = (String::new(), 10, 0);
            for _ in 0..tries {
                while level == 10 {
                    // Or it is one of those that have a level.
                    if let Ok(new) = unlock(&game).await {
                        (name, level) = (new, 1);
                    }
                }
                let reply = level_up(&ada, &name, scroll).await?;
                let upgrade = reply["data"]["upgrade"].as_i64().context("a number")?;
                level += upgrade;
                raised += upgrade;
                assert_eq!(reply["data"]["skill1"], json!([name, level]), "{reply}");
            }
            assert!(
                bounds.contains(&raised),
                "{raised} of {tries} with {scroll}"
            );
        }
        Ok(())
    })
}

#[test]
fn a_gift_unlocks_a_skill_or_is_a_scroll() -> Result<()> {
    Inside::in_both_shapes(|game| async move {
        let ada = game.login("ada").await?;
        let before = game.held("ada", "scroll_skill_10").await?;
        let (mut unlocked, mut scrolls) = (BTreeSet::new(), 0);
        for _ in 0..60 {
            let reply = game
                .admin("skill.random_gift_skill", "ada", json!({}))
                .await?;
            if reply["status"] == 0 {
                let name = reply["data"]["name"].as_str().context("a name")?;
                assert_eq!(
                    reply["data"],
                    json!({ "kind": "skill", "name": name, "amount": 1 })
                );
                assert!(unlocked.insert(name.to_owned()), "{name} twice");
            } else {
                scrolls += 1;
                let data = json!({ "kind": "supply", "name": "scroll_skill_10", "amount": 1 });
                let expected =
                    json!({ "status": 1, "message": "skill already unlocked", "data": data });
                assert_eq!(reply, expected);
            }
        }
        // 60 gifts of 39 skills: some came again, and one alone did not come each time.
        assert!(scrolls >= 21 && unlocked.len() > 1, "{unlocked:?}");
        assert_eq!(game.held("ada", "scroll_skill_10").await?, before + scrolls);
        let reply = ada.call("get_all_skill_level", json!({})).await?;
        let expected: Vec<_> = unlocked.iter().map(|name| json!([name, 1])).collect();
        assert_eq!(reply["data"]["skills"], json!(expected));
        let reply = ada.call("random_gift_skill", json!({})).await?;
        assert_eq!(reply["status"], 10, "players cannot: {reply}");
        Ok(())
    })
}

#[test]
fn twenty_at_once_spend_no_scroll_twice() -> Result<()> {
    Inside::in_one_process(|game| async move {
        let ada = game.login("ada").await?;
        let name = unlock(&game).await?;
        game.supply("ada", "scroll_skill_100", 7).await?;
        let args = json!({ "skill_id": name, "scroll_id": "scroll_skill_100" });
        let replies = ada.twenty_calls("skill_level_up", args.clone()).await?;
        assert_eq!((count_of(0, &replies), count_of(2, &replies)), (7, 13));
        assert_eq!(game.held("ada", "scroll_skill_100").await?, 0);
        // Nor for a level that there is not.
        game.supply("ada", "scroll_skill_100", 20).await?;
        let replies = ada.twenty_calls("skill_level_up", args).await?;
        assert_eq!((count_of(0, &replies), count_of(9, &replies)), (2, 18));
        assert_eq!(game.held("ada", "scroll_skill_100").await?, 18);
        let reply = ada.call("get_all_skill_level", json!({})).await?;
        assert_eq!(reply["data"]["skills"], json!([[name, 10]]));
        Ok(())
    })
}
