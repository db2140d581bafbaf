//! What others call of `achievement`.
//!
//! Written by `cargo xtask gen` from managers/achievement.yaml. Do not edit.

use aliya_runtime::prelude::*;

use crate::enums::AchievementKind;

/// Args of `record_achievement`.
#[derive(Args, Outgoing)]
#[callee(manager = "achievement", function = "record_achievement")]
pub struct RecordAchievementArgs {
    pub kind: AchievementKind,
    #[arg(min = 0, default = 1)]
    pub amount: i64,
}

/// Reply of `record_achievement`.
#[derive(Clone, Reply, Incoming)]
pub struct RecordAchievementReply {
    pub count: i64,
}
