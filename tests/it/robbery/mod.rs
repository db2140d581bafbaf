//! Fifty requests of one player at once, none of which may get more than is paid for: no process is
//! killed, nobody is slowed down, and the same holds however the game is spread over processes.

mod shapes;

use std::time::{Duration, Instant};

use aliya_runtime::client::random_key;
use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use tokio::task::JoinSet;

use self::shapes::{Robbed, Spread, robbed};
use crate::support::{Player, amount, count_of, object};

/// How many requests come at once.
const AT_ONCE: usize = 50;
/// How long one may be answered "Try again", until the test gives up.
const PATIENCE: Duration = Duration::from_secs(30);
/// In milliseconds; and by how much the game's clock is ahead of UTC's.
const DAY_MS: i64 = 24 * HOUR_MS;
const AHEAD_MS: i64 = 8 * HOUR_MS;
const HOUR_MS: i64 = 3_600_000;

#[test]
fn in_one_process() -> Result<()> {
    robbed(Spread::One, everything)
}

#[test]
fn in_a_process_for_each_manager() -> Result<()> {
    robbed(Spread::Each, everything)
}

#[test]
fn in_two_processes_for_each_manager() -> Result<()> {
    robbed(Spread::Pairs, everything)
}

/// All attacks, each by a player of its own; what is wrong with each is told together.
async fn everything(game: Robbed) -> Result<()> {
    let mut wrong = Vec::new();
    for (attack, done) in [
        ("accept_gift", accept_gift(&game).await),
        ("level_up_weapon", level_up_weapon(&game).await),
        ("pass_level", pass_level(&game).await),
        ("draw", draw(&game).await),
        ("reset_weapon_skill_point", reset(&game).await),
    ] {
        wrong.extend(done.err().map(|error| format!("{attack}: {error:#}")));
    }
    ensure!(
        wrong.is_empty(),
        "{}\n{}",
        wrong.join("\n"),
        game.server.logs()
    );
    Ok(())
}

/// A letter with ten diamonds.
async fn accept_gift(game: &Robbed) -> Result<()> {
    let mut ann = game.player("ann").await?;
    let items = r#"items=[{"item":"diamonds","amount":10}]"#;
    let letter = game
        .server
        .admin("mail.send_gift", "", &["to=ann", items])?;
    let mail = letter["data"]["mail"].as_i64();
    let mail = mail.with_context(|| letter.to_string())?;
    let before = ann.held("diamonds").await?;
    let replies = game
        .fifty(&ann, "accept_gift", &json!({ "mail": mail }))
        .await?;
    counted(&replies, &[(0, 1), (3, 49)])?;
    same(10, ann.held("diamonds").await? - before, "diamonds gained")
}

/// Iron for thirty levels.
async fn level_up_weapon(game: &Robbed) -> Result<()> {
    let mut ben = game.player("ben").await?;
    game.supply("ben", "iron", 600 - ben.held("iron").await?)?;
    let args = json!({ "weapon": "weapon9", "iron": 20 });
    let replies = game.fifty(&ben, "level_up_weapon", &args).await?;
    counted(&replies, &[(0, 30), (2, 20)])?;
    same(0, ben.held("iron").await?, "iron left")?;
    let weapon = ben.weapon().await?;
    same(30, weapon[2].as_i64().context("a level")?, "levels")?;
    same(30, weapon[7].as_i64().context("points")?, "skill points")
}

/// Which gives experience and coins.
async fn pass_level(game: &Robbed) -> Result<()> {
    let mut cay = game.player("cay").await?;
    let before = (
        cay.held("experience_potion").await?,
        cay.held("coin").await?,
    );
    let replies = game
        .fifty(&cay, "pass_level", &json!({ "level_id": 1 }))
        .await?;
    counted(&replies, &[(0, 1), (1, 49)])?;
    same(
        1,
        cay.held("experience_potion").await? - before.0,
        "experience gained",
    )?;
    same(60, cay.held("coin").await? - before.1, "coins gained")
}

/// Ten prizes for 1,000 coins, 200 a day.
async fn draw(game: &Robbed) -> Result<()> {
    for name in ["dan", "eve"] {
        let day = || (aliya_runtime::Time::now().0 + AHEAD_MS) / DAY_MS;
        let (mut dan, today) = (game.player(name).await?, day());
        game.supply(name, "coin", 50_000 - dan.held("coin").await?)?;
        let before = dan.held("iron").await?;
        let args = json!({ "pool": "coin", "times": 10 });
        let replies = game.fifty(&dan, "draw", &args).await?;
        if day() != today {
            // Another day has other draws.
            continue;
        }
        counted(&replies, &[(0, 20), (3, 30)])?;
        same(30_000, dan.held("coin").await?, "coins left")?;
        let prizes = replies
            .iter()
            .filter_map(|it| it["data"]["rewards"].as_array());
        let iron = prizes.flatten().filter(|prize| prize[1] == "iron");
        let iron = iron.filter_map(|prize| prize[2].as_i64()).sum();
        return same(iron, dan.held("iron").await? - before, "iron won");
    }
    Ok(())
}

/// Three points of a passive skill for 100 coins.
async fn reset(game: &Robbed) -> Result<()> {
    let mut fay = game.player("fay").await?;
    game.supply("fay", "iron", 100)?;
    game.supply("fay", "coin", 5_000 - fay.held("coin").await?)?;
    let args = json!({ "weapon": "weapon9", "iron": 100 });
    let reply = fay.call("level_up_weapon", args).await?;
    ensure!(reply["status"] == 0, "{reply}");
    for _ in 0..3 {
        let args = json!({ "weapon": "weapon9", "passive": "passive_skill_2_level" });
        let reply = fay.call("level_up_passive", args).await?;
        ensure!(reply["status"] == 0, "{reply}");
    }
    let args = json!({ "weapon": "weapon9" });
    let replies = game.fifty(&fay, "reset_weapon_skill_point", &args).await?;
    counted(&replies, &[(0, 1), (9, 49)])?;
    same(4_900, fay.held("coin").await?, "coins left")?;
    let weapon = fay.weapon().await?;
    same(
        0,
        weapon[4].as_i64().context("a passive skill")?,
        "points spent",
    )?;
    same(5, weapon[7].as_i64().context("points")?, "skill points")
}

fn same(expected: i64, found: i64, what: &str) -> Result<()> {
    ensure!(found == expected, "{what}: {found}, should be {expected}");
    Ok(())
}

/// So many replies of each status, and no others.
fn counted(replies: &[Value], expected: &[(i64, usize)]) -> Result<()> {
    let found = expected
        .iter()
        .map(|(status, _)| (*status, count_of(*status, replies)));
    let found: Vec<_> = found.collect();
    let other = replies.iter().find(|reply| {
        let status = reply["status"].as_i64();
        expected
            .iter()
            .all(|(expected, _)| status != Some(*expected))
    });
    ensure!(other.is_none(), "an answer is {other:?}");
    ensure!(
        found == expected,
        "status and count: {found:?}, should be {expected:?}"
    );
    Ok(())
}

impl Robbed {
    /// A new player who has all that new players begin with.
    async fn player(&self, name: &str) -> Result<Player> {
        let mut player = self.server.login(name).await?;
        let begin = Instant::now();
        loop {
            // What the managers do for a new player may take a moment where they are other processes.
            let (weapons, mails) = (
                player.call("get_all_weapon", json!({})).await?,
                player.call("get_all_mail", json!({})).await?,
            );
            let supplies = player.call("get_all_supplies", json!({})).await?;
            let lists = [&weapons["data"]["weapons"], &mails["data"]["mails"]];
            let lists = lists.into_iter().chain([&supplies["data"]["supplies"]]);
            if lists.into_iter().all(|list| list[0] != Value::Null) {
                return Ok(player);
            }
            ensure!(begin.elapsed() < PATIENCE, "{weapons} {mails} {supplies}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    fn supply(&self, player: &str, item: &str, count: i64) -> Result<()> {
        if count > 0 {
            let (item, amount) = (format!("item={item}"), format!("amount={count}"));
            let reply = self
                .server
                .admin("bag.add_supply", player, &[&item, &amount])?;
            ensure!(reply["status"] == 0, "{reply}");
        }
        Ok(())
    }

    /// Fifty requests at once, each on its own connection and under its own key; the replies that decide.
    async fn fifty(&self, player: &Player, function: &str, args: &Value) -> Result<Vec<Value>> {
        let mut requests = JoinSet::new();
        for _ in 0..AT_ONCE {
            let mut data = object(args.clone());
            data.insert("token".to_owned(), player.token.clone().into());
            let message = json!({ "function": function, "random": random_key(), "data": data });
            let mut client = self.server.connect().await?;
            requests.spawn(async move {
                let begin = Instant::now();
                loop {
                    let reply: Value =
                        serde_json::from_str(client.exchange(&message.to_string()).await?)?;
                    if reply["status"] != 13 {
                        return Ok(reply);
                    }
                    ensure!(begin.elapsed() < PATIENCE, "always {reply}");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
            });
        }
        let replies = requests.join_all().await;
        replies.into_iter().collect()
    }
}

impl Player {
    async fn held(&mut self, item: &str) -> Result<i64> {
        Ok(amount(
            &self.call("get_all_supplies", json!({})).await?,
            item,
        ))
    }

    /// The weapon that everybody begins with, as a line of `get_all_weapon`.
    async fn weapon(&mut self) -> Result<Value> {
        let reply = self.call("get_all_weapon", json!({})).await?;
        let lines = reply["data"]["weapons"].as_array();
        let line = lines.and_then(|lines| lines.iter().find(|line| line[0] == "weapon9"));
        line.cloned().with_context(|| reply.to_string())
    }
}
