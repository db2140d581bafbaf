//! The game's enums.
//!
//! Written by `cargo xtask gen` from managers.yaml. Do not edit.

use aliya_runtime::prelude::*;

/// `good`: travels and is stored as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Enum)]
pub enum Good {
    #[value("none")]
    None,
    #[value("self")]
    Self_,
    #[value("iron")]
    Iron,
    #[value("gold_2")]
    Gold2,
}

/// `hero_kind`: travels and is stored as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Enum)]
pub enum HeroKind {
    #[value("knight")]
    Knight,
    #[value("mage")]
    Mage,
    #[value("healer")]
    Healer,
}

/// `rank`: travels and is stored as its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Enum)]
pub enum Rank {
    #[value(-1)]
    Basic,
    #[value(4)]
    Elite,
    #[value(10)]
    Owner,
}
