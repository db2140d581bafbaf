//! Which games the tests make, as the environment says.

/// Which games.
#[derive(Clone, Copy, Debug)]
pub struct Set {
    /// `ALIYA_RANDOM_SEED`, or 1: another seed gives other games.
    pub seed: u64,
    /// `ALIYA_RANDOM_GAMES`: how many.
    pub games: u64,
}

/// What the environment says, and so many games where it says nothing of that.
///
/// # Panics
///
/// Where it says what is no number.
pub fn games_or(games: u64) -> Set {
    Set {
        seed: number("ALIYA_RANDOM_SEED").unwrap_or(1),
        games: number("ALIYA_RANDOM_GAMES").unwrap_or(games),
    }
}

fn number(name: &str) -> Option<u64> {
    let text = std::env::var(name).ok()?;
    match text.parse() {
        Ok(number) => Some(number),
        Err(error) => panic!("{name}={text}: {error}"),
    }
}
