//! Requests with a key: applied once, and answered the same each time.

use std::time::Duration;

use aliya_runtime::shutdown::CancellationToken;
use aliya_runtime::{Stop, Time};
use serde_json::json;
use tokio::time::{sleep, timeout};

use crate::game::bag::ITEMS;
use crate::game::hero::LEVELS;
use crate::net::Fate;
use crate::world::{DAY_MS, NOW, World, born, keyed, of, told};

#[tokio::test]
async fn a_repeated_request_is_applied_once() {
    let world = World::start().await;
    let boost = || world.ask("hero.boost", json!({"by": 2}), keyed("ada", 1));
    let first = boost().await;
    assert_eq!(first, (0, json!({"level": 2, "left": 0})));
    assert_eq!(boost().await, first);
    // Another key is another request, and so is the same key of another player.
    let (status, data) = world
        .ask("hero.boost", json!({"by": 2}), keyed("ada", 2))
        .await;
    assert_eq!((status, &data["level"]), (0, &json!(4)));
    let (status, data) = world
        .ask("hero.boost", json!({"by": 2}), keyed("bob", 1))
        .await;
    assert_eq!((status, &data["level"]), (0, &json!(2)));
    assert_eq!(world.statuses("hero.boost").await, ["OK", "OK", "OK"]);
}

#[tokio::test]
async fn requests_that_come_at_once_are_applied_once() {
    let world = World::start().await;
    let boost = || world.ask("hero.boost", json!({"by": 1}), keyed("ada", 1));
    let answers = tokio::join!(boost(), boost(), boost());
    let expected = (0, json!({"level": 1, "left": 0}));
    assert_eq!(answers, (expected.clone(), expected.clone(), expected));
    assert_eq!(world.count("hero", &LEVELS, "ada").await, 1);
}

#[tokio::test]
async fn an_error_is_the_reply_of_its_key_for_good() {
    let world = World::start().await;
    let boost = |number| world.ask("hero.boost", json!({"by": 8}), keyed("ada", number));
    assert_eq!(boost(1).await.0, 0);
    assert_eq!(boost(2).await, (9, json!({})));
    // It would work now.
    let (status, _) = world.ask("hero.boost", json!({"by": -8}), of("ada")).await;
    assert_eq!(status, 0);
    assert_eq!(boost(2).await, (9, json!({})));
    assert_eq!(world.count("hero", &LEVELS, "ada").await, 0);
    assert_eq!(world.statuses("hero.boost").await, ["OK", "FAILED"]);
}

#[tokio::test]
async fn another_content_under_a_used_key_is_refused() {
    let world = World::start().await;
    world.endow("ada", 100, 0).await;
    let boosted = world
        .ask("hero.boost", json!({"by": 1}), keyed("ada", 1))
        .await;
    assert_eq!(boosted.0, 0);
    for (function, args) in [
        ("hero.boost", json!({"by": 2})),
        // A function that leaves its group.
        ("hero.train", json!({"price": 1})),
        // One that fails.
        ("hero.boost", json!({"by": 100})),
    ] {
        let answered = world.send(function, args, keyed("ada", 1)).await;
        assert!(matches!(answered, Err(Stop::Reused)), "{answered:?}");
    }
    assert_eq!(world.count("hero", &LEVELS, "ada").await, 1);
    assert_eq!(world.count("bag", &ITEMS, "ada").await, 100);
}

#[tokio::test]
async fn what_has_no_key_or_writes_nothing_keeps_nothing() {
    let world = World::start().await;
    world.endow("ada", 100, 0).await;
    for _ in 0..2 {
        let (status, _) = world.ask("hero.boost", json!({"by": 1}), of("ada")).await;
        assert_eq!(status, 0);
        // It reads, here and in another group.
        let (status, data) = world.ask("bag.held", json!({}), keyed("ada", 1)).await;
        assert_eq!((status, data), (0, json!({"left": 100})));
        let (status, _) = world.ask("hero.look", json!({}), keyed("ada", 2)).await;
        assert_eq!(status, 0);
        // It fails, and writes nothing.
        let (status, _) = world.ask("hero.look", json!({}), keyed("bob", 3)).await;
        assert_eq!(status, 2);
    }
    assert_eq!(world.count("hero", &LEVELS, "ada").await, 2);
    assert_eq!(world.ops().await, []);
    // Nor does the key of one that reads name what one that writes has done.
    let (status, _) = world
        .ask("hero.boost", json!({"by": 1}), keyed("ada", 1))
        .await;
    assert_eq!(status, 0);
}

#[tokio::test]
async fn one_without_a_key_that_leaves_its_group_is_an_op_all_the_same() {
    let world = World::start().await;
    world.endow("ada", 100, 0).await;
    for left in [99, 97] {
        let (_, data) = world
            .ask("hero.train", json!({"price": 1}), of("ada"))
            .await;
        assert_eq!(data["left"], json!(left));
    }
    assert_eq!(world.statuses("hero.train").await, ["OK", "OK"]);
}

#[tokio::test]
async fn a_key_that_is_no_longer_remembered_is_refused() {
    let world = World::start().await;
    world.endow("ada", 100, 0).await;
    let boost = || world.send("hero.boost", json!({"by": 1}), keyed("ada", 1));
    let train = || world.send("hero.train", json!({"price": 1}), keyed("ada", 2));
    assert_eq!(told(boost().await).0, 0);
    assert_eq!(told(train().await).0, 0);
    for manager in ["hero", "bag"] {
        let (_, group) = world.net.host(manager);
        let later = Time(NOW.0 + 40 * DAY_MS);
        assert!(group.collect_ops(later).await.expect("a database") > 0);
    }
    assert_eq!(world.ops().await, []);
    for answered in [boost().await, train().await] {
        match answered {
            Err(Stop::Invalid(reason)) => assert!(reason.contains("older"), "{reason}"),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(world.count("hero", &LEVELS, "ada").await, 2);
    assert_eq!(world.count("bag", &ITEMS, "ada").await, 98);
}

#[tokio::test]
async fn a_key_is_remembered_until_it_is_refused() {
    let world = World::start().await;
    let boost = |born_at| world.send("hero.boost", json!({"by": 1}), born("ada", 1, born_at));
    let oldest = Time(NOW.0 - 3 * DAY_MS);
    assert_eq!(told(boost(oldest).await).0, 0);
    let (_, group) = world.net.host("hero");
    // To the millisecond: neither forgotten before it is refused, nor kept for ever.
    for (age_ms, is_refused) in [(0, false), (1, true)] {
        let now = Time(oldest.0 + 7 * DAY_MS + age_ms);
        group.collect_ops(now).await.expect("a database");
        let (status, _) = told(boost(oldest).await);
        assert_eq!(status == 10, is_refused, "{age_ms}: {status}");
        assert_eq!(world.count("hero", &LEVELS, "ada").await, 1);
        assert_eq!(world.ops().await.is_empty(), is_refused);
    }
}

#[tokio::test]
async fn a_stored_reply_needs_none_of_the_other_groups() {
    let world = World::start().await;
    world.endow("ada", 100, 10).await;
    let outfit = |request| {
        let args = json!({"iron": 5, "stamps": 1});
        world.ask("hero.outfit", args, request)
    };
    let first = outfit(keyed("ada", 1)).await;
    assert_eq!(first.0, 0);
    world.net.rule(|_| Fate::LoseCall);
    assert_eq!(outfit(keyed("ada", 1)).await, first);
}

#[tokio::test]
async fn a_key_that_is_too_old_is_refused_as_soon_as_a_group_runs() {
    let world = World::start().await;
    let stop = CancellationToken::new();
    let (name, group) = world.net.host("hero");
    world.net.spawn(name, group.recover(stop.clone()));
    let old = Time(NOW.0 - 8 * DAY_MS);
    let refused = async {
        for number in 1.. {
            let request = born("ada", number, old);
            let (status, _) = world.ask("hero.boost", json!({"by": 0}), request).await;
            if status == 10 {
                return;
            }
            sleep(Duration::from_millis(5)).await;
        }
    };
    let soon = timeout(Duration::from_secs(20), refused).await;
    assert!(soon.is_ok(), "the key is taken");
    stop.cancel();
}
