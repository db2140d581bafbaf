//! The token server, where another process has it.

use std::sync::Arc;
use std::time::Duration;

use ::http::header::AUTHORIZATION;
use ::http::{HeaderMap, HeaderName, Method, StatusCode};
use bytes::Bytes;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::attempts::{Repeat, ToSend};
use super::callee::Callee;
use super::http::{Http, HttpConfig, Reply, bearer};
use super::line::Line;
use crate::BoxFuture;
use crate::call::{Act, Deadline, Key, Request};
use crate::credential::{Claims, Credentials, TOKEN_SERVER};
use crate::gateway::Accounts;
use crate::stop::{Answer, Stop};
use crate::token::{CREDENTIAL_HEADER, Function, KNOWS};
use crate::types::{PlayerId, Time};

/// The token server at a URL.
#[derive(Debug)]
pub struct HttpAccounts {
    http: Http,
    line: Line,
    timeout: Duration,
    credentials: Arc<Credentials>,
}

/// What GET /validate says of a live token.
#[derive(Deserialize)]
struct Valid {
    unique_id: String,
}

impl HttpAccounts {
    /// `url`, such as `http://127.0.0.1:8080`. `credentials` sign the calls.
    pub fn new(url: String, credentials: Arc<Credentials>, config: &HttpConfig) -> Self {
        Self {
            http: Http::new(config),
            line: Line::new(url, config),
            timeout: config.timeout,
            credentials,
        }
    }

    fn callee(&self) -> Callee<'_> {
        Callee {
            name: "the token server",
            line: &self.line,
        }
    }

    /// Sends a call under a key; `headers` come beside the credential, which the header of that name holds.
    async fn send(
        &self,
        call: ToSend<'_>,
        key: &Key,
        request_id: &str,
        credential: HeaderName,
        headers: HeaderMap,
    ) -> Result<Reply, Stop> {
        let request = Request {
            deadline: call.deadline,
            ..Request::new(Time::now(), request_id)
        };
        let claims = Claims {
            audience: TOKEN_SERVER,
            function: call.path,
            act: Act::Call,
            key,
            request: &request,
        };
        let sign = |body: &[u8]| {
            let mut headers = headers.clone();
            let signed = self.credentials.sign(claims, body);
            headers.insert(credential.clone(), bearer(&signed)?);
            Ok(headers)
        };
        self.http.send(self.callee(), &call, sign).await
    }

    async fn ask(&self, token: &str, request_id: &str) -> Result<Option<PlayerId>, Stop> {
        // What a header does not carry byte by byte is no token: a JWT has no such characters.
        if !token.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Ok(None);
        }
        let call = ToSend {
            method: Method::GET,
            path: "validate",
            body: Bytes::new(),
            deadline: Deadline::after(self.timeout),
            repeat: Repeat::Always,
        };
        let headers = HeaderMap::from_iter([(AUTHORIZATION, bearer(token)?)]);
        let key = Key::fresh('g');
        let reply = self.send(call, &key, request_id, CREDENTIAL_HEADER, headers);
        let (reply, callee) = (reply.await?, self.callee());
        match reply.status {
            StatusCode::OK => {
                let valid: Result<Valid, _> = serde_json::from_str(&reply.body);
                let valid = valid.map_err(|error| Stop::fault(format!("{callee}: {error}")))?;
                Ok(Some(PlayerId::new(valid.unique_id)))
            }
            StatusCode::BAD_REQUEST => Ok(None),
            _ => Err(callee.refused(&reply)),
        }
    }

    /// Whether there is such a player: the operator may ask.
    pub(crate) async fn knows(&self, player: &str, request_id: &str) -> Result<bool, Stop> {
        let call = ToSend {
            method: Method::POST,
            path: KNOWS,
            body: Bytes::from(Value::from(player).to_string()),
            deadline: Deadline::after(self.timeout),
            repeat: Repeat::Always,
        };
        let key = Key::fresh('g');
        let reply = self.send(call, &key, request_id, AUTHORIZATION, HeaderMap::new());
        let reply = reply.await?;
        match reply.status {
            StatusCode::OK => Ok(reply.body == "1"),
            _ => Err(self.callee().refused(&reply)),
        }
    }

    async fn run(
        &self,
        function: Function,
        args: Map<String, Value>,
        key: Option<Key>,
        request_id: &str,
    ) -> Result<Answer, Stop> {
        let call = ToSend {
            method: Method::POST,
            path: function.name(),
            body: Bytes::from(Value::Object(args).to_string()),
            deadline: Deadline::after(self.timeout),
            // Without a key a login ends the one before it, and an account is bound once.
            repeat: match key {
                Some(_) => Repeat::Always,
                None => Repeat::Unsent,
            },
        };
        let key = key.unwrap_or_else(|| Key::fresh('g'));
        let reply = self.send(call, &key, request_id, AUTHORIZATION, HeaderMap::new());
        self.callee().answer(&reply.await?)
    }
}

impl Accounts for HttpAccounts {
    fn validate<'a>(
        &'a self,
        token: &'a str,
        request_id: &'a str,
    ) -> BoxFuture<'a, Result<Option<PlayerId>, Stop>> {
        Box::pin(self.ask(token, request_id))
    }

    fn call<'a>(
        &'a self,
        function: Function,
        args: Map<String, Value>,
        key: Option<Key>,
        request_id: &'a str,
    ) -> BoxFuture<'a, Result<Answer, Stop>> {
        Box::pin(self.run(function, args, key, request_id))
    }
}
