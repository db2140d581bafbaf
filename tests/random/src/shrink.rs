//! The least decisions that still make a game that is wrong.

use anyhow::Result;

/// How often a smaller game is tried: each is compiled, which takes some seconds.
const TRIES: usize = 24;

/// Decisions like these for which `is_wrong` still holds: as few as a bounded search finds, and 0 where
/// that does.
pub fn shrunk(
    mut choices: Vec<u32>,
    mut is_wrong: impl FnMut(&[u32]) -> Result<bool>,
) -> Result<Vec<u32>> {
    let mut tries = 0;
    let mut part = choices.len() / 2;
    while part > 0 && tries < TRIES {
        let mut at = 0;
        let mut smaller = false;
        while at < choices.len() && tries < TRIES {
            let end = (at + part).min(choices.len());
            let without = [&choices[..at], &choices[end..]].concat();
            tries += 1;
            if is_wrong(&without)? {
                (choices, smaller) = (without, true);
            } else {
                at = end;
            }
        }
        if !smaller || part > choices.len() {
            part /= 2;
        }
    }
    Ok(choices)
}
