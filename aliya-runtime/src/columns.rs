//! What the expansions of `Table` and `Enum` take rows apart and check them with.

use crate::db::{Column, ColumnError, OutOfBounds, Row, Value};
use crate::wire::{Bounded, bounds, choice};

/// A row, taken apart column by column.
pub struct Columns {
    names: std::slice::Iter<'static, &'static str>,
    values: std::vec::IntoIter<Value>,
}

impl Columns {
    /// A row that must have a value for each of the names, in their order.
    pub fn of(row: Row, names: &'static [&'static str]) -> Result<Self, ColumnError> {
        if row.len() != names.len() {
            return Err(miscounted(row.len(), names));
        }
        Ok(Self {
            names: names.iter(),
            values: row.into_iter(),
        })
    }

    /// The value of the next column.
    pub fn take<T: Column>(&mut self) -> Result<T, ColumnError> {
        let name = self.names.next().copied().unwrap_or_default();
        let value = self.values.next().unwrap_or(Value::Null);
        T::from_value(value).map_err(|error| named(name, error))
    }
}

/// Refuses a value below `min`; `bound` is `min is ...`.
pub fn min<T: Bounded>(
    table: &'static str,
    column: &'static str,
    value: &T,
    min: T::Size,
    bound: &'static str,
) -> Result<(), OutOfBounds> {
    match bounds::below(value, min) {
        Some(size) => Err(passed(
            table,
            column,
            bounds::sized(&size, T::COUNTED),
            bound,
        )),
        None => Ok(()),
    }
}

/// Refuses a value above `max`; `bound` is `max is ...`.
pub fn max<T: Bounded>(
    table: &'static str,
    column: &'static str,
    value: &T,
    max: T::Size,
    bound: &'static str,
) -> Result<(), OutOfBounds> {
    match bounds::above(value, max) {
        Some(size) => Err(passed(
            table,
            column,
            bounds::sized(&size, T::COUNTED),
            bound,
        )),
        None => Ok(()),
    }
}

/// Brings a number up to `min`.
pub fn at_least<T: Bounded>(value: &mut T, min: T::Size) {
    if bounds::below(value, min).is_some() {
        value.stop_at(min);
    }
}

/// Brings a number down to `max`.
pub fn at_most<T: Bounded>(value: &mut T, max: T::Size) {
    if bounds::above(value, max).is_some() {
        value.stop_at(max);
    }
}

/// The choice whose text a column holds.
pub fn text_choice<T: Copy>(value: &Value, all: &[(&str, T)]) -> Result<T, ColumnError> {
    let found = match value {
        Value::Text(text) => choice::find(&text.as_str(), all),
        _ => None,
    };
    found.ok_or_else(|| unknown(value, choice::one_of(all)))
}

/// The choice whose number a column holds.
pub fn number_choice<T: Copy>(value: &Value, all: &[(i64, T)]) -> Result<T, ColumnError> {
    let found = match value {
        Value::Int(number) => choice::find(number, all),
        _ => None,
    };
    found.ok_or_else(|| unknown(value, choice::one_of(all)))
}

#[cold]
fn miscounted(values: usize, names: &[&str]) -> ColumnError {
    let declared = names.len();
    let (column, wrong) = match names.get(values) {
        Some(name) => ((*name).to_owned(), "is missing"),
        None => (format!("number {}", declared + 1), "is not declared"),
    };
    let what = format!("{wrong}: the row has {values} values, the table {declared} columns");
    ColumnError { column, what }
}

/// A value does not know its column's name.
#[cold]
fn named(column: &str, error: ColumnError) -> ColumnError {
    ColumnError {
        column: column.to_owned(),
        what: error.what,
    }
}

#[cold]
fn unknown(value: &Value, wanted: String) -> ColumnError {
    ColumnError {
        column: String::new(),
        what: format!("{value:?} is not {wanted}"),
    }
}

#[cold]
fn passed(
    table: &'static str,
    column: &'static str,
    value: String,
    bound: &'static str,
) -> OutOfBounds {
    OutOfBounds {
        table,
        column,
        value,
        bound,
    }
}
