//! What others call of `trade`.
//!
//! Written by `cargo xtask gen` from managers.yaml. Do not edit.

use aliya_runtime::prelude::*;

/// Args of `helper`.
#[derive(Args, Outgoing)]
#[callee(manager = "trade", function = "helper")]
pub struct HelperArgs {
    pub n: i64,
}

/// Reply of `helper`.
#[derive(Clone, Reply, Incoming)]
pub struct HelperReply {
    pub n: i64,
    pub deep: HelperReplyDeep,
    pub items: Vec<HelperReplyItems>,
}

/// An object in the reply of `helper`.
#[derive(Clone, Reply, Incoming)]
pub struct HelperReplyDeep {
    pub a: i64,
    pub b: HelperReplyDeepB,
}

/// A list of fixed length in the reply of `helper`: travels as a JSON array.
#[derive(Clone, Reply, Incoming)]
pub struct HelperReplyDeepB(pub i64, pub String);

/// An object in the reply of `helper`.
#[derive(Clone, Reply, Incoming)]
pub struct HelperReplyItems {
    pub x: i64,
}
