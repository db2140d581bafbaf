//! dev only
use random_games::batch::Batch;
use random_games::{Choices, game};
use xtask::random::Random;
const CHOICES: [usize; 4] = [200, 600, 1200, 2000];
fn choices(seed: u64, at: u64) -> Vec<u32> {
    let mut random = Random::new(seed.wrapping_mul(1_000_003).wrapping_add(at));
    let length = CHOICES[usize::try_from(at).unwrap_or(0) % CHOICES.len()];
    let number = |_| u32::try_from(random.below(1 << 31)).unwrap_or_default();
    (0..length).map(number).collect()
}
#[test]
fn write() {
    let n: u64 = std::env::var("N").unwrap().parse().unwrap();
    let seed: u64 = std::env::var("ALIYA_RANDOM_SEED").unwrap_or("1".into()).parse().unwrap();
    let mut all = Batch::new(concat!(env!("CARGO_TARGET_TMPDIR"), "/random").into()).unwrap();
    for at in 0..n {
        all.add(&format!("game{at}"), &game(Choices::new(choices(seed, at))), at).unwrap();
    }
    all.add("fair", &vec![("managers.yaml".to_owned(), include_str!("../games/fair.yaml").to_owned())], 0).unwrap();
    all.write().unwrap();
}
