//! Calls that are taken back, as their callee sees it.

use aliya_runtime::Stop;
use aliya_runtime::call::{Act, Key, Request};
use serde_json::{Value, json};

use crate::game::bag::ITEMS;
use crate::game::mail::STAMPS;
use crate::net::Fate;
use crate::world::{World, in_a_hurry, keyed, of, told};

/// A request as a function makes it for its first take.
fn child() -> Request {
    let key = keyed("ada", 1).key.map(|key: Key| key.child(0, "t0"));
    in_a_hurry(Request { key, ..of("ada") })
}

async fn spend(world: &World, act: Act) -> Result<(i64, Value), Stop> {
    let answer = world.act("bag.spend", json!({"amount": 3}), child(), act);
    answer.await.map(|answer| told(Ok(answer)))
}

#[tokio::test]
async fn an_undo_takes_the_effects_back_once() {
    let world = World::start().await;
    world.endow("ada", 10, 0).await;
    assert_eq!(
        spend(&world, Act::Call).await.unwrap(),
        (0, json!({"left": 7}))
    );
    for _ in 0..3 {
        assert_eq!(spend(&world, Act::Undo).await.unwrap(), (0, json!({})));
        assert_eq!(world.count("bag", &ITEMS, "ada").await, 10);
    }
    assert_eq!(world.statuses("bag.spend").await, ["UNDONE"]);
}

#[tokio::test]
async fn a_call_that_comes_after_its_undo_does_nothing() {
    let world = World::start().await;
    world.endow("ada", 10, 0).await;
    assert_eq!(spend(&world, Act::Undo).await.unwrap(), (0, json!({})));
    for _ in 0..2 {
        let late = spend(&world, Act::Call).await;
        assert!(matches!(late, Err(Stop::Fault { .. })), "{late:?}");
    }
    assert_eq!(spend(&world, Act::Undo).await.unwrap(), (0, json!({})));
    assert_eq!(world.count("bag", &ITEMS, "ada").await, 10);
    assert_eq!(world.statuses("bag.spend").await, ["UNDONE"]);
}

#[tokio::test]
async fn a_call_and_its_undo_at_once_leave_nothing() {
    let world = World::start().await;
    for _ in 0..10 {
        world.endow("ada", 10, 0).await;
        let before = world.count("bag", &ITEMS, "ada").await;
        let call = spend(&world, Act::Call);
        let (_, undone) = tokio::join!(call, spend(&world, Act::Undo));
        assert_eq!(undone.unwrap().0, 0);
        assert_eq!(world.count("bag", &ITEMS, "ada").await, before);
    }
}

#[tokio::test]
async fn a_call_that_failed_has_nothing_to_undo() {
    let world = World::start().await;
    assert_eq!(spend(&world, Act::Call).await.unwrap().0, 2);
    assert_eq!(spend(&world, Act::Undo).await.unwrap().0, 0);
    assert_eq!(world.count("bag", &ITEMS, "ada").await, 0);
    assert_eq!(world.statuses("bag.spend").await, ["FAILED"]);
}

#[tokio::test]
async fn a_call_that_is_under_way_is_undone_when_it_has_ended() {
    let world = World::start().await;
    world.endow("ada", 10, 0).await;
    let act = |act| world.act("bag.spend_and_tell", json!({"amount": 3}), child(), act);
    world.net.rule(|_| Fate::LoseCall);
    for asked in [Act::Call, Act::Undo, Act::Call] {
        let answered = act(asked).await;
        assert!(
            matches!(answered, Err(Stop::Unavailable(_))),
            "{answered:?}"
        );
    }
    world.net.heal();
    world.recover().await;
    assert_eq!(world.count("bag", &ITEMS, "ada").await, 7);
    assert_eq!(told(act(Act::Undo).await).0, 0);
    assert_eq!(world.count("bag", &ITEMS, "ada").await, 10);
}

#[tokio::test]
async fn an_undo_of_one_that_has_not_come_yet_holds_for_one_that_leaves_its_group() {
    let world = World::start().await;
    world.endow("ada", 10, 0).await;
    let act = |act| world.act("bag.spend_and_tell", json!({"amount": 3}), child(), act);
    assert_eq!(told(act(Act::Undo).await).0, 0);
    let late = act(Act::Call).await;
    assert!(matches!(late, Err(Stop::Fault { .. })), "{late:?}");
    assert_eq!(world.net.take_seen(), []);
    assert_eq!(world.count("bag", &ITEMS, "ada").await, 10);
}

#[tokio::test]
async fn an_undo_gets_the_args_and_the_reply_of_what_it_undoes() {
    let world = World::start().await;
    world.endow("ada", 0, 10).await;
    let act = |act| world.act("mail.stamp", json!({"count": 4}), child(), act);
    assert_eq!(told(act(Act::Call).await), (0, json!({"before": 10})));
    // `restamp` wants both.
    assert_eq!(told(act(Act::Undo).await).0, 0);
    assert_eq!(world.count("mail", &STAMPS, "ada").await, 10);
}

#[tokio::test]
async fn an_undo_of_another_content_is_refused() {
    let world = World::start().await;
    world.endow("ada", 10, 0).await;
    assert_eq!(spend(&world, Act::Call).await.unwrap().0, 0);
    let other = world.act("bag.spend", json!({"amount": 2}), child(), Act::Undo);
    let other = other.await;
    assert!(matches!(other, Err(Stop::Reused)), "{other:?}");
    assert_eq!(world.count("bag", &ITEMS, "ada").await, 7);
}

#[tokio::test]
async fn what_nothing_takes_back_stays() {
    let world = World::start().await;
    world.endow("ada", 10, 0).await;
    let act = |act| world.act("bag.pay", json!({"amount": 3}), child(), act);
    assert_eq!(told(act(Act::Call).await).0, 0);
    let undone = act(Act::Undo).await;
    assert!(matches!(undone, Err(Stop::Fault { .. })), "{undone:?}");
    assert_eq!(world.count("bag", &ITEMS, "ada").await, 7);
    assert_eq!(world.statuses("bag.pay").await, ["OK"]);
}

/// An undo that ends with an error has taken nothing back: the op waits, and is not taken as ended.
#[tokio::test]
async fn an_undo_that_fails_is_repeated_until_it_works() {
    let world = World::start().await;
    world.endow("ada", 3, 0).await;
    let fail = || {
        let request = in_a_hurry(keyed("ada", 1));
        world.ask("inn.break", json!({"amount": 3}), request)
    };
    assert_eq!(fail().await.0, 13);
    world.recover_group("inn").await;
    assert_eq!(world.statuses("inn.break").await, ["UNDOING"]);
    assert_eq!(world.statuses("bag.seize").await, ["OK"]);
    // It works where there is something in the bag.
    world.endow("ada", 1, 0).await;
    world.recover().await;
    assert_eq!(fail().await.0, 2);
    assert_eq!(world.count("bag", &ITEMS, "ada").await, 4);
    assert_eq!(world.statuses("bag.seize").await, ["UNDONE"]);
}
