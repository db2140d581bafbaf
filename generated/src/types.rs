//! The game's records.
//!
//! Written by `cargo xtask gen` from managers.yaml. Do not edit.

use aliya_runtime::prelude::*;

/// `config.weapon_upgrade`: travels and is stored as a JSON object.
#[derive(Clone, Debug, PartialEq, Reply)]
pub struct ConfigWeaponUpgrade {
    pub iron_per_level: i64,
    pub max_level: i64,
}

/// `supplies`: travels and is stored as a JSON object.
#[derive(Clone, Debug, PartialEq, Reply)]
pub struct Supplies {
    pub item: crate::enums::SupplyKind,
    pub amount: i64,
}
