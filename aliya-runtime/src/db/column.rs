//! The types that a column can have, beside a game's own enums.

use super::table::{Column, ColumnError};
use super::value::{Param, Value};
use crate::types::{Id, PlayerId, Time};

impl Column for i64 {
    fn from_value(value: Value) -> Result<Self, ColumnError> {
        match value {
            Value::Int(int) => Ok(int),
            other => Err(wrong("an integer", &other)),
        }
    }

    fn param(&self) -> Param<'_> {
        Param::Int(*self)
    }
}

impl Column for f64 {
    fn from_value(value: Value) -> Result<Self, ColumnError> {
        match value {
            // A database can hold an infinity, or a NaN; the language has none, nor has JSON.
            Value::Float(float) if float.is_finite() => Ok(float),
            other => Err(wrong("a finite float", &other)),
        }
    }

    fn param(&self) -> Param<'_> {
        Param::Float(*self)
    }
}

/// Stored as 0 or 1.
impl Column for bool {
    fn from_value(value: Value) -> Result<Self, ColumnError> {
        match value {
            Value::Int(0) => Ok(false),
            Value::Int(1) => Ok(true),
            other => Err(wrong("0 or 1", &other)),
        }
    }

    fn param(&self) -> Param<'_> {
        Param::Int(i64::from(*self))
    }
}

impl Column for String {
    fn from_value(value: Value) -> Result<Self, ColumnError> {
        match value {
            Value::Text(text) => Ok(text),
            other => Err(wrong("a text", &other)),
        }
    }

    fn param(&self) -> Param<'_> {
        Param::Text(self)
    }
}

impl Column for PlayerId {
    fn from_value(value: Value) -> Result<Self, ColumnError> {
        String::from_value(value).map(Self::new)
    }

    fn param(&self) -> Param<'_> {
        Param::Text(self.as_str())
    }
}

/// Stored as milliseconds since 1970-01-01 UTC.
impl Column for Time {
    fn from_value(value: Value) -> Result<Self, ColumnError> {
        i64::from_value(value).map(Self)
    }

    fn param(&self) -> Param<'_> {
        Param::Int(self.0)
    }
}

impl Column for Id {
    fn from_value(value: Value) -> Result<Self, ColumnError> {
        i64::from_value(value).map(Self)
    }

    fn param(&self) -> Param<'_> {
        Param::Int(self.0)
    }
}

/// `None` is NULL.
impl<T: Column> Column for Option<T> {
    fn from_value(value: Value) -> Result<Self, ColumnError> {
        match value {
            Value::Null => Ok(None),
            value => T::from_value(value).map(Some),
        }
    }

    fn param(&self) -> Param<'_> {
        self.as_ref().map_or(Param::Null, T::param)
    }
}

/// The column is left for the row's decoder, which knows it, to fill in.
fn wrong(wanted: &str, found: &Value) -> ColumnError {
    ColumnError {
        column: String::new(),
        what: format!("holds {found:?}, {wanted} is wanted"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stored(param: Param<'_>) -> Value {
        match param {
            Param::Null => Value::Null,
            Param::Int(int) => Value::Int(int),
            Param::Float(float) => Value::Float(float),
            Param::Text(text) => Value::Text(text.to_owned()),
            Param::Json(json) => Value::Text(json.to_string()),
        }
    }

    #[track_caller]
    fn comes_back<T: Column + PartialEq + std::fmt::Debug>(value: T, as_stored: Value) {
        assert_eq!(stored(value.param()), as_stored);
        assert_eq!(T::from_value(as_stored).as_ref(), Ok(&value));
    }

    #[test]
    fn values_come_back() {
        comes_back(i64::MIN, Value::Int(i64::MIN));
        comes_back(-0.5, Value::Float(-0.5));
        comes_back(false, Value::Int(0));
        comes_back(true, Value::Int(1));
        comes_back("é\0".to_owned(), Value::Text("é\0".to_owned()));
        comes_back(PlayerId::new("p1"), Value::Text("p1".to_owned()));
        comes_back(Time(7), Value::Int(7));
        comes_back(Id(8), Value::Int(8));
        comes_back(Some(9), Value::Int(9));
        comes_back(None::<String>, Value::Null);
    }

    #[test]
    fn other_types_are_refused() {
        assert!(i64::from_value(Value::Text("1".to_owned())).is_err());
        assert!(f64::from_value(Value::Int(1)).is_err());
        for float in [f64::INFINITY, f64::NEG_INFINITY, f64::NAN] {
            let error = f64::from_value(Value::Float(float)).expect_err("not finite");
            assert!(error.what.ends_with("a finite float is wanted"), "{error}");
        }
        assert!(bool::from_value(Value::Int(2)).is_err());
        assert!(String::from_value(Value::Null).is_err());
        let error = Option::<i64>::from_value(Value::Float(0.5)).expect_err("a float");
        assert_eq!(error.what, "holds Float(0.5), an integer is wanted");
    }
}
