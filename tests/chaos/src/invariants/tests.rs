//! Every invariant is missed where it does not hold.

use std::time::{Duration, Instant};

use serde_json::json;

use super::*;
use crate::request::Reply;
use crate::world::Held;

/// What holds: two players, three requests, a newcomer.
fn right() -> (Known, World) {
    let mut world = World {
        ticks: 1,
        ..World::default()
    };
    for (player, iron) in [("ann", 36), ("ben", 41), ("cay", 40)] {
        let held = Held {
            iron,
            gold: 20,
            ..Held::default()
        };
        world.held.insert(player.to_owned(), held);
        add(&mut world, player, &format!("bag-{player}"), "begin", 40, 0);
        add(
            &mut world,
            player,
            &format!("purse-{player}"),
            "begin",
            0,
            0,
        );
        if let Some(entry) = world.entries.last_mut() {
            entry.gold = 20;
        }
    }
    add(&mut world, "clock", "tick-1", "tick", 0, 0);
    add(&mut world, "ann", "key1", "take", -1, 1);
    add(&mut world, "ann", "key2", "take", -2, 2);
    add(&mut world, "ann", "key3", "transfer", -1, 0);
    if let Some(entry) = world.entries.last_mut() {
        entry.to = Some("ben".to_owned());
    }
    if let Some(ann) = world.held.get_mut("ann") {
        ann.level = 2;
    }
    let begin = Instant::now();
    let known = Known {
        players: vec!["ann".to_owned(), "ben".to_owned()],
        requests: vec![
            request("key1", "take", begin, 0, json!({ "level": 1 })),
            request(
                "key2",
                "take",
                begin + Duration::from_secs(2),
                0,
                json!({ "level": 2 }),
            ),
            request("key3", "transfer", begin, 0, json!({})),
            request("key4", "take", begin, 2, json!({})),
        ],
        others: vec![request("key1", "take", begin, OTHER_CONTENT, json!({}))],
        newcomers: vec![Newcomer {
            name: "cay".to_owned(),
            key: "of the login".to_owned(),
            known: true,
        }],
    };
    (known, world)
}

fn add(world: &mut World, player: &str, op: &str, deed: &str, iron: i64, level: i64) {
    world.entries.push(Entry {
        id: i64::try_from(world.entries.len()).unwrap_or_default() + 1,
        player: player.to_owned(),
        op: op.to_owned(),
        deed: deed.to_owned(),
        iron,
        gem: 0,
        gold: 0,
        level,
        to: None,
    });
}

/// A request of Ann's that was answered after a second.
fn request(
    key: &str,
    function: &'static str,
    sent: Instant,
    status: i64,
    data: serde_json::Value,
) -> Request {
    let reply = Reply {
        at: sent + Duration::from_secs(1),
        status,
        text: json!({ "status": status, "data": data }).to_string(),
    };
    Request {
        player: "ann".to_owned(),
        function,
        key: key.to_owned(),
        args: serde_json::Map::new(),
        message: String::new(),
        sent,
        sent_ms: 0,
        sent_twice: false,
        replies: vec![reply],
        faults: Vec::new(),
    }
}

/// What is found where `wrong` has been done to what holds.
fn found(wrong: impl Fn(&mut Known, &mut World)) -> String {
    let (mut known, mut world) = right();
    wrong(&mut known, &mut world);
    violations(&known, &world).join("\n")
}

#[test]
fn what_holds_is_no_violation() {
    assert_eq!(found(|_, _| {}), "");
}

#[test]
fn an_op_that_was_done_twice_is_found() {
    let said = found(|_, world| {
        add(world, "ann", "key2", "take", -1, 3);
        let ann = world.held.get_mut("ann").expect("Ann");
        (ann.iron, ann.level) = (35, 3);
    });
    assert_eq!(
        said,
        "take of ann, key2 was answered 0, and the ledger has it 2 times\n\
                      take of ann, key2 was told level Some(2), and the ledger has 3"
    );
}

#[test]
fn an_op_that_was_lost_is_found() {
    let said = found(|_, world| {
        world.entries.retain(|entry| entry.op != "key2");
        let ann = world.held.get_mut("ann").expect("Ann");
        (ann.iron, ann.level) = (38, 1);
    });
    assert_eq!(
        said,
        "take of ann, key2 was answered 0, and the ledger has it 0 times"
    );
}

#[test]
fn an_op_that_failed_and_was_done_is_found() {
    let said = found(|_, world| {
        add(world, "ann", "key4", "take", 0, 3);
        world.held.get_mut("ann").expect("Ann").level = 3;
    });
    assert_eq!(
        said,
        "take of ann, key4 was answered 2, and the ledger has it 1 times"
    );
}

#[test]
fn items_that_are_lost_or_made_are_found() {
    let said = found(|_, world| world.held.get_mut("ann").expect("Ann").iron -= 1);
    assert!(said.starts_with("ann has Held { iron: 35"), "{said}");
    let said = found(|_, world| world.held.get_mut("ben").expect("Ben").iron += 1);
    assert!(said.starts_with("ben has Held { iron: 42"), "{said}");
    let said = found(|_, world| {
        add(world, "cay", "bag-cay", "begin", -41, 0);
        world.held.get_mut("cay").expect("Cay").iron = -1;
    });
    assert!(said.contains("cay has less than nothing"), "{said}");
    for change in [
        |held: &mut Held| held.gold += 1,
        |held: &mut Held| held.gem += 1,
        |held: &mut Held| held.shine += 1,
        |held: &mut Held| held.noticed += 1,
        |held: &mut Held| held.risks += 1,
        |held: &mut Held| held.hunts += 1,
        |held: &mut Held| held.notes += 1,
    ] {
        let said = found(|_, world| change(world.held.get_mut("ann").expect("Ann")));
        assert!(said.starts_with("ann has Held"), "{said}");
    }
}

#[test]
fn two_replies_to_one_key_are_found() {
    let said = found(|known, _| {
        let again = Reply {
            text: "{}".to_owned(),
            ..known.requests[0].replies[0].clone()
        };
        known.requests[0].replies.push(again);
    });
    assert!(
        said.starts_with("take of ann, key1 has two replies"),
        "{said}"
    );
    let said = found(|known, _| known.others[0].replies[0].status = 0);
    assert!(
        said.starts_with("other content under the key key1 was answered [0]"),
        "{said}"
    );
}

#[test]
fn levels_that_are_told_twice_or_out_of_order_are_found() {
    let level = |request: &mut Request, level: i64| {
        request.replies[0].text = json!({ "status": 0, "data": { "level": level } }).to_string();
    };
    let said = found(|known, _| level(&mut known.requests[1], 1));
    assert!(said.contains("ann was told level 1 twice"), "{said}");
    let said = found(|known, world| {
        level(&mut known.requests[0], 2);
        level(&mut known.requests[1], 1);
        world
            .entries
            .iter_mut()
            .find(|it| it.op == "key1")
            .expect("it")
            .level = 2;
        world
            .entries
            .iter_mut()
            .find(|it| it.op == "key2")
            .expect("it")
            .level = 1;
    });
    assert_eq!(said, "ann was told level 1 after 2");
    let said = found(|_, world| {
        world
            .entries
            .iter_mut()
            .find(|it| it.op == "key1")
            .expect("it")
            .level = 2
    });
    assert!(
        said.contains("ann's level are not each one up: [2, 2]"),
        "{said}"
    );
}

#[test]
fn what_is_not_decided_or_strange_is_found() {
    let said = found(|known, _| known.requests[3].replies.clear());
    assert_eq!(
        said,
        "take of ann, key4 is not decided; the ledger has it 0 times"
    );
    let said = found(|known, _| known.requests[3].faults.push("15".to_owned()));
    assert_eq!(said, "take of ann, key4 was answered with a fault: 15");
    let said = found(|known, _| known.requests[3].replies[0].status = 11);
    assert!(
        said.starts_with("take of ann, key4 was answered {"),
        "{said}"
    );
    let said = found(|known, _| known.newcomers[0].known = false);
    assert_eq!(said, "the login of cay is not decided");
}

#[test]
fn what_runs_by_itself_is_there_once() {
    let said = found(|_, world| {
        world.entries.retain(|entry| entry.op != "bag-cay");
        world.held.get_mut("cay").expect("Cay").iron = 0;
    });
    assert_eq!(said, "cay began 0 times in bag");
    let said = found(|_, world| add(world, "clock", "tick-1", "tick", 0, 0));
    assert_eq!(said, "the ledger has tick-1 2 times");
    let said = found(|_, world| add(world, "clock", "tick-2", "tick", 0, 0));
    assert_eq!(said, "the ledger holds tick-2, which nobody has asked for");
}
