//! The game's records.
//!
//! Written by `cargo xtask gen` from managers.yaml. Do not edit.

use aliya_runtime::prelude::*;

/// `supplies`: travels and is stored as a JSON object.
#[derive(Clone, Debug, PartialEq, Reply)]
pub struct Supplies {
    pub item: crate::enums::SupplyKind,
    pub amount: i64,
}
