//! What others call of `summoning`.
//!
//! Written by `cargo xtask gen` from managers/summoning.yaml. Do not edit.

use aliya_runtime::prelude::*;

use crate::types;

/// Args of `draw_wall`.
#[derive(Args, Outgoing)]
#[callee(manager = "summoning", function = "draw_wall")]
pub struct DrawWallArgs {}

/// Reply of `draw_wall`.
#[derive(Clone, Reply, Incoming)]
pub struct DrawWallReply {
    pub spots: Vec<types::Spot>,
}
