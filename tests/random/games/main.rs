//! Runs the games that the folder ALIYA_RANDOM_FOLDER holds: `games.rs` there names them, and each has
//! its requests beside it. The test `compiled` writes that folder, builds this one with it, and
//! looks at what was answered.

// The games are modules here, not a library: what nothing uses is no warning there.
#![deny(warnings)]
#![allow(missing_docs)]
#![allow(dead_code)]

mod play;

use std::path::Path;

use aliya_runtime::function::Game;

include!(concat!(env!("ALIYA_RANDOM_FOLDER"), "/games.rs"));

#[tokio::test]
async fn every_request_is_answered() {
    for (name, game, config) in GAMES {
        let folder = Path::new(env!("ALIYA_RANDOM_FOLDER")).join(name);
        play::play(game, *config, &folder).await;
    }
}
