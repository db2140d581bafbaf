//! What others call of `events`.
//!
//! Written by `cargo xtask gen` from managers/events.yaml. Do not edit.

use aliya_runtime::prelude::*;

/// Args of `go`.
#[derive(Args, Outgoing)]
#[callee(manager = "events", function = "go")]
pub struct GoArgs {
    #[arg(min = 0)]
    pub by: i64,
    #[arg(max = 20, default = "")]
    pub note: String,
}

/// Reply of `go`.
#[derive(Clone, Reply, Incoming)]
pub struct GoReply {
    pub far: i64,
    pub steps: Option<GoReplySteps>,
}

/// A list of fixed length in the reply of `go`: travels as a JSON array.
#[derive(Clone, Reply, Incoming)]
pub struct GoReplySteps(pub i64, pub i64);
