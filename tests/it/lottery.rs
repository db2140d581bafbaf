//! The lottery: what it costs, what it gives, how often a day.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::support::{Inside, OldClient, count_of};

const HOUR_MS: i64 = 3_600_000;

/// What ten prizes cost.
const TEN: [(&str, &str, i64); 2] = [("coin", "coin", 1000), ("diamond", "diamonds", 100)];

async fn draw(ada: &OldClient, pool: &str, times: i64) -> Result<Value> {
    let args = json!({ "pool": pool, "times": times });
    ada.call("draw", args).await
}

/// What ada has: supplies, segments (a weapon counts as one more of its own kind) and skills.
async fn owned(ada: &OldClient) -> Result<BTreeMap<(String, String), i64>> {
    let mut owned = BTreeMap::new();
    for (function, list, kind) in [
        ("get_all_supplies", "supplies", "supply"),
        ("get_all_weapon", "weapons", "weapon"),
        ("get_all_skill_level", "skills", "skill"),
    ] {
        let reply = ada.call(function, json!({})).await?;
        for line in reply["data"][list].as_array().context("a list")? {
            let name = line[0].as_str().context("a name")?.to_owned();
            let number = line[1].as_i64().context("a number")?;
            if kind == "weapon" {
                let segments = line[8].as_i64().context("a number")?;
                owned.insert(("segment".to_owned(), name.clone()), segments);
            }
            owned.insert((kind.to_owned(), name), number);
        }
    }
    owned.retain(|_, number| *number > 0);
    Ok(owned)
}

#[test]
fn what_is_drawn_is_there_and_is_paid_for() -> Result<()> {
    Inside::in_both_shapes(|game| async move {
        let ada = game.login("ada").await?;
        for (pool, paid_in, price) in TEN {
            let had = game.held("ada", paid_in).await?;
            game.supply("ada", paid_in, price + price / 10 - had)
                .await?;
            for times in [10, 1] {
                let mut expected = owned(&ada).await?;
                let paid = (String::from("supply"), paid_in.to_owned());
                *expected.entry(paid).or_default() -= price * times / 10;
                let reply = draw(&ada, pool, times).await?;
                assert_eq!(reply["status"], 0, "{reply}");
                let rewards = reply["data"]["rewards"].as_array().context("a list")?;
                assert_eq!(i64::try_from(rewards.len())?, times);
                for reward in rewards {
                    let word = |at: usize| reward[at].as_str().unwrap_or_default().to_owned();
                    let amount = reward[2].as_i64().context("a number")?;
                    *expected.entry((word(0), word(1))).or_default() += amount;
                }
                expected.retain(|_, number| *number > 0);
                assert_eq!(owned(&ada).await?, expected, "{reply}");
            }
            let before = owned(&ada).await?;
            let reply = draw(&ada, pool, 10).await?;
            let expected = json!({ "status": 2, "message": "insufficient materials", "data": {} });
            assert_eq!(reply, expected);
            assert_eq!(owned(&ada).await?, before);
        }
        Ok(())
    })
}

#[test]
fn one_or_ten_from_a_pool_that_there_is() -> Result<()> {
    Inside::in_both_shapes(|game| async move {
        let ada = game.login("ada").await?;
        game.supply("ada", "coin", 10_000).await?;
        for (pool, times) in [
            ("coin", 0),
            ("coin", 2),
            ("coin", -1),
            ("coin", 11),
            ("coin", 100),
            ("diamonds", 1),
            ("iron", 1),
            ("", 1),
        ] {
            let reply = draw(&ada, pool, times).await?;
            assert_eq!(reply["status"], 10, "{pool} {times}: {reply}");
        }
        assert_eq!(game.held("ada", "coin").await?, 10_000);
        for function in ["grant", "random_gift_segment", "random_gift_skill"] {
            let args = json!({ "prize": { "kind": "skill", "weight": 1 } });
            assert_eq!(ada.call(function, args).await?["status"], 10, "{function}");
        }
        Ok(())
    })
}

#[test]
fn two_hundred_prizes_a_day_of_the_game_s_calendar() -> Result<()> {
    Inside::in_both_shapes(|game| async move {
        let (ada, bob) = (game.login("ada").await?, game.login("bob").await?);
        for name in ["ada", "bob"] {
            game.supply(name, "coin", 100_000).await?;
            game.supply(name, "diamonds", 100_000).await?;
        }
        let over = json!({ "status": 3, "message": "no more prizes today", "data": {} });
        // Ten count ten, and both pools together.
        for round in 0..19 {
            let pool = ["coin", "diamond"][round % 2];
            assert_eq!(draw(&ada, pool, 10).await?["status"], 0);
        }
        for _ in 0..5 {
            assert_eq!(draw(&ada, "coin", 1).await?["status"], 0);
        }
        assert_eq!(draw(&ada, "coin", 10).await?, over, "five are left");
        for _ in 0..5 {
            assert_eq!(draw(&ada, "diamond", 1).await?["status"], 0);
        }
        for pool in ["coin", "diamond"] {
            assert_eq!(draw(&ada, pool, 1).await?, over);
        }
        assert_eq!(
            draw(&bob, "coin", 10).await?["status"],
            0,
            "bob has a day of his own"
        );

        // It is 10 o'clock in Shanghai: the day ends in fourteen hours.
        game.clock.advance(14 * HOUR_MS - 1);
        assert_eq!(draw(&ada, "coin", 1).await?, over);
        game.clock.advance(1);
        assert_eq!(draw(&ada, "coin", 10).await?["status"], 0);
        Ok(())
    })
}

#[test]
fn twenty_at_once_neither_pass_the_limit_nor_pay_twice() -> Result<()> {
    Inside::in_one_process(|game| async move {
        let ada = game.login("ada").await?;
        game.supply("ada", "coin", 7 * 100 + 99).await?;
        let one = json!({ "pool": "coin", "times": 1 });
        let replies = ada.twenty_calls("draw", one.clone()).await?;
        assert_eq!((count_of(0, &replies), count_of(2, &replies)), (7, 13));
        assert_eq!(game.held("ada", "coin").await?, 99);

        // 7 were drawn; 15 tens later 43 are left: for four of twenty tens, then three of twenty.
        game.supply("ada", "coin", 100_000).await?;
        for _ in 0..15 {
            assert_eq!(draw(&ada, "coin", 10).await?["status"], 0);
        }
        let coins = game.held("ada", "coin").await?;
        let ten = json!({ "pool": "coin", "times": 10 });
        let replies = ada.twenty_calls("draw", ten).await?;
        assert_eq!((count_of(0, &replies), count_of(3, &replies)), (4, 16));
        let replies = ada.twenty_calls("draw", one).await?;
        assert_eq!((count_of(0, &replies), count_of(3, &replies)), (3, 17));
        assert_eq!(game.held("ada", "coin").await?, coins - 43 * 100);
        Ok(())
    })
}
