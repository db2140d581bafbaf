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
