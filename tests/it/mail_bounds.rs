//! What a mailbox and a reply can hold.

use aliya_runtime::frame::MAX_JSON;
use anyhow::Result;
use serde_json::{Value, json};

use crate::mail::{page, player, send, tries};
use crate::support::{Inside, count_of};

/// Digits that an id, a count or an amount may have, beyond the one that tests see.
const DIGITS: usize = 18;

/// The longest `random` that a reply repeats.
const RANDOM: &str = r#","random":"#;
const RANDOM_BYTES: usize = RANDOM.len() + 128;

#[test]
fn a_box_holds_a_hundred_letters_and_every_gift() -> Result<()> {
    Inside::in_both_shapes(|game| async move {
        let (ada, bob) = (player(&game, "ada").await?, player(&game, "bob").await?);
        let mut first = None;
        for number in 1..=100 {
            let mail = send(&bob, "ada", &format!("number {number}")).await?;
            first = first.or(Some(mail));
        }
        let first = first.unwrap_or_default();
        let args = json!({ "to": "ada", "subject": "one more", "body": "" });
        let reply = bob.call("send_mail", args).await?;
        let expected = json!({ "status": 2, "message": "the mailbox is full", "data": {} });
        assert_eq!(reply, expected);
        send(&ada, "bob", "another box").await?;

        // A gift is not lost for that, and takes no player's place.
        let gift = json!({ "to": "ada", "items": [{ "item": "coin", "amount": 5 }] });
        let reply = game.admin("mail.send_gift", "", gift).await?;
        assert_eq!(reply["status"], 0, "{reply}");
        let gift = reply["data"]["mail"].as_i64().unwrap_or_default();
        assert_eq!(page(&ada, 1).await?["total"], 101);
        assert_eq!(tries(&ada, gift).await?, [0, 0, 0]);
        let args = json!({ "to": "ada", "subject": "once more", "body": "" });
        assert_eq!(bob.call("send_mail", args).await?["status"], 2);

        assert_eq!(tries(&ada, first).await?, [0, 2, 0]);
        send(&bob, "ada", "there is room again").await?;
        assert_eq!(page(&ada, 1).await?["total"], 100);
        Ok(())
    })
}

#[test]
fn twenty_senders_at_once_do_not_overfill_it() -> Result<()> {
    Inside::in_one_process(|game| async move {
        let (ada, bob) = (player(&game, "ada").await?, player(&game, "bob").await?);
        for _ in 0..93 {
            send(&bob, "ada", "...").await?;
        }
        let args = json!({ "to": "ada", "subject": "me, too", "body": "" });
        let replies = bob.twenty_calls("send_mail", args).await?;
        assert_eq!((count_of(0, &replies), count_of(2, &replies)), (7, 13));
        assert_eq!(page(&ada, 1).await?["total"], 100);
        // Thrown away twenty times at once, a letter makes room for one.
        let mail = page(&ada, 1).await?["mails"][0]["mail"].take();
        let replies = ada
            .twenty_calls("delete_mail", json!({ "mail": mail }))
            .await?;
        assert_eq!((count_of(0, &replies), count_of(1, &replies)), (1, 19));
        send(&bob, "ada", "...").await?;
        let args = json!({ "to": "ada", "subject": "...", "body": "" });
        assert_eq!(bob.call("send_mail", args).await?["status"], 2);
        Ok(())
    })
}

/// How many bytes of JSON a reply has where `numbers` in it are as long as they may become.
fn longest(reply: &Value, numbers: usize) -> usize {
    reply.to_string().len() + numbers * DIGITS + RANDOM_BYTES
}

#[test]
fn the_longest_letters_fit_their_replies() -> Result<()> {
    Inside::in_both_shapes(|game| async move {
        // Characters of four bytes, escapes of two and of six; the last are not for names.
        for (of_name, character) in [
            ("\u{1f600}", "\u{1f600}"),
            ("\"", "\\"),
            ("\u{1f601}", "\u{1}"),
        ] {
            let name = of_name.repeat(128);
            let ada = player(&game, &name).await?;
            for _ in 0..5 {
                let args = json!({
                    "to": name, "subject": character.repeat(60), "body": character.repeat(500)
                });
                let reply = ada.call("send_mail", args).await?;
                assert_eq!(reply["status"], 0, "{reply}");
            }
            let reply = ada.call("get_all_mail", json!({})).await?;
            let mails = reply["data"]["mails"].as_array();
            assert_eq!(mails.map(Vec::len), Some(5), "{reply}");
            assert!(longest(&reply, 5 + 1) <= MAX_JSON, "{}", longest(&reply, 6));
            let mail = reply["data"]["mails"][0]["mail"].clone();
            let reply = ada.call("read_mail", json!({ "mail": mail })).await?;
            assert_eq!(reply["data"]["body"], character.repeat(500), "{reply}");
            assert!(longest(&reply, 0) <= MAX_JSON, "{}", longest(&reply, 0));

            let item = json!({ "item": "small_energy_potion", "amount": 1 });
            let args = json!({
                "to": name, "subject": character.repeat(60), "body": character.repeat(500),
                "items": vec![item; 10]
            });
            let gift = game.admin("mail.send_gift", "", args).await?;
            let mail = gift["data"]["mail"].clone();
            for function in ["read_mail", "accept_gift"] {
                let reply = ada.call(function, json!({ "mail": mail })).await?;
                let items = reply["data"]["items"].as_array();
                assert_eq!(items.map(Vec::len), Some(10), "{reply}");
                assert!(longest(&reply, 10) <= MAX_JSON, "{}", longest(&reply, 10));
            }
        }
        Ok(())
    })
}
