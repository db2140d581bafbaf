//! Requests with keys: applied once, and answered the same each time they come.

use anyhow::Result;
use serde_json::{Value, json};

use crate::support::{Player, Server, amount, in_both_shapes};

/// A key of a time that no server remembers.
const KEY: &str = "1690000000000-5b1f0e8c2d94a673";

/// Sends a request of the player with that `random`; returns the reply as it came.
async fn send(
    player: &mut Player,
    random: &str,
    function: &str,
    mut args: Value,
) -> Result<String> {
    args["token"] = Value::from(player.token.clone());
    let message = json!({ "function": function, "random": random, "data": args });
    Ok(player
        .client
        .exchange(&message.to_string())
        .await?
        .to_owned())
}

async fn iron(player: &mut Player) -> Result<i64> {
    Ok(amount(
        &player.call("get_all_supplies", json!({})).await?,
        "iron",
    ))
}

/// A key that was made just now.
fn fresh() -> String {
    aliya_runtime::client::random_key()
}

#[test]
fn a_repeated_request_takes_effect_once() -> Result<()> {
    in_both_shapes(|server| async move {
        let mut ada = equipped(&server, "ada").await?;
        let (key, args) = (fresh(), json!({ "weapon": "weapon1", "iron": 20 }));
        let first = send(&mut ada, &key, "level_up_weapon", args.clone()).await?;
        assert!(first.starts_with(r#"{"status":0,"#), "{first}");
        let mut elsewhere = Player {
            client: server.connect().await?,
            token: ada.token.clone(),
        };
        for player in [&mut ada, &mut elsewhere] {
            let again = send(player, &key, "level_up_weapon", args.clone()).await?;
            assert_eq!(again, first);
        }
        assert_eq!(iron(&mut ada).await?, 80);
        // Another key, and keys of others, are other requests.
        send(&mut ada, &fresh(), "level_up_weapon", args.clone()).await?;
        assert_eq!(iron(&mut ada).await?, 60);
        let mut bob = equipped(&server, "bob").await?;
        let of_bob = send(&mut bob, &key, "level_up_weapon", args).await?;
        assert!(of_bob.contains(r#"["bob",1,"#), "{of_bob}");
        Ok(())
    })
}

#[test]
fn an_error_is_the_reply_of_its_key_for_good() -> Result<()> {
    in_both_shapes(|server| async move {
        let mut ada = equipped(&server, "ada").await?;
        let (key, args) = (fresh(), json!({ "weapon": "weapon1", "iron": 200 }));
        let refused = send(&mut ada, &key, "level_up_weapon", args.clone()).await?;
        assert!(refused.starts_with(r#"{"status":2,"#), "{refused}");
        server.equip("ada", "weapon2", 1000)?;
        let again = send(&mut ada, &key, "level_up_weapon", args.clone()).await?;
        assert_eq!(again, refused);
        let other = send(&mut ada, &fresh(), "level_up_weapon", args).await?;
        assert!(other.starts_with(r#"{"status":0,"#), "{other}");
        Ok(())
    })
}

#[test]
fn another_content_under_a_key_is_refused() -> Result<()> {
    in_both_shapes(|server| async move {
        let mut ada = equipped(&server, "ada").await?;
        let key = fresh();
        let args = |iron: i64| json!({ "weapon": "weapon1", "iron": iron });
        send(&mut ada, &key, "level_up_weapon", args(20)).await?;
        let other = send(&mut ada, &key, "level_up_weapon", args(40)).await?;
        let expected =
            format!(r#"{{"status":16,"message":"Request reused","random":"{key}","data":{{}}}}"#);
        assert_eq!(other, expected);
        let passed = json!({ "weapon": "weapon1", "passive": "passive_skill_1_level" });
        let other = send(&mut ada, &key, "level_up_passive", passed).await?;
        assert_eq!(other, expected);
        assert_eq!(iron(&mut ada).await?, 80);
        Ok(())
    })
}

#[test]
fn a_short_random_is_no_key() -> Result<()> {
    in_both_shapes(|server| async move {
        let mut ada = equipped(&server, "ada").await?;
        for left in [80, 60] {
            let args = json!({ "weapon": "weapon1", "iron": 20 });
            send(&mut ada, "-906", "level_up_weapon", args).await?;
            assert_eq!(iron(&mut ada).await?, left);
        }
        Ok(())
    })
}

#[test]
fn a_key_that_is_too_old_is_never_run() -> Result<()> {
    in_both_shapes(|server| async move {
        let mut ada = equipped(&server, "ada").await?;
        let args = json!({ "weapon": "weapon1", "iron": 20 });
        let refused = send(&mut ada, KEY, "level_up_weapon", args).await?;
        assert!(refused.starts_with(r#"{"status":10,"#), "{refused}");
        assert!(
            refused.contains("older than this server remembers"),
            "{refused}"
        );
        assert_eq!(iron(&mut ada).await?, 100);
        Ok(())
    })
}

async fn equipped(server: &Server, name: &str) -> Result<Player> {
    let player = server.login(name).await?;
    server.equip(name, "weapon1", 100)?;
    Ok(player)
}
