//! What others call of `skill`.
//!
//! Written by `cargo xtask gen` from managers/skill.yaml. Do not edit.

use aliya_runtime::prelude::*;

use crate::enums::RewardKind;

/// Args of `random_gift_skill`.
#[derive(Args, Outgoing)]
#[callee(manager = "skill", function = "random_gift_skill")]
pub struct RandomGiftSkillArgs {}

/// Reply of `random_gift_skill`.
#[derive(Clone, Reply, Incoming)]
pub struct RandomGiftSkillReply {
    pub kind: RewardKind,
    pub name: String,
    pub amount: i64,
}
