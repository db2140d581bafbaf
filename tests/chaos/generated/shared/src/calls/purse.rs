//! What others call of `purse`.
//!
//! Written by `cargo xtask gen` from managers/purse.yaml. Do not edit.

use aliya_runtime::prelude::*;

/// Args of `add_gold`.
#[derive(Args, Outgoing)]
#[callee(manager = "purse", function = "add_gold")]
pub struct AddGoldArgs {
    #[arg(min = 1)]
    pub amount: i64,
}

/// Reply of `add_gold`.
#[derive(Clone, Reply, Incoming)]
pub struct AddGoldReply {
    pub left: i64,
}

/// Args of `spend_gold`.
#[derive(Args, Outgoing)]
#[callee(manager = "purse", function = "spend_gold")]
pub struct SpendGoldArgs {
    #[arg(min = 1)]
    pub amount: i64,
}

/// Reply of `spend_gold`.
#[derive(Clone, Reply, Incoming)]
pub struct SpendGoldReply {
    pub left: i64,
}
