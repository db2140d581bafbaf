//! The game's records.
//!
//! Written by `cargo xtask gen` from managers.yaml. Do not edit.

use aliya_runtime::prelude::*;

/// `reward`: travels and is stored as a JSON object.
#[derive(Clone, Debug, PartialEq, Reply)]
pub struct Reward {
    pub group: crate::enums::RewardGroup,
    pub id: i64,
    pub amount: i64,
}
