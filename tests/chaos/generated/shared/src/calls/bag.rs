//! What others call of `bag`.
//!
//! Written by `cargo xtask gen` from managers/bag.yaml. Do not edit.

use aliya_runtime::prelude::*;

use crate::enums::ItemKind;

/// Args of `get_supply`.
#[derive(Args, Outgoing)]
#[callee(manager = "bag", function = "get_supply")]
pub struct GetSupplyArgs {
    pub item: ItemKind,
}

/// Reply of `get_supply`.
#[derive(Clone, Reply, Incoming)]
pub struct GetSupplyReply {
    pub left: i64,
}

/// Args of `add_supply`.
#[derive(Args, Outgoing)]
#[callee(manager = "bag", function = "add_supply")]
pub struct AddSupplyArgs {
    pub item: ItemKind,
    #[arg(min = 1)]
    pub amount: i64,
}

/// Reply of `add_supply`.
#[derive(Clone, Reply, Incoming)]
pub struct AddSupplyReply {
    pub left: i64,
}

/// Args of `spend_supply`.
#[derive(Args, Outgoing)]
#[callee(manager = "bag", function = "spend_supply")]
pub struct SpendSupplyArgs {
    pub item: ItemKind,
    #[arg(min = 1)]
    pub amount: i64,
}

/// Reply of `spend_supply`.
#[derive(Clone, Reply, Incoming)]
pub struct SpendSupplyReply {
    pub left: i64,
}

/// Args of `burn_supply`.
#[derive(Args, Outgoing)]
#[callee(manager = "bag", function = "burn_supply")]
pub struct BurnSupplyArgs {
    pub item: ItemKind,
    #[arg(min = 1)]
    pub amount: i64,
}

/// Reply of `burn_supply`.
#[derive(Clone, Reply, Incoming)]
pub struct BurnSupplyReply {
    pub left: i64,
}
