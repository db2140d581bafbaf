//! The game `chaos`.
//!
//! Written by `cargo xtask gen` from managers.yaml. Do not edit.

use aliya_runtime::prelude::*;
pub use ::generated_part_0::{bag, ledger, purse, weapon};
pub use ::generated_shared::{calls, enums, formulas};

mod routes;

/// The game, as the runtime sees it.
pub static GAME: Game = Game {
    name: "chaos",
    time_zone: "UTC",
    managers: &[&bag::BAG, &ledger::LEDGER, &purse::PURSE, &weapon::WEAPON],
    routes: routes::ROUTES,
    config: None,
};
