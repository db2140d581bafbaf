//! The game's balance tables: their values stand in config/, a file each.
//!
//! Written by `cargo xtask gen` from managers.yaml. Do not edit.

use aliya_runtime::config::{self, Field, Shape, Table};
use aliya_runtime::prelude::*;

/// The values of all tables, as a request sees them.
#[derive(Clone, Debug, PartialEq, Reply, Incoming)]
pub struct Config {
    pub factory: crate::types::ConfigFactory,
    pub family: crate::types::ConfigFamily,
    pub friend: crate::types::ConfigFriend,
    pub levels: Vec<i64>,
    pub stage: crate::types::ConfigStage,
    pub stages: BTreeMap<i64, crate::types::StageDef>,
    pub summon_d: crate::types::ConfigSummonD,
}

/// What the files are held against.
pub static CONFIG: config::Config = config::Config {
    tables: &[
        Table {
            name: "factory",
            shape: &CONFIG_FACTORY_FIELDS,
        },
        Table {
            name: "family",
            shape: &CONFIG_FAMILY_FIELDS,
        },
        Table {
            name: "friend",
            shape: &CONFIG_FRIEND_FIELDS,
        },
        Table {
            name: "levels",
            shape: &Shape::List(&Shape::Int),
        },
        Table {
            name: "stage",
            shape: &CONFIG_STAGE_FIELDS,
        },
        Table {
            name: "stages",
            shape: &Shape::Map(&Shape::Int, &STAGE_DEF_FIELDS),
        },
        Table {
            name: "summon_d",
            shape: &CONFIG_SUMMON_D_FIELDS,
        },
    ],
    decode: config::decode::<Config>,
};

static FACTORY_KIND_NAMES: Shape = Shape::Numbered(
    &[("food_line", 0), ("iron_line", 1), ("crystal_line", 2), ("armory", 3)],
);

static REWARD_GROUP_NAMES: Shape = Shape::Numbered(
    &[("weapon", 0), ("skill", 1), ("role", 2), ("thing", 3), ("armor", 4)],
);

static STAGE_MODE_NAMES: Shape = Shape::Numbered(
    &[("general", 0), ("endless", 1), ("boss", 3), ("coins", 4), ("experience", 5)],
);

static CONFIG_FACTORY_FIELDS: Shape = Shape::Record(
    &[
        Field {
            name: "step",
            shape: &Shape::Int,
            optional: false,
        },
        Field {
            name: "workers_at_start",
            shape: &Shape::Int,
            optional: false,
        },
        Field {
            name: "store",
            shape: &Shape::Map(&FACTORY_KIND_NAMES, &Shape::List(&Shape::Int)),
            optional: false,
        },
        Field {
            name: "hands",
            shape: &Shape::Map(&FACTORY_KIND_NAMES, &Shape::List(&Shape::Int)),
            optional: false,
        },
        Field {
            name: "cost",
            shape: &Shape::Map(&FACTORY_KIND_NAMES, &Shape::Int),
            optional: false,
        },
        Field {
            name: "makes",
            shape: &Shape::Map(&FACTORY_KIND_NAMES, &REWARD_FIELDS),
            optional: false,
        },
    ],
);

static CONFIG_FAMILY_FIELDS: Shape = Shape::Record(
    &[
        Field {
            name: "player_level",
            shape: &Shape::Int,
            optional: false,
        },
        Field {
            name: "create_price",
            shape: &Shape::Int,
            optional: false,
        },
        Field {
            name: "members_max",
            shape: &Shape::Int,
            optional: false,
        },
        Field {
            name: "invites",
            shape: &Shape::Int,
            optional: false,
        },
        Field {
            name: "disband_hours",
            shape: &Shape::Int,
            optional: false,
        },
    ],
);

static CONFIG_FRIEND_FIELDS: Shape = Shape::Record(
    &[
        Field {
            name: "requests_a_day",
            shape: &Shape::Int,
            optional: false,
        },
    ],
);

static CONFIG_STAGE_FIELDS: Shape = Shape::Record(
    &[
        Field {
            name: "energy_full",
            shape: &Shape::Int,
            optional: false,
        },
        Field {
            name: "energy_minutes",
            shape: &Shape::Int,
            optional: false,
        },
    ],
);

static CONFIG_SUMMON_D_FIELDS: Shape = Shape::Record(
    &[
        Field {
            name: "price",
            shape: &Shape::Int,
            optional: false,
        },
        Field {
            name: "hours",
            shape: &Shape::Int,
            optional: false,
        },
        Field {
            name: "must",
            shape: &Shape::List(&PRIZE_FIELDS),
            optional: false,
        },
        Field {
            name: "other",
            shape: &Shape::List(&PRIZE_FIELDS),
            optional: false,
        },
        Field {
            name: "bonus",
            shape: &Shape::List(&REWARD_FIELDS),
            optional: false,
        },
    ],
);

static PRIZE_FIELDS: Shape = Shape::Record(
    &[
        Field {
            name: "group",
            shape: &REWARD_GROUP_NAMES,
            optional: false,
        },
        Field {
            name: "ids",
            shape: &Shape::List(&Shape::Int),
            optional: false,
        },
        Field {
            name: "amount",
            shape: &Shape::Int,
            optional: false,
        },
        Field {
            name: "weight",
            shape: &Shape::Int,
            optional: false,
        },
    ],
);

static REWARD_FIELDS: Shape = Shape::Record(
    &[
        Field {
            name: "group",
            shape: &REWARD_GROUP_NAMES,
            optional: false,
        },
        Field {
            name: "id",
            shape: &Shape::Int,
            optional: false,
        },
        Field {
            name: "amount",
            shape: &Shape::Int,
            optional: false,
        },
    ],
);

static STAGE_DEF_FIELDS: Shape = Shape::Record(
    &[
        Field {
            name: "mode",
            shape: &STAGE_MODE_NAMES,
            optional: false,
        },
        Field {
            name: "exp",
            shape: &Shape::Int,
            optional: false,
        },
        Field {
            name: "rewards",
            shape: &Shape::List(&REWARD_FIELDS),
            optional: false,
        },
        Field {
            name: "random",
            shape: &Shape::Int,
            optional: false,
        },
        Field {
            name: "tries",
            shape: &Shape::Int,
            optional: false,
        },
        Field {
            name: "max_damage",
            shape: &Shape::Int,
            optional: false,
        },
        Field {
            name: "hp",
            shape: &Shape::Int,
            optional: false,
        },
    ],
);
