//! What others call of `forms`.
//!
//! Written by `cargo xtask gen` from managers/forms.yaml. Do not edit.

use aliya_runtime::prelude::*;

use crate::enums::{Good, Rank};

/// Args of `of_rank`.
#[derive(Args, Outgoing)]
#[callee(manager = "forms", function = "of_rank")]
pub struct OfRankArgs {
    pub rank: Rank,
}

/// Reply of `of_rank`.
#[derive(Clone, Reply, Incoming)]
pub struct OfRankReply {
    pub rank: Rank,
    pub n: i64,
    pub name: String,
}

/// Args of `sizes`.
#[derive(Args, Outgoing)]
#[callee(manager = "forms", function = "sizes")]
pub struct SizesArgs {}

/// Reply of `sizes`.
#[derive(Clone, Reply, Incoming)]
pub struct SizesReply {
    pub goods: SizesReplyGoods,
}

/// An object in the reply of `sizes`.
#[derive(Clone, Reply, Incoming)]
pub struct SizesReplyGoods {
    pub iron: i64,
    #[reply(name = "self")]
    pub self_: i64,
}

/// Args of `as_map`.
#[derive(Args, Outgoing)]
#[callee(manager = "forms", function = "as_map")]
pub struct AsMapArgs {
    pub good: BTreeMap<Good, i64>,
    pub titles: BTreeMap<String, i64>,
}

/// Reply of `as_map`.
#[derive(Clone, Reply, Incoming)]
pub struct AsMapReply {
    pub iron: i64,
    pub goods: BTreeMap<Good, i64>,
    pub titles: Vec<String>,
}

/// Args of `heads`.
#[derive(Args, Outgoing)]
#[callee(manager = "forms", function = "heads")]
pub struct HeadsArgs {}

/// Reply of `heads`.
#[derive(Clone, Reply, Incoming)]
pub struct HeadsReply {
    pub heads: Vec<HeadsReplyHeads>,
}

/// An object in the reply of `heads`.
#[derive(Clone, Reply, Incoming)]
pub struct HeadsReplyHeads {
    pub n: i64,
    pub twice: i64,
}
