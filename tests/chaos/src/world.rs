//! What the managers hold when all is over, as an operator reads it.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::operator::Operator;

/// A line of the ledger, or of the trainings of `weapon`.
#[derive(Clone, Debug, Deserialize)]
pub struct Entry {
    /// The place in the ledger, or among the trainings.
    pub id: i64,
    /// Who did it.
    pub player: String,
    /// The key of the request.
    pub op: String,
    /// The function that did it, or `begin` and `tick`.
    pub deed: String,
    /// What the player got or, below 0, gave.
    #[serde(default)]
    pub iron: i64,
    /// The same.
    #[serde(default)]
    pub gem: i64,
    /// The same.
    #[serde(default)]
    pub gold: i64,
    /// What was counted up to; 0 where nothing was.
    pub level: i64,
    /// Who got what the player gave.
    #[serde(default)]
    pub to: Option<String>,
}

/// What a player has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Held {
    /// In `bag`.
    pub iron: i64,
    /// In `bag`.
    pub gem: i64,
    /// In `purse`.
    pub gold: i64,
    /// In `weapon`.
    pub level: i64,
    /// In `weapon`.
    pub hunts: i64,
    /// In `weapon`.
    pub shine: i64,
    /// In `ledger`: by requests of its own group alone.
    pub notes: i64,
    /// In `ledger`: counted by what runs after each `hunt`.
    pub noticed: i64,
    /// How often `risk` is counted as done.
    pub risks: i64,
}

/// All of it.
#[derive(Clone, Debug, Default)]
pub struct World {
    /// The ledger, and the trainings.
    pub entries: Vec<Entry>,
    /// What players have.
    pub held: BTreeMap<String, Held>,
    /// How often the clock of `weapon` ticked.
    pub ticks: i64,
}

/// How many of `risk` a player may do in all.
const RISKS_MAX: i64 = 1000;

/// How many rows a page has, unless it is the last one.
const PAGE: usize = 1000;
/// What `weapon` writes down for itself.
const TRAINING: &str = "train";

impl World {
    /// Reads it; `players` are those who may have done a `risk`. Entries that are `known` are not read
    /// again: none before them may come yet.
    pub async fn read(operator: &Operator, players: &[String], known: &[Entry]) -> Result<Self> {
        let mut world = Self::default();
        for (manager, lines) in [("ledger", "page"), ("weapon", "trained")] {
            let known = known.iter();
            let known = known.filter(|it| (it.deed == TRAINING) == (manager == "weapon"));
            let mut after = known.clone().map(|entry| entry.id).max().unwrap_or(0);
            world.entries.extend(known.cloned());
            loop {
                let args = json!({ "after": after });
                let mut page = operator.call(manager, lines, args).await?;
                let entries: Vec<Entry> = serde_json::from_value(page["rows"].take())?;
                let count = entries.len();
                after = entries.last().map_or(after, |last| last.id);
                world.entries.extend(entries);
                if count < PAGE {
                    break;
                }
            }
        }
        for manager in ["bag", "purse", "weapon", "ledger"] {
            let mut from = 0;
            loop {
                let page = operator.call(manager, "all", json!({ "from": from }));
                let page = page.await?;
                if let Some(ticks) = page["ticks"].as_i64() {
                    world.ticks = ticks;
                }
                let rows = page["rows"].as_array().context("rows")?;
                for row in rows {
                    world.add(manager, row)?;
                }
                if rows.len() < PAGE {
                    break;
                }
                from += rows.len();
            }
        }
        for player in players {
            let args = json!({ "player": player });
            let left = operator.call("weapon", "risks_left", args).await?;
            let left = left["more"].as_i64().context("more")?;
            world.held.entry(player.clone()).or_default().risks = RISKS_MAX - left;
        }
        Ok(world)
    }

    fn add(&mut self, manager: &str, row: &Value) -> Result<()> {
        let player = row["player"].as_str().context("player")?;
        let held = self.held.entry(player.to_owned()).or_default();
        let number = |name: &str| {
            row[name]
                .as_i64()
                .with_context(|| format!("{name} of {row}"))
        };
        match manager {
            "bag" if row["item"] == "iron" => held.iron = number("amount")?,
            "bag" => held.gem = number("amount")?,
            "purse" => held.gold = number("gold")?,
            "weapon" => {
                held.level = number("level")?;
                held.hunts = number("hunts")?;
                held.shine = number("shine")?;
            }
            _ => {
                held.notes = number("notes")?;
                held.noticed = number("hunts")?;
            }
        }
        Ok(())
    }
}
