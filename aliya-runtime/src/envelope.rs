//! The envelope in which an [`Answer`] travels between services:
//! `{"status": 0, "message": "success", "data": {...}}`.

use std::borrow::Cow;

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::stop::Answer;
use crate::wire;

/// Appends `answer` as a JSON object. Its data, which is JSON already, is copied as it is.
pub fn write_answer(answer: &Answer, out: &mut String) {
    out.reserve(answer.data.len() + answer.message.len() + 48);
    out.push_str("{\"status\":");
    out.push_str(&answer.status.to_string());
    out.push_str(",\"message\":");
    wire::write_text(&answer.message, out);
    out.push_str(",\"data\":");
    out.push_str(&answer.data);
    out.push('}');
}

/// Reads what [`write_answer`] wrote. The data stays text; one that is absent is an empty object.
/// Keys other than the three are ignored.
pub fn read_answer(text: &str) -> Result<Answer, EnvelopeError> {
    let envelope: Envelope<'_> = serde_json::from_str(text)?;
    let data = envelope.data.map_or("{}", RawValue::get);
    // serde_json has seen that the data is one whole JSON value: its first byte tells its type.
    if !data.starts_with('{') {
        return Err(EnvelopeError::DataNoObject);
    }
    Ok(Answer {
        status: envelope.status,
        message: Cow::Owned(envelope.message),
        data: data.to_owned(),
    })
}

/// Why a text is not an answer.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EnvelopeError {
    /// It is not JSON, or not an object with a whole `status` and a text as `message`.
    #[error("the answer is not an envelope: {0}")]
    Malformed(#[from] serde_json::Error),
    /// Its `data` is something else than an object.
    #[error("the answer's data is not an object")]
    DataNoObject,
}

#[derive(Deserialize)]
struct Envelope<'a> {
    status: i64,
    message: String,
    #[serde(borrow)]
    data: Option<&'a RawValue>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(message: &'static str, data: &str) -> Answer {
        Answer {
            status: 2,
            message: Cow::Borrowed(message),
            data: data.to_owned(),
        }
    }

    #[test]
    fn writes_the_three_keys_in_the_order_of_the_protocol() {
        let mut out = String::from("before ");
        write_answer(&answer("no \"iron\"", "{\"left\":3}"), &mut out);
        let expected = r#"before {"status":2,"message":"no \"iron\"","data":{"left":3}}"#;
        assert_eq!(out, expected);
    }

    #[test]
    fn reads_back_what_it_wrote_byte_by_byte() {
        // Spacing and number forms inside the data survive: it is never parsed into values.
        let before = answer("line\nbreak é", "{ \"big\": 1.50e3,\"a\":[1 , 2]}");
        let mut text = String::new();
        write_answer(&before, &mut text);
        assert_eq!(read_answer(&text).unwrap(), before);
    }

    #[test]
    fn absent_data_is_empty_and_unknown_keys_are_ignored() {
        let read = read_answer(r#" {"message":"m","status":-1,"extra":[null]} "#).unwrap();
        assert_eq!((read.status, &*read.message, &*read.data), (-1, "m", "{}"));
    }

    #[test]
    fn refuses_what_is_no_envelope() {
        for text in [
            "",
            "[]",
            "{}",
            r#"{"status":"0","message":"m","data":{}}"#,
            r#"{"status":0.5,"message":"m","data":{}}"#,
            r#"{"status":0,"message":null,"data":{}}"#,
            r#"{"status":0,"message":"m","data":{"a":}}"#,
            r#"{"status":0,"message":"m","data":{}} trailing"#,
        ] {
            let read = read_answer(text);
            assert!(
                matches!(read, Err(EnvelopeError::Malformed(_))),
                "{text}: {read:?}"
            );
        }
        for data in ["[]", "1", "\"{}\"", "true"] {
            let text = format!(r#"{{"status":0,"message":"m","data": {data}}}"#);
            let read = read_answer(&text);
            assert!(
                matches!(read, Err(EnvelopeError::DataNoObject)),
                "{text}: {read:?}"
            );
        }
    }
}
