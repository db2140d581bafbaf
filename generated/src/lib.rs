//! The game `aliya`.
//!
//! Written by `cargo xtask gen` from managers.yaml. Do not edit.

use aliya_runtime::prelude::*;
pub use ::generated_part_0::{bag, lottery, mail, player_state, skill, weapon};
pub use ::generated_shared::{calls, config, enums, formulas, types};

mod routes;

/// The game, as the runtime sees it.
pub static GAME: Game = Game {
    name: "aliya",
    time_zone: "Asia/Shanghai",
    managers: &[
        &bag::BAG,
        &lottery::LOTTERY,
        &mail::MAIL,
        &player_state::PLAYER_STATE,
        &skill::SKILL,
        &weapon::WEAPON,
    ],
    routes: routes::ROUTES,
    config: Some(&config::CONFIG),
};
