//! What others call of `shared`.
//!
//! Written by `cargo xtask gen` from managers/shared.yaml. Do not edit.

use aliya_runtime::prelude::*;

/// Args of `pour`.
#[derive(Args, Outgoing)]
#[callee(manager = "shared", function = "pour")]
pub struct PourArgs {
    pub n: i64,
}

/// Reply of `pour`.
#[derive(Clone, Reply, Incoming)]
pub struct PourReply {
    pub n: i64,
}
