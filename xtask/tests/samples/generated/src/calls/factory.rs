//! What others call of `factory`.
//!
//! Written by `cargo xtask gen` from managers/factory.yaml. Do not edit.

use aliya_runtime::prelude::*;

use crate::enums::FactoryKind;

/// Args of `settle`.
#[derive(Args, Outgoing)]
#[callee(manager = "factory", function = "settle")]
pub struct SettleArgs {}

/// Reply of `settle`.
#[derive(Clone, Reply, Incoming)]
pub struct SettleReply {
    pub turns: i64,
    pub remaining: SettleReplyRemaining,
    pub reward: SettleReplyRemaining,
    pub next_refresh_ms: i64,
    pub accel_ms: i64,
}

/// An object in the reply of `settle`.
#[derive(Clone, Reply, Incoming)]
pub struct SettleReplyRemaining {
    pub food_line: i64,
    pub iron_line: i64,
    pub crystal_line: i64,
    pub armory: i64,
}

/// Args of `praise`.
#[derive(Args, Outgoing)]
#[callee(manager = "factory", function = "praise")]
pub struct PraiseArgs {
    pub made: BTreeMap<FactoryKind, i64>,
}

/// Reply of `praise`.
#[derive(Clone, Reply, Incoming)]
pub struct PraiseReply {}
