//! How a choice of `#[derive(Enum)]` travels.

use std::fmt::Display;

use serde_json::Value;

use super::{Mismatch, lenient};

/// How many of the choices an error names.
const NAMED: usize = 10;

/// The choice whose text `value` is.
pub fn read_text<T: Copy>(value: &Value, all: &[(&str, T)]) -> Result<T, Mismatch> {
    let found = value.as_str().and_then(|text| find(&text, all));
    found.ok_or_else(|| Mismatch(one_of(all)))
}

/// The choice whose number `value` is, or is a string of.
pub fn read_number<T: Copy>(value: &Value, all: &[(i64, T)]) -> Result<T, Mismatch> {
    let found = lenient::int(value).and_then(|number| find(&number, all));
    found.ok_or_else(|| Mismatch(one_of(all)))
}

/// The choice that stands for `wanted`.
pub(crate) fn find<K: PartialEq, T: Copy>(wanted: &K, all: &[(K, T)]) -> Option<T> {
    let mut pairs = all.iter();
    pairs
        .find(|(key, _)| key == wanted)
        .map(|(_, choice)| *choice)
}

/// `one of iron, coin`, the first few where there are many.
#[cold]
pub(crate) fn one_of<K: Display, T>(all: &[(K, T)]) -> String {
    let mut text = String::from("one of");
    for (at, (key, _)) in all.iter().take(NAMED).enumerate() {
        text.push_str(if at == 0 { " " } else { ", " });
        text.push_str(&key.to_string());
    }
    if all.len() > NAMED {
        text.push_str(", ...");
    }
    text
}
