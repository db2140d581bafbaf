//! The game's enums.
//!
//! Written by `cargo xtask gen` from managers.yaml. Do not edit.

use aliya_runtime::prelude::*;

/// `pool_kind`: travels and is stored as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Enum)]
pub enum PoolKind {
    #[value("coin")]
    Coin,
    #[value("diamond")]
    Diamond,
}

/// `prize_kind`: travels and is stored as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Enum)]
pub enum PrizeKind {
    #[value("supply")]
    Supply,
    #[value("segment")]
    Segment,
    #[value("skill")]
    Skill,
}

/// `reward_kind`: travels and is stored as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Enum)]
pub enum RewardKind {
    #[value("supply")]
    Supply,
    #[value("segment")]
    Segment,
    #[value("weapon")]
    Weapon,
    #[value("skill")]
    Skill,
}

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

/// `weapon_kind`: travels and is stored as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Enum)]
pub enum WeaponKind {
    #[value("weapon1")]
    Weapon1,
    #[value("weapon2")]
    Weapon2,
    #[value("weapon3")]
    Weapon3,
    #[value("weapon4")]
    Weapon4,
    #[value("weapon5")]
    Weapon5,
    #[value("weapon6")]
    Weapon6,
    #[value("weapon7")]
    Weapon7,
    #[value("weapon8")]
    Weapon8,
    #[value("weapon9")]
    Weapon9,
    #[value("weapon10")]
    Weapon10,
    #[value("weapon11")]
    Weapon11,
    #[value("weapon12")]
    Weapon12,
    #[value("weapon13")]
    Weapon13,
    #[value("weapon14")]
    Weapon14,
    #[value("weapon15")]
    Weapon15,
    #[value("weapon16")]
    Weapon16,
    #[value("weapon17")]
    Weapon17,
    #[value("weapon18")]
    Weapon18,
    #[value("weapon19")]
    Weapon19,
    #[value("weapon20")]
    Weapon20,
    #[value("weapon21")]
    Weapon21,
    #[value("weapon22")]
    Weapon22,
    #[value("weapon23")]
    Weapon23,
    #[value("weapon24")]
    Weapon24,
    #[value("weapon25")]
    Weapon25,
    #[value("weapon26")]
    Weapon26,
    #[value("weapon27")]
    Weapon27,
    #[value("weapon28")]
    Weapon28,
    #[value("weapon29")]
    Weapon29,
    #[value("weapon30")]
    Weapon30,
    #[value("weapon31")]
    Weapon31,
    #[value("weapon32")]
    Weapon32,
    #[value("weapon33")]
    Weapon33,
    #[value("weapon34")]
    Weapon34,
    #[value("weapon35")]
    Weapon35,
    #[value("weapon36")]
    Weapon36,
    #[value("weapon37")]
    Weapon37,
    #[value("weapon38")]
    Weapon38,
    #[value("weapon39")]
    Weapon39,
    #[value("weapon40")]
    Weapon40,
}
