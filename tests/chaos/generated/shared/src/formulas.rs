//! The game's formulas.
//!
//! Written by `cargo xtask gen` from managers.yaml. Do not edit.

use aliya_runtime::prelude::*;

/// The formula `gold_of`, of managers/weapon.yaml.
pub fn gold_of(level: i64) -> Result<i64, Stop> {
    ops::add(1, ops::rem(level, 2).at("managers/weapon.yaml:6:44: level % 2")?)
        .at("managers/weapon.yaml:6:40: 1 + level % 2")
}

/// The formula `iron_of`, of managers/weapon.yaml.
pub fn iron_of(level: i64) -> Result<i64, Stop> {
    ops::add(1, ops::rem(level, 3).at("managers/weapon.yaml:5:44: level % 3")?)
        .at("managers/weapon.yaml:5:40: 1 + level % 3")
}
