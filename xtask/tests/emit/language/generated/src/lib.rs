//! The game `language`.
//!
//! Written by `cargo xtask gen` from managers.yaml. Do not edit.

use aliya_runtime::prelude::*;
pub use ::generated_part_0::{
    events, forms, guild, luck, odd, shared, shop, tally, trade,
};
pub use ::generated_part_1::{balance, book, held, hoard, many};
pub use ::generated_shared::{calls, config, enums, formulas, types};

mod routes;

/// The game, with its functions that are written by hand.
pub fn game<N: hoard::HoardNative + tally::TallyNative>(
    native: &'static N,
) -> &'static Game {
    hoard::install(native);
    tally::install(native);
    &GAME
}

/// The game, as the runtime sees it.
static GAME: Game = Game {
    name: "language",
    time_zone: "Asia/Shanghai",
    managers: &[
        &balance::BALANCE,
        &book::BOOK,
        &events::EVENTS,
        &forms::FORMS,
        &guild::GUILD,
        &held::HELD,
        &hoard::HOARD,
        &luck::LUCK,
        &many::MANY,
        &odd::ODD,
        &shared::SHARED,
        &shop::SHOP,
        &tally::TALLY,
        &trade::TRADE,
    ],
    routes: routes::ROUTES,
    config: Some(&config::CONFIG),
};
