//! What others call of `book`.
//!
//! Written by `cargo xtask gen` from managers/book.yaml. Do not edit.

use aliya_runtime::prelude::*;

use crate::types;

/// Args of `take`.
#[derive(Args, Outgoing)]
#[callee(manager = "book", function = "take")]
pub struct TakeArgs {
    pub prize: types::Prize,
    #[arg(default = Vec::new())]
    pub more: Vec<types::Prize>,
    #[arg(default = BTreeMap::new())]
    pub by: BTreeMap<i64, types::Prize>,
}

/// Reply of `take`.
#[derive(Clone, Reply, Incoming)]
pub struct TakeReply {
    pub prize: types::Prize,
    pub all: Vec<types::Prize>,
    pub none: BTreeMap<i64, types::Prize>,
}
