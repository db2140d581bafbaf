//! What others call of `bag`.
//!
//! Written by `cargo xtask gen` from managers/bag.yaml. Do not edit.

use aliya_runtime::prelude::*;

use crate::enums::SupplyKind;

/// Args of `spend_supply`.
#[derive(Args, Outgoing)]
#[callee(manager = "bag", function = "spend_supply")]
pub struct SpendSupplyArgs {
    pub item: SupplyKind,
    #[arg(min = 1)]
    pub amount: i64,
}

/// Reply of `spend_supply`.
#[derive(Clone, Reply, Incoming)]
pub struct SpendSupplyReply {
    pub left: i64,
}
