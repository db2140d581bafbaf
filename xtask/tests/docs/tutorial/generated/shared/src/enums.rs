//! The game's enums.
//!
//! Written by `cargo xtask gen` from managers.yaml. Do not edit.

use aliya_runtime::prelude::*;

/// `supply_kind`: travels and is stored as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Enum)]
pub enum SupplyKind {
    #[value("iron")]
    Iron,
    #[value("coin")]
    Coin,
}
