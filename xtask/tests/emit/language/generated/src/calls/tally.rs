//! What others call of `tally`.
//!
//! Written by `cargo xtask gen` from managers/tally.yaml. Do not edit.

use aliya_runtime::prelude::*;

/// Args of `letter`.
#[derive(Args, Outgoing)]
#[callee(manager = "tally", function = "letter")]
pub struct LetterArgs {
    #[arg(max = 1)]
    pub letter: String,
}

/// Reply of `letter`.
#[derive(Clone, Reply, Incoming)]
pub struct LetterReply {
    pub count: i64,
}

/// Args of `add_letter`.
#[derive(Args, Outgoing)]
#[callee(manager = "tally", function = "add_letter")]
pub struct AddLetterArgs {
    #[arg(max = 1)]
    pub letter: String,
    #[arg(min = 1)]
    pub count: i64,
}

/// Reply of `add_letter`.
#[derive(Clone, Reply, Incoming)]
pub struct AddLetterReply {
    pub count: i64,
}

/// Args of `tally`.
#[derive(Args, Outgoing)]
#[callee(manager = "tally", function = "tally")]
pub struct TallyArgs {
    pub words: Vec<String>,
    #[arg(default = false)]
    pub strict: bool,
}

/// Reply of `tally`.
#[derive(Clone, Reply, Incoming)]
pub struct TallyReply {
    pub letters: Vec<String>,
    pub counts: Vec<i64>,
    pub most: Option<String>,
}

impl TallyReply {
    /// The outcome 62: nothing to count
    pub fn nothing(self) -> Returned<Self> {
        Returned::outcome(62, "nothing to count", self)
    }
}

/// Args of `tally_two`.
#[derive(Args, Outgoing)]
#[callee(manager = "tally", function = "tally_two")]
pub struct TallyTwoArgs {
    pub one: String,
    pub two: String,
}

/// Reply of `tally_two`.
#[derive(Clone, Reply, Incoming)]
pub struct TallyTwoReply {
    pub kinds: i64,
    pub most: String,
}

/// Args of `forget`.
#[derive(Args, Outgoing)]
#[callee(manager = "tally", function = "forget")]
pub struct ForgetArgs {}

/// Reply of `forget`.
#[derive(Clone, Reply, Incoming)]
pub struct ForgetReply {}
