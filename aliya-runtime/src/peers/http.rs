//! The HTTP client between services: kept connections, and a bound on time and size.

use std::error::Error;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use tokio::sync::Semaphore;

use super::Callee;
use crate::stop::Stop;

/// The longest reply that is read, in bytes.
pub const MAX_REPLY_BYTES: usize = 1024 * 1024;

/// How long an unused connection is kept.
const KEEP: Duration = Duration::from_secs(60);

/// Time limits of calls.
#[derive(Clone, Copy, Debug)]
pub struct HttpConfig {
    /// How long a connection may take to be made.
    pub connect_timeout: Duration,
    /// How long a call may take, the connection and the whole reply included.
    pub timeout: Duration,
    /// How many calls are out at a time; more wait, within their time limit. Each may need a
    /// connection of its own.
    pub max_calls: usize,
}

impl Default for HttpConfig {
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(2),
            timeout: Duration::from_secs(10),
            max_calls: 1024,
        }
    }
}

/// The client. Connections are kept by address. A call is repeated only where the kept connection
/// turned out to be closed before any of it was sent.
#[derive(Debug)]
pub(crate) struct Http {
    client: Client<HttpConnector, Full<Bytes>>,
    timeout: Duration,
    turns: Semaphore,
}

/// A reply that came whole.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) body: String,
}

impl Http {
    pub(crate) fn new(config: &HttpConfig) -> Self {
        let mut connector = HttpConnector::new();
        connector.set_connect_timeout(Some(config.connect_timeout));
        connector.set_nodelay(true);
        let client = Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(KEEP)
            .build(connector);
        Self {
            client,
            timeout: config.timeout,
            turns: Semaphore::new(config.max_calls.clamp(1, Semaphore::MAX_PERMITS)),
        }
    }

    /// Sends a request for `/path` with a JSON body. [`Stop::Unavailable`] where no whole reply
    /// comes in time.
    pub(crate) async fn send(
        &self,
        method: Method,
        callee: Callee<'_>,
        path: &str,
        headers: HeaderMap,
        body: String,
    ) -> Result<Reply, Stop> {
        let request = http::Request::builder()
            .method(method)
            .uri(format!("{}/{path}", callee.url.trim_end_matches('/')))
            .header(http::header::CONTENT_TYPE, "application/json")
            .body(Full::new(Bytes::from(body)));
        // The address comes from the settings.
        let mut request = request.map_err(|error| Stop::fault(format!("{callee}: {error}")))?;
        request.headers_mut().extend(headers);
        let reply = tokio::time::timeout(self.timeout, self.exchange(request)).await;
        match reply {
            Ok(Ok(reply)) => Ok(reply),
            Ok(Err(error)) if error.is::<LengthLimitError>() => Err(Stop::fault(format!(
                "{callee}: the reply has more than {MAX_REPLY_BYTES} bytes"
            ))),
            Ok(Err(error)) => Err(Stop::Unavailable(format!("{callee}: {}", chain(&*error)))),
            Err(_) => Err(Stop::Unavailable(format!(
                "{callee}: no reply within {} ms",
                self.timeout.as_millis()
            ))),
        }
    }

    async fn exchange(
        &self,
        request: http::Request<Full<Bytes>>,
    ) -> Result<Reply, Box<dyn Error + Send + Sync>> {
        let _turn = self.turns.acquire().await?;
        let response = self.client.request(request).await?;
        let (head, body) = response.into_parts();
        let body = Limited::new(body, MAX_REPLY_BYTES)
            .collect()
            .await?
            .to_bytes();
        Ok(Reply {
            status: head.status,
            body: String::from_utf8(body.into())?,
        })
    }
}

/// `Bearer`, and the token; not shown in debug output.
pub(crate) fn bearer(token: &str) -> Result<HeaderValue, Stop> {
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
