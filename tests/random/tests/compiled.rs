//! What is accepted compiles and runs.

use std::path::Path;

use anyhow::Result;
use random_games::batch::Batch;
use random_games::{Choices, game};
use xtask::random::Random;

fn choices(seed: u64, length: usize) -> Choices {
    let mut random = Random::new(seed);
    Choices::new((0..length).map(|_| u32::try_from(random.below(1 << 31)).unwrap()).collect())
}

#[test]
fn accepted_games_compile_and_run() -> Result<()> {
    let first: u64 = std::env::var("ALIYA_RANDOM_SEED").map_or(1, |s| s.parse().unwrap());
    let games: u64 = std::env::var("N").map_or(12, |s| s.parse().unwrap());
    let mut batch = Batch::new(Path::new(env!("CARGO_TARGET_TMPDIR")).join("random"))?;
    for at in 0..games {
        let files = game(choices(first * 1000 + at, [100, 400, 1000, 2000][(at % 4) as usize]));
        batch.add(&format!("game{at}"), &files, at)?;
    }
    batch.run()?;
    Ok(())
}
