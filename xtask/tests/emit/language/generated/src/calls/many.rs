//! What others call of `many`.
//!
//! Written by `cargo xtask gen` from managers/many.yaml. Do not edit.

use aliya_runtime::prelude::*;

/// Args of `name_of`.
#[derive(Args, Outgoing)]
#[callee(manager = "many", function = "name_of")]
pub struct NameOfArgs {
    pub n: i64,
}

/// Reply of `name_of`.
#[derive(Clone, Reply, Incoming)]
pub struct NameOfReply {
    pub who: PlayerId,
    pub n: i64,
    pub name: String,
}

/// An object in the reply of `name_of`.
#[derive(Clone, Reply, Incoming)]
pub struct NameOfReplyNobody {
    pub n: i64,
}

/// Args of `give_points`.
#[derive(Args, Outgoing)]
#[callee(manager = "many", function = "give_points")]
pub struct GivePointsArgs {
    pub points: i64,
}

/// Reply of `give_points`.
#[derive(Clone, Reply, Incoming)]
pub struct GivePointsReply {
    pub points: i64,
    pub name: String,
}
