//! The commands that docs/running.md gives for each part in its own process are all that it takes.

use std::fs;

use anyhow::{Context, Result, ensure};
use serde_json::json;

use crate::support::{Server, Shape, run};

const RUNNING: &str = include_str!("../../docs/running.md");
const HEADING: &str = "## Each part in its own process";

/// The lines of the first block of commands below a heading.
fn commands() -> Result<Vec<Vec<&'static str>>> {
    let (_, below) = RUNNING.split_once(HEADING).context("the heading")?;
    let (_, block) = below.split_once("```sh\n").context("a block")?;
    let (block, _) = block.split_once("```").context("its end")?;
    let words = |line: &'static str| {
        let line = line.split('#').next().unwrap_or_default();
        let mut words = line.split_whitespace();
        ensure!(
            words.next() == Some("aliya"),
            "`{line}` is no command of aliya"
        );
        Ok(words.collect())
    };
    block.lines().map(words).collect()
}

#[test]
fn each_part_in_its_own_process_is_the_whole_game() -> Result<()> {
    run(async {
        // Where to listen, which the text leaves to the defaults.
        let mut server = Server::start(Shape::OneProcess).await?;
        server.stop()?;
        fs::remove_dir_all(server.dir().join("data"))?;
        fs::remove_file(server.dir().join("up.log"))?;
        for (place, role) in commands()?.iter().enumerate() {
            server.gateway = server.start_role(place, role)?.parse()?;
        }
        let mut ada = server.login("ada").await?;
        for function in ["get_all_supplies", "get_all_weapon", "get_all_skill_level"] {
            let reply = ada.call(function, json!({})).await?;
            ensure!(reply["status"] == 0, "{function}: {reply}");
        }
        let letters = ada.call("get_all_mail", json!({})).await?;
        ensure!(letters.to_string().contains("Welcome"), "{letters}");
        // Each manager that the game has was started: its function is not answered 13.
        for manager in generated::GAME.managers {
            let log = server.dir().join(format!("manager-{}.log", manager.name));
            ensure!(log.exists(), "{} is not among them", manager.name);
        }
        server.stop()?;
        ensure!(!server.logs().contains(" ERROR "), "{}", server.logs());
        Ok(())
    })
}
