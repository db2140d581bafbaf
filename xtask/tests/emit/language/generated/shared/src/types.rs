//! The game's records.
//!
//! Written by `cargo xtask gen` from managers.yaml. Do not edit.

use aliya_runtime::prelude::*;

/// `chapter`: travels and is stored as a JSON object.
#[derive(Clone, Debug, PartialEq, Reply, Incoming)]
pub struct Chapter {
    pub title: String,
    pub prizes: Vec<crate::types::Prize>,
    pub marks: BTreeMap<crate::enums::Rank, f64>,
}

/// `config.forge`: travels and is stored as a JSON object.
#[derive(Clone, Debug, PartialEq, Reply, Incoming)]
pub struct ConfigForge {
    pub iron_per_level: i64,
    pub max_level: i64,
    pub factor: f64,
    pub open: bool,
    pub since: Time,
}

/// `prize`: travels and is stored as a JSON object.
#[derive(Clone, Debug, PartialEq, Reply, Incoming)]
pub struct Prize {
    pub r#type: crate::enums::Good,
    #[reply(name = "self")]
    pub self_: i64,
    pub rank: Option<crate::enums::Rank>,
}

/// `spoil`: travels and is stored as a JSON object.
#[derive(Clone, Debug, PartialEq, Reply, Incoming)]
pub struct Spoil {
    pub what: crate::enums::Good,
    pub amount: i64,
}

/// `stage_def`: travels and is stored as a JSON object.
#[derive(Clone, Debug, PartialEq, Reply, Incoming)]
pub struct StageDef {
    pub name: String,
    pub rank: crate::enums::Rank,
    pub tries: i64,
    pub spoils: Vec<crate::types::Spoil>,
    /// Who waits at its end.
    pub boss: Option<String>,
}
