//! Passing levels.

use anyhow::Result;
use serde_json::{Value, json};

use crate::support::{Inside, OldClient, count_of};

async fn pass(ada: &OldClient, level: impl Into<Value>) -> Result<Value> {
    let args = json!({ "level_id": level.into() });
    ada.call("pass_level", args).await
}

/// Experience and coins in ada's bag.
async fn wealth(game: &Inside) -> Result<(i64, i64)> {
    let experience = game.held("ada", "experience_potion").await?;
    Ok((experience, game.held("ada", "coin").await?))
}

fn refused() -> Value {
    json!({ "status": 1, "message": "invalid state", "data": {} })
}

/// What config/levels.yaml says.
fn rewards() -> Result<Vec<(i64, i64)>> {
    let text = include_str!("../../config/levels.yaml");
    let mut rewards = Vec::new();
    for line in text.lines().filter(|line| line.starts_with('-')) {
        let digits = |c: char| !c.is_ascii_digit();
        let numbers = line.split(digits).filter(|word| !word.is_empty());
        let numbers: Vec<i64> = numbers.map(str::parse).collect::<Result<_, _>>()?;
        anyhow::ensure!(numbers.len() == 2, "{line}");
        rewards.push((numbers[0], numbers[1]));
    }
    Ok(rewards)
}

#[test]
fn each_level_is_passed_once_in_its_order_up_to_the_last() -> Result<()> {
    Inside::in_both_shapes(|game| async move {
        let ada = game.login("ada").await?;
        let mut expected = wealth(&game).await?;
        let rewards = rewards()?;
        assert!(rewards.len() > 1);
        for (level, (experience, coin)) in (1..).zip(&rewards) {
            for wrong in [level - 1, level + 1, 0, -1, i64::MAX, i64::MIN] {
                assert_eq!(pass(&ada, wrong).await?, refused(), "{wrong} after {level}");
            }
            let reply = pass(&ada, level).await?;
            assert_eq!(reply["data"], json!({ "level": level }), "{reply}");
            expected = (expected.0 + experience, expected.1 + coin);
            assert_eq!(wealth(&game).await?, expected);
        }
        let end = rewards.len();
        for wrong in [end, end + 1] {
            assert_eq!(pass(&ada, wrong).await?, refused());
        }
        assert_eq!(wealth(&game).await?, expected);
        let reply = ada.call("get_player_state", json!({})).await?;
        assert_eq!(reply["data"]["level"], end);
        for wrong in [json!("x"), json!(1.5), Value::Null] {
            assert_eq!(pass(&ada, wrong).await?["status"], 10);
        }
        Ok(())
    })
}

#[test]
fn twenty_at_once_pass_a_level_once() -> Result<()> {
    Inside::in_one_process(|game| async move {
        let ada = game.login("ada").await?;
        let (experience, coin) = wealth(&game).await?;
        let replies = ada
            .twenty_calls("pass_level", json!({ "level_id": "1" }))
            .await?;
        assert_eq!((count_of(0, &replies), count_of(1, &replies)), (1, 19));
        let first = rewards()?[0];
        assert_eq!(wealth(&game).await?, (experience + first.0, coin + first.1));
        Ok(())
    })
}
