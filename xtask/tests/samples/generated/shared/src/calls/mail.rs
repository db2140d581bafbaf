//! What others call of `mail`.
//!
//! Written by `cargo xtask gen` from managers/mail.yaml. Do not edit.

use aliya_runtime::prelude::*;

use crate::enums::LetterKind;

/// Args of `post`.
#[derive(Args, Outgoing)]
#[callee(manager = "mail", function = "post")]
pub struct PostArgs {
    pub kind: LetterKind,
    #[arg(max = 64)]
    pub sender: String,
    #[arg(max = 64)]
    pub subject: String,
    pub about: Option<PlayerId>,
    pub family: Option<i64>,
}

/// Reply of `post`.
#[derive(Clone, Reply, Incoming)]
pub struct PostReply {
    pub letter: Id,
}

/// Args of `request_in`.
#[derive(Args, Outgoing)]
#[callee(manager = "mail", function = "request_in")]
pub struct RequestInArgs {
    pub letter: Id,
    pub kind: LetterKind,
}

/// Reply of `request_in`.
#[derive(Clone, Reply, Incoming)]
pub struct RequestInReply {
    pub about: PlayerId,
    pub family: i64,
}

/// Args of `take_letter`.
#[derive(Args, Outgoing)]
#[callee(manager = "mail", function = "take_letter")]
pub struct TakeLetterArgs {
    pub letter: Id,
}

/// Reply of `take_letter`.
#[derive(Clone, Reply, Incoming)]
pub struct TakeLetterReply {}
