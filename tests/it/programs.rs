//! The command line: settings and their sources, and what each program says when it cannot start.

use std::path::Path;

use anyhow::Result;
use serde_json::{Value, json};

use crate::support::{Process, Server, Shape, Text, aliya, in_both_shapes, object, run};

/// Runs a command that must fail, and returns what it says.
fn fails(dir: &Path, args: &[&str]) -> Result<String> {
    let output = aliya(dir).args(args).output()?;
    assert!(
        !output.status.success(),
        "{args:?} succeeded: {}",
        output.out()
    );
    assert!(output.out().is_empty(), "{}", output.out());
    Ok(output.err())
}

#[test]
fn settings_say_where_they_come_from() -> Result<()> {
    let dir = tempfile::tempdir()?;
    std::fs::write(
        dir.path().join("aliya.yaml"),
        "port_offset: 7\ngateway: 127.0.0.1:1111\nlog: warn\n",
    )?;
    let output = aliya(dir.path())
        .env("ALIYA_GATEWAY", "127.0.0.1:2222")
        .env("ALIYA_LOG", "debug")
        .env("ALIYA_TOKEN_SECRET", "0123456789abcdef0123456789abcdef")
        .args(["settings", "--log", "error"])
        .output()?;
    assert!(output.status.success(), "{}", output.err());
    let out = output.out();
    let row = |name: &str| {
        let row = out
            .lines()
            .find(|line| line.split_whitespace().next() == Some(name));
        let words = row.unwrap_or_default().split_whitespace();
        words.skip(1).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(row("data"), "data default");
    assert_eq!(row("port_offset"), "7 aliya.yaml:1");
    assert_eq!(row("gateway"), "127.0.0.1:2222 ALIYA_GATEWAY");
    assert_eq!(row("log"), "error --log");
    assert_eq!(row("token_secret"), "******** ALIYA_TOKEN_SECRET");
    assert!(!out.contains("0123456789abcdef"), "{out}");
    Ok(())
}

#[test]
fn wrong_settings_are_named_with_the_right_ones() -> Result<()> {
    let dir = tempfile::tempdir()?;
    std::fs::write(
        dir.path().join("aliya.yaml"),
        "port_ofset: 7\ngateway: nowhere\n",
    )?;
    let output = aliya(dir.path())
        .env("ALIYA_TOKN", "x")
        .arg("settings")
        .output()?;
    assert!(!output.status.success());
    let said = output.err();
    for part in [
        "aliya.yaml",
        "port_ofset",
        "port_offset",
        "nowhere",
        "ALIYA_TOKN",
        "ALIYA_TOKEN",
    ] {
        assert!(said.contains(part), "no {part} in:\n{said}");
    }
    Ok(())
}

#[test]
fn production_refuses_defaults_and_names_them() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let said = fails(dir.path(), &["up", "--production", "--gateway=127.0.0.1:0"])?;
    for name in ["token_secret", "internal_secret", "des_key", "des_iv"] {
        assert!(said.contains(name), "no {name} in:\n{said}");
    }
    assert!(!dir.path().join("data").exists(), "it started");
    Ok(())
}

#[test]
fn production_starts_once_its_secrets_are_set() -> Result<()> {
    run(async {
        let server = Server::start_with(
            Shape::OneProcess,
            &[
                "--production",
                "--token-secret=0123456789abcdef0123456789abcdef",
                "--internal-secret=fedcba9876543210fedcba9876543210",
                "--des-key=67891234",
                "--des-iv=67891234",
            ],
        )
        .await?;
        server.login("ada").await?;
        let made = server.dir().join("data/token.secret");
        assert!(!made.exists(), "a secret was made although one is set");
        Ok(())
    })
}

#[test]
fn a_second_server_on_the_same_data_is_refused() -> Result<()> {
    run(async {
        let server = Server::start(Shape::OneProcess).await?;
        let mut args: Vec<_> = server.flags().iter().map(String::as_str).collect();
        args.retain(|flag| !flag.starts_with("--port-offset"));
        args.extend(["--port-offset=23500", "--token=127.0.0.1:0"]);
        args.retain(|flag| !flag.starts_with("--token=") || *flag == "--token=127.0.0.1:0");
        args.insert(0, "up");
        let said = fails(server.dir(), &args)?;
        assert!(said.contains("aliya.db"), "{said}");
        server.login("ada").await?;
        Ok(())
    })
}

#[test]
fn a_second_token_server_on_one_file_is_refused() -> Result<()> {
    run(async {
        let mut server = Server::start(Shape::Separate).await?;
        let said = fails(
            server.dir(),
            &["token", "--data=data", "--token=127.0.0.1:0"],
        )?;
        assert!(said.contains("token.db is in use by process "), "{said}");
        assert!(said.contains("stop that one first"), "{said}");
        // The first has lost nothing, also not its lock.
        server.login("ada").await?;
        fails(
            server.dir(),
            &["token", "--data=data", "--token=127.0.0.1:0"],
        )?;
        server.kill();
        server.launch_again(Shape::Separate)
    })
}

#[test]
fn a_data_folder_that_cannot_be_written_is_named_with_what_to_do() -> Result<()> {
    let dir = tempfile::tempdir()?;
    for role in [&["up"][..], &["token"], &["manager", "bag"]] {
        // Not even root makes a folder there.
        let said = fails(dir.path(), &[role, &["--data=/proc/aliya"]].concat())?;
        assert!(said.contains("/proc/aliya"), "{said}");
        assert!(said.contains("--data"), "{said}");
    }
    let said = fails(dir.path(), &["gateway", "--data=/proc/aliya"])?;
    assert!(
        said.contains("/proc/aliya") && said.contains("--data"),
        "{said}"
    );
    Ok(())
}

#[test]
fn a_reader_that_has_seen_enough_is_no_failure() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let mut child = aliya(dir.path())
        .arg("settings")
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()?;
    drop(child.stdout.take());
    let output = child.wait_with_output()?;
    assert!(output.status.success(), "{}", output.err());
    assert_eq!(output.err(), "");
    Ok(())
}

#[test]
fn a_port_in_use_is_named_with_what_to_do() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let listener = std::net::TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?.to_string();
    let token = format!("--token={address}");
    let said = fails(dir.path(), &["token", &token])?;
    assert!(
        said.contains(&format!("token cannot listen on {address}")),
        "{said}"
    );
    assert!(said.contains("--token"), "{said}");
    Ok(())
}

#[test]
fn a_database_that_is_none_is_refused() -> Result<()> {
    let dir = tempfile::tempdir()?;
    std::fs::write(
        dir.path().join("game.db"),
        "This is a text, long enough to have a header.".repeat(30),
    )?;
    let start = |url: &str| {
        fails(
            dir.path(),
            &[
                "up",
                "--gateway=127.0.0.1:0",
                "--token=127.0.0.1:0",
                "--database",
                url,
            ],
        )
    };
    let said = start("sqlite:game.db")?;
    assert!(said.contains("game.db is not an SQLite database"), "{said}");
    for url in ["postgres:x", "game.db", "sqlite:"] {
        let said = start(url)?;
        assert!(
            said.contains("--database") && said.contains("sqlite:PATH"),
            "{said}"
        );
    }
    Ok(())
}

#[test]
fn a_server_that_is_not_there_is_told_without_the_password() -> Result<()> {
    let dir = tempfile::tempdir()?;
    for kind in ["postgres", "mysql"] {
        let database = format!("--database={kind}://ann:s3cret@127.0.0.1:1/game");
        let said = fails(dir.path(), &["token", "--token=127.0.0.1:0", &database])?;
        let place = format!("cannot use the database {kind}://ann:***@127.0.0.1:1/game: ");
        assert!(said.contains(&place), "{said}");
        assert!(!said.contains("s3cret"), "{said}");
        let printed = aliya(dir.path()).arg("settings").arg(&database).output()?;
        assert!(printed.out().contains("ann:***@"), "{}", printed.out());
        assert!(!printed.out().contains("s3cret"), "{}", printed.out());
    }
    Ok(())
}

#[test]
fn several_managers_need_a_database_by_name() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let said = fails(dir.path(), &["manager", "bag", "weapon"])?;
    assert!(said.contains("--database"), "{said}");
    // One name twice is one manager: what fails here is only its folder.
    let said = fails(dir.path(), &["manager", "bag", "bag", "--data=/proc/aliya"])?;
    assert!(said.contains("/proc/aliya/bag.db"), "{said}");
    let said = fails(dir.path(), &["manager", "wepon"])?;
    assert!(said.contains("weapon"), "{said}");
    run(async {
        let server = Server::start(Shape::Separate).await?;
        // One process may also host both: calls between them are one transaction then.
        let offset = "--port-offset=24100".to_owned();
        let args = ["manager", "bag", "weapon", "--database=sqlite:both.db"].map(str::to_owned);
        let mut process = Process::start(server.dir(), "both", &[&args[..], &[offset]].concat())?;
        process.ready()?;
        Ok(())
    })
}

#[test]
fn calls_say_what_is_missing() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let said = fails(
        dir.path(),
        &[
            "call",
            "login_unique",
            "--gateway=127.0.0.1:1",
            "unique_id=x",
        ],
    )?;
    assert!(said.contains("no gateway at 127.0.0.1:1"), "{said}");
    let said = fails(dir.path(), &["call", "login_unique", "ada"])?;
    assert!(said.contains("key=value"), "{said}");
    let said = fails(dir.path(), &["admin", "call", "weapon.give_wepon"])?;
    assert!(said.contains("weapon.give_weapon"), "{said}");
    Ok(())
}

#[test]
fn call_prints_the_reply_or_a_part_of_it() -> Result<()> {
    in_both_shapes(|server| async move {
        let gateway = format!("--gateway={}", server.gateway);
        let call = |args: &[&str]| -> Result<String> {
            let output = aliya(server.dir())
                .arg("call")
                .args(args)
                .arg(&gateway)
                .output()?;
            assert!(output.status.success(), "{}", output.err());
            Ok(output.out().trim().to_owned())
        };
        let token = call(&["login_unique", "unique_id=ada", "--print", "data.token"])?;
        server.equip("ada", "weapon1", 1000)?;
        let reply = call(&[
            "level_up_weapon",
            "--token",
            &token,
            "weapon=weapon1",
            "iron=20",
        ])?;
        let mut reply = object(serde_json::from_str(&reply)?);
        let random = reply.remove("random").unwrap_or_default();
        // Our own clients' keys are long enough to be applied once, some day.
        assert!(
            random.as_str().is_some_and(|random| random.len() > 16),
            "{random}"
        );
        let expected = json!({
            "status": 0, "message": "success",
            "data": { "weapon_bag1": ["ada", 1, 0, 0, 0, 0, 1, 0], "item1": ["iron", 980] }
        });
        assert_eq!(Value::from(reply), expected);
        Ok(())
    })
}

#[test]
fn the_status_can_be_text() -> Result<()> {
    run(async {
        let server = Server::start_with(Shape::OneProcess, &["--status-as-text"]).await?;
        let mut client = server.connect().await?;
        let reply = client
            .call("login_unique", object(json!({ "unique_id": "ada" })))
            .await?;
        assert_eq!(reply["status"], "1", "{reply}");
        Ok(())
    })
}

#[test]
fn secrets_are_made_for_the_owner_alone() -> Result<()> {
    use std::os::unix::fs::PermissionsExt;
    run(async {
        let server = Server::start(Shape::OneProcess).await?;
        for name in ["token.secret", "internal.secret"] {
            let metadata = std::fs::metadata(server.dir().join("data").join(name))?;
            assert_eq!(metadata.permissions().mode() & 0o777, 0o600, "{name}");
        }
        Ok(())
    })
}
