//! `#[derive(Enum)]`.

use aliya_runtime::db::{self, Column, Param};
use aliya_runtime::prelude::*;
use aliya_runtime::wire::Mismatch;
use serde_json::json;

use super::{Rank, Supply, written};

#[derive(Clone, Copy, Debug, PartialEq, Enum)]
enum Eleven {
    #[value(1)]
    A,
    #[value(2)]
    B,
    #[value(3)]
    C,
    #[value(4)]
    D,
    #[value(5)]
    E,
    #[value(6)]
    F,
    #[value(7)]
    G,
    #[value(8)]
    H,
    #[value(9)]
    I,
    #[value(10)]
    J,
    #[value(11)]
    K,
}

#[test]
fn a_text_is_its_text_everywhere() {
    assert_eq!(Supply::ScrollSkill10.as_str(), "scroll_skill_10");
    assert_eq!(Supply::read(&json!("iron")), Ok(Supply::Iron));
    assert_eq!(written(&Supply::Iron), "\"iron\"");
    assert_eq!(Supply::Iron.param(), Param::Text("iron"));
    let stored = db::Value::Text("iron".to_owned());
    assert_eq!(Supply::from_value(stored), Ok(Supply::Iron));
    let all = [
        ("iron", Supply::Iron),
        ("scroll_skill_10", Supply::ScrollSkill10),
    ];
    assert_eq!(Supply::ALL, all);
}

#[test]
fn a_number_is_its_number_everywhere() {
    assert_eq!(Rank::Owner.value(), 10);
    assert_eq!(Rank::read(&json!(-1)), Ok(Rank::Outcast));
    assert_eq!(Rank::read(&json!("10")), Ok(Rank::Owner));
    assert_eq!(written(&Rank::Outcast), "-1");
    assert_eq!(Rank::Basic.param(), Param::Int(0));
    assert_eq!(Rank::from_value(db::Value::Int(10)), Ok(Rank::Owner));
    assert!(Rank::Outcast < Rank::Basic && Rank::Basic < Rank::Owner);
}

#[test]
fn a_wrong_value_names_the_right_ones() {
    let texts = Err(Mismatch("one of iron, scroll_skill_10".to_owned()));
    for value in [json!("Iron"), json!(""), json!(1), json!(null)] {
        assert_eq!(Supply::read(&value), texts, "{value}");
    }
    let numbers = Err(Mismatch("one of -1, 0, 10".to_owned()));
    for value in [
        json!(1),
        json!("1"),
        json!(0.0),
        json!("Basic"),
        json!(false),
    ] {
        assert_eq!(Rank::read(&value), numbers, "{value}");
    }
    let ten = Mismatch("one of 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, ...".to_owned());
    assert_eq!(Eleven::read(&json!(0)), Err(ten));
}

#[test]
fn a_column_holds_nothing_else() {
    let gold = Supply::from_value(db::Value::Text("gold".to_owned()));
    let what = "Text(\"gold\") is not one of iron, scroll_skill_10";
    assert_eq!(gold.unwrap_err().what, what);
    assert!(Supply::from_value(db::Value::Null).is_err());
    assert!(Rank::from_value(db::Value::Int(1)).is_err());
    assert!(Rank::from_value(db::Value::Text("0".to_owned())).is_err());
}
