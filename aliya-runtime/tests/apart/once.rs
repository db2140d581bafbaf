//! Functions that the server runs by itself and that leave their group: once for each window.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::time::Duration;

use aliya_runtime::clock::Clock;
use aliya_runtime::db;
use aliya_runtime::newcomers::{Newcomers, Outbox};
use aliya_runtime::schedule::Schedule;
use aliya_runtime::shutdown::CancellationToken;
use aliya_runtime::{Failure, PlayerId, Stop, Time};
use tokio::time::{sleep, timeout};

use crate::game::GAME;
use crate::game::bag::ITEMS;
use crate::game::inn::{POORHOUSE, TREASURY};
use crate::net::{Fate, Line};
use crate::world::{DAY_MS, NOW, World, database};

const PATIENCE: Duration = Duration::from_secs(20);

/// Runs functions by the clock in the process of the group `town`, until that crashes.
async fn schedule(world: &World, clock: &Clock) {
    let (name, group) = world.net.host("inn");
    let schedule = Schedule::start(group, clock.clone()).await;
    let schedule = schedule.expect("a schedule");
    let stop = CancellationToken::new();
    world
        .net
        .spawn(name, async move { schedule.run(stop).await });
}

/// Drives all to its end until nothing new comes any more.
async fn quiet(world: &World) {
    let mut before = 0;
    loop {
        world.recover().await;
        sleep(Duration::from_millis(100)).await;
        let ops = world.ops().await.len();
        if ops == before {
            return;
        }
        before = ops;
    }
}

/// What the treasury and the poorhouse have.
async fn held(world: &World) -> (i64, i64) {
    let treasury = world.count("bag", &ITEMS, TREASURY).await;
    (treasury, world.count("bag", &ITEMS, POORHOUSE).await)
}

async fn until(world: &World, wanted: (i64, i64)) {
    let comes = async {
        while held(world).await != wanted {
            sleep(Duration::from_millis(5)).await;
        }
    };
    let came = timeout(PATIENCE, comes).await;
    assert!(came.is_ok(), "{:?}, not {wanted:?}", held(world).await);
}

#[tokio::test]
async fn what_the_clock_runs_happens_once_a_window_whatever_crashes() {
    let world = World::start().await;
    world.endow(TREASURY, 100, 0).await;
    let clock = Clock::at(*NOW);
    let mut days = 0;
    for fate in [Fate::Crash, Fate::CrashAfter] {
        // The take, and the give.
        for number in 1..=2 {
            world.net.crash("town");
            schedule(&world, &clock).await;
            let calls = Arc::new(AtomicUsize::new(0));
            let (counted, fate) = (Arc::clone(&calls), fate.clone());
            world
                .net
                .rule(move |_| match counted.fetch_add(1, SeqCst) + 1 == number {
                    true => fate.clone(),
                    false => Fate::Deliver,
                });
            days += 1;
            clock.set(Time(NOW.0 + days * DAY_MS));
            while calls.load(SeqCst) < number {
                sleep(Duration::from_millis(5)).await;
            }
            // It starts again, and finds its op, or does not know of it yet.
            schedule(&world, &clock).await;
            quiet(&world).await;
            assert_eq!(held(&world).await, (100 - days, days), "call {number}");
        }
    }
}

#[tokio::test]
async fn what_fails_is_repeated_within_its_window() {
    let world = World::start().await;
    let clock = Clock::at(*NOW);
    schedule(&world, &clock).await;
    clock.set(Time(NOW.0 + DAY_MS));
    while world.statuses("inn.tithe").await != ["FAILED"] {
        sleep(Duration::from_millis(5)).await;
    }
    world.endow(TREASURY, 10, 0).await;
    clock.set(Time(NOW.0 + DAY_MS + 2_000));
    until(&world, (9, 1)).await;
    // And no more in this window.
    clock.set(Time(NOW.0 + DAY_MS + 10_000));
    quiet(&world).await;
    assert_eq!(held(&world).await, (9, 1));
}

#[tokio::test]
async fn of_two_processes_one_runs_it() {
    let world = World::start().await;
    world.endow(TREASURY, 10, 0).await;
    let clock = Clock::at(*NOW);
    schedule(&world, &clock).await;
    schedule(&world, &clock).await;
    clock.set(Time(NOW.0 + DAY_MS));
    until(&world, (9, 1)).await;
    quiet(&world).await;
    assert_eq!(held(&world).await, (9, 1));
}

#[tokio::test]
async fn a_new_player_gets_what_there_is_once_and_for_certain() {
    let world = World::start().await;
    let db = database(world.folder.path(), "token").await;
    let line = Arc::new(Line {
        from: "token",
        net: Arc::clone(&world.net),
    });
    let outbox = Outbox::open(&GAME, db.clone(), line, Clock::at(*NOW)).await;
    let outbox = outbox.expect("an outbox");
    let written = Arc::clone(&outbox);
    let write = db::job(move |conn| {
        let outbox = Arc::clone(&written);
        Box::pin(async move { outbox.created(conn, &PlayerId::new("ada")).await })
    });
    db.write(write).await.expect("an account");
    let far = Time(NOW.0 + 40 * DAY_MS);
    for fate in [
        Fate::LoseCall,
        Fate::LoseAnswer,
        Fate::Answer(Stop::fault("15")),
        Fate::Answer(Failure::new(4, "an error that nobody is told of").into()),
    ] {
        world.net.rule(move |_| fate.clone());
        assert_eq!(outbox.work_off(far).await.expect("a database"), 1);
    }
    world.net.rule(|_| Fate::Twice);
    for players in [1, 0] {
        assert_eq!(outbox.work_off(far).await.expect("a database"), players);
        assert_eq!(world.count("bag", &ITEMS, "ada").await, 5);
    }
}
