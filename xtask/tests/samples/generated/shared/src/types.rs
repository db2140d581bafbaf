//! The game's records.
//!
//! Written by `cargo xtask gen` from managers.yaml. Do not edit.

use aliya_runtime::prelude::*;

/// `config.factory`: travels and is stored as a JSON object.
#[derive(Clone, Debug, PartialEq, Reply, Incoming)]
pub struct ConfigFactory {
    pub step: i64,
    pub workers_at_start: i64,
    pub store: BTreeMap<crate::enums::FactoryKind, Vec<i64>>,
    pub hands: BTreeMap<crate::enums::FactoryKind, Vec<i64>>,
    pub cost: BTreeMap<crate::enums::FactoryKind, i64>,
    pub makes: BTreeMap<crate::enums::FactoryKind, crate::types::Reward>,
}

/// `config.family`: travels and is stored as a JSON object.
#[derive(Clone, Debug, PartialEq, Reply, Incoming)]
pub struct ConfigFamily {
    pub player_level: i64,
    pub create_price: i64,
    pub members_max: i64,
    pub invites: i64,
    pub disband_hours: i64,
}

/// `config.friend`: travels and is stored as a JSON object.
#[derive(Clone, Debug, PartialEq, Reply, Incoming)]
pub struct ConfigFriend {
    pub requests_a_day: i64,
}

/// `config.stage`: travels and is stored as a JSON object.
#[derive(Clone, Debug, PartialEq, Reply, Incoming)]
pub struct ConfigStage {
    pub energy_full: i64,
    pub energy_minutes: i64,
}

/// `config.summon_d`: travels and is stored as a JSON object.
#[derive(Clone, Debug, PartialEq, Reply, Incoming)]
pub struct ConfigSummonD {
    pub price: i64,
    pub hours: i64,
    pub must: Vec<crate::types::Prize>,
    pub other: Vec<crate::types::Prize>,
    pub bonus: Vec<crate::types::Reward>,
}

/// `prize`: travels and is stored as a JSON object.
#[derive(Clone, Debug, PartialEq, Reply, Incoming)]
pub struct Prize {
    pub group: crate::enums::RewardGroup,
    pub ids: Vec<i64>,
    pub amount: i64,
    pub weight: i64,
}

/// `reward`: travels and is stored as a JSON object.
#[derive(Clone, Debug, PartialEq, Reply, Incoming)]
pub struct Reward {
    pub group: crate::enums::RewardGroup,
    pub id: i64,
    pub amount: i64,
}

/// `spot`: travels and is stored as a JSON object.
#[derive(Clone, Debug, PartialEq, Reply, Incoming)]
pub struct Spot {
    pub place: i64,
    pub what: crate::types::Reward,
    pub weight: i64,
}

/// `stage_def`: travels and is stored as a JSON object.
#[derive(Clone, Debug, PartialEq, Reply, Incoming)]
pub struct StageDef {
    pub mode: crate::enums::StageMode,
    pub exp: i64,
    pub rewards: Vec<crate::types::Reward>,
    pub random: i64,
    pub tries: i64,
    pub max_damage: i64,
    pub hp: i64,
}
