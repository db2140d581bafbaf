//! What others call of `family`.
//!
//! Written by `cargo xtask gen` from managers/family.yaml. Do not edit.

use aliya_runtime::prelude::*;

use crate::enums::FamilyRank;

/// Args of `my_rank`.
#[derive(Args, Outgoing)]
#[callee(manager = "family", function = "my_rank")]
pub struct MyRankArgs {}

/// Reply of `my_rank`.
#[derive(Clone, Reply, Incoming)]
pub struct MyRankReply {
    pub family: Id,
    pub family_name: String,
    pub rank: FamilyRank,
    pub name: String,
}
