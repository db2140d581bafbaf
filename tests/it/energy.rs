//! Energy over time, by a clock that the tests set.

use aliya_runtime::Time;
use anyhow::Result;
use serde_json::{Value, json};

use crate::support::{Inside, OldClient, count_of};

const MINUTE_MS: i64 = 60_000;
/// How long a point of energy takes.
const POINT_MS: i64 = 20 * MINUTE_MS;

async fn spend(player: &OldClient, energy: impl Into<Value>) -> Result<Value> {
    let args = json!({ "energy": energy.into() });
    player.call("decrease_energy", args).await
}

async fn gain(game: &Inside, player: &str, energy: i64) -> Result<Value> {
    let args = json!({ "energy": energy });
    game.admin("player_state.increase_energy", player, args)
        .await
}

/// Energy, and how long until the next point.
async fn state(player: &OldClient) -> Result<(i64, i64)> {
    let data = player.call("get_player_state", json!({})).await?["data"].take();
    let number = |key: &str| data[key].as_i64().unwrap_or(-1);
    Ok((number("energy"), number("next_in_ms")))
}

fn refused() -> Value {
    json!({ "status": 1, "message": "energy error", "data": {} })
}

#[test]
fn energy_is_spent_and_comes_back_a_point_every_twenty_minutes() -> Result<()> {
    Inside::in_both_shapes(|game| async move {
        let ada = game.login("ada").await?;
        assert_eq!(state(&ada).await?, (10, 0));
        assert_eq!(spend(&ada, 11).await?, refused());
        let reply = spend(&ada, 3).await?;
        let expected = json!({ "energy": 7, "next_in_ms": POINT_MS });
        assert_eq!(reply["data"], expected, "{reply}");

        // Not a moment too early; what has begun to come back is not lost by spending more.
        game.clock.advance(POINT_MS - 1);
        assert_eq!(state(&ada).await?, (7, 1));
        assert_eq!(spend(&ada, 8).await?, refused());
        assert_eq!(
            spend(&ada, "2").await?["data"],
            json!({ "energy": 5, "next_in_ms": 1 })
        );
        game.clock.advance(1);
        assert_eq!(state(&ada).await?, (6, POINT_MS));
        game.clock.advance(2 * POINT_MS + 5 * MINUTE_MS);
        assert_eq!(state(&ada).await?, (8, 15 * MINUTE_MS));
        let expected = json!({ "energy": 0, "next_in_ms": 15 * MINUTE_MS });
        assert_eq!(spend(&ada, 8).await?["data"], expected);
        assert_eq!(spend(&ada, 1).await?, refused());

        // Up to ten, and no further: who had all waits from when it was spent.
        game.clock.advance(15 * MINUTE_MS + 9 * POINT_MS - 1);
        assert_eq!(state(&ada).await?, (9, 1));
        game.clock.advance(1);
        assert_eq!(state(&ada).await?, (10, 0));
        game.clock.advance(400 * 24 * 60 * MINUTE_MS);
        assert_eq!(state(&ada).await?, (10, 0));
        let expected = json!({ "energy": 9, "next_in_ms": POINT_MS });
        assert_eq!(spend(&ada, 1).await?["data"], expected);
        Ok(())
    })
}

#[test]
fn the_operator_gives_energy_within_its_bounds() -> Result<()> {
    Inside::in_both_shapes(|game| async move {
        let ada = game.login("ada").await?;
        assert_eq!(gain(&game, "ada", 1).await?, refused(), "it is full");
        spend(&ada, 10).await?;
        game.clock.advance(5 * MINUTE_MS);
        assert_eq!(gain(&game, "ada", 11).await?, refused());
        assert_eq!(gain(&game, "ada", i64::MAX).await?, refused());
        let reply = gain(&game, "ada", 4).await?;
        let expected = json!({ "energy": 4, "next_in_ms": 15 * MINUTE_MS });
        assert_eq!(reply["data"], expected, "{reply}");
        game.clock.advance(15 * MINUTE_MS);
        assert_eq!(
            gain(&game, "ada", 6).await?,
            refused(),
            "a fifth is there by now"
        );
        let expected = json!({ "energy": 10, "next_in_ms": 0 });
        assert_eq!(gain(&game, "ada", 5).await?["data"], expected);
        assert_eq!(state(&ada).await?, (10, 0));

        for wrong in [json!(0), json!(-1), json!("x"), json!(1.5), Value::Null] {
            let reply = spend(&ada, wrong.clone()).await?;
            assert_eq!(reply["status"], 10, "{wrong}: {reply}");
        }
        assert_eq!(gain(&game, "ada", -1).await?["status"], 10);
        let reply = ada.call("increase_energy", json!({ "energy": 1 })).await?;
        assert_eq!(reply["status"], 10, "players cannot: {reply}");
        Ok(())
    })
}

#[test]
fn a_clock_that_goes_back_takes_nothing_and_gives_nothing() -> Result<()> {
    Inside::in_one_process(|game| async move {
        let ada = game.login("ada").await?;
        spend(&ada, 4).await?;
        let Time(before) = game.clock.now();
        game.clock.set(Time(before - POINT_MS));
        assert_eq!(state(&ada).await?, (6, 2 * POINT_MS));
        assert_eq!(spend(&ada, 1).await?["data"]["energy"], 5);
        game.clock.set(Time(before));
        assert_eq!(state(&ada).await?, (5, POINT_MS));
        Ok(())
    })
}

#[test]
fn twenty_at_once_spend_ten() -> Result<()> {
    Inside::in_one_process(|game| async move {
        let ada = game.login("ada").await?;
        let replies = ada
            .twenty_calls("decrease_energy", json!({ "energy": 1 }))
            .await?;
        assert_eq!((count_of(0, &replies), count_of(1, &replies)), (10, 10));
        assert_eq!(state(&ada).await?, (0, POINT_MS));
        Ok(())
    })
}
