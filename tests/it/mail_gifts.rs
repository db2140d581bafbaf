//! Gifts by letter.

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::mail::{page, player, tries};
use crate::support::{Inside, count_of};

/// The operator sends ada a gift; returns the letter's number.
async fn gift(game: &Inside, items: Value) -> Result<i64> {
    let args = json!({ "to": "ada", "items": items });
    let reply = game.admin("mail.send_gift", "", args).await?;
    let mail = reply["data"]["mail"].as_i64();
    mail.with_context(|| reply.to_string())
}

#[test]
fn a_gift_is_accepted_once() -> Result<()> {
    Inside::in_both_shapes(|game| async move {
        let ada = player(&game, "ada").await?;
        let (coin, iron) = (
            game.held("ada", "coin").await?,
            game.held("ada", "iron").await?,
        );
        let items = json!([
            { "item": "coin", "amount": 5 }, { "item": "iron", "amount": "7" }, { "item": "coin", "amount": 1 }
        ]);
        let mail = gift(&game, items).await?;
        let list = json!([["coin", 5], ["iron", 7], ["coin", 1]]);
        let line = page(&ada, 1).await?["mails"][0].take();
        assert_eq!(
            (&line["gift"], line.get("from")),
            (&json!(1), None),
            "{line}"
        );
        assert_eq!(line["subject"], "A gift for you");

        let reply = ada.call("delete_mail", json!({ "mail": mail })).await?;
        let expected = json!({ "status": 2, "message": "accept the gift first", "data": {} });
        assert_eq!(reply, expected);
        let reply = ada.call("accept_gift", json!({ "mail": mail })).await?;
        let expected = json!({ "status": 0, "message": "success", "data": { "items": list } });
        assert_eq!(reply, expected);
        let reply = ada.call("accept_gift", json!({ "mail": mail })).await?;
        let message = "the gift was accepted already";
        assert_eq!(
            reply,
            json!({ "status": 3, "message": message, "data": {} })
        );
        assert_eq!(game.held("ada", "coin").await?, coin + 6);
        assert_eq!(game.held("ada", "iron").await?, iron + 7);

        assert_eq!(page(&ada, 1).await?["mails"][0]["gift"], 0);
        let reply = ada.call("read_mail", json!({ "mail": mail })).await?;
        assert_eq!(reply["data"]["items"], list);
        assert_eq!(reply["data"]["accepted"], 1);
        assert_eq!(tries(&ada, mail).await?, [0, 3, 0]);
        assert_eq!(tries(&ada, mail).await?, [1, 1, 1]);
        Ok(())
    })
}

#[test]
fn twenty_at_once_get_a_gift_once() -> Result<()> {
    Inside::in_one_process(|game| async move {
        let ada = player(&game, "ada").await?;
        let coin = game.held("ada", "coin").await?;
        let mail = gift(&game, json!([{ "item": "coin", "amount": 5 }])).await?;
        let replies = ada
            .twenty_calls("accept_gift", json!({ "mail": mail }))
            .await?;
        assert_eq!((count_of(0, &replies), count_of(3, &replies)), (1, 19));
        assert_eq!(game.held("ada", "coin").await?, coin + 5);
        Ok(())
    })
}

#[test]
fn gifts_that_cannot_be_sent_are_refused() -> Result<()> {
    Inside::in_both_shapes(|game| async move {
        let ada = player(&game, "ada").await?;
        let item = json!({ "item": "coin", "amount": 1 });
        let args = json!({ "to": "nobody", "items": [item] });
        let reply = game.admin("mail.send_gift", "", args).await?;
        let expected = json!({ "status": 1, "message": "there is no such player", "data": {} });
        assert_eq!(reply, expected);
        for items in [
            json!([]),
            json!(vec![item.clone(); 11]),
            json!([{ "item": "coin", "amount": 0 }]),
            json!([item, { "item": "coin", "amount": -1 }]),
            json!([{ "item": "gold", "amount": 1 }]),
            json!([{ "item": "coin" }]),
            json!("coin"),
        ] {
            let args = json!({ "to": "ada", "items": items });
            let reply = game.admin("mail.send_gift", "", args).await?;
            assert_eq!(reply["status"], 10, "{items}: {reply}");
        }
        let args = json!({ "to": "ada", "items": [item] });
        let reply = ada.call("send_gift", args).await?;
        assert_eq!(reply["status"], 10, "players cannot: {reply}");
        assert_eq!(page(&ada, 1).await?["total"], 0);
        Ok(())
    })
}
