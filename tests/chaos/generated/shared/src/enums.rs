//! The game's enums.
//!
//! Written by `cargo xtask gen` from managers.yaml. Do not edit.

use aliya_runtime::prelude::*;

/// `deed`: travels and is stored as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Enum)]
pub enum Deed {
    #[value("begin")]
    Begin,
    #[value("note")]
    Note,
    #[value("train")]
    Train,
    #[value("take")]
    Take,
    #[value("take_take")]
    TakeTake,
    #[value("temper")]
    Temper,
    #[value("wish")]
    Wish,
    #[value("burn")]
    Burn,
    #[value("risk")]
    Risk,
    #[value("hunt")]
    Hunt,
    #[value("find")]
    Find,
    #[value("transfer")]
    Transfer,
    #[value("smelt")]
    Smelt,
    #[value("gild")]
    Gild,
    #[value("tick")]
    Tick,
}

/// `item_kind`: travels and is stored as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Enum)]
pub enum ItemKind {
    #[value("iron")]
    Iron,
    #[value("gem")]
    Gem,
}
