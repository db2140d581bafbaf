//! The SQL of a PostgreSQL server's functions, driven by pgbench with prepared statements.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, ensure};

use crate::direct::What;
use crate::players::{LEVELS, WEAPONS};

/// One level-up of the client's own players, one weapon after the other: those of all clients are
/// numbered one after the other, from `first` on, `each` for a client.
const LEVEL_UP: &str = "\
\\set player :first + :client_id * :each + :n / :of_player
\\set weapon 1 + (:n / :of_weapon) % :weapons
\\set n :n + 1
BEGIN;
SELECT level, skill_point FROM weapon_weapon WHERE player = 'player' || :player AND weapon = 'weapon' || :weapon FOR UPDATE;
SELECT amount FROM bag_supply WHERE player = 'player' || :player AND item = 'iron';
SELECT amount FROM bag_supply WHERE player = 'player' || :player AND item = 'iron' FOR UPDATE;
UPDATE bag_supply SET amount = amount - 20 WHERE player = 'player' || :player AND item = 'iron';
UPDATE weapon_weapon SET level = level + 1, skill_point = skill_point + 1 WHERE player = 'player' || :player AND weapon = 'weapon' || :weapon;
COMMIT;
";

const LOOK: &str = "\
\\set player :first + :client_id * :each
SELECT item, amount FROM bag_supply WHERE player = 'player' || :player ORDER BY item;
";

/// The players that a run uses.
#[derive(Clone, Copy, Debug)]
pub struct Range {
    /// The number in the first one's name.
    pub first: u32,
    /// How many each client has.
    pub each: u32,
}

/// Runs it for `time`; returns transactions a second.
pub fn run(
    url: &str,
    folder: &Path,
    clients: u32,
    players: Range,
    what: What,
    time: Duration,
) -> Result<f64> {
    let script = folder.join("pgbench.sql");
    std::fs::write(&script, if what == What::Look { LOOK } else { LEVEL_UP })?;
    let variables = [
        ("first", players.first),
        ("each", players.each),
        ("n", 0),
        ("of_player", WEAPONS * LEVELS),
        ("of_weapon", LEVELS),
        ("weapons", WEAPONS),
    ];
    let mut command = Command::new("pgbench");
    command
        .env("PGOPTIONS", "-c default_transaction_isolation=serializable")
        .args([
            "--no-vacuum",
            "--protocol=prepared",
            "--jobs=2",
            "--max-tries=100",
        ])
        .arg(format!("--client={clients}"))
        .arg(format!("--time={}", time.as_secs()))
        .arg("--file")
        .arg(&script);
    for (name, value) in variables {
        command.arg(format!("--define={name}={value}"));
    }
    let output = command.arg(url).output().context("pgbench")?;
    let out = String::from_utf8_lossy(&output.stdout);
    let error = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "pgbench: {out}{error}");
    let line = out.lines().find_map(|line| line.strip_prefix("tps = "));
    let per_second = line.and_then(|line| line.split(' ').next());
    Ok(per_second
        .with_context(|| format!("no tps in {out}"))?
        .parse()?)
}
