//! A reply's envelope: `{"status": ..., "message": ..., "random": ..., "data": {...}}`.

use std::borrow::Cow;

use crate::frame::MAX_JSON;
use crate::stop::{Answer, status};
use crate::wire;

/// What goes around an answer.
#[derive(Clone, Copy, Debug)]
pub(super) struct Envelope<'a> {
    /// The request's `random`, as it came.
    pub(super) random: Option<&'a str>,
    /// Whether `status` is a string.
    pub(super) status_as_text: bool,
}

impl Envelope<'_> {
    /// How many bytes an answer's message and data may have, as JSON, under status 0 or any of
    /// `outcomes`.
    pub(super) fn room(&self, outcomes: &[i64]) -> usize {
        let digits = |status: &i64| status.to_string().len();
        let widest = outcomes.iter().map(digits).max().unwrap_or_default().max(1);
        let nothing = Answer {
            status: status::SUCCESS,
            message: Cow::Borrowed(""),
            data: String::new(),
        };
        // `nothing` has a status of one digit, and the quotes of a message.
        let around = self.text(&nothing).len() - 1 - 2 + widest;
        MAX_JSON.saturating_sub(around)
    }

    /// The reply as JSON.
    pub(super) fn text(&self, answer: &Answer) -> String {
        let mut out = String::with_capacity(96 + answer.message.len() + answer.data.len());
        let quote = if self.status_as_text { "\"" } else { "" };
        for part in ["{\"status\":", quote, &answer.status.to_string(), quote] {
            out.push_str(part);
        }
        out.push_str(",\"message\":");
        wire::write_text(&answer.message, &mut out);
        if let Some(random) = self.random {
            out.push_str(",\"random\":");
            out.push_str(random);
        }
        out.push_str(",\"data\":");
        out.push_str(&answer.data);
        out.push('}');
        out
    }
}

/// Status 11. `token` is returned as it came; what is neither a string nor a number is returned as
/// its text in a string, since old clients read a reply as a Python literal, which has no `null`.
/// A token for which a frame has no room is left out.
pub(super) fn bad_token(token: &str, envelope: &Envelope<'_>) -> Answer {
    let mut data = String::from("{\"bad_token\":");
    match token.as_bytes().first() {
        Some(b'"' | b'-' | b'0'..=b'9') => data.push_str(token),
        _ => wire::write_text(token, &mut data),
    }
    data.push('}');
    let mut answer = Answer {
        status: status::UNAUTHORIZED,
        message: Cow::Borrowed("Authorization required"),
        data,
    };
    if envelope.text(&answer).len() > MAX_JSON {
        answer.data = "{}".to_owned();
    }
    answer
}

/// Status 12: the client may come again after `retry_after_ms`.
pub(super) fn too_many(retry_after_ms: u64) -> Answer {
    Answer {
        status: status::TOO_MANY_REQUESTS,
        message: Cow::Borrowed("Too many requests"),
        data: format!("{{\"retry_after_ms\":{retry_after_ms}}}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: i64, message: &'static str, data: &str) -> Answer {
        Answer {
            status,
            message: Cow::Borrowed(message),
            data: data.to_owned(),
        }
    }

    #[test]
    fn keys_come_in_the_order_of_the_protocol() {
        let envelope = Envelope {
            random: Some("\"253\""),
            status_as_text: false,
        };
        let text = envelope.text(&answer(2, "no \"iron\"", "{\"left\":3}"));
        let expected = r#"{"status":2,"message":"no \"iron\"","random":"253","data":{"left":3}}"#;
        assert_eq!(text, expected);
    }

    #[test]
    fn an_absent_random_is_absent_and_a_status_may_be_text() {
        let envelope = Envelope {
            random: None,
            status_as_text: true,
        };
        let text = envelope.text(&answer(0, "success", "{}"));
        assert_eq!(text, r#"{"status":"0","message":"success","data":{}}"#);
    }

    #[test]
    fn room_is_exactly_what_the_envelope_leaves() {
        for (random, status_as_text) in [(None, false), (Some("1.0"), false), (Some("\"é\""), true)]
        {
            let envelope = Envelope {
                random,
                status_as_text,
            };
            for (outcomes, status) in [(&[][..], 0), (&[1][..], 1), (&[1, 200][..], 200)] {
                let room = envelope.room(outcomes);
                let message = "\"success\"".len();
                let data = "x".repeat(room - message);
                assert_eq!(
                    envelope.text(&answer(status, "success", &data)).len(),
                    MAX_JSON
                );
            }
        }
    }

    #[test]
    fn a_bad_token_returns_as_it_came_where_python_can_read_it() {
        let envelope = Envelope {
            random: None,
            status_as_text: false,
        };
        for (token, returned) in [
            (r#""mua\u0068aah""#, r#""mua\u0068aah""#),
            ("1.0", "1.0"),
            ("-12e3", "-12e3"),
            ("null", r#""null""#),
            (r#"["a", true]"#, r#""[\"a\", true]""#),
        ] {
            let answer = bad_token(token, &envelope);
            assert_eq!(answer.data, format!("{{\"bad_token\":{returned}}}"));
        }
    }

    #[test]
    fn a_bad_token_without_room_is_left_out() {
        let envelope = Envelope {
            random: Some("7"),
            status_as_text: false,
        };
        let around = envelope.text(&bad_token("\"\"", &envelope)).len();
        let fits = format!("\"{}\"", "t".repeat(MAX_JSON - around));
        assert_eq!(envelope.text(&bad_token(&fits, &envelope)).len(), MAX_JSON);
        let over = format!("\"{}\"", "t".repeat(MAX_JSON - around + 1));
        assert_eq!(bad_token(&over, &envelope).data, "{}");
    }
}
