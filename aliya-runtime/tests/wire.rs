//! Values on the wire, over arbitrary ones.

use std::collections::BTreeMap;

use aliya_runtime::prelude::*;
use aliya_runtime::wire::Value;
use proptest::prelude::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Enum)]
enum Kind {
    #[value("iron")]
    Iron,
    #[value("coin \"x\"")]
    Coin,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Enum)]
enum Rank {
    #[value(-1)]
    Outcast,
    #[value(4)]
    Elite,
}

#[derive(Clone, Debug, PartialEq, Reply, Incoming)]
struct Pair(Kind, f64);

#[derive(Clone, Debug, PartialEq, Reply, Incoming)]
struct Everything {
    int: i64,
    float: f64,
    bool: bool,
    text: String,
    player: PlayerId,
    time: Time,
    id: Id,
    rank: Rank,
    maybe: Option<String>,
    pairs: Vec<Pair>,
    by_text: BTreeMap<String, i64>,
    by_number: BTreeMap<i64, Vec<bool>>,
    by_rank: BTreeMap<Rank, Kind>,
}

fn written(value: &impl ToWire) -> String {
    let mut out = String::new();
    value.write(&mut out);
    out
}

/// Text without U+0000, much of it of characters that are escaped.
fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(prop_oneof!["[\\x01-\\x20\"\\\\/]", "[^\\x00]"], 0..20)
        .prop_map(|parts| parts.concat())
}

fn float() -> impl Strategy<Value = f64> {
    let float = any::<u64>().prop_map(f64::from_bits);
    float.prop_filter("finite", |float| float.is_finite())
}

fn kind() -> impl Strategy<Value = Kind> {
    prop_oneof![Just(Kind::Iron), Just(Kind::Coin)]
}

fn rank() -> impl Strategy<Value = Rank> {
    prop_oneof![Just(Rank::Outcast), Just(Rank::Elite)]
}

prop_compose! {
    fn everything()(
        (int, float, bool, text) in (any::<i64>(), float(), any::<bool>(), text()),
        (player, time, id, rank) in ("[^\\x00]{1,128}", any::<i64>(), any::<i64>(), rank()),
        maybe in prop::option::of(text()),
        pairs in prop::collection::vec((kind(), float()).prop_map(|(k, f)| Pair(k, f)), 0..5),
        by_text in prop::collection::btree_map(self::text(), any::<i64>(), 0..5),
        by_number in prop::collection::btree_map(
            any::<i64>(),
            prop::collection::vec(any::<bool>(), 0..3),
            0..5,
        ),
        by_rank in prop::collection::btree_map(self::rank(), kind(), 0..3),
    ) -> Everything {
        let (player, time, id) = (PlayerId::new(player), Time(time), Id(id));
        Everything {
            int, float, bool, text, player, time, id, rank, maybe, pairs, by_text, by_number,
            by_rank,
        }
    }
}

/// Any JSON, with many values that are nearly of some type.
fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        "[-+]?[0-9]{0,25}[.]?[0-9]{0,3}([eE][-+]?[0-9]{1,4})?".prop_map(Value::from),
        prop_oneof![Just("iron"), Just("True"), Just("nan"), Just("-")].prop_map(Value::from),
    ];
    let key = "int|float|bool|text|player|time|id|rank|maybe|pairs|[0-9]{1,3}";
    leaf.prop_recursive(3, 40, 8, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::btree_map(key, inner, 0..12)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// What was read is of its type: writing and reading gives it back.
fn survives<T: Wire + PartialEq + std::fmt::Debug>(value: &Value) -> Result<(), TestCaseError> {
    if let Ok(read) = T::read(value) {
        let json = serde_json::from_str(&written(&read))?;
        prop_assert_eq!(T::read(&json), Ok(read));
    }
    Ok(())
}

/// Whether null, true or false is anywhere in it, which Python does not read.
fn unspeakable(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(_) => true,
        Value::Array(items) => items.iter().any(unspeakable),
        Value::Object(members) => members.values().any(unspeakable),
        Value::Number(_) | Value::String(_) => false,
    }
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(value in everything()) {
        let json: Value = serde_json::from_str(&written(&value))?;
        prop_assert_eq!(Everything::read(&json), Ok(value));
        prop_assert!(!unspeakable(&json), "{}", json);
    }

    #[test]
    fn text_is_written_as_json(text in any::<String>()) {
        let json = written(&text);
        prop_assert_eq!(serde_json::from_str::<String>(&json)?, text);
        prop_assert!(json.bytes().all(|byte| byte >= 0x20));
    }

    #[test]
    fn an_int_as_a_string_is_the_int(int in any::<i64>()) {
        prop_assert_eq!(i64::read(&Value::from(int.to_string())), Ok(int));
    }

    #[test]
    fn reading_anything_never_panics(value in json()) {
        survives::<i64>(&value)?;
        survives::<f64>(&value)?;
        survives::<bool>(&value)?;
        survives::<String>(&value)?;
        survives::<PlayerId>(&value)?;
        survives::<Time>(&value)?;
        survives::<Id>(&value)?;
        survives::<Kind>(&value)?;
        survives::<Rank>(&value)?;
        survives::<Pair>(&value)?;
        survives::<Everything>(&value)?;
        survives::<Vec<f64>>(&value)?;
        survives::<BTreeMap<i64, String>>(&value)?;
        survives::<BTreeMap<String, Option<i64>>>(&match &value {
            // An absent member is left out: it is not there to be read back.
            Value::Object(all) => {
                let present = all.iter().filter(|(_, value)| !value.is_null());
                Value::Object(present.map(|(k, v)| (k.clone(), v.clone())).collect())
            }
            other => other.clone(),
        })?;
    }
}
