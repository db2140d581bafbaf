//! Runs the games that the folder ALIYA_RANDOM_FOLDER holds: `games.rs` there names them, and each has
//! its requests beside it. The test `compiled` writes that folder, builds this one with it, and
//! looks at what was answered.

// The games are modules here, not a library: what nothing uses is no warning there.
#![deny(warnings)]
#![allow(missing_docs)]
#![allow(dead_code)]

mod at_once;
mod play;

use std::path::{Path, PathBuf};

use aliya_runtime::function::Game;
use aliya_test_servers::{Kind, On};

use self::at_once::{Judged, Played};

include!(concat!(env!("ALIYA_RANDOM_FOLDER"), "/games.rs"));

/// How many games are enough to show something; on a server, `fair` shows it.
const MANY: usize = 32;

#[tokio::test]
async fn every_request_is_answered() {
    for (name, game, config) in GAMES {
        let folder = Path::new(env!("ALIYA_RANDOM_FOLDER")).join(name);
        play::play(game, *config, &folder).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_runs_at_once_has_a_serial_order() {
    let mut all = Judged::default();
    for (name, game, config) in GAMES {
        let folder = Path::new(env!("ALIYA_RANDOM_FOLDER")).join(name);
        let (game, config) = (*game, *config);
        match at_once::judge(Played { game, config }, &folder, is_on_server()).await {
            Ok(judged) => all.add(judged),
            Err(wrong) => panic!("{}/: {wrong}", folder.display()),
        }
    }
    eprintln!("{all:?}");
    let are_enough = GAMES.len() >= MANY && !is_on_server();
    if let (Some(lacking), true) = (all.lacking(), are_enough) {
        panic!("{lacking} of all games: {all:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_broken_rule_is_found() {
    if let Some((played, folder)) = fair() {
        let hosts = if is_on_server() { 2 } else { 1 };
        at_once::find_all(played, &folder, hosts).await;
    }
}

/// The game in which it matters when a rule is broken; where a game is made smaller, that is alone.
fn fair() -> Option<(Played, PathBuf)> {
    let (name, game, config) = GAMES.iter().find(|(name, ..)| *name == "fair")?;
    let (game, config) = (*game, *config);
    let folder = Path::new(env!("ALIYA_RANDOM_FOLDER")).join(name);
    Some((Played { game, config }, folder))
}

fn is_on_server() -> bool {
    aliya_test_servers::here().expect("a database") != On::Sqlite
}

#[test]
fn all_of_this_on_postgres() {
    let again = aliya_test_servers::again_on(Kind::Postgres, &["every_request"]);
    again.unwrap_or_else(|error| panic!("{error:#}"));
}
