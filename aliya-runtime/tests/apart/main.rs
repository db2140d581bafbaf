//! Functions that happen once, and functions that leave their group: all or nothing over several
//! groups, whatever gets lost and whatever crashes.

mod chance;
mod game;
mod gives;
mod kept;
mod keys;
mod last;
mod net;
mod once;
mod shapes;
mod start;
mod storm;
mod stuck;
mod takes;
mod troubles;
mod undo;
mod world;

use aliya_test_servers::Kind;

/// Troubles that are told to the caller as those are that are left: each has some hundred functions to run.
const ON_SQLITE_ALONE: [&str; 5] = [
    "a_call_that_is_lost",
    "a_call_that_arrives_twice",
    "an_answer_that_is_lost",
    "a_caller_that_crashes_before_its_call",
    "a_callee_that_asks_to_try_again",
];

#[test]
fn all_of_this_on_postgres() -> anyhow::Result<()> {
    aliya_test_servers::again_on(Kind::Postgres, &ON_SQLITE_ALONE)
}

#[test]
fn all_of_this_on_mariadb() -> anyhow::Result<()> {
    aliya_test_servers::again_on(Kind::Mariadb, &ON_SQLITE_ALONE)
}
