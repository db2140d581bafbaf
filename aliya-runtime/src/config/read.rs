//! A balance table's file, checked while it is read: YAML to the JSON from which the game's own types
//! are decoded. The places of mistakes are those that the YAML reader knows.

use std::collections::BTreeSet;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Number, Value};

use super::shape::{Field, Shape};
use crate::types::PlayerId;
use crate::wire::Data;

/// What is wrong with a file, and where as far as that is known: line and column, both from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wrong {
    pub(super) place: Option<(usize, usize)>,
    pub(super) what: String,
}

/// Reads a table's values. `Err` says the first thing that is wrong.
pub(super) fn read(text: &str, shape: &'static Shape) -> Result<Value, Wrong> {
    let of_yaml = serde_yaml::Deserializer::from_str(text);
    Of(shape).deserialize(of_yaml).map_err(|error| {
        let place = error.location();
        let said = error.to_string();
        // The place stands in front of it, where editors look for it.
        let what = match (place.is_some(), said.rfind(" at line ")) {
            (true, Some(at)) => said.get(..at).unwrap_or(&said).to_owned(),
            _ => said,
        };
        // The path of an item of the outermost list begins with a point.
        let what = match what.strip_prefix('.') {
            Some(path) if path.starts_with('[') => path.to_owned(),
            _ => what,
        };
        // A key of the file may hold ends of lines, of which a log makes lines.
        let what = super::visible(&what);
        Wrong {
            place: place.map(|place| (place.line(), place.column())),
            what,
        }
    })
}

/// A value of a shape; the option around it finds what is empty.
struct Of(&'static Shape);

impl<'de> DeserializeSeed<'de> for Of {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, value: D) -> Result<Value, D::Error> {
        value.deserialize_option(self)
    }
}

impl<'de> Visitor<'de> for Of {
    type Value = Value;

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(&self.0.expected())
    }

    fn visit_none<E: Error>(self) -> Result<Value, E> {
        let expected = self.0.expected();
        Err(E::custom(format!(
            "nothing stands there, expected {expected}"
        )))
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        self.visit_none()
    }

    fn visit_some<D: Deserializer<'de>>(self, value: D) -> Result<Value, D::Error> {
        match self.0 {
            // What looks like a number may be meant as text.
            Shape::Text | Shape::Player | Shape::Choice(_) | Shape::Numbered(_) => {
                value.deserialize_str(Present(self.0))
            }
            shape => value.deserialize_any(Present(shape)),
        }
    }
}

/// A value that is there.
struct Present(&'static Shape);

impl<'de> Visitor<'de> for Present {
    type Value = Value;

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(&self.0.expected())
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        match self.0 {
            Shape::Bool => Ok(Value::from(value)),
            _ => Err(E::invalid_type(serde::de::Unexpected::Bool(value), &self)),
        }
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        match self.0 {
            Shape::Int => Ok(Value::from(value)),
            #[allow(clippy::cast_precision_loss)] // The nearest float, as everywhere.
            Shape::Float => self.visit_f64(value as f64),
            _ => Err(E::invalid_type(serde::de::Unexpected::Signed(value), &self)),
        }
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        match i64::try_from(value) {
            Ok(value) => self.visit_i64(value),
            #[allow(clippy::cast_precision_loss)]
            Err(_) if matches!(self.0, Shape::Float) => self.visit_f64(value as f64),
            Err(_) => Err(E::invalid_value(
                serde::de::Unexpected::Unsigned(value),
                &"a whole number of 64 bits",
            )),
        }
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        let number = Number::from_f64(value);
        match (self.0, number) {
            (Shape::Float, Some(number)) => Ok(Value::Number(number)),
            _ => Err(E::invalid_type(serde::de::Unexpected::Float(value), &self)),
        }
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Value, E> {
        match self.0 {
            Shape::Int | Shape::Float | Shape::Bool => {
                Err(E::invalid_type(serde::de::Unexpected::Str(text), &self))
            }
            shape => plain(shape, text).map_err(E::custom),
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let Shape::List(item) = self.0 else {
            return Err(A::Error::invalid_type(serde::de::Unexpected::Seq, &self));
        };
        let mut list = Vec::new();
        while let Some(value) = items.next_element_seed(Of(item))? {
            list.push(value);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        match self.0 {
            Shape::Map(key, value) => {
                let mut map = Data::new();
                while let Some(name) = entries.next_key_seed(Key {
                    shape: key,
                    seen: &map,
                })? {
                    let value = entries.next_value_seed(Of(value))?;
                    map.insert(name, value);
                }
                Ok(Value::Object(map))
            }
            Shape::Record(fields) => record(fields, entries),
            _ => Err(A::Error::invalid_type(serde::de::Unexpected::Map, &self)),
        }
    }
}

fn record<'de, A: MapAccess<'de>>(
    fields: &'static [Field],
    mut entries: A,
) -> Result<Value, A::Error> {
    let mut record = Data::new();
    let mut seen = BTreeSet::new();
    while let Some(field) = entries.next_key_seed(Name {
        fields,
        seen: &seen,
    })? {
        seen.insert(field.name);
        let value = if field.optional {
            entries.next_value_seed(Optional(field.shape))?
        } else {
            Some(entries.next_value_seed(Of(field.shape))?)
        };
        record.extend(value.map(|value| (field.name.to_owned(), value)));
    }
    let lacks = fields
        .iter()
        .find(|field| !field.optional && !seen.contains(field.name));
    match lacks {
        Some(field) => Err(A::Error::custom(format!(
            "the field `{}` is missing",
            field.name
        ))),
        None => Ok(Value::Object(record)),
    }
}

/// A value that may be absent.
struct Optional(&'static Shape);

impl<'de> DeserializeSeed<'de> for Optional {
    type Value = Option<Value>;

    fn deserialize<D: Deserializer<'de>>(self, value: D) -> Result<Self::Value, D::Error> {
        value.deserialize_option(self)
    }
}

impl<'de> Visitor<'de> for Optional {
    type Value = Option<Value>;

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(&self.0.expected())
    }

    fn visit_none<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, value: D) -> Result<Self::Value, D::Error> {
        Of(self.0).visit_some(value).map(Some)
    }
}

/// The key of a map, as JSON has it.
struct Key<'m> {
    shape: &'static Shape,
    seen: &'m Data,
}

impl<'de> DeserializeSeed<'de> for Key<'_> {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, key: D) -> Result<String, D::Error> {
        key.deserialize_str(self)
    }
}

impl Visitor<'_> for Key<'_> {
    type Value = String;

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(&self.shape.expected())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<String, E> {
        let key = match plain(self.shape, text).map_err(E::custom)? {
            Value::String(text) => text,
            other => other.to_string(),
        };
        if self.seen.contains_key(&key) {
            return Err(E::custom(format!("the key `{text}` stands there twice")));
        }
        Ok(key)
    }
}

/// The name of a field.
struct Name<'s> {
    fields: &'static [Field],
    seen: &'s BTreeSet<&'static str>,
}

impl<'de> DeserializeSeed<'de> for Name<'_> {
    type Value = &'static Field;

    fn deserialize<D: Deserializer<'de>>(self, key: D) -> Result<Self::Value, D::Error> {
        key.deserialize_str(self)
    }
}

impl Visitor<'_> for Name<'_> {
    type Value = &'static Field;

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("the name of a field")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Self::Value, E> {
        let Some(field) = self.fields.iter().find(|field| field.name == name) else {
            let known = Shape::Record(self.fields).expected();
            return Err(E::custom(format!(
                "there is no field `{name}`, expected {known}"
            )));
        };
        if self.seen.contains(name) {
            return Err(E::custom(format!("the field `{name}` stands there twice")));
        }
        Ok(field)
    }
}

/// A text as a value of a shape that is written as one word: also what the key of a map is, which YAML
/// does not tell apart from a text.
fn plain(shape: &'static Shape, text: &str) -> Result<Value, String> {
    let expected = || format!("`{text}` is not {}", shape.expected());
    match shape {
        Shape::Int => {
            let digits = text.strip_prefix('-').unwrap_or(text);
            let written = digits.bytes().all(|b| b.is_ascii_digit())
                && (digits.len() == 1 || !digits.starts_with('0'));
            let value = written.then(|| text.parse::<i64>().ok()).flatten();
            value.map(Value::from).ok_or_else(expected)
        }
        Shape::Text if text.contains('\0') => Err("a text has no U+0000".to_owned()),
        Shape::Text => Ok(Value::from(text)),
        Shape::Player => {
            let chars = text.chars().count();
            let right = (1..=PlayerId::MAX_CHARS).contains(&chars) && !text.contains('\0');
            right.then(|| Value::from(text)).ok_or_else(expected)
        }
        Shape::Choice(names) => {
            let found = names.contains(&text);
            found.then(|| Value::from(text)).ok_or_else(expected)
        }
        Shape::Numbered(names) => {
            let found = names.iter().find(|(name, _)| *name == text);
            found
                .map(|(_, number)| Value::from(*number))
                .ok_or_else(expected)
        }
        _ => Err(expected()),
    }
}
