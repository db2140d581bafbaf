//! What is accepted compiles and runs: random games, and games that were changed without regard to
//! their sense. Every function is called, in any order; nothing ends with a fault but what asks for
//! one, every answer is as it is declared, and a fresh database gives the same answers again. Then a few
//! functions run at once, in one group, in several, and, on a server, in several processes of a group:
//! what comes of it has a serial order, as `games/at_once` tells.
//!
//! `ALIYA_RANDOM_SEED=7 ALIYA_RANDOM_GAMES=300` in front of `cargo test -p random-games` takes other
//! games, and more of them. The game that is wrong is named at once, with what is wrong with it (add
//! `-- --nocapture` to see it then); it is shown when it is made smaller.

use std::fs::File;
use std::path::Path;

use anyhow::{Context, Result, bail};
use random_games::batch::Batch;
use random_games::setting::{self, Set};
use random_games::shrink::shrunk;
use random_games::{Choices, Files, answers, game, mutants};
use xtask::random::Random;

/// How many games there are where nothing is said.
const GAMES: u64 = 32;
/// How many decisions are in each of four games that follow each other: small ones first.
const CHOICES: [usize; 4] = [200, 600, 1200, 2000];
/// One game in so many is changed as well.
const CHANGED: u64 = 3;
/// How often the project's own game is changed.
const CHANGES_OF_OURS: usize = 2;

/// A game in which it matters when a rule of the way between managers is broken.
const FAIR: &str = include_str!("../games/fair.yaml");

/// The decisions of a game of the set that begins with `seed`.
fn choices(seed: u64, at: u64) -> Vec<u32> {
    let mut random = Random::new(seed.wrapping_mul(1_000_003).wrapping_add(at));
    let length = CHOICES[usize::try_from(at).unwrap_or(0) % CHOICES.len()];
    let number = |_| u32::try_from(random.below(1 << 31)).unwrap_or_default();
    (0..length).map(number).collect()
}

/// Where batches lie, one after the other.
const FOLDER: &str = concat!(env!("CARGO_TARGET_TMPDIR"), "/random");

fn batch() -> Result<Batch> {
    Batch::new(FOLDER.into())
}

/// Waits until no other run makes batches, until the file is closed: they would share the folder and the
/// program that cargo builds of it.
fn alone_here() -> Result<File> {
    let file = File::create(Path::new(FOLDER).with_extension("lock"))?;
    file.lock()?;
    Ok(file)
}

#[test]
fn accepted_games_compile_and_run() -> Result<()> {
    let _held = alone_here()?;
    let Set { seed, games } = setting::games_or(GAMES);
    let random = &mut Random::new(seed);
    let mut all = batch()?;
    for at in 0..games {
        let files = game(Choices::new(choices(seed, at)));
        all.add(&format!("game{at}"), &files, at)?;
        if at % CHANGED == 0
            && let Some(changed) = mutants::accepted(&files, random)?
        {
            all.add(&format!("changed{at}"), &changed, at)?;
        }
    }
    all.add(
        "fair",
        &vec![("managers.yaml".to_owned(), FAIR.to_owned())],
        0,
    )?;
    let ours = mutants::project()?;
    for at in 0..CHANGES_OF_OURS {
        let changed = mutants::accepted(&ours, random)?;
        let changed = changed.context("no change of our game is accepted")?;
        all.add(&format!("ours{at}"), &changed, 1)?;
    }
    let Some((name, said)) = wrong(&all)? else {
        return Ok(());
    };
    // Said before the game is made smaller, which takes a build for each step.
    eprintln!("{name} is wrong:\n{said}");
    let at = name.strip_prefix("game").and_then(|at| at.parse().ok());
    let Some(at) = at else {
        let text = std::fs::read_to_string(all.at(&name).join("managers.yaml"))?;
        bail!("{text}\n{said}");
    };
    let least = shrunk(choices(seed, at), |choices| {
        Ok(alone(&game(Choices::new(choices.to_vec())))?.is_some())
    })?;
    let files = game(Choices::new(least));
    let said = alone(&files)?.unwrap_or(said);
    bail!("{name}, made smaller:\n{}\n{said}", files[0].1);
}

/// What is wrong with a game, if anything is.
fn alone(files: &Files) -> Result<Option<String>> {
    let mut alone = batch()?;
    if let Err(error) = alone.add("game0", files, 0) {
        return Ok(Some(format!("{error:#}")));
    }
    Ok(wrong(&alone)?.map(|(_, said)| said))
}

/// The first game of a batch that is wrong, and what is said of it.
fn wrong(batch: &Batch) -> Result<Option<(String, String)>> {
    if let Err(error) = batch.run() {
        let said = format!("{error:#}");
        let named = batch
            .names()
            .find(|name| said.contains(&format!("/{name}/")));
        let name = named.context(said.clone())?.to_owned();
        return Ok(Some((name, said)));
    }
    for name in batch.names() {
        let mistakes = answers::mistakes(&batch.at(name))?;
        if !mistakes.is_empty() {
            return Ok(Some((name.to_owned(), mistakes.join("\n"))));
        }
    }
    Ok(None)
}
