//! Every shape of a function, with one thing that goes wrong, at each of its calls in turn: it is applied
//! once in the end or not at all, and its key is answered the same each time.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

use aliya_runtime::Stop;

use crate::net::{Fate, Gate, unavailable};
use crate::shapes::{Outcome, SHAPES, Shape, numbers};
use crate::world::World;

/// Lets `fate` happen to the call of that number; returns the count of all calls.
fn at(world: &World, number: usize, fate: Fate) -> Arc<AtomicUsize> {
    let calls = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&calls);
    world
        .net
        .rule(move |_| match counted.fetch_add(1, SeqCst) + 1 == number {
            true => fate.clone(),
            false => Fate::Deliver,
        });
    calls
}

/// Drives all to its end, and holds what is there against what would be there without trouble.
async fn assert_whole(world: &World, shape: &Shape, player: &str, expected: &Outcome, place: &str) {
    world.recover().await;
    let (answer, found) = expected;
    assert_eq!(shape.ask(world, player).await, *answer, "{place}");
    assert_eq!(numbers(world, player).await, *found, "{place}");
    let live = world.ops().await.into_iter().filter(|op| {
        let finals = ["OK", "FAILED", "UNDONE"];
        !finals.contains(&op.status.as_str())
    });
    assert_eq!(live.count(), 0, "{place}");
}

/// Lets `fate` happen at each call of each shape.
async fn everywhere(name: &str, fate: Fate) {
    let world = World::start().await;
    for shape in &SHAPES {
        let expected = shape.undisturbed(&world).await;
        for number in 1.. {
            let place = format!("{name} at call {number} of: {}", shape.name);
            let player = format!("{number} {name} {}", shape.name);
            shape.endow(&world, &player).await;
            let calls = at(&world, number, fate.clone());
            let (status, data) = shape.ask(&world, &player).await;
            // Whoever was answered was answered for good.
            if status != 13 {
                assert_eq!((status, data), expected.0, "{place}");
            }
            let is_over = calls.load(SeqCst) < number;
            world.net.heal();
            assert_whole(&world, shape, &player, &expected, &place).await;
            if is_over {
                break;
            }
        }
    }
}

#[tokio::test]
async fn a_call_that_is_lost() {
    everywhere("a lost call", Fate::LoseCall).await;
}

#[tokio::test]
async fn an_answer_that_is_lost() {
    everywhere("a lost answer", Fate::LoseAnswer).await;
}

#[tokio::test]
async fn a_call_that_arrives_twice() {
    everywhere("a call twice", Fate::Twice).await;
}

#[tokio::test]
async fn a_caller_that_crashes_before_its_call() {
    everywhere("a crash before", Fate::Crash).await;
}

#[tokio::test]
async fn a_caller_that_crashes_after_its_call() {
    everywhere("a crash after", Fate::CrashAfter).await;
}

#[tokio::test]
async fn a_callee_that_crashes() {
    everywhere("a crash of the callee", Fate::CrashCallee).await;
}

#[tokio::test]
async fn a_callee_that_asks_to_try_again() {
    everywhere("13", Fate::Answer(unavailable("13"))).await;
}

#[tokio::test]
async fn a_crash_at_every_call_when_it_is_made_first() {
    for fate in [Fate::Crash, Fate::CrashAfter, Fate::LoseAnswer] {
        let world = World::start().await;
        for shape in &SHAPES {
            let expected = shape.undisturbed(&world).await;
            shape.endow(&world, shape.name).await;
            let (fate, mut seen) = (fate.clone(), HashSet::new());
            world.net.rule(move |call| {
                let is_first = seen.insert((call.key.clone(), format!("{:?}", call.act)));
                match is_first && call.key.is_some() {
                    true => fate.clone(),
                    false => Fate::Deliver,
                }
            });
            shape.ask(&world, shape.name).await;
            assert_whole(&world, shape, shape.name, &expected, shape.name).await;
            world.net.heal();
        }
    }
}

/// A callee that answers with a fault: nothing is known of what it did.
#[tokio::test]
async fn a_fault_of_the_callee_ends_the_function_or_is_repeated() {
    for fate in [
        Fate::Answer(Stop::fault("15")),
        Fate::AnswerAfter(Stop::fault("15")),
    ] {
        let world = World::start().await;
        // An undo is local: the letter of a take that leaves its group has gone out.
        let shapes = SHAPES.iter().filter(|it| it.function != "hero.commission");
        for shape in shapes {
            let expected = shape.undisturbed(&world).await;
            for number in 1.. {
                let place = format!("15 at call {number} of: {}", shape.name);
                let player = format!("{number} {}", shape.name);
                shape.endow(&world, &player).await;
                let before = numbers(&world, &player).await;
                let calls = at(&world, number, fate.clone());
                let first = shape.ask(&world, &player).await;
                let is_over = calls.load(SeqCst) < number;
                world.net.heal();
                world.recover().await;
                let (status, data) = shape.ask(&world, &player).await;
                let data = if status == 15 {
                    serde_json::json!({})
                } else {
                    data
                };
                // All of it, or nothing.
                let all = ((status, data), numbers(&world, &player).await);
                let none = ((15, serde_json::json!({})), before);
                let is_failure = matches!(expected.0.0, 2..=9) && all.1 == before;
                assert!(
                    all == expected || all == none || is_failure,
                    "{place}: {all:?}"
                );
                assert!(first.0 == 13 || first.0 == status, "{place}: {first:?}");
                if is_over {
                    break;
                }
            }
        }
    }
}

#[tokio::test]
async fn a_client_that_repeats_its_request_while_it_is_recovered() {
    let world = World::start().await;
    for shape in &SHAPES {
        let expected = shape.undisturbed(&world).await;
        for number in 1.. {
            let place = format!("call {number} of: {}", shape.name);
            let player = format!("{number} {}", shape.name);
            shape.endow(&world, &player).await;
            let calls = at(&world, number, Fate::CrashAfter);
            shape.ask(&world, &player).await;
            let is_over = calls.load(SeqCst) < number;
            world.net.heal();
            let repeats = async {
                let both = (shape.ask(&world, &player), shape.ask(&world, &player));
                let both = tokio::join!(both.0, both.1);
                assert_eq!(both.0, both.1, "{place}");
                both.0
            };
            let ((), repeated) = tokio::join!(world.recover(), repeats);
            assert_eq!(repeated, expected.0, "{place}");
            assert_whole(&world, shape, &player, &expected, &place).await;
            if is_over {
                break;
            }
        }
    }
}

/// The first driver waits at a call, another one comes past it, and then the first goes on.
#[tokio::test]
async fn two_that_drive_one_op_do_no_harm() {
    for hold in [Fate::Hold, Fate::HoldAnswer] {
        let world = World::start().await;
        for shape in &SHAPES {
            let expected = shape.undisturbed(&world).await;
            for number in 1.. {
                let gate = Arc::new(Gate::default());
                let fate = hold(Arc::clone(&gate));
                let is_late = matches!(fate, Fate::Hold(_));
                let place = format!("call {number} ({is_late}) of: {}", shape.name);
                let player = format!("{number} {is_late} {}", shape.name);
                shape.endow(&world, &player).await;
                let calls = at(&world, number, fate);
                let mut asked = std::pin::pin!(shape.ask(&world, &player));
                let answered = tokio::select! {
                    answered = &mut asked => answered,
                    () = gate.reached() => {
                        world.recover().await;
                        gate.open();
                        asked.await
                    }
                };
                let is_over = calls.load(SeqCst) < number;
                world.net.heal();
                if answered.0 != 13 {
                    assert_eq!(answered, expected.0, "{place}");
                }
                assert_whole(&world, shape, &player, &expected, &place).await;
                if is_over {
                    break;
                }
            }
        }
    }
}
