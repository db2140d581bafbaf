//! Logging in, through the gateway.

use aliya_runtime::client::random_key;
use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::support::{Server, Shape, in_both_shapes, object, run};

async fn ask(server: &Server, function: &str, data: Value) -> Result<Value> {
    Ok(server.connect().await?.call(function, object(data)).await?)
}

#[test]
fn a_new_login_ends_the_earlier_token() -> Result<()> {
    in_both_shapes(|server| async move {
        let mut first = server.login("ada").await?;
        assert_eq!(first.call("get_all_weapon", json!({})).await?["status"], 0);
        let mut second = server.login("ada").await?;
        assert_ne!(first.token, second.token);
        let refused = first.call("get_all_weapon", json!({})).await?;
        assert_eq!(refused["status"], 11, "{refused}");
        assert_eq!(refused["data"]["bad_token"], first.token.as_str());
        assert_eq!(second.call("get_all_weapon", json!({})).await?["status"], 0);
        Ok(())
    })
}

#[test]
fn tokens_live_on_after_a_restart_and_ended_ones_stay_ended() -> Result<()> {
    for shape in [Shape::OneProcess, Shape::Separate] {
        run(async {
            let mut server = Server::start(shape).await?;
            let mut ended = server.login("ada").await?;
            let mut live = server.login("ada").await?;
            server.restart(shape)?;
            live.client = server.connect().await?;
            ended.client = server.connect().await?;
            assert_eq!(live.call("get_all_weapon", json!({})).await?["status"], 0);
            assert_eq!(ended.call("get_all_weapon", json!({})).await?["status"], 11);
            Ok(())
        })?;
    }
    Ok(())
}

#[test]
fn an_account_is_bound_and_logs_in() -> Result<()> {
    in_both_shapes(|server| async move {
        let mut ada = server.login("ada").await?;
        let account = json!({
            "account": "Ada", "password": "correct horse", "email": "ada@example.org"
        });
        let reply = ada.call("bind_account", account.clone()).await?;
        assert_eq!(reply["status"], 0, "{reply}");
        let reply = ada.call("bind_account", account.clone()).await?;
        assert_eq!(reply["status"], 2, "{reply}");
        let mut bob = server.login("bob").await?;
        let reply = bob.call("bind_account", account).await?;
        assert_eq!(reply["status"], 1, "{reply}");

        for (identifier, value) in [("account", "Ada"), ("email", "ada@example.org")] {
            let login = json!({
                "identifier": identifier, "value": value, "password": "correct horse"
            });
            let reply = ask(&server, "login", login).await?;
            assert_eq!(reply["status"], 0, "{reply}");
            ada.token = reply["data"]["token"]
                .as_str()
                .context("a token")?
                .to_owned();
            assert_eq!(ada.call("get_all_weapon", json!({})).await?["status"], 0);
        }
        for (identifier, value, password) in [
            ("account", "Ada", "wrong"),
            ("account", "ada", "correct horse"),
            ("account", "", "correct horse"),
            ("phone_number", "", "correct horse"),
            ("account", "nobody", "correct horse"),
        ] {
            let login = json!({ "identifier": identifier, "value": value, "password": password });
            let reply = ask(&server, "login", login).await?;
            assert_eq!(reply["status"], 1, "{reply}");
            assert_eq!(reply["message"], "Invalid credentials");
        }
        let reply = ask(&server, "login_unique", json!({ "unique_id": "ada" })).await?;
        assert_eq!(reply["status"], 2, "{reply}");
        Ok(())
    })
}

#[test]
fn a_repeated_login_is_one_login_and_gets_one_token() -> Result<()> {
    in_both_shapes(|server| async move {
        let login = |random: &str| {
            let data = json!({ "unique_id": "ada" });
            json!({ "function": "login_unique", "random": random, "data": data }).to_string()
        };
        let random = random_key();
        let mut logins = Vec::new();
        for _ in 0..8 {
            let (mut client, message) = (server.connect().await?, login(&random));
            logins.push(tokio::spawn(async move {
                let reply = client.exchange(&message).await;
                reply.map(str::to_owned)
            }));
        }
        let mut replies = Vec::new();
        for login in logins {
            replies.push(login.await??);
        }
        replies.dedup();
        let [reply] = replies.as_slice() else {
            anyhow::bail!("{replies:?}");
        };
        assert_eq!(
            serde_json::from_str::<Value>(reply)?["status"],
            1,
            "{reply}"
        );

        let mut client = server.connect().await?;
        let other: Value = serde_json::from_str(client.exchange(&login(&random_key())).await?)?;
        assert_eq!(other["status"], 0, "{other}");
        assert_eq!(client.exchange(&login(&random)).await?, reply);
        let live = json!({ "token": other["data"]["token"] });
        assert_eq!(ask(&server, "get_all_weapon", live).await?["status"], 0);
        Ok(())
    })
}

#[test]
fn a_missing_token_is_invalid_and_a_wrong_one_is_refused() -> Result<()> {
    in_both_shapes(|server| async move {
        let reply = ask(&server, "get_all_weapon", json!({})).await?;
        assert_eq!(reply["status"], 10, "{reply}");
        for token in [json!("x"), json!(""), json!(7)] {
            let reply = ask(&server, "get_all_weapon", json!({ "token": token })).await?;
            assert_eq!(reply["status"], 11, "{reply}");
            assert_eq!(reply["data"]["bad_token"], token);
        }
        Ok(())
    })
}
