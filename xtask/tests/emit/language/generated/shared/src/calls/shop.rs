//! What others call of `shop`.
//!
//! Written by `cargo xtask gen` from managers.yaml. Do not edit.

use aliya_runtime::prelude::*;

use crate::enums::{Good, Rank};

/// Args of `open_stop`.
#[derive(Args, Outgoing)]
#[callee(manager = "shop", function = "open_stop")]
pub struct OpenStopArgs {
    pub r#type: Good,
    #[arg(default = Rank::Elite)]
    pub rank: Rank,
    #[arg(default = 1.0)]
    pub price: f64,
    #[arg(max = 20)]
    pub note: Option<String>,
}

/// Reply of `open_stop`.
#[derive(Clone, Reply, Incoming)]
pub struct OpenStopReply {
    pub player: PlayerId,
    pub note: String,
    pub since: Time,
    pub rank: Rank,
    pub left: Option<i64>,
    pub open: bool,
    #[reply(name = "self")]
    pub self_: i64,
}
