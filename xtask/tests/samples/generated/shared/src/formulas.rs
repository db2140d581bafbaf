//! The game's formulas.
//!
//! Written by `cargo xtask gen` from managers.yaml. Do not edit.

use aliya_runtime::prelude::*;

use crate::enums::FamilyRank;

/// The formula `level_of`, of managers.yaml.
pub fn level_of(config: &crate::config::Config, exp: i64) -> Result<i64, Stop> {
    Ok(ops::tier(&config.levels, &exp))
}

/// The formula `may_set`, of managers/family.yaml.
pub fn may_set(
    mine: crate::enums::FamilyRank,
    theirs: crate::enums::FamilyRank,
    new: crate::enums::FamilyRank,
) -> Result<bool, Stop> {
    Ok(mine >= FamilyRank::Officer && theirs < mine && new < mine)
}
