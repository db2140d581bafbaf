//! `#[derive(Table)]`.

use aliya_runtime::columns;
use aliya_runtime::db::{Checked, Column, ColumnError, Param, Table, Value};
use aliya_runtime::prelude::*;
use aliya_runtime::wire::Bounded;

use super::{Rank, Supply};

/// A column of this test's own, bounded as what it holds.
#[derive(Clone, Debug, PartialEq)]
struct Cell<T>(T);

impl Column for Cell<i64> {
    fn from_value(value: Value) -> Result<Self, ColumnError> {
        match value {
            Value::Int(int) => Ok(Self(int)),
            other => Err(ColumnError {
                column: String::new(),
                what: format!("{other:?} is no integer"),
            }),
        }
    }

    fn param(&self) -> Param<'_> {
        Param::Int(self.0)
    }
}

impl<T: Bounded> Bounded for Cell<T> {
    type Size = T::Size;
    const COUNTED: Option<(&'static str, &'static str)> = T::COUNTED;
    fn size(&self) -> Option<T::Size> {
        self.0.size()
    }
}

#[derive(Clone, Debug, PartialEq, Table)]
#[table(name = "supply")]
struct Row {
    item: Supply,
    #[column(min = -1, max = 100)]
    amount: Cell<i64>,
    #[column(name = "type")]
    rank: Rank,
}

fn row(amount: i64) -> Row {
    Row {
        item: Supply::Iron,
        amount: Cell(amount),
        rank: Rank::Owner,
    }
}

fn iron() -> Value {
    Value::Text("iron".to_owned())
}

#[test]
fn rows_become_values_and_values_rows() {
    assert_eq!(Row::NAME, "supply");
    let params = [Param::Text("iron"), Param::Int(3), Param::Int(10)];
    assert_eq!(row(3).params(), params);
    let values = vec![iron(), Value::Int(3), Value::Int(10)];
    assert_eq!(Row::from_row(values), Ok(row(3)));
}

#[test]
fn a_wrong_row_names_the_column() {
    let int = Value::Int;
    let cases = [
        (
            vec![iron(), int(3)],
            "column type: is missing: the row has 2 values, the table 3 columns",
        ),
        (
            vec![iron(), int(3), int(10), int(1)],
            "column number 4: is not declared: the row has 4 values, the table 3 columns",
        ),
        (
            vec![iron(), iron(), int(10)],
            "column amount: Text(\"iron\") is no integer",
        ),
        (
            vec![iron(), int(3), int(7)],
            "column type: Int(7) is not one of -1, 0, 10",
        ),
        (
            vec![Value::Null, int(3), int(0)],
            "column item: Null is not one of iron, scroll_skill_10",
        ),
    ];
    for (values, expected) in cases {
        let error = Row::from_row(values.clone()).unwrap_err();
        assert_eq!(error.to_string(), expected, "{values:?}");
    }
}

#[test]
fn rows_are_checked() {
    let check = |amount| Checked::check(&row(amount)).map_err(|error| error.to_string());
    assert_eq!(check(-1), Ok(()));
    assert_eq!(check(100), Ok(()));
    let low = "supply.amount would be -2, its min is -1";
    assert_eq!(check(-2), Err(low.to_owned()));
    let high = "supply.amount would be 101, its max is 100";
    assert_eq!(check(101), Err(high.to_owned()));
}

#[derive(Clone, Debug, PartialEq, Table)]
#[table(name = "stock")]
struct Stock {
    #[column(min = 1, max = 9, fixed)]
    shelf: i64,
    #[column(min = 0, max = 100)]
    amount: i64,
    #[column(max = 2.5)]
    weight: f64,
    #[column(min = -1)]
    best: Option<i64>,
    #[column(max = 2)]
    label: String,
    free: i64,
}

#[test]
fn numbers_stop_at_their_bounds() {
    let stopped = |mut row: Stock| {
        row.stop_at_bounds();
        row
    };
    let within = Stock {
        shelf: 9,
        amount: 100,
        weight: -2.5,
        best: None,
        label: "ab".to_owned(),
        free: i64::MAX,
    };
    assert_eq!(stopped(within.clone()), within);
    // A key would be another row's, and of a text nothing is cut off.
    let passing = Stock {
        shelf: 10,
        amount: 101,
        weight: 2.75,
        best: Some(-2),
        label: "abc".to_owned(),
        free: 0,
    };
    let expected = Stock {
        amount: 100,
        weight: 2.5,
        best: Some(-1),
        ..passing.clone()
    };
    assert_eq!(stopped(passing), expected);
    let below = Stock {
        amount: -1,
        ..within.clone()
    };
    assert_eq!(stopped(below).amount, 0);
    // What has no bounds of that kind stays as it is.
    let mut other = row(101);
    other.stop_at_bounds();
    assert_eq!(other, row(101));
}

#[test]
fn lengths_floats_and_optionals_have_bounds() {
    let min = |value: &str| {
        let checked = columns::min("t", "c", &value.to_owned(), 2, "min is 2");
        checked.map_err(|error| error.to_string())
    };
    assert_eq!(min("剑剑"), Ok(()));
    let short = "t.c would be 1 character, its min is 2";
    assert_eq!(min("剑"), Err(short.to_owned()));
    assert!(columns::max("t", "c", &vec![1, 2], 2, "max is 2").is_ok());
    assert!(columns::max("t", "c", &vec![1, 2, 3], 2, "max is 2").is_err());
    assert!(columns::min("t", "c", &None::<i64>, 1, "min is 1").is_ok());
    assert!(columns::min("t", "c", &Some(0), 1, "min is 1").is_err());
    assert!(columns::min("t", "c", &0.5, 0.5, "min is 0.5").is_ok());
    assert!(columns::max("t", "c", &0.75, 0.5, "max is 0.5").is_err());
    assert!(columns::min("t", "c", &f64::NAN, 0.0, "min is 0").is_err());
    assert!(columns::max("t", "c", &f64::NAN, 0.0, "max is 0").is_err());
}
