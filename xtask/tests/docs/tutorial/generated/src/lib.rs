//! The game `tutorial`.
//!
//! Written by `cargo xtask gen` from managers.yaml. Do not edit.

use aliya_runtime::prelude::*;
pub use ::generated_part_0::{bag, pet};
pub use ::generated_shared::{calls, enums};

mod routes;

/// The game, as the runtime sees it.
pub static GAME: Game = Game {
    name: "tutorial",
    time_zone: "UTC",
    managers: &[&bag::BAG, &pet::PET],
    routes: routes::ROUTES,
    config: None,
};
