//! Who is called, and what the callee's reply means.

use std::fmt;

use http::StatusCode;
use serde_json::Value;

use super::http::Reply;
use super::line::Line;
use crate::envelope;
use crate::stop::{Answer, Failure, Stop, status};

/// Who is called, for errors too.
#[derive(Clone, Copy, Debug)]
pub(super) struct Callee<'a> {
    /// The manager's name, or that of the token server.
    pub(super) name: &'a str,
    /// The way there.
    pub(super) line: &'a Line,
}

impl fmt::Display for Callee<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at {}", self.name, self.line.url())
    }
}

impl Callee<'_> {
    /// What a reply means. The statuses of the runtime become the [`Stop`] that they stand for; all
    /// others are the function's own.
    pub(super) fn answer(&self, reply: &Reply) -> Result<Answer, Stop> {
        if reply.status != StatusCode::OK {
            return Err(self.refused(reply));
        }
        let answer = envelope::read_answer(&reply.body);
        let answer = answer.map_err(|error| Stop::fault(format!("{self}: {error}")))?;
        match answer.status {
            status::INVALID => Err(Stop::Invalid(reason(&answer))),
            status::TRY_AGAIN => {
                let why = field(&answer, "reason").map(|why| format!(": {why}"));
                let why = why.unwrap_or_default();
                Err(Stop::Unavailable(format!("{self} asks to try again{why}")))
            }
            status::REPLY_TOO_LARGE => Err(Stop::TooLarge {
                bytes: size(&answer, "bytes"),
                limit: size(&answer, "limit"),
            }),
            status::INTERNAL => {
                let id = field(&answer, "request_id").unwrap_or_default();
                Err(Stop::fault(format!(
                    "{self} failed: its log has request_id {id}"
                )))
            }
            // A token that a later login ended just now.
            status::UNAUTHORIZED => Err(Stop::Failed(Failure {
                status: answer.status,
                message: answer.message,
                data: Some(answer.data),
            })),
            status::REUSED => Err(Stop::Reused),
            12 | 17..=19 => Err(Stop::fault(format!(
                "{self} answers with status {}",
                answer.status
            ))),
            _ => Ok(answer),
        }
    }

    /// What an HTTP status other than 200 means: no function has run, and somebody has to look
    /// after the two services.
    pub(super) fn refused(&self, reply: &Reply) -> Stop {
        let status = reply.status;
        match status {
            StatusCode::UNAUTHORIZED => Stop::fault(format!(
                "{self} refuses the credential: the two services have different internal secrets \
                 (set the same ALIYA_INTERNAL_SECRET for both), or clocks that differ"
            )),
            StatusCode::SERVICE_UNAVAILABLE => Stop::Unavailable(format!("{self} is unavailable")),
            _ => {
                let reason = envelope::read_answer(&reply.body).map(|answer| reason(&answer));
                let reason = reason.unwrap_or_default();
                Stop::fault(format!("{self} answers {status}: {reason}"))
            }
        }
    }
}

fn reason(answer: &Answer) -> String {
    match field(answer, "reason") {
        Some(Value::String(reason)) => reason,
        _ => answer.message.clone().into_owned(),
    }
}

fn size(answer: &Answer, name: &str) -> usize {
    let size = field(answer, name).and_then(|size| size.as_u64());
    size.and_then(|size| usize::try_from(size).ok())
        .unwrap_or_default()
}

fn field(answer: &Answer, name: &str) -> Option<Value> {
    let mut data: Value = serde_json::from_str(&answer.data).ok()?;
    data.get_mut(name).map(Value::take)
}
