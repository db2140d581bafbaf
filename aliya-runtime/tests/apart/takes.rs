//! Functions that take from other groups before they write.

use std::sync::Arc;

use aliya_runtime::call::Act;
use aliya_runtime::{PlayerId, Stop};
use serde_json::json;

use crate::game::bag::ITEMS;
use crate::game::guild::{NOTES, POINTS};
use crate::game::hero::{HIGHEST, LEVELS};
use crate::game::mail::{LETTERS, STAMPS};
use crate::net::{Fate, Gate, Seen};
use crate::world::{World, keyed, of};

/// The key of the request with the number 1 of a player, without the time at which it was made.
fn child(seen: &Seen) -> &str {
    let key = seen.key.as_deref().expect("a key");
    assert!(key.starts_with("+c3:ada:"), "{key}");
    key.split_once("-0000000000000001").expect("the number 1").1
}

fn functions(seen: &[Seen]) -> Vec<(&str, Act)> {
    let of = |seen: &'_ Seen| seen.act;
    seen.iter()
        .map(|it| (it.function.as_str(), of(it)))
        .collect()
}

async fn level_of(world: &World) -> i64 {
    world.count("hero", &LEVELS, "ada").await
}

async fn iron_of(world: &World) -> i64 {
    world.count("bag", &ITEMS, "ada").await
}

#[tokio::test]
async fn a_take_is_made_once_under_a_key_of_its_own() {
    let world = World::start().await;
    world.endow("ada", 100, 0).await;
    let train = || world.ask("hero.train", json!({"price": 3}), keyed("ada", 1));
    let expected = (0, json!({"level": 1, "left": 97}));
    assert_eq!(train().await, expected);
    let seen = world.net.take_seen();
    let [spend] = seen.as_slice() else {
        panic!("{seen:?}");
    };
    assert_eq!((child(spend), spend.act), (".0/t0", Act::Call));
    assert_eq!(
        (spend.from, spend.body.as_str()),
        ("town", r#"{"amount":3}"#)
    );
    assert_eq!(spend.caller, Some(PlayerId::new("ada")));
    assert_eq!(train().await, expected);
    assert_eq!((level_of(&world).await, iron_of(&world).await), (1, 97));
    // What was sent again with the same key was told the same.
    let again = world.net.take_seen();
    assert!(again.iter().all(|it| child(it) == ".0/t0"), "{again:?}");
    assert_eq!(world.statuses("hero.train").await, ["OK"]);
    assert_eq!(world.statuses("bag.spend").await, ["OK"]);
}

#[tokio::test]
async fn what_is_asked_taken_and_given_goes_out_once_and_in_order() {
    let world = World::start().await;
    world.endow("ada", 100, 10).await;
    let args = json!({"iron": 5, "stamps": 2});
    let answered = world.ask("hero.outfit", args, keyed("ada", 1)).await;
    assert_eq!(answered, (0, json!({"level": 1, "left": 96})));
    let seen = world.net.take_seen();
    let expected = [
        ("bag.held", Act::Call),
        ("bag.spend", Act::Call),
        ("mail.stamp", Act::Call),
        ("bag.add", Act::Give),
    ];
    assert_eq!(functions(&seen), expected);
    assert_eq!(seen[0].key, None);
    let keys: Vec<_> = seen[1..].iter().map(child).collect();
    assert_eq!(keys, [".0/t0", ".0/t1", ".0/g0"]);
    assert_eq!(world.count("mail", &STAMPS, "ada").await, 8);
}

#[tokio::test]
async fn a_take_that_is_refused_ends_the_function_and_undoes_those_before() {
    let world = World::start().await;
    world.endow("ada", 100, 1).await;
    let args = json!({"iron": 5, "stamps": 2});
    let outfit = || world.ask("hero.outfit", args.clone(), keyed("ada", 1));
    // The error of the take, with its data, as it is.
    let expected = (3, json!({"before": 1}));
    assert_eq!(outfit().await, expected);
    let seen = world.net.take_seen();
    let [_, _, stamp, undo] = seen.as_slice() else {
        panic!("{seen:?}");
    };
    assert_eq!((child(stamp), stamp.act), (".0/t1", Act::Call));
    assert_eq!((undo.function.as_str(), undo.act), ("bag.spend", Act::Undo));
    assert_eq!(child(undo), ".0/t0");
    assert_eq!(outfit().await, expected);
    assert_eq!((level_of(&world).await, iron_of(&world).await), (0, 100));
    assert_eq!(world.statuses("hero.outfit").await, ["FAILED"]);
    assert_eq!(world.statuses("bag.spend").await, ["UNDONE"]);
    assert_eq!(world.statuses("mail.stamp").await, ["FAILED"]);
}

#[tokio::test]
async fn an_error_of_a_take_is_what_the_function_makes_of_it() {
    let world = World::start().await;
    world.endow("ada", 4, 10).await;
    let args = json!({"iron": 5, "stamps": 2});
    let answered = world.ask("hero.outfit", args, keyed("ada", 1)).await;
    assert_eq!(answered, (7, json!({})));
    // Nothing was taken: nothing is undone.
    let seen = world.net.take_seen();
    assert!(seen.iter().all(|it| it.act == Act::Call), "{seen:?}");
    assert_eq!((level_of(&world).await, iron_of(&world).await), (0, 4));
}

#[tokio::test]
async fn a_function_that_fails_after_its_takes_undoes_them_last_first() {
    let world = World::start().await;
    world.endow("ada", 100, 10).await;
    world
        .ask("hero.boost", json!({"by": HIGHEST}), of("ada"))
        .await;
    let args = json!({"iron": 5, "stamps": 2});
    let answered = world.ask("hero.outfit", args, keyed("ada", 1)).await;
    assert_eq!(answered, (9, json!({})));
    let seen = world.net.take_seen();
    let undone = [("mail.stamp", Act::Undo), ("bag.spend", Act::Undo)];
    assert!(functions(&seen).ends_with(&undone), "{seen:?}");
    assert_eq!(
        (level_of(&world).await, iron_of(&world).await),
        (HIGHEST, 100)
    );
    assert_eq!(world.count("mail", &STAMPS, "ada").await, 10);
    assert_eq!(world.statuses("hero.outfit").await, ["FAILED"]);
}

#[tokio::test]
async fn what_has_changed_since_it_was_read_is_read_again() {
    let world = World::start().await;
    world.endow("ada", 100, 0).await;
    let gate = Arc::new(Gate::default());
    let fate = Fate::HoldAnswer(Arc::clone(&gate));
    world.net.rule(move |seen| match seen.act {
        Act::Call => fate.clone(),
        _ => Fate::Deliver,
    });
    let train = world.ask("hero.train", json!({"price": 3}), keyed("ada", 1));
    let others = async {
        // The second epoch has an outdated price, too; the third has the right one.
        for _ in 0..2 {
            gate.reached().await;
            let boosted = world.ask("hero.boost", json!({"by": 1}), of("ada")).await;
            assert_eq!(boosted.0, 0);
            gate.open();
        }
        gate.reached().await;
        gate.open();
    };
    let (trained, ()) = tokio::join!(train, others);
    assert_eq!(trained, (0, json!({"level": 3, "left": 91})));
    let ops = world.ops().await;
    let op = ops
        .iter()
        .find(|op| op.function == "hero.train")
        .expect("an op");
    assert_eq!((op.status.as_str(), op.epoch), ("OK", 2));
    let seen = world.net.take_seen();
    let keys: Vec<_> = seen.iter().map(|it| (child(it), it.act)).collect();
    let expected = [
        (".0/t0", Act::Call),
        (".0/t0", Act::Undo),
        (".1/t0", Act::Call),
        (".1/t0", Act::Undo),
        (".2/t0", Act::Call),
    ];
    assert_eq!(keys, expected);
    assert_eq!((level_of(&world).await, iron_of(&world).await), (3, 91));
}

#[tokio::test]
async fn a_take_that_is_not_wanted_any_more_is_undone() {
    let world = World::start().await;
    world.endow("ada", 100, 0).await;
    let gate = Arc::new(Gate::default());
    let fate = Fate::Hold(Arc::clone(&gate));
    world.net.rule(move |_| fate.clone());
    let learn = world.ask("hero.learn", json!({}), keyed("ada", 1));
    let others = async {
        gate.reached().await;
        let boosted = world.ask("hero.boost", json!({"by": 2}), of("ada")).await;
        assert_eq!(boosted.0, 0);
        world.net.heal();
        gate.open();
    };
    let (learned, ()) = tokio::join!(learn, others);
    assert_eq!(learned, (0, json!({"level": 3, "left": 0})));
    assert_eq!((level_of(&world).await, iron_of(&world).await), (3, 100));
    assert_eq!(world.statuses("bag.spend").await, ["UNDONE"]);
}

#[tokio::test]
async fn a_take_may_leave_its_own_group() {
    let world = World::start().await;
    world.endow("ada", 100, 0).await;
    let commission = |number| {
        let args = json!({"amount": 3});
        world.ask("hero.commission", args, keyed("ada", number))
    };
    assert_eq!(commission(1).await, (0, json!({"level": 1, "left": 97})));
    let seen = world.net.take_seen();
    let keys: Vec<_> = seen.iter().map(|it| (it.from, child(it))).collect();
    assert_eq!(keys, [("town", ".0/t0"), ("bags", ".0/t0.0/g0")]);
    assert_eq!(world.lines("mail", &LETTERS, "ada").await, ["spent"]);
    // What it has taken is taken back.
    world
        .ask("hero.boost", json!({"by": HIGHEST - 1}), of("ada"))
        .await;
    assert_eq!(commission(2).await, (9, json!({})));
    assert_eq!(
        (level_of(&world).await, iron_of(&world).await),
        (HIGHEST, 97)
    );
    assert_eq!(world.statuses("bag.spend_and_tell").await, ["OK", "UNDONE"]);
}

#[tokio::test]
async fn what_is_called_for_another_player_has_that_one_as_its_caller() {
    let world = World::start().await;
    world.endow("ada", 100, 0).await;
    let args = json!({"to": "bob", "amount": 30});
    let sent = world.ask("hero.send", args, keyed("ada", 1)).await;
    assert_eq!(sent, (0, json!({"level": 0, "left": 30})));
    let seen = world.net.take_seen();
    let callers: Vec<_> = seen
        .iter()
        .map(|it| (it.caller.clone(), child(it)))
        .collect();
    let [ada, bob] = ["ada", "bob"].map(|player| Some(PlayerId::new(player)));
    assert_eq!(callers, [(ada, ".0/t0"), (bob, ".0/g0")]);
    assert_eq!(iron_of(&world).await, 70);
    assert_eq!(world.count("bag", &ITEMS, "bob").await, 30);
}

#[tokio::test]
async fn calls_within_the_group_are_a_part_of_the_function() {
    let world = World::start().await;
    world.endow("ada", 100, 0).await;
    let stay = |number| world.ask("inn.stay", json!({"amount": 60}), keyed("ada", number));
    assert_eq!(stay(1).await, (0, json!({"points": 1, "told": 40})));
    let seen = world.net.take_seen();
    assert_eq!(functions(&seen), [("bag.spend", Act::Call)]);
    assert_eq!(stay(2).await, (2, json!({})));
    assert_eq!(world.count("guild", &POINTS, "ada").await, 1);
    assert_eq!(world.lines("guild", &NOTES, "ada").await, ["joined for 60"]);
    assert_eq!(world.statuses("guild.join").await, [""; 0]);
}

#[tokio::test]
async fn what_is_asked_after_a_take_sees_the_take() {
    let world = World::start().await;
    world.endow("ada", 100, 0).await;
    let args = json!({"amount": 4});
    let counted = world.ask("hero.count_down", args, keyed("ada", 1)).await;
    assert_eq!(counted, (0, json!({"level": 1, "left": 8})));
    // What is asked twice at one place is asked once.
    let seen = world.net.take_seen();
    let names: Vec<_> = seen.iter().map(|it| it.function.as_str()).collect();
    assert_eq!(names, ["bag.held", "bag.spend", "bag.held"]);
}

#[tokio::test]
async fn a_fault_of_what_is_asked_after_a_take_undoes_it() {
    let world = World::start().await;
    world.endow("ada", 100, 0).await;
    let mut taken = false;
    world.net.rule(move |seen| {
        taken |= seen.function == "bag.spend";
        match taken && seen.function == "bag.held" {
            true => Fate::Answer(Stop::fault("15")),
            false => Fate::Deliver,
        }
    });
    let args = json!({"amount": 4});
    for _ in 0..2 {
        let (status, _) = world
            .ask("hero.count_down", args.clone(), keyed("ada", 1))
            .await;
        assert_eq!(status, 15);
    }
    assert_eq!(iron_of(&world).await, 100);
    assert_eq!(world.statuses("hero.count_down").await, ["FAILED"]);
}

#[tokio::test]
async fn a_function_that_panics_after_a_take_undoes_it() {
    let world = World::start().await;
    world.endow("ada", 100, 0).await;
    for _ in 0..2 {
        let (status, _) = world
            .ask("inn.trip", json!({"amount": 3}), keyed("ada", 1))
            .await;
        assert_eq!(status, 15);
    }
    assert_eq!(iron_of(&world).await, 100);
    assert_eq!(world.statuses("inn.trip").await, ["FAILED"]);
}
