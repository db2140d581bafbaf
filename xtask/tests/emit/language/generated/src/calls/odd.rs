//! What others call of `odd`.
//!
//! Written by `cargo xtask gen` from managers/odd.yaml. Do not edit.

use aliya_runtime::prelude::*;

/// Args of `note_luck`.
#[derive(Args, Outgoing)]
#[callee(manager = "odd", function = "note_luck")]
pub struct NoteLuckArgs {
    pub n: i64,
}

/// Reply of `note_luck`.
#[derive(Clone, Reply, Incoming)]
pub struct NoteLuckReply {}

/// Args of `thing_of`.
#[derive(Args, Outgoing)]
#[callee(manager = "odd", function = "thing_of")]
pub struct ThingOfArgs {}

/// Reply of `thing_of`.
#[derive(Clone, Reply, Incoming)]
pub struct ThingOfReply {
    pub n: i64,
}

/// Args of `look_after`.
#[derive(Args, Outgoing)]
#[callee(manager = "odd", function = "look_after")]
pub struct LookAfterArgs {}

/// Reply of `look_after`.
#[derive(Clone, Reply, Incoming)]
pub struct LookAfterReply {}
