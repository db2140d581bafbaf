//! The bag's scrolls, and the operator's supplies.

use anyhow::Result;
use serde_json::{Value, json};

use crate::support::{Inside, count_of};

fn scroll(id: &str) -> Value {
    json!({ "scroll_id": id })
}

#[test]
fn three_scrolls_make_one_of_the_next_kind() -> Result<()> {
    Inside::in_both_shapes(|game| async move {
        let ada = game.login("ada").await?;
        for (from, to) in [
            ("scroll_skill_10", "scroll_skill_30"),
            ("scroll_skill_30", "scroll_skill_100"),
        ] {
            let (had, had_next) = (game.held("ada", from).await?, game.held("ada", to).await?);
            game.supply("ada", from, 7 - had).await?;
            for (left, made) in [(4, 1), (1, 2)] {
                let reply = ada.call("level_up_scroll", scroll(from)).await?;
                let expected = json!({ "item1": [from, left], "item2": [to, had_next + made] });
                assert_eq!(reply["status"], 0, "{reply}");
                assert_eq!(reply["data"], expected);
            }
            let reply = ada.call("level_up_scroll", scroll(from)).await?;
            let expected = json!({ "status": 1, "message": "not enough scrolls", "data": {} });
            assert_eq!(reply, expected);
            assert_eq!(game.held("ada", from).await?, 1, "nothing was taken");
        }
        // Neither the highest nor what is no scroll at all.
        for item in ["scroll_skill_100", "iron"] {
            game.supply("ada", item, 3).await?;
            let reply = ada.call("level_up_scroll", scroll(item)).await?;
            let expected =
                json!({ "status": 2, "message": "there is no higher scroll", "data": {} });
            assert_eq!(reply, expected);
        }
        for args in [json!({}), scroll("scroll_skill_20"), scroll("")] {
            let reply = ada.call("level_up_scroll", args).await?;
            assert_eq!(reply["status"], 10, "{reply}");
        }
        Ok(())
    })
}

#[test]
fn twenty_upgrades_at_once_spend_no_scroll_twice() -> Result<()> {
    Inside::in_one_process(|game| async move {
        let ada = game.login("ada").await?;
        game.supply("ada", "scroll_skill_10", 3 * 7 + 2).await?;
        let next = game.held("ada", "scroll_skill_30").await?;
        let replies = ada
            .twenty_calls("level_up_scroll", scroll("scroll_skill_10"))
            .await?;
        assert_eq!((count_of(0, &replies), count_of(1, &replies)), (7, 13));
        assert_eq!(game.held("ada", "scroll_skill_10").await?, 2);
        assert_eq!(game.held("ada", "scroll_skill_30").await?, next + 7);
        Ok(())
    })
}

#[test]
fn the_operator_gives_supplies_of_several_kinds_or_none() -> Result<()> {
    Inside::in_both_shapes(|game| async move {
        let ada = game.login("ada").await?;
        let (iron, coin) = (
            game.held("ada", "iron").await?,
            game.held("ada", "coin").await?,
        );
        let increase = async |supplies: Value, amount: Value| {
            let args = json!({ "supplies": supplies, "amount": amount });
            game.admin("bag.increase_supplies", "ada", args).await
        };
        // One kind may come twice; numbers may be texts.
        let reply = increase(json!(["iron", "coin", "iron"]), json!([5, "7", 1])).await?;
        let expected = json!({
            "status": 0, "message": "success",
            "data": { "supplies": ["iron", "coin", "iron"], "amount": [5, 7, 1] }
        });
        assert_eq!(reply, expected);
        assert_eq!(game.held("ada", "iron").await?, iron + 6);
        assert_eq!(game.held("ada", "coin").await?, coin + 7);

        // What is wrong at the end leaves the beginning out, too.
        for (supplies, amount) in [
            (json!(["iron", "coin"]), json!([5])),
            (json!(["iron"]), json!([5, 6])),
            (json!(["iron", "coin"]), json!([5, 0])),
            (json!(["iron", "coin"]), json!([5, -1])),
            (json!(["iron", "gold"]), json!([5, 5])),
            (json!("iron"), json!(5)),
        ] {
            let reply = increase(supplies, amount).await?;
            assert_eq!(reply["status"], 10, "{reply}");
            assert_eq!(reply["message"], "Invalid message format");
        }
        let overflow = increase(json!(["iron", "iron"]), json!([1, i64::MAX])).await?;
        assert_eq!(overflow["status"], 15, "{overflow}");
        assert_eq!(game.held("ada", "iron").await?, iron + 6);
        let nothing = increase(json!([]), json!([])).await?;
        assert_eq!(nothing["status"], 0, "{nothing}");

        let args = json!({ "supplies": ["iron"], "amount": [5] });
        let reply = ada.call("increase_supplies", args).await?;
        assert_eq!(reply["status"], 10, "players cannot: {reply}");
        Ok(())
    })
}
