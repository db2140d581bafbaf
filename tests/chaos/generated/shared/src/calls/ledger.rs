//! What others call of `ledger`.
//!
//! Written by `cargo xtask gen` from managers/ledger.yaml. Do not edit.

use aliya_runtime::prelude::*;

use crate::enums::Deed;

/// Args of `noticed`.
#[derive(Args, Outgoing)]
#[callee(manager = "ledger", function = "noticed")]
pub struct NoticedArgs {}

/// Reply of `noticed`.
#[derive(Clone, Reply, Incoming)]
pub struct NoticedReply {}

/// Args of `append`.
#[derive(Args, Outgoing)]
#[callee(manager = "ledger", function = "append")]
pub struct AppendArgs {
    #[arg(max = 64)]
    pub op: String,
    pub deed: Deed,
    #[arg(default = 0)]
    pub iron: i64,
    #[arg(default = 0)]
    pub gem: i64,
    #[arg(default = 0)]
    pub gold: i64,
    #[arg(default = 0)]
    pub level: i64,
    pub to: Option<PlayerId>,
}

/// Reply of `append`.
#[derive(Clone, Reply, Incoming)]
pub struct AppendReply {
    pub id: Id,
}
