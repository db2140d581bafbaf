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
mod stuck;
mod takes;
mod troubles;
mod undo;
mod world;

use aliya_test_servers::Kind;

#[test]
fn all_of_this_on_postgres() -> anyhow::Result<()> {
    aliya_test_servers::again_on(Kind::Postgres, &[])
}

#[test]
fn all_of_this_on_mariadb() -> anyhow::Result<()> {
    aliya_test_servers::again_on(Kind::Mariadb, &[])
}
