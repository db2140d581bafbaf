//! `#[derive(Reply)]` and `#[derive(Incoming)]`.

use std::collections::BTreeMap;

use aliya_runtime::prelude::*;
use aliya_runtime::wire::{Data, Mismatch};
use serde_json::json;

use super::{Rank, Supply, object, written};

#[derive(Clone, Debug, PartialEq, Reply, Incoming)]
struct Weapons {
    weapons: Vec<Weapon>,
    first: Option<Weapon>,
    best: Option<Best>,
    r#type: Option<Rank>,
}

#[derive(Clone, Debug, PartialEq, Reply, Incoming)]
struct Weapon(String, i64, bool);

#[derive(Clone, Debug, PartialEq, Reply, Incoming)]
struct Best {
    by_item: BTreeMap<Supply, f64>,
    #[reply(name = "self")]
    by_level: BTreeMap<i64, Weapon>,
}

#[derive(Clone, Debug, PartialEq, Reply, Incoming)]
struct Nothing {}

fn encoded(reply: &impl Reply) -> String {
    let mut out = String::new();
    reply.encode(&mut out);
    out
}

fn sword() -> Weapon {
    Weapon("a \"sword\"".to_owned(), 1, true)
}

fn weapons() -> Weapons {
    Weapons {
        weapons: vec![sword(), Weapon(String::new(), -2, false)],
        first: None,
        best: Some(Best {
            by_item: [(Supply::Iron, 1.0), (Supply::ScrollSkill10, 0.5)].into(),
            by_level: [(-3, sword())].into(),
        }),
        r#type: Some(Rank::Basic),
    }
}

#[test]
fn are_objects_of_lists_without_what_is_absent() {
    let expected = concat!(
        r#"{"weapons":[["a \"sword\"",1,1],["",-2,0]],"#,
        r#""best":{"by_item":{"iron":1.0,"scroll_skill_10":0.5},"self":{"-3":["a \"sword\"",1,1]}},"#,
        r#""type":0}"#,
    );
    assert_eq!(encoded(&weapons()), expected);
    let empty = Weapons {
        weapons: Vec::new(),
        first: None,
        best: None,
        r#type: None,
    };
    assert_eq!(encoded(&empty), "{\"weapons\":[]}");
    assert_eq!(encoded(&Nothing {}), "{}");
}

#[test]
fn are_decoded_to_what_they_were() {
    let data = serde_json::from_str(&encoded(&weapons())).unwrap();
    assert_eq!(Weapons::decode(&data), Ok(weapons()));
    let nothing = serde_json::from_str("{\"an unknown key\": 1}").unwrap();
    assert_eq!(Nothing::decode(&nothing), Ok(Nothing {}));
    assert_eq!(Nothing::decode(&Data::new()), Ok(Nothing {}));
}

#[test]
fn that_are_wrong_say_where() {
    let best =
        |by_item, by_level| json!({"weapons": [], "best": {"by_item": by_item, "self": by_level}});
    let cases = [
        (json!({}), "an object that has `weapons`"),
        (
            json!({"weapons": {}}),
            "an object whose `weapons` is a list",
        ),
        (
            json!({"weapons": [["a", 1]]}),
            "an object whose `weapons` is a list whose [0] is a list of 3",
        ),
        (
            json!({"weapons": [["a", 1, 1], ["a", 1, 2]]}),
            "an object whose `weapons` is a list whose [1] is a list whose [2] is \
             a bool: 0, 1, true or false",
        ),
        (
            best(json!({"gold": 1}), json!({})),
            "an object whose `best` is an object whose `by_item` is \
             an object whose keys are each one of iron, scroll_skill_10",
        ),
        (
            best(json!({}), json!({"1": ["", 0, 0], "01": ["", 0, 0]})),
            "an object whose `best` is an object whose `self` is \
             an object that does not name a key twice, as `1`",
        ),
    ];
    for (value, expected) in cases {
        let found = Weapons::decode(&object(value.clone()));
        assert_eq!(found, Err(Mismatch(expected.to_owned())), "{value}");
    }
}

#[test]
fn an_absent_item_of_a_list_is_empty_text() {
    assert_eq!(written(&vec![Some(1), None]), "[1,\"\"]");
}
