//! What others call of `events`.
//!
//! Written by `cargo xtask gen` from managers/events.yaml. Do not edit.

use aliya_runtime::prelude::*;

/// Args of `go`.
#[derive(Args, Outgoing)]
#[callee(manager = "events", function = "go")]
pub struct GoArgs {
    #[arg(min = 0)]
    pub by: i64,
    #[arg(max = 20, default = "")]
    pub note: String,
}

/// Reply of `go`.
#[derive(Clone, Reply, Incoming)]
pub struct GoReply {
    pub far: i64,
    pub steps: Option<GoReplySteps>,
}

/// A list of fixed length in the reply of `go`: travels as a JSON array.
#[derive(Clone, Reply, Incoming)]
pub struct GoReplySteps(pub i64, pub i64);

/// Args of `note_walk`.
#[derive(Args, Outgoing)]
#[callee(manager = "events", function = "note_walk")]
pub struct NoteWalkArgs {
    pub player: PlayerId,
    pub far: i64,
    pub by: i64,
    pub note: String,
    pub at: Time,
}

/// Reply of `note_walk`.
#[derive(Clone, Reply, Incoming)]
pub struct NoteWalkReply {
    pub notes: i64,
}

/// Args of `note_note`.
#[derive(Args, Outgoing)]
#[callee(manager = "events", function = "note_note")]
pub struct NoteNoteArgs {
    pub notes: i64,
}

/// Reply of `note_note`.
#[derive(Clone, Reply, Incoming)]
pub struct NoteNoteReply {}

/// Args of `land`.
#[derive(Args, Outgoing)]
#[callee(manager = "events", function = "land")]
pub struct LandArgs {
    pub by: i64,
}

/// Reply of `land`.
#[derive(Clone, Reply, Incoming)]
pub struct LandReply {}

/// Args of `rung`.
#[derive(Args, Outgoing)]
#[callee(manager = "events", function = "rung")]
pub struct RungArgs {
    pub at: Time,
}

/// Reply of `rung`.
#[derive(Clone, Reply, Incoming)]
pub struct RungReply {}
