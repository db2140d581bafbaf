//! What others call of `lottery`.
//!
//! Written by `cargo xtask gen` from managers/lottery.yaml. Do not edit.

use aliya_runtime::prelude::*;

use crate::enums::RewardKind;
use crate::types;

/// Args of `grant`.
#[derive(Args, Outgoing)]
#[callee(manager = "lottery", function = "grant")]
pub struct GrantArgs {
    pub prize: types::Prize,
}

/// Reply of `grant`.
#[derive(Clone, Reply, Incoming)]
pub struct GrantReply {
    pub kind: RewardKind,
    pub name: String,
    pub amount: i64,
}
