//! Many functions of one player at once, over a network in which much goes wrong at random: what was
//! acknowledged happened once, what was refused did not, and nothing is left under way.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use aliya_runtime::call::{Act, Request};
use serde_json::{Value, json};
use tokio::task::JoinSet;
use tokio::time::timeout;

use crate::game::GAME;
use crate::game::bag::ITEMS;
use crate::game::hero::{HIGHEST, LEVELS};
use crate::game::mail::STAMPS;
use crate::net::Fate;
use crate::world::{World, in_a_hurry, keyed, of, told};

const PATIENCE: Duration = Duration::from_secs(120);

/// Numbers that look like any, the same for the same seed.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, most: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % most
    }
}

/// What goes wrong with a call, if anything does.
fn fate(numbers: &mut Numbers) -> Fate {
    match numbers.below(20) {
        0 | 1 => Fate::LoseCall,
        2 | 3 => Fate::LoseAnswer,
        4 | 5 => Fate::Twice,
        6 => Fate::Crash,
        7 => Fate::CrashAfter,
        8 => Fate::CrashCallee,
        _ => Fate::Deliver,
    }
}

/// A request that raises the level by one.
fn raising(number: u64) -> (&'static str, Value) {
    match number % 4 {
        0 => ("hero.train", json!({"price": 1})),
        1 => ("hero.outfit", json!({"iron": 2, "stamps": 1})),
        2 => ("inn.climb", json!({"amount": 3})),
        _ => ("hero.boost", json!({"by": 1})),
    }
}

/// Sends a request until it is answered. As a function of another group calls it, it waits for no other
/// one of the player.
async fn insist(world: &World, number: u64) -> (&'static str, i64, Value) {
    let (function, args) = raising(number);
    loop {
        let key = keyed("ada", number).key.map(|key| key.child(0, "g0"));
        let request = in_a_hurry(Request { key, ..of("ada") });
        let answered = world.act(function, args.clone(), request, Act::Call);
        let (status, data) = told(answered.await);
        if status != 13 {
            return (function, status, data);
        }
    }
}

async fn storm(seed: u64) {
    let world = Arc::new(World::start().await);
    world.endow("ada", 200, 50).await;
    let mut numbers = Numbers(seed);
    world.net.rule(move |_| fate(&mut numbers));
    let mut requests = JoinSet::new();
    for number in 1..=12 {
        let world = Arc::clone(&world);
        requests.spawn(async move { insist(&world, number).await });
    }
    let mut answers = Vec::new();
    while !requests.is_empty() {
        tokio::select! {
            Some(answered) = requests.join_next() => answers.push(answered.expect("no panic")),
            () = tokio::time::sleep(Duration::from_millis(20)) => {
                for manager in ["hero", "bag", "mail"] {
                    world.recover_group(manager).await;
                }
            }
        }
    }
    world.net.heal();
    world.recover().await;
    let raised: Vec<_> = answers
        .iter()
        .filter(|(_, status, _)| *status == 0)
        .collect();
    let levels: BTreeSet<_> = raised
        .iter()
        .map(|(.., data)| data["level"].as_i64())
        .collect();
    let expected: BTreeSet<_> = (1..=raised.len() as i64).map(Some).collect();
    assert_eq!(levels, expected, "seed {seed}: {answers:?}");
    assert!(raised.len() >= 9, "seed {seed}: {answers:?}");
    let (mut iron, mut stamps) = (200, 50);
    for (function, _, data) in raised {
        let level = data["level"].as_i64().expect("a level");
        iron -= match *function {
            // One for each level, the new one included.
            "hero.train" => level,
            "hero.outfit" => 1,
            "inn.climb" => 3,
            _ => 0,
        };
        stamps -= i64::from(*function == "hero.outfit");
    }
    let found = (
        world.count("hero", &LEVELS, "ada").await,
        world.count("bag", &ITEMS, "ada").await,
        world.count("mail", &STAMPS, "ada").await,
    );
    assert_eq!(
        found,
        (levels.len() as i64, iron, stamps),
        "seed {seed}: {answers:?}"
    );
    world.close().await;
}

#[tokio::test]
async fn all_at_once_while_much_goes_wrong() {
    for seed in [1, 7, 4_242] {
        let ended = timeout(PATIENCE, storm(seed)).await;
        assert!(ended.is_ok(), "seed {seed}: it does not end");
    }
}

/// Two processes of one group do not wait for each other.
#[tokio::test]
async fn two_processes_of_one_group() {
    let world = World::start().await;
    world.endow("ada", 1000, 0).await;
    let (_, first) = world.net.host("hero");
    let second = world.group(&GAME, "hero").await.expect("a group");
    let train = async |group, number| {
        let (args, request) = (json!({"price": 1}), keyed("ada", number));
        told(
            world
                .act_in(group, "hero.train", args, request, Act::Call)
                .await,
        )
    };
    for round in 0..HIGHEST as u64 / 2 {
        let numbers = [round * 2, round * 2 + 1];
        let same = tokio::join!(train(&first, numbers[0]), train(&second, numbers[0]));
        assert_eq!(same.0, same.1);
        let others = tokio::join!(train(&first, numbers[0]), train(&second, numbers[1]));
        assert_eq!(others.0, same.0);
        assert_eq!(others.1.1["level"], json!(round * 2 + 2));
    }
    let last = tokio::join!(train(&first, 100), train(&second, 101), train(&first, 102));
    let mut statuses = [last.0.0, last.1.0, last.2.0];
    statuses.sort_unstable();
    assert_eq!(statuses, [0, 9, 9]);
    assert_eq!(world.count("hero", &LEVELS, "ada").await, HIGHEST);
    let paid: i64 = (1..=HIGHEST).sum();
    assert_eq!(world.count("bag", &ITEMS, "ada").await, 1000 - paid);
}
