//! The game's balance tables: their values stand in config/, a file each.
//!
//! Written by `cargo xtask gen` from managers.yaml. Do not edit.

use aliya_runtime::config::{self, Field, Shape, Table};
use aliya_runtime::prelude::*;

/// The values of all tables, as a request sees them.
#[derive(Clone, Debug, PartialEq, Reply, Incoming)]
pub struct Config {
    pub forge: crate::types::ConfigForge,
    pub gift: crate::types::Spoil,
    pub heroes: BTreeMap<crate::enums::HeroKind, Vec<i64>>,
    pub levels: Vec<i64>,
    pub pool: Vec<crate::types::Spoil>,
    pub stages: BTreeMap<i64, crate::types::StageDef>,
    pub r#type: String,
}

/// What the files are held against.
pub static CONFIG: config::Config = config::Config {
    tables: &[
        Table {
            name: "forge",
            shape: &CONFIG_FORGE_FIELDS,
        },
        Table {
            name: "gift",
            shape: &SPOIL_FIELDS,
        },
        Table {
            name: "heroes",
            shape: &Shape::Map(&HERO_KIND_NAMES, &Shape::List(&Shape::Int)),
        },
        Table {
            name: "levels",
            shape: &Shape::List(&Shape::Int),
        },
        Table {
            name: "pool",
            shape: &Shape::List(&SPOIL_FIELDS),
        },
        Table {
            name: "stages",
            shape: &Shape::Map(&Shape::Int, &STAGE_DEF_FIELDS),
        },
        Table {
            name: "type",
            shape: &Shape::Text,
        },
    ],
    decode: config::decode::<Config>,
};

static GOOD_NAMES: Shape = Shape::Choice(&["none", "self", "iron", "gold_2"]);

static HERO_KIND_NAMES: Shape = Shape::Choice(&["knight", "mage", "healer"]);

static RANK_NAMES: Shape = Shape::Numbered(
    &[("owner", 10), ("basic", -1), ("elite", 4)],
);

static CONFIG_FORGE_FIELDS: Shape = Shape::Record(
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
        Field {
            name: "factor",
            shape: &Shape::Float,
            optional: false,
        },
        Field {
            name: "open",
            shape: &Shape::Bool,
            optional: false,
        },
        Field {
            name: "since",
            shape: &Shape::Int,
            optional: false,
        },
    ],
);

static SPOIL_FIELDS: Shape = Shape::Record(
    &[
        Field {
            name: "what",
            shape: &GOOD_NAMES,
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
            name: "name",
            shape: &Shape::Text,
            optional: false,
        },
        Field {
            name: "rank",
            shape: &RANK_NAMES,
            optional: false,
        },
        Field {
            name: "tries",
            shape: &Shape::Int,
            optional: false,
        },
        Field {
            name: "spoils",
            shape: &Shape::List(&SPOIL_FIELDS),
            optional: false,
        },
        Field {
            name: "boss",
            shape: &Shape::Text,
            optional: true,
        },
    ],
);
