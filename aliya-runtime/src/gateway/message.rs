//! A request's envelope: `{"function": ..., "random": ..., "data": {...}}`.

use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use crate::wire::{self, Strict};

/// The longest `random`, in bytes: of a string's value, or of a number's digits.
pub(super) const MAX_RANDOM_BYTES: usize = 128;

/// A request as it came: its values are read when they are needed.
#[derive(Debug, Default)]
pub(super) struct Message<'a> {
    function: Option<&'a RawValue>,
    random: Option<&'a RawValue>,
    data: Option<&'a RawValue>,
    /// One of them that stands twice.
    twice: Option<&'static str>,
}

/// The `data` of a request: the token, and what is looked at when the token is right.
#[derive(Debug, Default)]
pub(super) struct Data<'a> {
    token: Option<&'a RawValue>,
    args: Vec<(String, &'a RawValue)>,
}

impl<'a> Message<'a> {
    /// Reads a body; `None` where it is not one JSON object.
    pub(super) fn parse(json: &'a str) -> Option<Self> {
        serde_json::from_str(json).ok()
    }

    /// Why it cannot be answered, where a key stands in it twice.
    pub(super) fn twice(&self) -> Option<String> {
        self.twice.map(wire::twice)
    }

    /// The function that it names; `None` where it names none, or not by a string.
    pub(super) fn function(&self) -> Option<String> {
        serde_json::from_str(self.function?.get()).ok()
    }

    /// What to echo: a string or a number exactly as it came, `None` where there is none.
    pub(super) fn random(&self) -> Result<Option<&'a str>, &'static str> {
        const WRONG: &str = "`random` must be a string of at most 128 bytes, or a number";
        let Some(random) = self.random.map(RawValue::get) else {
            return Ok(None);
        };
        let bytes = match random.as_bytes().first() {
            Some(b'"') => serde_json::from_str::<String>(random).map(|text| text.len()),
            Some(b'-' | b'0'..=b'9') => Ok(random.len()),
            _ => return Err(WRONG),
        };
        match bytes {
            Ok(bytes) if bytes <= MAX_RANDOM_BYTES => Ok(Some(random)),
            _ => Err(WRONG),
        }
    }

    /// The text of `random`, where it is one.
    pub(super) fn random_text(&self) -> Option<String> {
        serde_json::from_str(self.random?.get()).ok()
    }

    /// The token and the args; the error says why there are none.
    pub(super) fn data(&self) -> Result<Data<'a>, String> {
        let Some(data) = self.data.map(RawValue::get) else {
            return Err("`data` is missing".to_owned());
        };
        if !data.starts_with('{') {
            return Err("`data` must be an object".to_owned());
        }
        // The envelope is JSON, so this is; what may fail is half a surrogate pair in a key.
        serde_json::from_str(data).map_err(|error| format!("`data`: {error}"))
    }
}

impl<'a> Data<'a> {
    /// The value of `token`, as it came.
    pub(super) fn token(&self) -> Option<&'a str> {
        self.token.map(RawValue::get)
    }

    /// Everything else; the error says which value no arg can have: a number out of range, half a
    /// surrogate pair, lists in lists without end.
    pub(super) fn args(self) -> Result<Map<String, Value>, String> {
        let read = |(key, value): (String, &RawValue)| {
            let read = serde_json::from_str(value.get());
            match read {
                Ok(Strict(value)) => Ok((key, value)),
                Err(error) => Err(format!("`{key}`: {error}")),
            }
        };
        self.args.into_iter().map(read).collect()
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Message<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Keys;

        impl<'de> Visitor<'de> for Keys {
            type Value = Message<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut message = Message::default();
                while let Some(key) = map.next_key::<String>()? {
                    let (name, place) = match key.as_str() {
                        "function" => ("function", &mut message.function),
                        "random" => ("random", &mut message.random),
                        "data" => ("data", &mut message.data),
                        _ => {
                            map.next_value::<IgnoredAny>()?;
                            continue;
                        }
                    };
                    if place.replace(map.next_value()?).is_some() {
                        message.twice = Some(name);
                    }
                }
                Ok(message)
            }
        }

        deserializer.deserialize_map(Keys)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Data<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Keys;

        impl<'de> Visitor<'de> for Keys {
            type Value = Data<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut data = Data::default();
                let mut keys = wire::Keys::default();
                while let Some(key) = map.next_key::<String>()? {
                    keys.once(&key)?;
                    let value = map.next_value()?;
                    match key.as_str() {
                        "token" => data.token = Some(value),
                        _ => data.args.push((key, value)),
                    }
                }
                Ok(data)
            }
        }

        deserializer.deserialize_map(Keys)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn random(json: &str) -> Result<Option<&str>, &'static str> {
        Message::parse(json).expect("an object").random()
    }

    #[test]
    fn a_random_is_what_came_byte_by_byte() {
        for text in [
            r#""253""#,
            r#""\u0032\u0035é\/""#,
            r#""""#,
            "0",
            "-906",
            "1.0",
            "1e5",
            "1E+400",
            "123456789012345678901234567890",
        ] {
            let json = format!(r#"{{"function": "f", "random" :  {text} }}"#);
            assert_eq!(random(&json), Ok(Some(text)));
        }
        assert_eq!(random("{}"), Ok(None));
    }

    #[test]
    fn a_random_is_bounded_by_its_value() {
        let of = |text: String| random(&format!(r#"{{"random":{text}}}"#)).is_ok();
        assert!(of(format!("\"{}\"", "x".repeat(128))));
        assert!(!of(format!("\"{}\"", "x".repeat(129))));
        assert!(of(format!("\"{}\"", "\\u0041".repeat(128))));
        assert!(!of(format!("\"{}\"", "é".repeat(65))));
        assert!(of("9".repeat(128)));
        assert!(!of("9".repeat(129)));
    }

    #[test]
    fn a_random_of_another_type_is_none() {
        for text in ["null", "true", "[]", "{}", r#""\ud800""#] {
            let json = format!(r#"{{"random":{text}}}"#);
            assert!(random(&json).is_err(), "{text}");
        }
    }

    #[test]
    fn only_one_object_is_a_message() {
        for json in [
            "", "[]", "\"a\"", "1", "null", "{", "{} {}", "{\"a\":}", "{'a':1}",
        ] {
            assert!(Message::parse(json).is_none(), "{json}");
        }
        assert!(Message::parse(" {\"other\": [1, {}], \"data\": 3}\n").is_some());
    }

    #[test]
    fn a_key_that_comes_twice_is_refused() {
        for (json, key) in [
            (r#"{"function":1,"function":"f"}"#, "function"),
            (r#"{"data":{},"data":{}}"#, "data"),
            (r#"{"random":"1","\u0072andom":"1"}"#, "random"),
        ] {
            let said = Message::parse(json).expect("an object").twice();
            assert_eq!(said, Some(format!("`{key}` stands twice")));
        }
        for data in [r#"{"a":1,"a":2}"#, r#"{"token":1,"b":3,"token":1}"#] {
            let json = format!(r#"{{"data":{data}}}"#);
            let said = Message::parse(&json).expect("an object").data();
            assert!(
                said.is_err_and(|said| said.contains("` stands twice")),
                "{data}"
            );
        }
        let json = r#"{"other":1,"other":2,"data":{"a":[{"b":1,"b":1}]}}"#;
        let message = Message::parse(json).expect("an object");
        assert_eq!(message.twice(), None);
        let args = message.data().expect("an object").args();
        assert!(args.is_err_and(|said| said.starts_with("`a`: `b` stands twice")));
    }

    #[test]
    fn the_token_can_be_had_where_the_args_cannot() {
        let deep = "[".repeat(200) + &"]".repeat(200);
        for wrong in ["1e999", r#""\ud800""#, &deep] {
            let json = format!(r#"{{"data":{{"iron":{wrong},"token":"t"}}}}"#);
            let data = Message::parse(&json)
                .and_then(|it| it.data().ok())
                .expect("data");
            assert_eq!(data.token(), Some("\"t\""));
            let error = data.args().expect_err(wrong);
            assert!(error.starts_with("`iron`: "), "{error}");
        }
    }

    #[test]
    fn data_must_be_an_object() {
        for (json, reason) in [
            ("{}", "`data` is missing"),
            (r#"{"data":null}"#, "`data` must be an object"),
            (r#"{"data":[{}]}"#, "`data` must be an object"),
            (r#"{"data":"{}"}"#, "`data` must be an object"),
        ] {
            let message = Message::parse(json).expect("an object");
            assert_eq!(message.data().err().as_deref(), Some(reason));
        }
    }
}
