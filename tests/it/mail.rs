//! Letters between players.

use aliya_runtime::Time;
use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::support::{Inside, MONDAY_AT_10, OldClient};

/// A player whose box is empty.
pub async fn player(game: &Inside, name: &str) -> Result<OldClient> {
    let player = game.login(name).await?;
    game.admin("mail.open_box", name, json!({})).await?;
    Ok(player)
}

/// Sends a letter; returns its number.
pub async fn send(from: &OldClient, to: &str, subject: &str) -> Result<i64> {
    let args = json!({ "to": to, "subject": subject, "body": "..." });
    let reply = from.call("send_mail", args).await?;
    let mail = reply["data"]["mail"].as_i64();
    mail.with_context(|| reply.to_string())
}

/// The data of `get_all_mail`.
pub async fn page(player: &OldClient, page: i64) -> Result<Value> {
    let args = json!({ "page": page });
    Ok(player.call("get_all_mail", args).await?["data"].take())
}

/// The statuses of reading a letter, accepting its gift and throwing it away, in this order.
pub async fn tries(player: &OldClient, mail: i64) -> Result<[i64; 3]> {
    let mut statuses = [-1; 3];
    for (at, function) in ["read_mail", "accept_gift", "delete_mail"]
        .iter()
        .enumerate()
    {
        let reply = player.call(function, json!({ "mail": mail })).await?;
        statuses[at] = reply["status"].as_i64().unwrap_or(-1);
    }
    Ok(statuses)
}

#[test]
fn a_letter_is_sent_read_and_thrown_away() -> Result<()> {
    Inside::in_both_shapes(|game| async move {
        let (ada, bob) = (player(&game, "ada").await?, player(&game, "bob").await?);
        assert_eq!(page(&ada, 1).await?, json!({ "total": 0, "mails": [] }));
        let args =
            json!({ "to": "ada", "subject": "Hello", "body": "It's \"me\",\nBöb \u{1f600}" });
        let reply = bob.call("send_mail", args).await?;
        assert_eq!(reply["status"], 0, "{reply}");
        let mail = reply["data"]["mail"].clone();

        let Time(sent) = MONDAY_AT_10;
        game.clock.advance(60_000);
        let mut line = json!({
            "mail": mail, "from": "bob", "subject": "Hello", "sent": sent, "read": 0, "gift": 0
        });
        assert_eq!(page(&ada, 1).await?, json!({ "total": 1, "mails": [line] }));
        let reply = ada.call("read_mail", json!({ "mail": mail })).await?;
        let expected = json!({
            "from": "bob", "subject": "Hello", "body": "It's \"me\",\nBöb \u{1f600}",
            "sent": sent, "items": [], "accepted": 0
        });
        assert_eq!(reply["data"], expected, "{reply}");
        line["read"] = json!(1);
        assert_eq!(page(&ada, 1).await?["mails"], json!([line]));

        let reply = ada.call("delete_mail", json!({ "mail": mail })).await?;
        assert_eq!(reply["data"], json!({}), "{reply}");
        assert_eq!(page(&ada, 1).await?, json!({ "total": 0, "mails": [] }));
        let reply = ada.call("delete_mail", json!({ "mail": mail })).await?;
        let expected = json!({ "status": 1, "message": "there is no such letter", "data": {} });
        assert_eq!(reply, expected);
        Ok(())
    })
}

#[test]
fn nobody_touches_the_letters_of_others() -> Result<()> {
    Inside::in_both_shapes(|game| async move {
        let (ada, bob) = (player(&game, "ada").await?, player(&game, "bob").await?);
        let mail = send(&bob, "ada", "Hello").await?;
        assert_eq!(tries(&bob, mail).await?, [1, 1, 1], "not even who wrote it");
        assert_eq!(tries(&ada, mail + 1).await?, [1, 1, 1], "there is none");
        assert_eq!(page(&bob, 1).await?["total"], 0);
        assert_eq!(page(&ada, 1).await?["mails"][0]["read"], 0);
        assert_eq!(tries(&ada, mail).await?, [0, 2, 0]);
        Ok(())
    })
}

#[test]
fn letters_that_cannot_be_sent_are_refused() -> Result<()> {
    Inside::in_both_shapes(|game| async move {
        let ada = player(&game, "ada").await?;
        let args = json!({ "to": "nobody", "subject": "Hello", "body": "" });
        let reply = ada.call("send_mail", args).await?;
        let expected = json!({ "status": 1, "message": "there is no such player", "data": {} });
        assert_eq!(reply, expected);
        for (to, subject, body) in [
            (json!(""), json!("x"), json!("")),
            (json!("ada"), json!(""), json!("")),
            (json!("ada"), json!("é".repeat(61)), json!("")),
            (json!("ada"), json!("x"), json!("é".repeat(501))),
            (json!("ada"), json!("x\u{0}"), json!("")),
            (json!(5), json!("x"), json!("")),
            (json!("ada"), json!("x"), Value::Null),
        ] {
            let args = json!({ "to": to, "subject": subject, "body": body });
            let reply = ada.call("send_mail", args.clone()).await?;
            assert_eq!(reply["status"], 10, "{args}: {reply}");
        }
        assert_eq!(page(&ada, 1).await?["total"], 0);
        // To oneself is no harm.
        send(&ada, "ada", &"é".repeat(60)).await?;
        assert_eq!(page(&ada, 1).await?["total"], 1);
        Ok(())
    })
}

#[test]
fn the_newest_letters_come_first_five_on_a_page() -> Result<()> {
    Inside::in_both_shapes(|game| async move {
        let (ada, bob) = (player(&game, "ada").await?, player(&game, "bob").await?);
        for number in 1..=12 {
            send(&bob, "ada", &format!("number {number}")).await?;
        }
        let mut newest = 12;
        for (number, count) in [(1, 5), (2, 5), (3, 2), (4, 0), (1_000_000, 0)] {
            let page = page(&ada, number).await?;
            assert_eq!(page["total"], 12);
            let subjects = page["mails"].as_array().context("a list")?;
            let subjects: Vec<_> = subjects
                .iter()
                .map(|mail| mail["subject"].clone())
                .collect();
            let expected = (0..count).map(|at| format!("number {}", newest - at));
            assert_eq!(subjects, expected.collect::<Vec<_>>());
            newest -= count;
        }
        for wrong in [0, -1, 1_000_001, i64::MAX] {
            let reply = ada.call("get_all_mail", json!({ "page": wrong })).await?;
            assert_eq!(reply["status"], 10, "{reply}");
        }
        let first = ada.call("get_all_mail", json!({})).await?;
        assert_eq!(first["data"], page(&ada, 1).await?);
        Ok(())
    })
}
