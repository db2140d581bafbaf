//! The game's balance tables: their values stand in config/, a file each.
//!
//! Written by `cargo xtask gen` from managers.yaml. Do not edit.

use aliya_runtime::config::{self, Field, Shape, Table};
use aliya_runtime::prelude::*;

/// The values of all tables, as a request sees them.
#[derive(Clone, Debug, PartialEq, Reply)]
pub struct Config {
    pub weapon_upgrade: crate::types::ConfigWeaponUpgrade,
}

/// What the files are held against.
pub static CONFIG: config::Config = config::Config {
    tables: &[
        Table {
            name: "weapon_upgrade",
            shape: &CONFIG_WEAPON_UPGRADE_FIELDS,
        },
    ],
    decode: config::decode::<Config>,
};

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
