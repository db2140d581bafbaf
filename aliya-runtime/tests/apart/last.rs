//! Takes that nothing takes back: the last thing of a function that may fail.

use std::sync::Arc;

use aliya_runtime::Stop;
use aliya_runtime::call::Act;
use serde_json::json;

use crate::game::bag::ITEMS;
use crate::game::hero::LEVELS;
use crate::net::{Fate, Gate};
use crate::world::{World, in_a_hurry, keyed, of};

async fn iron_of(world: &World) -> i64 {
    world.count("bag", &ITEMS, "ada").await
}

async fn level_of(world: &World) -> i64 {
    world.count("hero", &LEVELS, "ada").await
}

#[tokio::test]
async fn such_a_take_is_made_after_all_else_and_may_fail() {
    let world = World::start().await;
    world.endow("ada", 100, 0).await;
    let toll = |number| world.ask("inn.toll", json!({"amount": 60}), keyed("ada", number));
    for _ in 0..2 {
        assert_eq!(toll(1).await, (0, json!({"level": 0, "left": 40})));
        // Its error is what the function makes of it.
        assert_eq!(toll(2).await, (6, json!({})));
    }
    let seen = world.net.take_seen();
    assert!(seen.iter().all(|it| it.act == Act::Call), "{seen:?}");
    let keys: Vec<_> = seen.iter().filter_map(|it| it.key.as_deref()).collect();
    assert!(keys.iter().all(|key| key.ends_with(".0/g0")), "{keys:?}");
    assert_eq!(iron_of(&world).await, 40);
    assert_eq!(world.statuses("inn.toll").await, ["OK", "FAILED"]);
}

#[tokio::test]
async fn nothing_is_written_or_given_before_such_a_take() {
    let world = World::start().await;
    world.endow("ada", 100, 0).await;
    for (number, function) in (1..).zip(["inn.tip", "inn.write"]) {
        // Refused or not: what was done before would be kept.
        for amount in [1, 101] {
            let args = json!({ "amount": amount });
            let answered = world.send(function, args, keyed("ada", number)).await;
            assert!(matches!(answered, Err(Stop::Fault { .. })), "{answered:?}");
        }
    }
    assert_eq!(world.net.take_seen(), []);
    assert_eq!((iron_of(&world).await, level_of(&world).await), (100, 0));
    assert_eq!(world.statuses("inn.tip").await, [""; 0]);
}

#[tokio::test]
async fn what_is_written_after_such_a_take_is_read_again() {
    let world = World::start().await;
    world.endow("ada", 100, 0).await;
    let gate = Arc::new(Gate::default());
    let fate = Fate::HoldAnswer(Arc::clone(&gate));
    world.net.rule(move |_| fate.clone());
    let climb = world.ask("inn.climb", json!({"amount": 3}), keyed("ada", 1));
    let others = async {
        gate.reached().await;
        let boosted = world.ask("hero.boost", json!({"by": 4}), of("ada")).await;
        assert_eq!(boosted.0, 0);
        gate.open();
    };
    let (climbed, ()) = tokio::join!(climb, others);
    assert_eq!(climbed, (0, json!({"level": 5, "left": 97})));
    assert_eq!((iron_of(&world).await, level_of(&world).await), (97, 5));
}

#[tokio::test]
async fn other_groups_may_be_asked_after_such_a_take() {
    let world = World::start().await;
    world.endow("ada", 100, 0).await;
    let look_up = || {
        world.ask(
            "inn.look_up",
            json!({"amount": 3}),
            in_a_hurry(keyed("ada", 1)),
        )
    };
    assert_eq!(look_up().await, (0, json!({"level": 0, "left": 97})));
    // Also by whoever finds the op.
    world.net.rule(|seen| match seen.function == "bag.held" {
        true => Fate::Crash,
        false => Fate::Deliver,
    });
    let look_up = || {
        world.ask(
            "inn.look_up",
            json!({"amount": 3}),
            in_a_hurry(keyed("ada", 2)),
        )
    };
    assert_eq!(look_up().await.0, 13);
    world.net.heal();
    world.recover().await;
    assert_eq!(look_up().await, (0, json!({"level": 0, "left": 94})));
}

#[tokio::test]
async fn such_a_take_that_ends_in_a_fault_is_kept_from_happening() {
    let world = World::start().await;
    world.endow("ada", 100, 0).await;
    let toll = |number| {
        let request = in_a_hurry(keyed("ada", number));
        world.ask("inn.toll", json!({"amount": 3}), request)
    };
    let fault = |seen: &crate::net::Seen, fate| match seen.act {
        Act::Call => fate,
        _ => Fate::Deliver,
    };
    world
        .net
        .rule(move |seen| fault(seen, Fate::Answer(Stop::fault("15"))));
    assert_eq!(toll(1).await.0, 15);
    world.net.heal();
    assert_eq!(toll(1).await.0, 15);
    assert_eq!(iron_of(&world).await, 100);
    // One that did happen goes on.
    world
        .net
        .rule(move |seen| fault(seen, Fate::AnswerAfter(Stop::fault("15"))));
    assert_eq!(toll(2).await.0, 13);
    world.net.heal();
    world.recover().await;
    assert_eq!(toll(2).await, (0, json!({"level": 0, "left": 97})));
    assert_eq!(world.statuses("inn.toll").await, ["FAILED", "OK"]);
}

#[tokio::test]
async fn a_crash_while_such_a_take_is_kept_from_happening_leaves_nothing_for_ever() {
    let world = World::start().await;
    world.endow("ada", 100, 0).await;
    let toll = || {
        let request = in_a_hurry(keyed("ada", 1));
        world.ask("inn.toll", json!({"amount": 3}), request)
    };
    world.net.rule(move |seen| match seen.act {
        Act::Undo => Fate::CrashAfter,
        _ => Fate::Answer(Stop::fault("15")),
    });
    assert_eq!(toll().await.0, 13);
    assert_eq!(world.statuses("inn.toll").await, ["GIVING"]);
    world.net.heal();
    world.recover().await;
    assert_eq!(toll().await.0, 15);
    assert_eq!(iron_of(&world).await, 100);
    assert_eq!(world.statuses("inn.toll").await, ["FAILED"]);
}
