//! What others call of `luck`.
//!
//! Written by `cargo xtask gen` from managers/luck.yaml. Do not edit.

use aliya_runtime::prelude::*;

/// Args of `walked`.
#[derive(Args, Outgoing)]
#[callee(manager = "luck", function = "walked")]
pub struct WalkedArgs {
    pub far: i64,
}

/// Reply of `walked`.
#[derive(Clone, Reply, Incoming)]
pub struct WalkedReply {}
