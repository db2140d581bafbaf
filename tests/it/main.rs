//! The game as its clients meet it: real sockets, real databases, and real processes where it is not
//! the clock that a test has to set.

mod abuse;
mod accounts;
mod bag;
mod balance;
mod beginnings;
mod concurrency;
mod credentials;
mod documented;
mod energy;
mod failing;
mod found_by_settings;
mod keys;
mod levels;
mod lottery;
mod mail;
mod mail_bounds;
mod mail_gifts;
mod newcomers;
mod old_client;
mod ops;
mod programs;
mod replayed;
mod robbery;
mod round_trips;
mod samples;
mod scrolls;
mod secrecy;
mod separate;
mod shutdown;
mod skill;
mod starts;
mod support;
mod weapon;
mod weapon_gifts;
mod weapon_growth;

use aliya_test_servers::{Kind, again_on};

/// What is about files and settings, and not about the game; and what has servers of its own.
const ONCE: [&str; 9] = [
    "credentials::",
    "replayed::",
    "programs::",
    "found_by_settings::",
    "secrecy::",
    "each_manager_has_a_file_of_its_own",
    "documented::",
    "failing::",
    "round_trips::",
];

#[test]
fn all_of_this_on_postgres() -> anyhow::Result<()> {
    again_on(Kind::Postgres, &ONCE)
}

#[test]
fn all_of_this_on_mariadb() -> anyhow::Result<()> {
    again_on(Kind::Mariadb, &ONCE)
}
