//! What a new player begins with.

use anyhow::Result;
use serde_json::json;

use crate::mail::{page, tries};
use crate::support::{Inside, MONDAY_AT_10};

#[test]
fn a_new_player_has_a_weapon_supplies_and_a_letter_with_a_gift() -> Result<()> {
    Inside::in_both_shapes(|game| async move {
        let mut last = 0;
        for name in ["ada", "bob", &"\u{1f600}".repeat(128)] {
            // Later logins begin nothing anew.
            let (_, player) = (game.login(name).await?, game.login(name).await?);
            let reply = player.call("get_all_weapon", json!({})).await?;
            let first = json!(["weapon9", 1, 0, 0, 0, 0, 0, 0, 0]);
            assert_eq!(reply["data"], json!({ "weapons": [first] }));
            let reply = player.call("get_all_supplies", json!({})).await?;
            let first = json!([["scroll_skill_10", 2], ["small_energy_potion", 3]]);
            assert_eq!(reply["data"], json!({ "supplies": first }));

            let letters = page(&player, 1).await?;
            let mail = letters["mails"][0]["mail"].as_i64().unwrap_or_default();
            assert!(mail > last, "{letters}");
            last = mail;
            let line = json!({
                "mail": mail, "subject": "Welcome to Aliya", "sent": MONDAY_AT_10.0, "read": 0, "gift": 1
            });
            assert_eq!(letters, json!({ "total": 1, "mails": [line] }));
            let reply = player.call("read_mail", json!({ "mail": mail })).await?;
            let body = format!("Dear {name}, may this help you on your way!");
            assert_eq!(reply["data"]["body"], body);
            let reply = player.call("accept_gift", json!({ "mail": mail })).await?;
            let items = json!([["diamonds", 10], ["experience_potion", 5]]);
            assert_eq!(reply["data"], json!({ "items": items }), "{reply}");
            assert_eq!(game.held(name, "diamonds").await?, 10);
            assert_eq!(game.held(name, "experience_potion").await?, 5);
            assert_eq!(tries(&player, mail).await?, [0, 3, 0]);
        }
        Ok(())
    })
}

#[test]
fn nobody_calls_what_runs_by_itself() -> Result<()> {
    Inside::in_both_shapes(|game| async move {
        let ada = game.login("ada").await?;
        for name in ["weapon.first_weapon", "bag.first_supplies", "mail.welcome"] {
            let function = name.split_once('.').map_or(name, |(_, function)| function);
            let reply = ada.call(function, json!({})).await?;
            assert_eq!(reply["status"], 10, "{reply}");
            // Done is done, also for the operator.
            game.admin(name, "ada", json!({})).await?;
        }
        assert_eq!(page(&ada, 1).await?["total"], 1);
        assert_eq!(game.held("ada", "scroll_skill_10").await?, 2);
        let reply = ada.call("get_all_weapon", json!({})).await?;
        assert_eq!(reply["data"]["weapons"][0][8], 0, "{reply}");
        Ok(())
    })
}
