//! What a function sees beside rows, in each of its runs: chance, allowances, balance tables.

use std::sync::Arc;

use aliya_runtime::PlayerId;
use aliya_runtime::call::{Act, Request};
use serde_json::json;

use crate::game::bag::ITEMS;
use crate::game::hero::LEVELS;
use crate::game::inn::THROWN;
use crate::net::{Fate, Gate, Seen};
use crate::world::{World, in_a_hurry, keyed, of, told};

/// What the runs of `gamble` for a player have thrown.
fn thrown_by(player: &str) -> Vec<[i64; 2]> {
    let player = PlayerId::new(player);
    let all = THROWN.lock().unwrap();
    let of_player = all.iter().filter(|(by, _)| *by == player);
    of_player.map(|(_, thrown)| *thrown).collect()
}

#[tokio::test]
async fn every_run_of_a_request_throws_the_same() {
    let world = World::start().await;
    world.endow("chancer", 100, 0).await;
    // The last run is another process's.
    world.net.rule(|_| Fate::CrashAfter);
    let gamble = |number| world.ask("inn.gamble", json!({"amount": 3}), keyed("chancer", number));
    assert_eq!(gamble(1).await.0, 13);
    world.net.heal();
    world.recover().await;
    let (status, data) = gamble(1).await;
    let runs = thrown_by("chancer");
    assert_eq!((status, &data["thrown"]), (0, &json!(runs[0][1])));
    assert!(runs.len() > 1, "{runs:?}");
    // A request that comes again throws anew, and its runs do not count.
    let [first, second] = runs[0];
    assert_ne!(first, second);
    let same = runs.iter().take_while(|run| **run == runs[0]).count();
    assert!(same > 1, "{runs:?}");
    let (_, other) = gamble(2).await;
    assert_ne!(other["thrown"], data["thrown"]);
}

#[tokio::test]
async fn an_allowance_above_a_take_is_used_once_or_not_at_all() {
    let world = World::start().await;
    world.endow("ada", 100, 0).await;
    let gamble = |amount, number| {
        let args = json!({ "amount": amount });
        world.ask("inn.gamble", args, keyed("ada", number))
    };
    let left = |answer: (i64, serde_json::Value)| (answer.0, answer.1["left"].as_i64());
    // What is refused uses none.
    for number in 1..=3 {
        assert_eq!(left(gamble(101, number).await), (2, None));
    }
    for _ in 0..2 {
        assert_eq!(left(gamble(3, 4).await), (0, Some(1)));
    }
    assert_eq!(left(gamble(101, 5).await), (2, None));
    assert_eq!(left(gamble(3, 6).await), (0, Some(0)));
    assert_eq!(left(gamble(3, 7).await), (5, None));
    assert_eq!(world.count("bag", &ITEMS, "ada").await, 94);
}

#[tokio::test]
async fn an_allowance_that_others_have_used_up_meanwhile_undoes_the_take() {
    let world = World::start().await;
    world.endow("ada", 100, 0).await;
    let gate = Arc::new(Gate::default());
    let fate = Fate::HoldAnswer(Arc::clone(&gate));
    world.net.rule(move |seen: &Seen| match &seen.key {
        Some(key) if key.contains("-0000000000000001") => fate.clone(),
        _ => Fate::Deliver,
    });
    let held = world.ask("inn.gamble", json!({"amount": 3}), keyed("ada", 1));
    let others = async {
        gate.reached().await;
        for number in 2..=3 {
            // As a function of another group calls it, it waits for no other one of the player.
            let key = keyed("ada", number).key.map(|key| key.child(0, "g0"));
            let request = Request { key, ..of("ada") };
            let answered = world.act("inn.gamble", json!({"amount": 1}), request, Act::Call);
            assert_eq!(told(answered.await).0, 0);
        }
        world.net.heal();
        gate.open();
    };
    let (answered, ()) = tokio::join!(held, others);
    assert_eq!(answered, (5, json!({})));
    assert_eq!(world.count("bag", &ITEMS, "ada").await, 98);
}

#[tokio::test]
async fn a_request_sees_one_version_of_the_balance_tables_in_all_its_runs() {
    let world = World::start().await;
    world.endow("ada", 100, 0).await;
    let gate = Arc::new(Gate::default());
    let fate = Fate::Hold(Arc::clone(&gate));
    world.net.rule(move |_| fate.clone());
    let buy = world.ask("inn.buy", json!({"amount": 2}), keyed("ada", 1));
    let others = async {
        gate.reached().await;
        world.set_price(50);
        gate.open();
    };
    let (bought, ()) = tokio::join!(buy, others);
    assert_eq!(bought, (0, json!({"level": 2, "left": 3})));
    assert_eq!(world.count("bag", &ITEMS, "ada").await, 94);
}

#[tokio::test]
async fn whoever_finds_an_op_goes_on_with_the_balance_tables_of_then() {
    let world = World::start().await;
    world.endow("ada", 100, 0).await;
    world.net.rule(|_| Fate::CrashAfter);
    let buy = || {
        let request = in_a_hurry(keyed("ada", 1));
        world.ask("inn.buy", json!({"amount": 2}), request)
    };
    assert_eq!(buy().await.0, 13);
    assert_eq!(world.count("bag", &ITEMS, "ada").await, 94);
    world.net.heal();
    world.set_price(5);
    world.recover().await;
    // What was taken for the old price is taken back.
    assert_eq!(buy().await, (0, json!({"level": 2, "left": 5})));
    assert_eq!(world.count("bag", &ITEMS, "ada").await, 90);
    assert_eq!(world.count("hero", &LEVELS, "ada").await, 2);
    assert_eq!(world.statuses("bag.spend").await, ["UNDONE", "OK"]);
}
