//! What others call of `luck`.
//!
//! Written by `cargo xtask gen` from managers/luck.yaml. Do not edit.

use aliya_runtime::prelude::*;

/// Args of `add_prize`.
#[derive(Args, Outgoing)]
#[callee(manager = "luck", function = "add_prize")]
pub struct AddPrizeArgs {
    #[arg(max = 20)]
    pub name: String,
    pub weight: i64,
}

/// Reply of `add_prize`.
#[derive(Clone, Reply, Incoming)]
pub struct AddPrizeReply {}

/// Args of `walked`.
#[derive(Args, Outgoing)]
#[callee(manager = "luck", function = "walked")]
pub struct WalkedArgs {
    pub far: i64,
}

/// Reply of `walked`.
#[derive(Clone, Reply, Incoming)]
pub struct WalkedReply {}
