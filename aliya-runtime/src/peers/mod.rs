//! Calls to other services: managers and the token server, over HTTP on kept connections.

mod accounts;
mod http;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use ::http::{HeaderMap, HeaderValue, Method, StatusCode};
use serde_json::Value;

use crate::BoxFuture;
use crate::call::{PeerCall, Peers};
use crate::credential::{Claims, Credentials};
use crate::envelope;
use crate::manager_server::{REPLY_LIMIT, REQUEST_TIME};
use crate::stop::{Answer, Failure, Stop, status};

pub use self::accounts::HttpAccounts;
use self::http::{Http, Reply};
pub use self::http::{HttpConfig, MAX_REPLY_BYTES};

/// Managers that other processes host, by their URLs. The gateway, managers and the operator
/// each have one, with their own [`Credentials`].
#[derive(Debug)]
pub struct HttpPeers {
    http: Http,
    urls: BTreeMap<String, String>,
    credentials: Arc<Credentials>,
}

impl HttpPeers {
    /// `urls`, such as `http://127.0.0.1:8082`, by the manager's name. `credentials` sign the calls.
    pub fn new(
        urls: BTreeMap<String, String>,
        credentials: Arc<Credentials>,
        config: &HttpConfig,
    ) -> Self {
        Self {
            http: Http::new(config),
            urls,
            credentials,
        }
    }

    async fn send(&self, call: PeerCall<'_>) -> Result<Answer, Stop> {
        let PeerCall {
            function,
            request,
            body,
            ..
        } = call;
        let manager = function.manager;
        let Some(url) = self.urls.get(manager) else {
            return Err(Stop::fault(format!("manager {manager} has no URL here")));
        };
        let callee = Callee { name: manager, url };
        let claims = Claims {
            audience: manager,
            function: function.name,
            player: request.caller.as_ref(),
            key: &request.id,
        };
        let mut headers = HeaderMap::new();
        let credential = self.credentials.sign(claims, body.as_bytes());
        headers.insert(::http::header::AUTHORIZATION, http::bearer(&credential)?);
        headers.insert(REQUEST_TIME, HeaderValue::from(request.now.0));
        if let Some(limit) = request.reply_limit {
            headers.insert(REPLY_LIMIT, HeaderValue::from(limit));
        }
        let reply = self
            .http
            .send(Method::POST, callee, function.name, headers, body);
        callee.answer(&reply.await?)
    }
}

impl Peers for HttpPeers {
    fn call<'a>(&'a self, call: PeerCall<'a>) -> BoxFuture<'a, Result<Answer, Stop>> {
        Box::pin(self.send(call))
    }
}

/// Who is called, for errors too.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Callee<'a> {
    /// The manager's name, or that of the token server.
    pub(crate) name: &'a str,
    /// Such as `http://127.0.0.1:8082`.
    pub(crate) url: &'a str,
}

impl fmt::Display for Callee<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at {}", self.name, self.url)
    }
}

impl Callee<'_> {
    /// What a reply means. The statuses of the runtime become the [`Stop`] that they stand for; all
    /// others are the function's own.
    pub(crate) fn answer(&self, reply: &Reply) -> Result<Answer, Stop> {
        if reply.status != StatusCode::OK {
            return Err(self.refused(reply));
        }
        let answer = envelope::read_answer(&reply.body);
        let answer = answer.map_err(|error| Stop::fault(format!("{self}: {error}")))?;
        match answer.status {
            status::INVALID => Err(Stop::Invalid(reason(&answer))),
            status::TRY_AGAIN => Err(Stop::Unavailable(format!("{self} asks to try again"))),
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
    pub(crate) fn refused(&self, reply: &Reply) -> Stop {
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
