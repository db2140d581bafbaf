//! What nobody may learn from logs, settings or files.

use std::os::unix::fs::PermissionsExt;

use anyhow::{Context, Result};
use serde_json::json;

use crate::support::{Server, Shape, Text, aliya, object, run};

const TOKEN_SECRET: &str = "the-token-secret-of-these-tests-1";
const INTERNAL_SECRET: &str = "the-internal-secret-of-the-tests-2";
const SECOND_SECRET: &str = "another-internal-secret-of-tests-3";
const PASSWORD: &str = "correct horse battery staple";

/// Everything that a player can do, and some things that fail.
async fn play(server: &mut Server, secrets: &mut Vec<String>) -> Result<()> {
    let mut ada = server.login("ada").await?;
    secrets.push(ada.token.clone());
    server.equip("ada", "weapon1", 100)?;
    let level_up = || json!({ "weapon": "weapon1", "iron": 20 });
    assert_eq!(ada.call("level_up_weapon", level_up()).await?["status"], 0);

    let account = json!({ "account": "lovelace", "password": PASSWORD, "email": "a@b.c" });
    assert_eq!(ada.call("bind_account", account).await?["status"], 0);
    let login = |password: &str| {
        object(json!({ "identifier": "account", "value": "lovelace", "password": password }))
    };
    let wrong = ada.client.call("login", login("a wrong password")).await?;
    assert_eq!(wrong["status"], 1, "{wrong}");
    let reply = ada.client.call("login", login(PASSWORD)).await?;
    secrets.push(
        reply["data"]["token"]
            .as_str()
            .context("a token")?
            .to_owned(),
    );
    // The first token has ended.
    assert_eq!(ada.call("level_up_weapon", level_up()).await?["status"], 11);
    ada.token = secrets.last().cloned().unwrap_or_default();

    // What fails is logged: an overflow, and a manager that is gone.
    let overflow = format!("amount={}", i64::MAX);
    let reply = server.admin("bag.add_supply", "ada", &["item=iron", &overflow])?;
    assert_eq!(reply["status"], 15, "{reply}");
    if server.processes().len() > 1 {
        drop(server.processes().remove(1));
        assert_eq!(ada.call("level_up_weapon", level_up()).await?["status"], 13);
    }
    Ok(())
}

#[test]
fn logs_hold_no_token_password_or_secret() -> Result<()> {
    for shape in [Shape::OneProcess, Shape::Separate] {
        run(async {
            let token_secret = format!("--token-secret={TOKEN_SECRET}");
            let internal_secret = format!("--internal-secret={INTERNAL_SECRET}");
            let second_secret = format!("--internal-secret-also={SECOND_SECRET}");
            let more = [
                "--log=trace",
                &token_secret,
                &internal_secret,
                &second_secret,
            ];
            let mut server = Server::start_with(shape, &more).await?;
            let secrets = [TOKEN_SECRET, INTERNAL_SECRET, SECOND_SECRET];
            let mut secrets: Vec<_> = secrets.map(str::to_owned).into();
            secrets.extend([PASSWORD, "a wrong password"].map(str::to_owned));
            play(&mut server, &mut secrets).await?;
            server.stop()?;
            let logs = server.logs();
            assert!(logs.contains("answered"), "it logs at all");
            for secret in secrets {
                // The middle of it, too: what is cut short gives away as much.
                let part = &secret[secret.len() / 4..secret.len() * 3 / 4];
                let line = logs.lines().find(|line| line.contains(part));
                assert_eq!(line, None, "{shape:?}: {secret}");
            }
            // Any token or credential begins so: the base64 of `{"`.
            let line = logs.lines().find(|line| line.contains("eyJ"));
            assert_eq!(line, None, "{shape:?}");
            Ok(())
        })?;
    }
    Ok(())
}

#[test]
fn settings_print_no_secret_wherever_it_came_from() -> Result<()> {
    let dir = tempfile::tempdir()?;
    std::fs::write(dir.path().join("aliya.yaml"), "des_key: abcdefgh\n")?;
    let output = aliya(dir.path())
        .env("ALIYA_TOKEN_SECRET", TOKEN_SECRET)
        .env("ALIYA_INTERNAL_SECRET_ALSO", SECOND_SECRET)
        .args(["settings", "--internal-secret", INTERNAL_SECRET])
        .output()?;
    assert!(output.status.success(), "{}", output.err());
    let out = output.out() + &output.err();
    // Neither those nor the default of des_iv.
    let secrets = [TOKEN_SECRET, INTERNAL_SECRET, SECOND_SECRET];
    for secret in secrets.into_iter().chain(["abcdefgh", "67891234"]) {
        assert!(!out.contains(secret), "{secret} in:\n{out}");
    }
    let masked = out.lines().filter(|line| line.contains("********"));
    assert_eq!(masked.count(), 5, "{out}");
    Ok(())
}

#[test]
fn wrong_secrets_are_told_without_their_value() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let output = aliya(dir.path())
        .env("ALIYA_TOKEN_SECRET", "hush hush")
        .env("ALIYA_INTERNAL_SECRET", " ".repeat(40))
        .env("ALIYA_INTERNAL_SECRET_ALSO", "hush hush")
        .args(["up", "--des-key=sevenby", "--des-iv=nine bytes"])
        .output()?;
    assert!(!output.status.success());
    let said = output.err();
    for line in [
        "--des-key must be of exactly 8 bytes",
        "--des-iv must be of exactly 8 bytes",
        "ALIYA_TOKEN_SECRET must be of 32 to 4096 bytes",
        "ALIYA_INTERNAL_SECRET must be of 32 to 4096 bytes",
        "ALIYA_INTERNAL_SECRET_ALSO must be of 32 to 4096 bytes",
    ] {
        assert!(said.contains(line), "no {line} in:\n{said}");
    }
    for secret in ["sevenby", "nine bytes", "hush"] {
        assert!(!said.contains(secret), "{said}");
    }
    Ok(())
}

#[test]
fn the_data_folder_is_the_owner_s_alone() -> Result<()> {
    run(async {
        let server = Server::start(Shape::OneProcess).await?;
        // It holds hashes of passwords beside the secrets.
        let metadata = std::fs::metadata(server.dir().join("data"))?;
        assert_eq!(metadata.permissions().mode() & 0o777, 0o700);
        Ok(())
    })
}
