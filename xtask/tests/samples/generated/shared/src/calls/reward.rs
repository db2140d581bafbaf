//! What others call of `reward`.
//!
//! Written by `cargo xtask gen` from managers/reward.yaml. Do not edit.

use aliya_runtime::prelude::*;

use crate::enums::RewardGroup;
use crate::types;

/// Args of `give`.
#[derive(Args, Outgoing)]
#[callee(manager = "reward", function = "give")]
pub struct GiveArgs {
    pub what: types::Reward,
    #[arg(default = 1)]
    pub times: i64,
}

/// Reply of `give`.
#[derive(Clone, Reply, Incoming)]
pub struct GiveReply {
    pub group: RewardGroup,
    pub id: i64,
    pub amount: i64,
    pub remain: i64,
}

/// An object in the reply of `give`.
#[derive(Clone, Reply, Incoming)]
pub struct GiveReplyValue {
    pub left: i64,
}
