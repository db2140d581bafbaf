//! What others call of `balance`.
//!
//! Written by `cargo xtask gen` from managers/balance.yaml. Do not edit.

use aliya_runtime::prelude::*;

use crate::enums::{Good, HeroKind, Rank};
use crate::types;

/// Args of `read`.
#[derive(Args, Outgoing)]
#[callee(manager = "balance", function = "read")]
pub struct ReadArgs {
    pub exp: i64,
    pub stage: i64,
    pub hero: HeroKind,
    #[arg(default = 0)]
    pub at: i64,
}

/// Reply of `read`.
#[derive(Clone, Reply, Incoming)]
pub struct ReadReply {
    pub level: i64,
    pub steps: i64,
    pub first: i64,
    pub name: String,
    pub rank: Rank,
    pub has: bool,
    pub stages: Vec<i64>,
    pub strength: i64,
    pub strengths: Vec<i64>,
    pub pool: Vec<ReadReplyPool>,
    pub doubled: Vec<i64>,
    pub bosses: Vec<ReadReplyBosses>,
    pub gift: types::Spoil,
    pub what: Good,
    pub r#type: String,
    pub last: i64,
}

/// A list of fixed length in the reply of `read`: travels as a JSON array.
#[derive(Clone, Reply, Incoming)]
pub struct ReadReplyPool(pub Good, pub i64);

/// A list of fixed length in the reply of `read`: travels as a JSON array.
#[derive(Clone, Reply, Incoming)]
pub struct ReadReplyBosses(pub i64, pub String);
