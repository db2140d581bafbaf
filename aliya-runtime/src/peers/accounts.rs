//! The token server, where another process has it.

use std::sync::Arc;

use ::http::header::AUTHORIZATION;
use ::http::{HeaderMap, Method, StatusCode};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::Callee;
use super::http::{Http, HttpConfig, bearer};
use crate::BoxFuture;
use crate::credential::{Claims, Credentials, TOKEN_SERVER};
use crate::gateway::Accounts;
use crate::stop::{Answer, Stop};
use crate::token::{CREDENTIAL_HEADER, Function};
use crate::types::PlayerId;

/// The token server at a URL.
#[derive(Debug)]
pub struct HttpAccounts {
    http: Http,
    url: String,
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
            url,
            credentials,
        }
    }

    fn callee(&self) -> Callee<'_> {
        Callee {
            name: "the token server",
            url: &self.url,
        }
    }

    fn sign(&self, function: &str, request_id: &str, body: &str) -> String {
        let claims = Claims {
            audience: TOKEN_SERVER,
            function,
            player: None,
            key: request_id,
        };
        self.credentials.sign(claims, body.as_bytes())
    }

    async fn ask(&self, token: &str, request_id: &str) -> Result<Option<PlayerId>, Stop> {
        // What a header does not carry byte by byte is no token: a JWT has no such characters.
        if !token.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Ok(None);
        }
        let mut headers = HeaderMap::new();
        headers.insert(AUTHORIZATION, bearer(token)?);
        let credential = self.sign("validate", request_id, "");
        headers.insert(CREDENTIAL_HEADER, bearer(&credential)?);
        let callee = self.callee();
        let reply = self
            .http
            .send(Method::GET, callee, "validate", headers, String::new());
        let reply = reply.await?;
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

    async fn send(
        &self,
        function: Function,
        args: Map<String, Value>,
        request_id: &str,
    ) -> Result<Answer, Stop> {
        let body = Value::Object(args).to_string();
        let credential = self.sign(function.name(), request_id, &body);
        let mut headers = HeaderMap::new();
        headers.insert(AUTHORIZATION, bearer(&credential)?);
        let callee = self.callee();
        let reply = self
            .http
            .send(Method::POST, callee, function.name(), headers, body);
        callee.answer(&reply.await?)
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
        request_id: &'a str,
    ) -> BoxFuture<'a, Result<Answer, Stop>> {
        Box::pin(self.send(function, args, request_id))
    }
}
