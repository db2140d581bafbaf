//! The game of these tests, written by hand: what each of its functions does is one shape of a function
//! that calls managers of other groups.
//!
//! `hero`, `guild` and `inn` are one group (`town`), `bag` another one (`bags`), `mail` a third (`post`).

pub mod bag;
pub mod guild;
pub mod hero;
pub mod inn;
pub mod mail;
pub mod rows;

use aliya_runtime::config::{self, Config, Field, Shape};
use aliya_runtime::prelude::*;

/// The groups, each with its managers.
pub const GROUPS: [(&str, &[&str]); 3] = [
    ("town", &["guild", "hero", "inn"]),
    ("bags", &["bag"]),
    ("post", &["mail"]),
];

/// The game.
pub static GAME: Game = Game {
    name: "apart",
    time_zone: "UTC",
    managers: &[
        &bag::BAG,
        &guild::GUILD,
        &hero::HERO,
        &inn::INN,
        &mail::MAIL,
    ],
    routes: &[],
    config: Some(&CONFIG),
};

/// The balance tables.
#[derive(Clone, Debug, PartialEq, Reply, Incoming)]
pub struct Balance {
    pub shop: Shop,
}

#[derive(Clone, Debug, PartialEq, Reply, Incoming)]
pub struct Shop {
    pub price: i64,
}

static CONFIG: Config = Config {
    tables: &[config::Table {
        name: "shop",
        shape: &Shape::Record(&[Field {
            name: "price",
            shape: &Shape::Int,
            optional: false,
        }]),
    }],
    decode: config::decode::<Balance>,
};

/// The caller has too little of something.
pub const POOR: Failure = Failure::new(2, "too poor");

/// Args of functions that have none.
#[derive(Args)]
pub struct Nothing {}

/// A function's end, with its reply.
pub fn success(reply: impl Reply) -> Result<Returned, Stop> {
    Ok(Returned::success(reply).boxed())
}
