//! Players who level up, again and again, whatever the server answers.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use aliya_runtime::shutdown::CancellationToken;
use anyhow::{Context, Result, bail, ensure};
use serde_json::json;
use tokio::task::JoinHandle;

use crate::support::{Player, Server, amount};

/// How long a test waits for what must come.
const PATIENCE: Duration = Duration::from_secs(30);
/// How many play.
const PLAYERS: usize = 4;
/// The weapons of each: for more levels than a test takes.
const WEAPONS: u64 = 10;
/// Levels of one weapon.
const LEVELS: u64 = 100;
/// What a level costs.
const IRON: i64 = 20;
/// What each has.
const PURSE: i64 = 1_000_000;
/// Between one player's requests.
const PAUSE: Duration = Duration::from_millis(20);

/// What one player was answered.
#[derive(Debug, Default)]
struct Tally {
    /// Level-ups with status 0.
    acknowledged: AtomicU64,
    /// Requests with status 13: each may have been applied or not, where the answer of a commit
    /// got lost.
    unavailable: AtomicU64,
    /// What ended the play before its time.
    strange: OnceLock<String>,
}

/// The players.
pub struct Load {
    players: Vec<Running>,
    stop: CancellationToken,
}

struct Running {
    name: String,
    token: String,
    tally: Arc<Tally>,
    task: JoinHandle<()>,
}

impl Load {
    /// Lets them begin.
    pub async fn start(server: &Server) -> Result<Self> {
        let stop = CancellationToken::new();
        let mut players = Vec::new();
        for number in 0..PLAYERS {
            let name = format!("player{number}");
            let player = server.login(&name).await?;
            for weapon in 0..WEAPONS {
                let iron = if weapon == 0 { PURSE } else { 0 };
                server.equip(&name, &weapon_name(weapon), iron)?;
            }
            let tally = Arc::new(Tally::default());
            let (token, counts) = (player.token.clone(), Arc::clone(&tally));
            players.push(Running {
                name,
                token,
                tally,
                task: tokio::spawn(play(player, counts, stop.clone())),
            });
        }
        let load = Self { players, stop };
        load.goes_on().await?;
        Ok(load)
    }

    fn sum(&self, count: impl Fn(&Tally) -> &AtomicU64) -> u64 {
        let counts = self.players.iter().map(|it| count(&it.tally));
        counts.map(|it| it.load(Ordering::Relaxed)).sum()
    }

    /// Returns when every player has been answered 0 once more.
    pub async fn goes_on(&self) -> Result<()> {
        let counts = || self.players.iter().map(|it| &it.tally.acknowledged);
        let before: Vec<_> = counts().map(|it| it.load(Ordering::Relaxed)).collect();
        self.until("every player is answered 0 again", || {
            let mut pairs = counts().zip(&before);
            pairs.all(|(now, before)| now.load(Ordering::Relaxed) > *before)
        })
        .await
    }

    /// Returns when the server's log says one of these.
    pub async fn is_logged(&self, server: &Server, words: &[&str]) -> Result<()> {
        self.until(&format!("the log says one of {words:?}"), || {
            let logs = server.logs();
            words.iter().any(|words| logs.contains(words))
        })
        .await
    }

    /// Returns when requests are answered 13, more than before.
    pub async fn is_told_to_try_again(&self) -> Result<()> {
        let before = self.sum(|it| &it.unavailable);
        self.until("requests are answered 13", || {
            self.sum(|it| &it.unavailable) > before
        })
        .await
    }

    async fn until(&self, what: &str, holds: impl Fn() -> bool) -> Result<()> {
        let begin = Instant::now();
        while !holds() {
            ensure!(begin.elapsed() < PATIENCE, "waited in vain until {what}");
            let mut strange = self.players.iter().filter_map(|it| it.tally.strange.get());
            if let Some(strange) = strange.next() {
                bail!("waited until {what}, and there came: {strange}");
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Ok(())
    }

    /// Ends the play, and holds what the server has of each player against what it answered.
    pub async fn end(self, server: &Server) -> Result<()> {
        self.stop.cancel();
        for player in self.players {
            let name = &player.name;
            player.task.await?;
            ensure!(player.tally.strange.get().is_none(), "{:?}", player.tally);
            let mut again = Player {
                client: server.connect().await?,
                token: player.token,
            };
            let held = again.call("get_all_weapon", json!({})).await?;
            let weapons = held["data"]["weapons"].as_array().context("weapons")?;
            let levels: i64 = weapons.iter().filter_map(|it| it[2].as_i64()).sum();
            let bag = again.call("get_all_supplies", json!({})).await?;
            let paid = PURSE - amount(&bag, "iron");
            ensure!(
                paid == levels * IRON,
                "{name}: {paid} iron for {levels} levels"
            );
            let acknowledged = i64::try_from(player.tally.acknowledged.load(Ordering::Relaxed))?;
            let unknown = i64::try_from(player.tally.unavailable.load(Ordering::Relaxed))?;
            ensure!(
                (acknowledged..=acknowledged + unknown).contains(&levels),
                "{name}: {levels} levels; acknowledged were {acknowledged}, and {unknown} may have been more"
            );
        }
        Ok(())
    }
}

/// One player's requests, one after the other, until `stop` or an answer that is neither 0 nor 13.
async fn play(player: Player, tally: Arc<Tally>, stop: CancellationToken) {
    if let Err(error) = requests(player, &tally, &stop).await {
        // Nobody else sets it.
        let _ = tally.strange.set(format!("{error:#}"));
    }
}

async fn requests(mut player: Player, tally: &Tally, stop: &CancellationToken) -> Result<()> {
    let mut levels = 0;
    while !stop.is_cancelled() {
        // A request that was answered 13 may have been applied: the last levels are left alone.
        let weapon = levels / (LEVELS / 2);
        ensure!(
            weapon < WEAPONS,
            "the test takes longer than there are weapons"
        );
        let args = json!({ "weapon": weapon_name(weapon), "iron": IRON });
        let reply = player.call("level_up_weapon", args).await?;
        match reply["status"].as_i64() {
            Some(0) => {
                levels += 1;
                tally.acknowledged.fetch_add(1, Ordering::Relaxed);
            }
            Some(13) => {
                tally.unavailable.fetch_add(1, Ordering::Relaxed);
            }
            _ => bail!("{reply}"),
        }
        tokio::time::sleep(PAUSE).await;
    }
    Ok(())
}

/// Every player has weapon9 from the beginning.
fn weapon_name(number: u64) -> String {
    format!("weapon{}", 10 + number)
}
