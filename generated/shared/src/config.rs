//! The game's balance tables: their values stand in config/, a file each.
//!
//! Written by `cargo xtask gen` from managers.yaml. Do not edit.

use aliya_runtime::config::{self, Field, Shape, Table};
use aliya_runtime::prelude::*;

/// The values of all tables, as a request sees them.
#[derive(Clone, Debug, PartialEq, Reply, Incoming)]
pub struct Config {
    pub energy: crate::types::ConfigEnergy,
    pub gift_weapons: Vec<crate::enums::WeaponKind>,
    pub levels: Vec<crate::types::LevelReward>,
    pub lottery: BTreeMap<crate::enums::PoolKind, crate::types::Pool>,
    pub scroll_chances: BTreeMap<crate::enums::SupplyKind, f64>,
    pub skills: Vec<String>,
    pub start: crate::types::ConfigStart,
    pub weapon_growth: crate::types::ConfigWeaponGrowth,
    pub weapon_upgrade: crate::types::ConfigWeaponUpgrade,
}

/// What the files are held against.
pub static CONFIG: config::Config = config::Config {
    tables: &[
        Table {
            name: "energy",
            shape: &CONFIG_ENERGY_FIELDS,
        },
        Table {
            name: "gift_weapons",
            shape: &Shape::List(&WEAPON_KIND_NAMES),
        },
        Table {
            name: "levels",
            shape: &Shape::List(&LEVEL_REWARD_FIELDS),
        },
        Table {
            name: "lottery",
            shape: &Shape::Map(&POOL_KIND_NAMES, &POOL_FIELDS),
        },
        Table {
            name: "scroll_chances",
            shape: &Shape::Map(&SUPPLY_KIND_NAMES, &Shape::Float),
        },
        Table {
            name: "skills",
            shape: &Shape::List(&Shape::Text),
        },
        Table {
            name: "start",
            shape: &CONFIG_START_FIELDS,
        },
        Table {
            name: "weapon_growth",
            shape: &CONFIG_WEAPON_GROWTH_FIELDS,
        },
        Table {
            name: "weapon_upgrade",
            shape: &CONFIG_WEAPON_UPGRADE_FIELDS,
        },
    ],
    decode: config::decode::<Config>,
};

static POOL_KIND_NAMES: Shape = Shape::Choice(&["coin", "diamond"]);

static PRIZE_KIND_NAMES: Shape = Shape::Choice(&["supply", "segment", "skill"]);

static SUPPLY_KIND_NAMES: Shape = Shape::Choice(
    &[
        "iron",
        "coin",
        "diamonds",
        "experience_potion",
        "small_energy_potion",
        "scroll_skill_10",
        "scroll_skill_30",
        "scroll_skill_100",
    ],
);

static WEAPON_KIND_NAMES: Shape = Shape::Choice(
    &[
        "weapon1",
        "weapon2",
        "weapon3",
        "weapon4",
        "weapon5",
        "weapon6",
        "weapon7",
        "weapon8",
        "weapon9",
        "weapon10",
        "weapon11",
        "weapon12",
        "weapon13",
        "weapon14",
        "weapon15",
        "weapon16",
        "weapon17",
        "weapon18",
        "weapon19",
        "weapon20",
        "weapon21",
        "weapon22",
        "weapon23",
        "weapon24",
        "weapon25",
        "weapon26",
        "weapon27",
        "weapon28",
        "weapon29",
        "weapon30",
        "weapon31",
        "weapon32",
        "weapon33",
        "weapon34",
        "weapon35",
        "weapon36",
        "weapon37",
        "weapon38",
        "weapon39",
        "weapon40",
    ],
);

static CONFIG_ENERGY_FIELDS: Shape = Shape::Record(
    &[
        Field {
            name: "minutes_per_point",
            shape: &Shape::Int,
            optional: false,
        },
    ],
);

static CONFIG_START_FIELDS: Shape = Shape::Record(
    &[
        Field {
            name: "weapon",
            shape: &WEAPON_KIND_NAMES,
            optional: false,
        },
        Field {
            name: "supplies",
            shape: &Shape::List(&SUPPLIES_FIELDS),
            optional: false,
        },
        Field {
            name: "gift",
            shape: &Shape::List(&SUPPLIES_FIELDS),
            optional: false,
        },
    ],
);

static CONFIG_WEAPON_GROWTH_FIELDS: Shape = Shape::Record(
    &[
        Field {
            name: "segments_per_star",
            shape: &Shape::Int,
            optional: false,
        },
        Field {
            name: "gift_segments",
            shape: &Shape::Int,
            optional: false,
        },
        Field {
            name: "reset_coins",
            shape: &Shape::Int,
            optional: false,
        },
    ],
);

static CONFIG_WEAPON_UPGRADE_FIELDS: Shape = Shape::Record(
    &[
        Field {
            name: "iron_per_level",
            shape: &Shape::Int,
            optional: false,
        },
        Field {
            name: "max_level",
            shape: &Shape::Int,
            optional: false,
        },
    ],
);

static LEVEL_REWARD_FIELDS: Shape = Shape::Record(
    &[
        Field {
            name: "experience",
            shape: &Shape::Int,
            optional: false,
        },
        Field {
            name: "coin",
            shape: &Shape::Int,
            optional: false,
        },
    ],
);

static POOL_FIELDS: Shape = Shape::Record(
    &[
        Field {
            name: "price",
            shape: &Shape::Int,
            optional: false,
        },
        Field {
            name: "paid_in",
            shape: &SUPPLY_KIND_NAMES,
            optional: false,
        },
        Field {
            name: "prizes",
            shape: &Shape::List(&PRIZE_FIELDS),
            optional: false,
        },
    ],
);

static PRIZE_FIELDS: Shape = Shape::Record(
    &[
        Field {
            name: "kind",
            shape: &PRIZE_KIND_NAMES,
            optional: false,
        },
        Field {
            name: "item",
            shape: &SUPPLY_KIND_NAMES,
            optional: true,
        },
        Field {
            name: "amount",
            shape: &Shape::Int,
            optional: true,
        },
        Field {
            name: "weight",
            shape: &Shape::Int,
            optional: false,
        },
    ],
);

static SUPPLIES_FIELDS: Shape = Shape::Record(
    &[
        Field {
            name: "item",
            shape: &SUPPLY_KIND_NAMES,
            optional: false,
        },
        Field {
            name: "amount",
            shape: &Shape::Int,
            optional: false,
        },
    ],
);
