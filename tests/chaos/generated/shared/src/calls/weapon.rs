//! What others call of `weapon`.
//!
//! Written by `cargo xtask gen` from managers/weapon.yaml. Do not edit.

use aliya_runtime::prelude::*;

/// Args of `add_level`.
#[derive(Args, Outgoing)]
#[callee(manager = "weapon", function = "add_level")]
pub struct AddLevelArgs {
    #[arg(max = 64)]
    pub op: String,
    #[arg(min = 1)]
    pub gold: i64,
}

/// Reply of `add_level`.
#[derive(Clone, Reply, Incoming)]
pub struct AddLevelReply {
    pub level: i64,
}

/// Args of `add_shine`.
#[derive(Args, Outgoing)]
#[callee(manager = "weapon", function = "add_shine")]
pub struct AddShineArgs {
    #[arg(min = 1)]
    pub amount: i64,
}

/// Reply of `add_shine`.
#[derive(Clone, Reply, Incoming)]
pub struct AddShineReply {
    pub shine: i64,
}
