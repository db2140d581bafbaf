//! What others call of `profile`.
//!
//! Written by `cargo xtask gen` from managers/profile.yaml. Do not edit.

use aliya_runtime::prelude::*;

/// Args of `card`.
#[derive(Args, Outgoing)]
#[callee(manager = "profile", function = "card")]
pub struct CardArgs {}

/// Reply of `card`.
#[derive(Clone, Reply, Incoming)]
pub struct CardReply {
    pub name: String,
    pub icon: i64,
    pub exp: i64,
    pub level: i64,
}

/// Args of `find_player`.
#[derive(Args, Outgoing)]
#[callee(manager = "profile", function = "find_player")]
pub struct FindPlayerArgs {
    #[arg(max = 32)]
    pub name: String,
}

/// Reply of `find_player`.
#[derive(Clone, Reply, Incoming)]
pub struct FindPlayerReply {
    pub player: PlayerId,
}

/// Args of `add_exp`.
#[derive(Args, Outgoing)]
#[callee(manager = "profile", function = "add_exp")]
pub struct AddExpArgs {
    #[arg(min = 0)]
    pub exp: i64,
}

/// Reply of `add_exp`.
#[derive(Clone, Reply, Incoming)]
pub struct AddExpReply {
    pub exp: i64,
    pub level: i64,
}
