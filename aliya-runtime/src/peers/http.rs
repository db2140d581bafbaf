//! The HTTP client between services: one attempt of a call over a kept connection, with a bound on
//! time and size.

use std::error::Error;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, StatusCode};
use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use tokio::time::{Instant, timeout_at};

use super::attempts::ToSend;
use super::callee::Callee;
use crate::crash;
use crate::stop::Stop;

/// The longest reply that is read, in bytes.
pub const MAX_REPLY_BYTES: usize = 1024 * 1024;

/// How long an unused connection is kept.
const KEEP: Duration = Duration::from_secs(60);

/// Limits of calls.
#[derive(Clone, Copy, Debug)]
pub struct HttpConfig {
    /// How long a connection may take to be made.
    pub connect_timeout: Duration,
    /// How long a call of the token server may take, all its attempts included; a call of a manager
    /// has the deadline of its request.
    pub timeout: Duration,
    /// How long one attempt may take, the connection and the whole reply included. Where the call
    /// may be sent again, it is.
    pub attempt_timeout: Duration,
    /// How many calls are out at a time to one callee; more wait, not beyond their deadlines. Each
    /// may need a connection of its own.
    pub max_calls: usize,
}

impl HttpConfig {
    /// How long a callee says nothing before that tells of the callee, and not of who waits.
    pub(super) fn silence(&self) -> Duration {
        self.attempt_timeout / 4
    }
}

impl Default for HttpConfig {
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(1),
            timeout: Duration::from_secs(10),
            attempt_timeout: Duration::from_secs(2),
            max_calls: 1024,
        }
    }
}

/// The client. Connections are kept by address.
#[derive(Debug)]
pub(super) struct Http {
    client: Client<HttpConnector, Full<Bytes>>,
    attempt_timeout: Duration,
}

/// A reply that came whole.
#[derive(Debug)]
pub(super) struct Reply {
    pub(super) status: StatusCode,
    pub(super) body: String,
}

/// Why an attempt has no reply.
#[derive(Debug)]
pub(super) enum Failed {
    /// The callee got nothing of the call.
    Unsent(Stop),
    /// The callee may have got the call, and may have done what it asks.
    Lost(Stop),
    /// Another attempt would end like this one.
    Final(Stop),
}

impl Http {
    pub(super) fn new(config: &HttpConfig) -> Self {
        let mut connector = HttpConnector::new();
        connector.set_connect_timeout(Some(config.connect_timeout));
        connector.set_nodelay(true);
        let client = Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(KEEP)
            .build(connector);
        Self {
            client,
            attempt_timeout: config.attempt_timeout,
        }
    }

    /// Sends a call once, with the headers that `sign` makes for its body when its turn has come.
    pub(super) async fn attempt(
        &self,
        callee: Callee<'_>,
        call: &ToSend<'_>,
        sign: impl Fn(&[u8]) -> Result<HeaderMap, Stop>,
    ) -> Result<Reply, Failed> {
        let unavailable = |what: &dyn fmt::Display| Stop::Unavailable(format!("{callee}: {what}"));
        if call.deadline.has_passed() {
            return Err(Failed::Final(unavailable(&"no time is left for a call")));
        }
        let turn = callee.line.turn(call.deadline).await;
        let turn = turn.map_err(|why| Failed::Final(unavailable(&why)))?;
        let request = request(callee, call, &sign).map_err(Failed::Final)?;
        let began = Instant::now();
        let end = call.deadline.instant().min(began + self.attempt_timeout);
        crash::point("before a call is sent");
        match timeout_at(end, self.exchange(request)).await {
            Ok(Ok(reply)) => {
                crash::point("after a reply has come");
                turn.pass.replied();
                let body = String::from_utf8(reply.body.into());
                let body = body.map_err(|error| {
                    Failed::Final(Stop::fault(format!("{callee}: the reply: {error}")))
                })?;
                let status = reply.status;
                Ok(Reply { status, body })
            }
            Ok(Err(error)) if error.cause.is::<LengthLimitError>() => {
                turn.pass.replied();
                Err(Failed::Final(Stop::fault(format!(
                    "{callee}: the reply has more than {MAX_REPLY_BYTES} bytes"
                ))))
            }
            Ok(Err(error)) => {
                let why = chain(&*error.cause);
                turn.pass.failed(&why);
                Err(match error.sent {
                    true => Failed::Lost(unavailable(&why)),
                    false => Failed::Unsent(unavailable(&why)),
                })
            }
            // What is dropped here has waited long enough to tell of the callee, or it has not.
            Err(_) => {
                let waited_ms = began.elapsed().as_millis();
                let why = format!("no reply within {waited_ms} ms");
                Err(Failed::Lost(unavailable(&why)))
            }
        }
    }

    async fn exchange(&self, request: http::Request<Full<Bytes>>) -> Result<Raw, Broken> {
        let response = self.client.request(request).await;
        let response = response.map_err(|error| Broken {
            sent: !error.is_connect(),
            cause: error.into(),
        })?;
        let (head, body) = response.into_parts();
        let body = Limited::new(body, MAX_REPLY_BYTES).collect().await;
        let body = body.map_err(|cause| Broken { sent: true, cause })?;
        Ok(Raw {
            status: head.status,
            body: body.to_bytes(),
        })
    }
}

/// A reply, before anybody has looked at it.
struct Raw {
    status: StatusCode,
    body: Bytes,
}

/// What broke an exchange off.
struct Broken {
    /// Whether anything may have been sent before.
    sent: bool,
    cause: Box<dyn Error + Send + Sync>,
}

/// The request of one attempt.
fn request(
    callee: Callee<'_>,
    call: &ToSend<'_>,
    sign: impl Fn(&[u8]) -> Result<HeaderMap, Stop>,
) -> Result<http::Request<Full<Bytes>>, Stop> {
    let request = http::Request::builder()
        .method(call.method.clone())
        .uri(format!("{}/{}", callee.line.url(), call.path))
        .header(http::header::CONTENT_TYPE, "application/json")
        .body(Full::new(call.body.clone()));
    // The address comes from the settings.
    let mut request = request.map_err(|error| Stop::fault(format!("{callee}: {error}")))?;
    request.headers_mut().extend(sign(&call.body)?);
    Ok(request)
}

/// `Bearer`, and the token; not shown in debug output.
pub(super) fn bearer(token: &str) -> Result<HeaderValue, Stop> {
    let value = HeaderValue::try_from(format!("Bearer {token}"));
    let mut value = value.map_err(|_| Stop::fault("a credential that fits no header"))?;
    value.set_sensitive(true);
    Ok(value)
}

/// An error with what caused it: the client's own says little ("client error (Connect)").
fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}
