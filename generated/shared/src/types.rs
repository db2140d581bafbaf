//! The game's records.
//!
//! Written by `cargo xtask gen` from managers.yaml. Do not edit.

use aliya_runtime::prelude::*;

/// `config.energy`: travels and is stored as a JSON object.
#[derive(Clone, Debug, PartialEq, Reply, Incoming)]
pub struct ConfigEnergy {
    pub minutes_per_point: i64,
}

/// `config.start`: travels and is stored as a JSON object.
#[derive(Clone, Debug, PartialEq, Reply, Incoming)]
pub struct ConfigStart {
    pub weapon: crate::enums::WeaponKind,
    pub supplies: Vec<crate::types::Supplies>,
    pub gift: Vec<crate::types::Supplies>,
}

/// `config.weapon_growth`: travels and is stored as a JSON object.
#[derive(Clone, Debug, PartialEq, Reply, Incoming)]
pub struct ConfigWeaponGrowth {
    pub segments_per_star: i64,
    pub gift_segments: i64,
    pub reset_coins: i64,
}

/// `config.weapon_upgrade`: travels and is stored as a JSON object.
#[derive(Clone, Debug, PartialEq, Reply, Incoming)]
pub struct ConfigWeaponUpgrade {
    pub iron_per_level: i64,
    pub max_level: i64,
}

/// `level_reward`: travels and is stored as a JSON object.
#[derive(Clone, Debug, PartialEq, Reply, Incoming)]
pub struct LevelReward {
    pub experience: i64,
    pub coin: i64,
}

/// `pool`: travels and is stored as a JSON object.
#[derive(Clone, Debug, PartialEq, Reply, Incoming)]
pub struct Pool {
    pub price: i64,
    pub paid_in: crate::enums::SupplyKind,
    pub prizes: Vec<crate::types::Prize>,
}

/// `prize`: travels and is stored as a JSON object.
#[derive(Clone, Debug, PartialEq, Reply, Incoming)]
pub struct Prize {
    pub kind: crate::enums::PrizeKind,
    /// What a supply is; coin where nothing is said.
    pub item: Option<crate::enums::SupplyKind>,
    /// How many of the supply; one where nothing is said.
    pub amount: Option<i64>,
    /// How likely it is among the prizes of its pool.
    pub weight: i64,
}

/// `supplies`: travels and is stored as a JSON object.
#[derive(Clone, Debug, PartialEq, Reply, Incoming)]
pub struct Supplies {
    pub item: crate::enums::SupplyKind,
    pub amount: i64,
}
