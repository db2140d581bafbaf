//! Columns of lists, maps and records: stored as the text of their JSON.

use std::collections::BTreeMap;
use std::fmt;

use super::table::{Column, ColumnError};
use super::value::{Param, Value};
use crate::wire::{Incoming, Key, ToWire, Wire};

/// A value that a statement is lent, and that becomes the text of its JSON when it is bound.
#[derive(Clone, Copy)]
pub struct Json<'a>(&'a (dyn ToWire + Sync));

impl<'a> Json<'a> {
    /// Lends `value`.
    pub fn of(value: &'a (dyn ToWire + Sync)) -> Self {
        Self(value)
    }
}

impl fmt::Display for Json<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::new();
        self.0.write(&mut text);
        f.write_str(&text)
    }
}

impl fmt::Debug for Json<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl PartialEq for Json<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.to_string() == other.to_string()
    }
}

impl<T: Wire + Sync> Column for Vec<T> {
    fn from_value(value: Value) -> Result<Self, ColumnError> {
        read(&value)
    }

    fn param(&self) -> Param<'_> {
        Param::Json(Json::of(self))
    }
}

impl<K: Key + Ord + Sync, T: Wire + Sync> Column for BTreeMap<K, T> {
    fn from_value(value: Value) -> Result<Self, ColumnError> {
        read(&value)
    }

    fn param(&self) -> Param<'_> {
        Param::Json(Json::of(self))
    }
}

/// Records are replies to the runtime: objects with a value for each field.
impl<R: Incoming + Sync> Column for R {
    fn from_value(value: Value) -> Result<Self, ColumnError> {
        read(&value)
    }

    fn param(&self) -> Param<'_> {
        Param::Json(Json::of(self))
    }
}

fn read<T: Wire>(value: &Value) -> Result<T, ColumnError> {
    let wrong = |what: String| ColumnError {
        column: String::new(),
        what,
    };
    let Value::Text(text) = value else {
        return Err(wrong(format!("holds {value:?}, JSON is wanted")));
    };
    let json = serde_json::from_str(text);
    let json = json.map_err(|error| wrong(format!("holds what is no JSON: {error}")))?;
    T::read(&json).map_err(|mismatch| wrong(format!("holds JSON that is not {}", mismatch.0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_and_maps_come_back() {
        let list = vec![vec![1_i64, -2], vec![]];
        let stored = Value::from(list.param());
        assert_eq!(stored, Value::Text("[[1,-2],[]]".to_owned()));
        assert_eq!(Column::from_value(stored), Ok(list));

        let map = BTreeMap::from([(7_i64, "é\"".to_owned()), (-1, String::new())]);
        let stored = Value::from(map.param());
        assert_eq!(stored, Value::Text(r#"{"-1":"","7":"é\""}"#.to_owned()));
        assert_eq!(Column::from_value(stored), Ok(map));
    }

    #[test]
    fn what_is_of_another_form_is_refused() {
        let error = |value| Vec::<i64>::from_value(value).expect_err("refused").what;
        assert_eq!(error(Value::Int(1)), "holds Int(1), JSON is wanted");
        let text = |text: &str| error(Value::Text(text.to_owned()));
        assert!(text("[1").starts_with("holds what is no JSON"));
        assert_eq!(
            text(r#"[1,"x"]"#),
            "holds JSON that is not a list whose [1] is an integer"
        );
    }
}
