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
    #[value("diamonds")]
    Diamonds,
    #[value("experience_potion")]
    ExperiencePotion,
    #[value("small_energy_potion")]
    SmallEnergyPotion,
    #[value("scroll_skill_10")]
    ScrollSkill10,
    #[value("scroll_skill_30")]
    ScrollSkill30,
    #[value("scroll_skill_100")]
    ScrollSkill100,
}
