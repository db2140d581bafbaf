//! Ops that are under way when a group starts.

use std::time::Duration;

use aliya_runtime::FunctionInfo;
use aliya_runtime::function::StepsOf;
use aliya_runtime::prelude::*;
use serde_json::json;

use crate::game::hero::{HERO, Hero, LEVELS};
use crate::game::{GAME, bag, guild, inn, mail};
use crate::net::Fate;
use crate::world::{World, keyed};

/// `hero.train`, declared in another way.
static TRAIN: FunctionInfo = FunctionInfo {
    name: "train",
    manager: "hero",
    access: Access::Player,
    writes: true,
    one_query: false,
    reaches: &["bag"],
    outcomes: &[],
    fails: true,
    undone_by: None,
    declaration: "train-2",
    runs: None,
    steps: &StepsOf(Hero::train),
};

static LATER_HERO: Manager = Manager {
    name: "hero",
    port: 1,
    functions: &[&TRAIN],
    schema: HERO.schema,
    migrations: None,
};

/// The game of a later program.
static LATER: Game = Game {
    name: "apart",
    time_zone: "UTC",
    managers: &[
        &bag::BAG,
        &guild::GUILD,
        &LATER_HERO,
        &inn::INN,
        &mail::MAIL,
    ],
    routes: &[],
    config: GAME.config,
};

/// A world with an op of `hero.train` that has come as far as its take.
async fn world() -> World {
    let world = World::start().await;
    world.endow("ada", 100, 0).await;
    world.net.rule(|_| Fate::CrashAfter);
    let train = world.ask("hero.train", json!({"price": 3}), keyed("ada", 1));
    assert_eq!(train.await.0, 13);
    world.net.heal();
    world
}

#[tokio::test]
async fn a_group_does_not_start_over_ops_of_another_declaration() {
    let world = world().await;
    let Err(error) = world.group(&LATER, "hero").await else {
        panic!("it has started");
    };
    let key = keyed("ada", 1).key.expect("a key");
    let said = error.to_string();
    for part in [
        "hero.train",
        "1 times",
        key.as_str(),
        "TAKING",
        "aliya ops list",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    // With the declaration that they have, it starts, and they go on.
    world.group(&GAME, "hero").await.expect("a group");
    world.recover().await;
    assert_eq!(world.count("hero", &LEVELS, "ada").await, 1);
    // What is final is of no declaration any more.
    world.group(&LATER, "hero").await.expect("a group");
}

#[tokio::test]
async fn a_group_waits_for_ops_that_another_program_is_about_to_end() {
    let world = world().await;
    let ends = async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        world.recover().await;
    };
    let (started, ()) = tokio::join!(world.group(&LATER, "hero"), ends);
    started.expect("a group");
    assert_eq!(world.count("hero", &LEVELS, "ada").await, 1);
}
