//! The game's records.
//!
//! Written by `cargo xtask gen` from managers.yaml. Do not edit.

use aliya_runtime::prelude::*;

/// `chapter`: travels and is stored as a JSON object.
#[derive(Clone, Debug, PartialEq, Reply)]
pub struct Chapter {
    pub title: String,
    pub prizes: Vec<crate::types::Prize>,
    pub marks: BTreeMap<crate::enums::Rank, f64>,
}

/// `prize`: travels and is stored as a JSON object.
#[derive(Clone, Debug, PartialEq, Reply)]
pub struct Prize {
    pub r#type: crate::enums::Good,
    #[reply(name = "self")]
    pub self_: i64,
    pub rank: Option<crate::enums::Rank>,
}
