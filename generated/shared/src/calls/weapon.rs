//! What others call of `weapon`.
//!
//! Written by `cargo xtask gen` from managers/weapon.yaml. Do not edit.

use aliya_runtime::prelude::*;

use crate::enums::RewardKind;

/// Args of `random_gift_segment`.
#[derive(Args, Outgoing)]
#[callee(manager = "weapon", function = "random_gift_segment")]
pub struct RandomGiftSegmentArgs {}

/// Reply of `random_gift_segment`.
#[derive(Clone, Reply, Incoming)]
pub struct RandomGiftSegmentReply {
    pub kind: RewardKind,
    pub name: String,
    pub amount: i64,
}
