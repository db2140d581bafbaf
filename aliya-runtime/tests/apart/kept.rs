//! What holds around a function that leaves its group: transactions, callers that go away, bounds of
//! args, and the size of replies.

use std::sync::Arc;
use std::time::Duration;

use aliya_runtime::Stop;
use aliya_runtime::call::{Act, Request};
use aliya_runtime::dispatch::Dispatch;
use serde_json::{Map, Value, json};
use tokio::time::timeout;

use crate::game::bag::ITEMS;
use crate::game::guild::POINTS;
use crate::game::hero::LEVELS;
use crate::game::mail::LETTERS;
use crate::net::{Fate, Gate};
use crate::world::{World, info, keyed, of, told};

const PATIENCE: Duration = Duration::from_secs(20);

#[tokio::test]
async fn no_transaction_is_open_while_a_call_is_out() {
    let world = World::start().await;
    world.endow("ada", 100, 10).await;
    let gate = Arc::new(Gate::default());
    let fate = Fate::Hold(Arc::clone(&gate));
    world.net.rule(move |_| fate.clone());
    let functions = [
        // An ask, two takes and a give.
        ("hero.outfit", json!({"iron": 1, "stamps": 1}), 4),
        ("guild.praise", json!({"text": "well"}), 1),
        ("hero.look", json!({}), 1),
        ("inn.toll", json!({"amount": 1}), 1),
    ];
    for (number, (function, args, calls)) in (1..).zip(functions) {
        let under_way = world.ask(function, args, keyed("ada", number));
        let others = async {
            for _ in 0..calls {
                timeout(PATIENCE, gate.reached()).await.expect("a call");
                let boosted = world.ask("hero.boost", json!({"by": 1}), of("bob"));
                let boosted = timeout(PATIENCE, boosted).await;
                assert_eq!(boosted.expect("the database is free").0, 0);
                gate.open();
            }
        };
        let (answered, ()) = tokio::join!(under_way, others);
        assert_eq!(answered.0, 0, "{function}");
    }
}

#[tokio::test]
async fn a_function_ends_though_its_caller_has_gone_and_a_stop_waits_for_it() {
    let world = World::start().await;
    world.endow("ada", 100, 0).await;
    let gate = Arc::new(Gate::default());
    let fate = Fate::Hold(Arc::clone(&gate));
    world.net.rule(move |_| fate.clone());
    let (_, group) = world.net.host("hero");
    let mut args = Map::new();
    args.insert("price".to_owned(), Value::from(3));
    drop(group.dispatch(info("hero.train"), args, keyed("ada", 1), Act::Call));
    timeout(PATIENCE, gate.reached()).await.expect("a call");
    let mut finish = std::pin::pin!(group.finish());
    let early = timeout(Duration::from_millis(50), &mut finish).await;
    assert!(early.is_err(), "a function is under way");
    gate.open();
    timeout(PATIENCE, finish).await.expect("an end");
    assert_eq!(world.count("hero", &LEVELS, "ada").await, 1);
    assert_eq!(world.statuses("hero.train").await, ["OK"]);
}

#[tokio::test]
async fn bounds_of_args_hold_between_functions_wherever_they_are() {
    let world = World::start().await;
    world.endow("ada", 1000, 0).await;
    for (function, args) in [
        // A function of its own group, a give, and a take.
        ("inn.stay", json!({"amount": 501})),
        (
            "guild.praise",
            json!({"text": "more than twenty characters"}),
        ),
        ("hero.train", json!({"price": 1001})),
    ] {
        for request in [of("ada"), keyed("ada", 1)] {
            match world.send(function, args.clone(), request).await {
                Err(Stop::Invalid(reason)) => assert!(reason.contains("must"), "{reason}"),
                other => panic!("{function}: {other:?}"),
            }
        }
    }
    assert_eq!(world.net.take_seen(), []);
    assert_eq!(world.count("guild", &POINTS, "ada").await, 0);
    assert_eq!(world.count("bag", &ITEMS, "ada").await, 1000);
}

fn limited(request: Request, reply_limit: usize) -> Request {
    let reply_limit = Some(reply_limit);
    Request {
        reply_limit,
        ..request
    }
}

#[tokio::test]
async fn a_reply_that_fits_no_frame_keeps_nothing() {
    let world = World::start().await;
    world.endow("ada", 100, 0).await;
    let functions = [
        ("hero.train", json!({"price": 3})),
        ("hero.boost", json!({"by": 1})),
        ("guild.whisper", json!({"text": "psst"})),
    ];
    for (number, (function, args)) in (1..).zip(functions) {
        for request in [of("ada"), keyed("ada", number)] {
            let answered = world
                .ask(function, args.clone(), limited(request, 20))
                .await;
            assert_eq!(answered, (14, json!({})), "{function}");
        }
    }
    assert_eq!(world.count("hero", &LEVELS, "ada").await, 0);
    assert_eq!(world.count("guild", &POINTS, "ada").await, 0);
    assert_eq!(world.count("bag", &ITEMS, "ada").await, 100);
    assert_eq!(world.lines("mail", &LETTERS, "ada").await, [""; 0]);
}

#[tokio::test]
async fn the_client_s_limit_does_not_bind_what_managers_tell_each_other() {
    let world = World::start().await;
    world.endow("ada", 100, 10).await;
    let outfit = json!({"iron": 1, "stamps": 1});
    let request = limited(keyed("ada", 1), 60);
    let answered = world.send("hero.outfit", outfit, request).await;
    assert_eq!(told(answered).0, 0);
    let seen = world.net.take_seen();
    assert_eq!(seen.len(), 4);
    assert!(seen.iter().all(|it| it.reply_limit.is_none()), "{seen:?}");
}
