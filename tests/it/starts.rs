//! What a start says of what it finds, and what commands say that cannot do what they are asked.

use std::fs;

use aliya_test_servers::{On, here};
use anyhow::{Result, ensure};

use crate::support::{Server, Shape, Text, aliya, in_both_shapes, run};

#[test]
fn a_database_that_begins_empty_beside_old_secrets_is_told() -> Result<()> {
    // On a server nobody takes a file for a copy.
    if here()? != On::Sqlite {
        return Ok(());
    }
    run(async {
        let mut server = Server::start(Shape::OneProcess).await?;
        let said = |server: &Server| server.logs().contains("begins empty, though");
        ensure!(!said(&server), "{}", server.logs());
        server.login("ada").await?;
        server.stop()?;
        server.restart(Shape::OneProcess)?;
        ensure!(!said(&server), "{}", server.logs());
        server.stop()?;
        fs::remove_file(server.dir().join("data/aliya.db"))?;
        server.restart(Shape::OneProcess)?;
        ensure!(said(&server), "{}", server.logs());
        Ok(())
    })
}

#[test]
fn an_operator_is_told_of_a_player_who_is_not_there() -> Result<()> {
    in_both_shapes(|server| async move {
        let call = |player: &str| {
            let mut command = aliya(server.dir());
            command.args(["admin", "call", "bag.add_supply", "--player", player]);
            command.args(["item=iron", "amount=5"]).args(server.flags());
            command.output()
        };
        let output = call("zed")?;
        let said = output.err();
        ensure!(said.contains("there is no player \"zed\" yet"), "{said}");
        ensure!(output.out().contains("\"status\":0"), "{}", output.out());
        server.login("zed").await?;
        let said = call("zed")?.err();
        ensure!(!said.contains("there is no player"), "{said}");
        Ok(())
    })
}

#[test]
fn a_log_level_is_one_that_there_is() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let output = aliya(dir.path())
        .args(["up", "--log", "verbose"])
        .output()?;
    let said = output.err();
    ensure!(!output.status.success(), "{said}");
    ensure!(
        said.contains("\"verbose\" is no level") && said.contains("debug"),
        "{said}"
    );
    Ok(())
}

#[test]
fn a_setting_before_the_command_is_told_where_it_goes() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let output = aliya(dir.path())
        .args(["--port-offset", "5", "gateway"])
        .output()?;
    let said = output.err();
    ensure!(!output.status.success(), "{said}");
    ensure!(said.contains("`aliya gateway --port-offset 5`"), "{said}");
    Ok(())
}

#[test]
fn a_call_that_is_refused_is_a_failure_and_an_outcome_is_none() -> Result<()> {
    run(async {
        let server = Server::start(Shape::OneProcess).await?;
        let gateway = format!("--gateway={}", server.gateway);
        let call = |words: &[&str]| {
            let mut command = aliya(server.dir());
            command.arg("call").args(words).arg(&gateway).output()
        };
        let new = call(&["login_unique", "unique_id=ada"])?;
        ensure!(
            new.status.success() && new.out().contains("\"status\":1"),
            "{}",
            new.err()
        );
        let refused = call(&["login_unique", "unique_ids=ada"])?;
        ensure!(!refused.status.success(), "{}", refused.out());
        ensure!(refused.out().contains("\"status\":10"), "{}", refused.out());
        ensure!(
            refused.err().contains("was answered 10: Invalid"),
            "{}",
            refused.err()
        );
        Ok(())
    })
}

/// What a server has done to its database is all that there is to do, and none of it is news.
#[test]
fn a_database_that_a_server_made_lacks_nothing() -> Result<()> {
    run(async {
        let mut server = Server::start(Shape::OneProcess).await?;
        server.stop()?;
        let migrate = |more: &[&str]| {
            let mut command = aliya(server.dir());
            command.arg("migrate").args(more).args(server.flags());
            command.output()
        };
        let plan = migrate(&["--plan"])?;
        ensure!(
            plan.out().trim_end().ends_with(" lacks nothing"),
            "{}",
            plan.out()
        );
        let all = migrate(&[])?;
        ensure!(
            all.out().trim_end().ends_with(" lacks nothing"),
            "{}",
            all.out()
        );
        ensure!(!all.err().contains("already exists"), "{}", all.err());
        server.restart(Shape::OneProcess)?;
        ensure!(
            !server.logs().contains("already exists"),
            "{}",
            server.logs()
        );
        Ok(())
    })
}

#[test]
fn a_key_with_an_end_of_line_makes_no_line_of_the_log() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let forged = "2026-01-01T00:00:00Z ERROR forged";
    let settings = format!("\"port_ofset\\n{forged}\": 7\n");
    fs::write(dir.path().join("aliya.yaml"), settings)?;
    let output = aliya(dir.path()).arg("settings").output()?;
    let said = output.err();
    ensure!(
        !output.status.success() && said.contains("port_ofset"),
        "{said}"
    );
    ensure!(!said.lines().any(|line| line.starts_with(forged)), "{said}");
    Ok(())
}
