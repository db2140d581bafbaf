//! JSON whose objects keep the order of their members, whatever features `serde_json` is built
//! with: generated files and recorded samples read as they were written.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

/// A line of a pretty text is no longer where it holds a whole list or object.
const LINE_MAX_CHARS: usize = 80;

/// How long a pretty text is expected to be.
const PRETTY_BYTES: usize = 32 << 10;

/// A JSON value; there is no null in what the server says.
#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    /// true or false
    Bool(bool),
    /// An integer.
    Int(i64),
    /// A finite number.
    Float(f64),
    /// Text.
    Text(String),
    /// A list.
    List(Vec<Json>),
    /// An object.
    Object(Vec<(String, Json)>),
}

impl Json {
    /// An object of these members.
    pub fn object<K: Into<String>>(members: impl IntoIterator<Item = (K, Json)>) -> Self {
        let members = members.into_iter();
        Self::Object(members.map(|(key, value)| (key.into(), value)).collect())
    }

    /// A list of these items.
    pub fn list<T: Into<Json>>(items: impl IntoIterator<Item = T>) -> Self {
        Self::List(items.into_iter().map(Into::into).collect())
    }

    /// The object with one more member.
    ///
    /// # Panics
    /// On anything but an object.
    #[must_use]
    pub fn with(mut self, key: &str, value: impl Into<Json>) -> Self {
        let Self::Object(members) = &mut self else {
            panic!("{self:?} has no members");
        };
        members.push((key.to_owned(), value.into()));
        self
    }

    /// The object with one more member, where there is a value for it.
    #[must_use]
    pub fn with_some(self, key: &str, value: Option<impl Into<Json>>) -> Self {
        match value {
            Some(value) => self.with(key, value),
            None => self,
        }
    }

    /// Over several lines, short lists and objects on one; ends with a line break.
    pub fn pretty(&self) -> String {
        let mut out = String::with_capacity(PRETTY_BYTES);
        self.write(&mut out, 0);
        out.push('\n');
        out
    }

    fn write(&self, out: &mut String, depth: usize) {
        // The text in front of it counts too, as far as it is known here.
        let begin = out.len();
        if self.line(out, &mut LINE_MAX_CHARS.saturating_sub(2 * depth)) {
            return;
        }
        out.truncate(begin);
        match self {
            Self::List(items) if !items.is_empty() => {
                let items = items.iter().map(|item| (None, item));
                block(out, depth, ['[', ']'], items);
            }
            Self::Object(members) if !members.is_empty() => {
                let members = members.iter().map(|(key, value)| (Some(key), value));
                block(out, depth, ['{', '}'], members);
            }
            short => {
                short.line(out, &mut { usize::MAX });
            }
        }
    }

    /// On one line, with a space after each comma and colon, as long as there are characters `left`
    /// for it: whether there are.
    fn line(&self, out: &mut String, left: &mut usize) -> bool {
        let begin = out.len();
        match self {
            Self::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
            Self::Int(value) => out.push_str(&value.to_string()),
            Self::Float(value) => out.push_str(&format!("{value:?}")),
            // A character has at most four bytes.
            Self::Text(text) if text.len() / 4 > *left => return false,
            Self::Text(text) => quoted(out, text),
            Self::List(items) => {
                out.push('[');
                for (at, item) in items.iter().enumerate() {
                    out.push_str(if at == 0 { "" } else { ", " });
                    if !item.line(out, left) {
                        return false;
                    }
                }
                out.push(']');
                return take(left, (2 * items.len()).max(2));
            }
            Self::Object(members) if members.is_empty() => out.push_str("{}"),
            Self::Object(members) => {
                out.push('{');
                for (at, (key, value)) in members.iter().enumerate() {
                    out.push_str(if at == 0 { " " } else { ", " });
                    let begin = out.len();
                    quoted(out, key);
                    out.push_str(": ");
                    if !take(left, out[begin..].chars().count()) || !value.line(out, left) {
                        return false;
                    }
                }
                out.push_str(" }");
                return take(left, 2 * members.len() + 2);
            }
        }
        take(left, out[begin..].chars().count())
    }
}

/// Takes characters of those that are left: whether they are.
fn take(left: &mut usize, characters: usize) -> bool {
    match left.checked_sub(characters) {
        Some(after) => {
            *left = after;
            true
        }
        None => false,
    }
}

fn block<'j>(
    out: &mut String,
    depth: usize,
    [open, close]: [char; 2],
    parts: impl Iterator<Item = (Option<&'j String>, &'j Json)>,
) {
    out.push(open);
    for (at, (key, value)) in parts.enumerate() {
        out.push_str(if at == 0 { "\n" } else { ",\n" });
        indent(out, depth + 1);
        if let Some(key) = key {
            quoted(out, key);
            out.push_str(": ");
        }
        value.write(out, depth + 1);
    }
    out.push('\n');
    indent(out, depth);
    out.push(close);
}

fn indent(out: &mut String, depth: usize) {
    for _ in 0..depth {
        out.push_str("  ");
    }
}

/// A text between quotes.
fn quoted(out: &mut String, text: &str) {
    out.push('"');
    let mut plain = 0;
    for (at, byte) in text.bytes().enumerate() {
        if byte >= b' ' && byte != b'"' && byte != b'\\' {
            continue;
        }
        out.push_str(&text[plain..at]);
        plain = at + 1;
        match byte {
            b'"' => out.push_str("\\\""),
            b'\\' => out.push_str("\\\\"),
            b'\n' => out.push_str("\\n"),
            b'\r' => out.push_str("\\r"),
            b'\t' => out.push_str("\\t"),
            0x08 => out.push_str("\\b"),
            0x0c => out.push_str("\\f"),
            _ => out.push_str(&format!("\\u{byte:04x}")),
        }
    }
    out.push_str(&text[plain..]);
    out.push('"');
}

/// On one line, with a space after each comma and colon.
impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut line = String::new();
        self.line(&mut line, &mut { usize::MAX });
        f.write_str(&line)
    }
}

impl From<&str> for Json {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Json {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Json {
    fn from(value: i64) -> Self {
        Self::Int(value)
    }
}

impl From<bool> for Json {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value that is not null")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Json, E> {
        Ok(Json::Int(value))
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<Json, E> {
        let value = i64::try_from(value);
        value
            .map(Json::Int)
            .map_err(|_| E::custom("an integer of more than 64 bits"))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Json, E> {
        Ok(Json::Float(value))
    }

    fn visit_str<E>(self, text: &str) -> Result<Json, E> {
        Ok(Json::from(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Json, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Json::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Json, A::Error> {
        let mut object = Vec::new();
        while let Some(member) = members.next_entry()? {
            object.push(member);
        }
        Ok(Json::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_stay_in_their_order() {
        let text = r#"{ "b": 1, "a": [true, 0.5, "x\n"], "c": {} }"#;
        let json: Json = serde_json::from_str(text).expect("JSON");
        assert_eq!(json.to_string(), text);
    }

    #[test]
    fn what_is_long_is_broken_into_lines() {
        let long = Json::list(["0123456789"; 8]);
        let short = Json::list([1, 2]);
        let json = Json::object([("short", short), ("long", long)]);
        let item = "    \"0123456789\"";
        let items = [item; 8].join(",\n");
        let expected = format!("{{\n  \"short\": [1, 2],\n  \"long\": [\n{items}\n  ]\n}}\n");
        assert_eq!(json.pretty(), expected);
    }
}
