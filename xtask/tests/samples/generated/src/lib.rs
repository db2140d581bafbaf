//! The game `aliya_full`.
//!
//! Written by `cargo xtask gen` from managers.yaml. Do not edit.

use aliya_runtime::prelude::*;
pub use ::generated_part_0::{
    achievement, bag, factory, family, friend, mail, profile, reward, stage, summoning,
};
pub use ::generated_shared::{calls, config, enums, formulas, types};

mod routes;

/// The game, as the runtime sees it.
pub static GAME: Game = Game {
    name: "aliya_full",
    time_zone: "Asia/Shanghai",
    managers: &[
        &achievement::ACHIEVEMENT,
        &bag::BAG,
        &factory::FACTORY,
        &family::FAMILY,
        &friend::FRIEND,
        &mail::MAIL,
        &profile::PROFILE,
        &reward::REWARD,
        &stage::STAGE,
        &summoning::SUMMONING,
    ],
    routes: routes::ROUTES,
    config: Some(&config::CONFIG),
};
