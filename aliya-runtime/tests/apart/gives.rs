//! Functions that give to other groups after they have written.

use aliya_runtime::Stop;
use aliya_runtime::call::Act;
use serde_json::json;

use crate::game::bag::ITEMS;
use crate::game::guild::{NOTES, POINTS};
use crate::game::mail::LETTERS;
use crate::net::{Fate, Seen, unavailable};
use crate::world::{World, in_a_hurry, keyed};

/// What was called, and the step of its key.
fn steps(seen: &[Seen]) -> Vec<(&str, Act, &str)> {
    seen.iter()
        .map(|it| (it.function.as_str(), it.act, step(it)))
        .collect()
}

fn step(seen: &Seen) -> &str {
    let key = seen.key.as_deref().unwrap_or_default();
    key.rsplit_once('.').unwrap_or_default().1
}

#[tokio::test]
async fn a_function_returns_what_it_was_told_when_it_gave() {
    let world = World::start().await;
    let praise = |number| {
        world.ask(
            "guild.praise",
            json!({"text": "well"}),
            keyed("ada", number),
        )
    };
    let first = praise(1).await;
    assert_eq!(first, (0, json!({"points": 1, "told": 1})));
    let seen = world.net.take_seen();
    assert_eq!(steps(&seen), [("mail.post", Act::Give, "0/g0")]);
    assert_eq!(praise(2).await, (0, json!({"points": 2, "told": 2})));
    assert_eq!(praise(1).await, first);
    assert_eq!(world.count("guild", &POINTS, "ada").await, 2);
    assert_eq!(world.lines("guild", &NOTES, "ada").await, ["well"; 2]);
    assert_eq!(world.lines("mail", &LETTERS, "ada").await, ["well"; 2]);
    assert_eq!(world.statuses("guild.praise").await, ["OK"; 2]);
}

#[tokio::test]
async fn several_gives_are_made_in_order() {
    let world = World::start().await;
    let whisper = || world.ask("guild.whisper", json!({"text": "psst"}), keyed("ada", 1));
    let first = whisper().await;
    assert_eq!(first, (0, json!({"points": 1, "told": 0})));
    let seen = world.net.take_seen();
    let expected = [
        ("mail.post", Act::Give, "0/g0"),
        ("bag.add", Act::Give, "0/g1"),
    ];
    assert_eq!(steps(&seen), expected);
    assert_eq!(whisper().await, first);
    assert_eq!(world.count("bag", &ITEMS, "ada").await, 1);
    assert_eq!(world.lines("mail", &LETTERS, "ada").await, ["psst"]);
}

#[tokio::test]
async fn gives_may_stand_in_a_loop() {
    let world = World::start().await;
    let greet = |texts: &[&str]| {
        let args = json!({ "texts": texts });
        world.ask("guild.greet", args, keyed("ada", 1))
    };
    let texts = ["one", "two", "two"];
    let first = greet(&texts).await;
    // The first is told that there is one letter, the second two, the third three.
    assert_eq!(first, (0, json!({"points": 1, "told": 6})));
    let seen = world.net.take_seen();
    let keys: Vec<_> = steps(&seen).into_iter().map(|(_, _, step)| step).collect();
    assert_eq!(keys, ["0/g0", "0/g1", "0/g2"]);
    assert_eq!(greet(&texts).await, first);
    assert_eq!(world.lines("mail", &LETTERS, "ada").await, texts);
    assert_eq!(world.count("guild", &POINTS, "ada").await, 1);
}

#[tokio::test]
async fn a_manager_of_the_group_may_be_given_what_another_group_said() {
    let world = World::start().await;
    let parade = || world.ask("guild.parade", json!({"text": "hear"}), keyed("ada", 1));
    let first = parade().await;
    assert_eq!(first, (0, json!({"points": 1, "told": 1})));
    assert_eq!(parade().await, first);
    assert_eq!(world.lines("guild", &NOTES, "ada").await, ["1 of 1"]);
    assert_eq!(world.count("guild", &POINTS, "ada").await, 1);
    assert_eq!(world.count("bag", &ITEMS, "ada").await, 1);
}

#[tokio::test]
async fn a_give_may_leave_its_own_group() {
    let world = World::start().await;
    let reward = || world.ask("guild.reward", json!({"amount": 5}), keyed("ada", 1));
    let first = reward().await;
    assert_eq!(first, (0, json!({"points": 1, "told": 1})));
    let seen = world.net.take_seen();
    let expected = [
        ("bag.add_and_tell", Act::Give, "0/g0"),
        ("mail.post", Act::Give, "0/g0"),
    ];
    assert_eq!(steps(&seen), expected);
    assert_eq!(reward().await, first);
    assert_eq!(world.count("bag", &ITEMS, "ada").await, 5);
    assert_eq!(world.lines("mail", &LETTERS, "ada").await, ["added"]);
}

#[tokio::test]
async fn a_give_is_repeated_until_it_is_done() {
    let world = World::start().await;
    let praise = || {
        let request = in_a_hurry(keyed("ada", 1));
        world.send("guild.praise", json!({"text": "well"}), request)
    };
    let fates = [
        Fate::LoseCall,
        Fate::LoseAnswer,
        Fate::Answer(unavailable("13")),
        Fate::Answer(Stop::fault("15")),
        Fate::AnswerAfter(Stop::fault("15")),
        Fate::Answer(Stop::Invalid("10".to_owned())),
        Fate::Answer(Stop::Reused),
    ];
    for fate in fates {
        world.net.rule(move |_| fate.clone());
        let answered = praise().await;
        assert!(
            matches!(answered, Err(Stop::Unavailable(_))),
            "{answered:?}"
        );
        assert_eq!(world.recover_group("guild").await, 1);
        assert_eq!(world.count("guild", &POINTS, "ada").await, 1);
        assert_eq!(world.statuses("guild.praise").await, ["GIVING"]);
    }
    world.net.heal();
    world.recover().await;
    let answer = praise().await.expect("an answer");
    assert_eq!(answer.data, r#"{"points":1,"told":1}"#);
    assert_eq!(world.lines("mail", &LETTERS, "ada").await, ["well"]);
    assert_eq!(world.statuses("guild.praise").await, ["OK"]);
}
