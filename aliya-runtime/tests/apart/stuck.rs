//! Ops that cannot go on: they wait longer each time, are never dropped, and end when they can.

use aliya_runtime::{Stop, Time};
use serde_json::json;

use crate::game::bag::ITEMS;
use crate::game::hero::LEVELS;
use crate::game::mail::LETTERS;
use crate::net::Fate;
use crate::world::{DAY_MS, NOW, Op, World, in_a_hurry, keyed};

async fn op_of(world: &World, function: &str) -> Op {
    let ops = world.ops().await.into_iter();
    let mut ops = ops.filter(|op| op.function == function);
    ops.next().expect("an op")
}

#[tokio::test]
async fn an_op_whose_callee_is_down_waits_longer_each_time_and_then_ends() {
    let world = World::start().await;
    world.endow("ada", 100, 0).await;
    world.net.rule(|_| Fate::LoseCall);
    let train = || {
        let request = in_a_hurry(keyed("ada", 1));
        world.send("hero.train", json!({"price": 3}), request)
    };
    let mut waits = Vec::new();
    for attempts in 1..=12 {
        let begun = Time::now();
        match attempts {
            1 => {
                let answered = train().await;
                assert!(
                    matches!(answered, Err(Stop::Unavailable(_))),
                    "{answered:?}"
                );
            }
            _ => assert_eq!(world.recover_group("hero").await, 1),
        }
        let op = op_of(&world, "hero.train").await;
        assert_eq!((op.status.as_str(), op.attempts), ("TAKING", attempts));
        waits.push(op.next.0 - begun.0);
    }
    // Each wait is half of its most at least, and that doubles from 200 ms to 5 s.
    let floors = [100, 200, 400, 800, 1_600, 2_500, 2_500, 2_500];
    let long_enough = waits.iter().zip(floors).all(|(wait, least)| *wait >= least);
    assert!(long_enough, "{waits:?}");
    assert!(waits.iter().all(|wait| *wait < 15_000), "{waits:?}");
    // Whoever repeats the request is told to try again, and does not drive it.
    world.net.take_seen();
    let answered = train().await;
    assert!(
        matches!(answered, Err(Stop::Unavailable(_))),
        "{answered:?}"
    );
    assert_eq!(world.net.take_seen(), []);
    world.net.heal();
    world.recover().await;
    let answer = train().await.expect("an answer");
    assert_eq!(answer.data, r#"{"level":1,"left":97}"#);
    assert_eq!(world.count("bag", &ITEMS, "ada").await, 97);
}

#[tokio::test]
async fn an_op_that_goes_on_begins_to_count_anew() {
    let world = World::start().await;
    world.endow("ada", 100, 0).await;
    let args = json!({"to": "bob", "amount": 3});
    let send = || world.ask("hero.send", args.clone(), in_a_hurry(keyed("ada", 1)));
    // The take is lost; then the take arrives, and the give is lost.
    for (arrives, status) in [("", "TAKING"), ("bag.spend", "GIVING")] {
        world.net.rule(move |seen| match seen.function == arrives {
            true => Fate::Deliver,
            false => Fate::LoseCall,
        });
        for attempts in 1..=3 {
            let begun = Time::now();
            match status {
                "TAKING" if attempts == 1 => assert_eq!(send().await.0, 13),
                _ => assert_eq!(world.recover_group("hero").await, 1),
            }
            let op = op_of(&world, "hero.send").await;
            assert_eq!((op.status.as_str(), op.attempts), (status, attempts));
            // 200 ms at most after the first failure; 800 ms at least after three of TAKING.
            let waits = op.next.0 - begun.0;
            assert!(attempts > 1 || waits < 800, "{waits}");
        }
    }
    world.net.heal();
    world.recover().await;
    assert_eq!(send().await, (0, json!({"level": 0, "left": 3})));
}

#[tokio::test]
async fn an_op_is_not_driven_before_it_is_due() {
    let world = World::start().await;
    world.endow("ada", 100, 0).await;
    world.net.rule(|_| Fate::Crash);
    let train = world.ask("hero.train", json!({"price": 3}), keyed("ada", 1));
    assert_eq!(train.await.0, 13);
    world.net.heal();
    let (_, group) = world.net.host("hero");
    // Whoever has begun it has a lease.
    assert_eq!(group.recover_due(Time::now()).await.unwrap(), 0);
    let later = Time(Time::now().0 + 60_000);
    assert_eq!(group.recover_due(later).await.unwrap(), 1);
    assert_eq!(world.count("hero", &LEVELS, "ada").await, 1);
    // What is final is not due any more, and is collected much later alone.
    assert_eq!(group.recover_due(later).await.unwrap(), 0);
    assert_eq!(group.collect_ops(*NOW).await.unwrap(), 0);
    assert_eq!(world.statuses("hero.train").await, ["OK"]);
}

/// Whether a call of an op has happened, its callee does not know any more: nobody may say that it has
/// not.
#[tokio::test]
async fn an_op_whose_calls_are_not_remembered_any_more_stays_as_it_is() {
    let world = World::start().await;
    world.endow("ada", 100, 0).await;
    world.net.rule(|_| Fate::CrashAfter);
    let functions = [
        ("hero.train", json!({"price": 3})),
        ("guild.whisper", json!({"text": "psst"})),
    ];
    for (number, (function, args)) in (1..).zip(&functions) {
        let answered = world
            .ask(function, args.clone(), keyed("ada", number))
            .await;
        assert_eq!(answered.0, 13);
    }
    world.net.heal();
    for manager in ["bag", "mail"] {
        let (_, group) = world.net.host(manager);
        let later = Time(NOW.0 + 40 * DAY_MS);
        group.collect_ops(later).await.expect("a database");
    }
    for _ in 0..3 {
        assert_eq!(world.recover_group("hero").await, 2);
    }
    for (number, (function, args)) in (1..).zip(&functions) {
        let request = in_a_hurry(keyed("ada", number));
        assert_eq!(world.ask(function, args.clone(), request).await.0, 13);
    }
    assert_eq!(op_of(&world, "hero.train").await.status, "UNDOING");
    assert_eq!(op_of(&world, "guild.whisper").await.status, "GIVING");
    assert_eq!(world.count("bag", &ITEMS, "ada").await, 97);
    assert_eq!(world.lines("mail", &LETTERS, "ada").await, ["psst"]);
}
