//! Calls to other services: managers and the token server, over HTTP on kept connections.
//!
//! A call that does no harm twice is sent again where no whole reply came, until its deadline
//! ([`attempts`]). A callee that does not reply at all gets no calls for a while ([`circuit`]), and
//! has turns of its own ([`line`]), so that nobody else waits for it.

mod accounts;
mod attempts;
mod callee;
mod circuit;
mod http;
mod line;

use std::collections::BTreeMap;
use std::sync::Arc;

use ::http::header::AUTHORIZATION;
use ::http::{HeaderMap, Method};
use bytes::Bytes;

use crate::BoxFuture;
use crate::call::{Key, PeerCall, Peers};
use crate::credential::{Claims, Credentials};
use crate::stop::{Answer, Stop};

pub use self::accounts::HttpAccounts;
use self::attempts::{Repeat, ToSend};
use self::callee::Callee;
use self::http::{Http, bearer};
pub use self::http::{HttpConfig, MAX_REPLY_BYTES};
use self::line::Line;

/// Managers that other processes host, by their URLs. The gateway, managers and the operator
/// each have one, with their own [`Credentials`].
#[derive(Debug)]
pub struct HttpPeers {
    http: Http,
    /// By the manager's name; managers with the same URL share one.
    lines: BTreeMap<String, Arc<Line>>,
    credentials: Arc<Credentials>,
}

impl HttpPeers {
    /// `urls`, such as `http://127.0.0.1:8082`, by the manager's name. `credentials` sign the calls.
    pub fn new(
        urls: BTreeMap<String, String>,
        credentials: Arc<Credentials>,
        config: &HttpConfig,
    ) -> Self {
        let mut by_url = BTreeMap::new();
        let mut lines = BTreeMap::new();
        for (manager, url) in urls {
            let line = by_url.entry(url.clone());
            let line = line.or_insert_with(|| Arc::new(Line::new(url, config)));
            lines.insert(manager, Arc::clone(line));
        }
        Self {
            http: Http::new(config),
            lines,
            credentials,
        }
    }

    async fn send(&self, call: PeerCall<'_>) -> Result<Answer, Stop> {
        let PeerCall {
            function,
            act,
            request,
            body,
        } = call;
        let manager = function.manager;
        let Some(line) = self.lines.get(manager) else {
            return Err(Stop::fault(format!("manager {manager} has no URL here")));
        };
        let callee = Callee {
            name: manager,
            line,
        };
        // Keyed, whoever calls: a call that is sent again, by us or by who captured it, is
        // recognized.
        let key = request.key.clone().unwrap_or_else(|| Key::fresh('g'));
        let claims = Claims {
            audience: manager,
            function: function.name,
            act,
            key: &key,
            request,
        };
        let sign = |body: &[u8]| {
            let credential = self.credentials.sign(claims, body);
            Ok(HeaderMap::from_iter([(
                AUTHORIZATION,
                bearer(&credential)?,
            )]))
        };
        let call = ToSend {
            method: Method::POST,
            path: function.name,
            body: Bytes::from(body),
            deadline: request.deadline,
            repeat: Repeat::Always,
        };
        let reply = self.http.send(callee, &call, sign).await?;
        callee.answer(&reply)
    }
}

impl Peers for HttpPeers {
    fn call<'a>(&'a self, call: PeerCall<'a>) -> BoxFuture<'a, Result<Answer, Stop>> {
        Box::pin(self.send(call))
    }
}
