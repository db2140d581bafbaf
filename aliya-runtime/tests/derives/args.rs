//! `#[derive(Args)]` and `#[derive(Outgoing)]`.

use std::collections::BTreeMap;

use aliya_runtime::prelude::*;
use aliya_runtime::wire::Value;
use serde_json::json;

use super::{Rank, Supply, object};

#[derive(Clone, Debug, PartialEq, Args, Outgoing)]
#[callee(manager = "bag", function = "everything")]
struct Everything {
    item: Supply,
    #[arg(min = 1, max = 5)]
    iron: i64,
    #[arg(min = -1, max = 2.5)]
    rate: f64,
    #[arg(min = 1, max = 3)]
    name: String,
    #[arg(min = 1, max = 2)]
    amounts: Vec<i64>,
    #[arg(name = "self", default = 7, max = 9)]
    self_: i64,
    #[arg(default = "gift")]
    reason: String,
    #[arg(min = 2)]
    r#type: Option<i64>,
    // Three names that the expansion has a use for itself.
    #[arg(default = Rank::Basic)]
    data: Rank,
    #[arg(default = true)]
    out: bool,
    args: Option<BTreeMap<String, i64>>,
}

#[derive(Clone, Debug, PartialEq, Args)]
struct Own {
    player: PlayerId,
    since: Time,
    mail: Id,
}

fn right() -> Value {
    json!({"item": "iron", "iron": "3", "rate": 1, "name": "剑剑剑", "amounts": [1, "2"]})
}

fn decoded() -> Everything {
    Everything {
        item: Supply::Iron,
        iron: 3,
        rate: 1.0,
        name: "剑剑剑".to_owned(),
        amounts: vec![1, 2],
        self_: 7,
        reason: "gift".to_owned(),
        r#type: None,
        data: Rank::Basic,
        out: true,
        args: None,
    }
}

/// The right args but for one.
fn with(name: &str, value: &Value) -> Value {
    let mut data = object(right());
    data.insert(name.to_owned(), value.clone());
    Value::Object(data)
}

/// Why `data` is refused, empty where it is not.
fn reason<A: Args>(data: Value) -> String {
    match A::decode(&object(data)) {
        Ok(_) => String::new(),
        Err(invalid) => invalid.0,
    }
}

#[test]
fn are_decoded_leniently_with_defaults() {
    let found = Everything::decode(&object(right())).unwrap();
    assert_eq!(found, decoded());
    let given = json!({
        "item": "iron", "iron": 3, "rate": "1.0", "name": "剑剑剑", "amounts": ["1", 2],
        "self": "9", "reason": "", "type": "2", "data": 10, "out": "False", "args": {"a": 1},
        "token": "unknown keys are ignored", "self_": "so is the field's name in Rust",
    });
    let expected = Everything {
        self_: 9,
        reason: String::new(),
        r#type: Some(2),
        data: Rank::Owner,
        out: false,
        args: Some([("a".to_owned(), 1)].into()),
        ..decoded()
    };
    assert_eq!(Everything::decode(&object(given)).unwrap(), expected);
}

#[test]
fn null_is_absent_for_an_optional_alone() {
    let data = with("type", &Value::Null);
    assert_eq!(Everything::decode(&object(data)).unwrap(), decoded());
    for (name, wanted) in [
        ("self", "an integer"),
        ("iron", "an integer"),
        ("name", "text"),
    ] {
        let data = with(name, &Value::Null);
        let expected = format!("`{name}` must be {wanted}");
        assert_eq!(reason::<Everything>(data), expected);
    }
}

#[test]
fn are_encoded_as_an_object_that_decodes_to_them() {
    let expected = "{\"item\":\"iron\",\"iron\":3,\"rate\":1.0,\"name\":\"剑剑剑\",\
                    \"amounts\":[1,2],\"self\":7,\"reason\":\"gift\",\"data\":0,\"out\":1}";
    let mut out = String::new();
    decoded().encode(&mut out);
    assert_eq!(out, expected);
    let data = serde_json::from_str(&out).unwrap();
    assert_eq!(Everything::decode(&data).unwrap(), decoded());
}

#[test]
fn that_are_missing_are_named() {
    for name in ["item", "iron", "rate", "name", "amounts"] {
        let mut data = object(right());
        data.remove(name);
        let expected = format!("`{name}` is missing");
        assert_eq!(reason::<Everything>(Value::Object(data)), expected);
    }
    assert_eq!(reason::<Everything>(json!({})), "`item` is missing");
}

#[test]
fn that_are_wrong_are_told_why() {
    let cases = [
        (
            "item",
            json!("gold"),
            "must be one of iron, scroll_skill_10",
        ),
        ("iron", json!("x"), "must be an integer"),
        ("iron", json!(1.0), "must be an integer"),
        ("iron", json!(0), "must be at least 1"),
        ("iron", json!("-20"), "must be at least 1"),
        ("iron", json!(6), "must be at most 5"),
        ("rate", json!("inf"), "must be a finite number"),
        ("rate", json!(-1.001), "must be at least -1"),
        ("rate", json!(2.51), "must be at most 2.5"),
        ("name", json!(1), "must be text"),
        ("name", json!("a\0"), "must be text without U+0000"),
        ("name", json!(""), "must have at least 1 character"),
        ("name", json!("abcd"), "must have at most 3 characters"),
        ("amounts", json!(1), "must be a list"),
        ("amounts", json!([]), "must have at least 1 item"),
        ("amounts", json!([1, 2, 3]), "must have at most 2 items"),
        (
            "amounts",
            json!([1, true]),
            "must be a list whose [1] is an integer",
        ),
        ("self", json!(10), "must be at most 9"),
        ("type", json!(1), "must be at least 2"),
        ("type", json!(""), "must be an integer"),
        ("data", json!(3), "must be one of -1, 0, 10"),
        ("out", json!("yes"), "must be a bool: 0, 1, true or false"),
        ("args", json!([]), "must be an object"),
        (
            "args",
            json!({"a": "b"}),
            "must be an object whose `a` is an integer",
        ),
    ];
    for (name, value, why) in cases {
        let found = reason::<Everything>(with(name, &value));
        assert_eq!(found, format!("`{name}` {why}"), "{value}");
    }
}

#[test]
fn at_their_bounds_pass() {
    let cases = [
        ("iron", json!(1)),
        ("iron", json!(5)),
        ("rate", json!(-1)),
        ("rate", json!(2.5)),
        ("name", json!("剑")),
        ("amounts", json!([1])),
        ("self", json!(9)),
        ("type", json!(2)),
    ];
    for (name, value) in cases {
        let found = reason::<Everything>(with(name, &value));
        assert_eq!(found, "", "{name}: {value}");
    }
}

#[test]
fn of_which_several_are_wrong_the_first_is_told_and_types_before_bounds() {
    let data = json!({"item": "iron", "iron": 0, "rate": 9, "name": 1, "amounts": 1});
    assert_eq!(reason::<Everything>(data), "`name` must be text");
    let data = json!({"item": "iron", "iron": 0, "rate": 9, "name": "a", "amounts": [1]});
    assert_eq!(reason::<Everything>(data), "`iron` must be at least 1");
}

#[test]
fn of_the_languages_own_types() {
    let data = |player: &str| json!({"player": player, "since": "1700000000000", "mail": 3});
    let longest = "剑".repeat(128);
    let expected = Own {
        player: PlayerId::new(longest.as_str()),
        since: Time(1_700_000_000_000),
        mail: Id(3),
    };
    assert_eq!(Own::decode(&object(data(&longest))).unwrap(), expected);
    let wrong = "`player` must be a player's id: text of 1 to 128 characters";
    assert_eq!(reason::<Own>(data("")), wrong);
    assert_eq!(reason::<Own>(data(&"a".repeat(129))), wrong);
    let wrong = "`player` must be text without U+0000";
    assert_eq!(reason::<Own>(data("a\0")), wrong);
}
