//! How a function ends: the answer it gives, or the reason why it stopped and kept nothing.

use std::borrow::Cow;
use std::sync::LazyLock;

use crate::told::Told;
use crate::wire::{Invalid, Reply};

/// What was said of what is not there.
static UNAVAILABLE: LazyLock<Told> = LazyLock::new(Told::default);

/// The statuses that the gateway owns (client protocol); a game's own are any others.
pub mod status {
    /// It worked.
    pub const SUCCESS: i64 = 0;
    /// The message is not one that this server takes; `data.reason` says why.
    pub const INVALID: i64 = 10;
    /// The token is not a live one.
    pub const UNAUTHORIZED: i64 = 11;
    /// Over the rate limit; `data.retry_after_ms` says when to come back.
    pub const TOO_MANY_REQUESTS: i64 = 12;
    /// Something the request needs did not answer; it may be sent again.
    pub const TRY_AGAIN: i64 = 13;
    /// The reply does not fit a frame; nothing was changed.
    pub const REPLY_TOO_LARGE: i64 = 14;
    /// A fault of the server; `data.request_id` finds it in the log.
    pub const INTERNAL: i64 = 15;
    /// The key of this request has come before with another content.
    pub const REUSED: i64 = 16;
}

/// What a request is answered with.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Answer {
    /// 0, one of [`status`], or one that the function declares.
    pub status: i64,
    /// The sentence that goes with the status.
    pub message: Cow<'static, str>,
    /// A JSON object, as text.
    pub data: String,
}

/// A declared error: the function ends with it and keeps nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The status that the function declares for it.
    pub status: i64,
    /// The message that the function declares for it.
    pub message: Cow<'static, str>,
    /// A JSON object, as text; `None` stands for an empty one.
    pub data: Option<String>,
}

impl Failure {
    /// A failure without data, as generated code declares them.
    pub const fn new(status: i64, message: &'static str) -> Self {
        Self {
            status,
            message: Cow::Borrowed(message),
            data: None,
        }
    }

    /// The same failure with data for the client.
    #[must_use]
    pub fn with(mut self, data: &dyn Reply) -> Self {
        let mut json = String::new();
        data.encode(&mut json);
        self.data = Some(json);
        self
    }
}

/// Why a function did not answer. Whatever it had written is rolled back.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Stop {
    /// One of the function's declared errors.
    #[error("status {}: {}", .0.status, .0.message)]
    Failed(Failure),
    /// An arg is missing, ill-typed or out of range: status 10, and the reason for the client.
    #[error("invalid: {0}")]
    Invalid(String),
    /// The reply would not fit: status 14.
    #[error("the reply has {bytes} bytes of JSON, {limit} fit")]
    TooLarge {
        /// Bytes of JSON that the reply's data and message have.
        bytes: usize,
        /// Bytes that fit beside the rest of the envelope.
        limit: usize,
    },
    /// Something that the function needs did not answer: status 13. The text is for the log.
    #[error("unavailable: {0}")]
    Unavailable(String),
    /// A fault of the server or of the game's declaration: status 15. The text is for the log.
    #[error("{what}{}", .at.map(|at| format!(" at {at}")).unwrap_or_default())]
    Fault {
        /// What went wrong.
        what: String,
        /// File, line, column and text of the declaration, where it was evaluating one.
        at: Option<&'static str>,
    },
    /// The request's key has come before with another content: status 16.
    #[error("the key of the request was used for another one")]
    Reused,
    /// Not an end: the function must go on in another phase (see [`crate::cx`]). It never leaves
    /// the runtime.
    #[error("suspended")]
    Suspended,
}

impl Stop {
    /// A fault without a place in the declaration.
    pub fn fault(what: impl Into<String>) -> Self {
        Self::Fault {
            what: what.into(),
            at: None,
        }
    }

    /// A refusal of the args as the declared error that it is to the function which made them; any
    /// other stop as it is.
    pub(crate) fn into_declared(self) -> Result<Answer, Self> {
        match self {
            Self::Invalid(_) | Self::Failed(_) => Ok(self.into_answer("")),
            other => Err(other),
        }
    }

    /// What the client is told. A fault is logged here, under `request_id`, and told as 15.
    pub fn into_answer(self, request_id: &str) -> Answer {
        let of = |status, message, data| Answer {
            status,
            message: Cow::Borrowed(message),
            data,
        };
        match self {
            Self::Failed(failure) => Answer {
                status: failure.status,
                message: failure.message,
                data: failure.data.unwrap_or_else(|| "{}".to_owned()),
            },
            Self::Invalid(reason) => {
                let mut data = String::from("{\"reason\":");
                crate::wire::write_text(&reason, &mut data);
                data.push('}');
                of(status::INVALID, "Invalid message format", data)
            }
            Self::TooLarge { bytes, limit } => {
                tracing::warn!(request_id, bytes, limit, "reply too large");
                of(status::REPLY_TOO_LARGE, "Reply too large", "{}".to_owned())
            }
            Self::Unavailable(what) => {
                // Of a database that is gone or full, each request would have the same to say.
                match UNAVAILABLE.says(&what) {
                    Some(0) => tracing::warn!(request_id, what, "unavailable"),
                    Some(again) => tracing::warn!(request_id, what, again, "still unavailable"),
                    None => tracing::debug!(request_id, what, "unavailable"),
                }
                of(status::TRY_AGAIN, "Try again", "{}".to_owned())
            }
            Self::Reused => of(status::REUSED, "Request reused", "{}".to_owned()),
            fault @ (Self::Fault { .. } | Self::Suspended) => {
                tracing::error!(request_id, "internal error: {fault}");
                let mut data = String::from("{\"request_id\":");
                crate::wire::write_text(request_id, &mut data);
                data.push('}');
                of(status::INTERNAL, "Internal error", data)
            }
        }
    }
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl From<Invalid> for Stop {
    fn from(invalid: Invalid) -> Self {
        Self::Invalid(invalid.0)
    }
}
