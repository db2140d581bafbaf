//! The game's enums.
//!
//! Written by `cargo xtask gen` from managers.yaml. Do not edit.

use aliya_runtime::prelude::*;

/// `achievement_kind`: travels and is stored as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Enum)]
pub enum AchievementKind {
    #[value("total_login")]
    TotalLogin,
    #[value("keeping_login")]
    KeepingLogin,
    #[value("collect_food")]
    CollectFood,
    #[value("collect_iron")]
    CollectIron,
    #[value("collect_crystal")]
    CollectCrystal,
    #[value("friend_request_sent")]
    FriendRequestSent,
    #[value("friend_gift_sent")]
    FriendGiftSent,
    #[value("pass_stage")]
    PassStage,
    #[value("summon_d")]
    SummonD,
}

/// `factory_kind`: travels and is stored as its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Enum)]
pub enum FactoryKind {
    #[value(0)]
    FoodLine,
    #[value(1)]
    IronLine,
    #[value(2)]
    CrystalLine,
    #[value(3)]
    Armory,
}

/// `family_rank`: travels and is stored as its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Enum)]
pub enum FamilyRank {
    #[value(0)]
    Basic,
    #[value(4)]
    Elite,
    #[value(8)]
    Officer,
    #[value(10)]
    Owner,
}

/// `item`: travels and is stored as its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Enum)]
pub enum Item {
    #[value(1)]
    Coin,
    #[value(2)]
    Iron,
    #[value(3)]
    Food,
    #[value(4)]
    Crystal,
    #[value(5)]
    Diamond,
    #[value(6)]
    Scroll10,
    #[value(9)]
    ExpPoint,
    #[value(16)]
    FriendGift,
    #[value(18)]
    CoinCard,
    #[value(43)]
    VipExpCard,
    #[value(45)]
    SummonScrollD,
}

/// `letter_kind`: travels and is stored as its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Enum)]
pub enum LetterKind {
    #[value(0)]
    Simple,
    #[value(1)]
    Gift,
    #[value(2)]
    FriendRequest,
    #[value(3)]
    FamilyRequest,
}

/// `reward_group`: travels and is stored as its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Enum)]
pub enum RewardGroup {
    #[value(0)]
    Weapon,
    #[value(1)]
    Skill,
    #[value(2)]
    Role,
    #[value(3)]
    Thing,
    #[value(4)]
    Armor,
}

/// `stage_mode`: travels and is stored as its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Enum)]
pub enum StageMode {
    #[value(0)]
    General,
    #[value(1)]
    Endless,
    #[value(3)]
    Boss,
    #[value(4)]
    Coins,
    #[value(5)]
    Experience,
}

/// `task_kind`: travels and is stored as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Enum)]
pub enum TaskKind {
    #[value("login")]
    Login,
    #[value("check_in")]
    CheckIn,
    #[value("role_level_up")]
    RoleLevelUp,
    #[value("weapon_level_up")]
    WeaponLevelUp,
    #[value("pass_main_stage")]
    PassMainStage,
    #[value("pass_special_stage")]
    PassSpecialStage,
    #[value("pass_world_boss")]
    PassWorldBoss,
    #[value("basic_summoning")]
    BasicSummoning,
    #[value("pro_summoning")]
    ProSummoning,
    #[value("check_factory")]
    CheckFactory,
    #[value("send_friend_gift")]
    SendFriendGift,
    #[value("family_check_in")]
    FamilyCheckIn,
    #[value("done_10_tasks")]
    Done10Tasks,
}

/// `worth_by`: travels and is stored as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Enum)]
pub enum WorthBy {
    #[value("player_level")]
    PlayerLevel,
    #[value("vip_level")]
    VipLevel,
}
