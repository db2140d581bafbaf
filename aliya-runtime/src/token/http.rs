//! The token server over HTTP, for gateways in other processes.

use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderMap, HeaderName, StatusCode};

use super::{Function, TokenServer, ValidateError};
use crate::call::{Act, Deadline, Key};
use crate::credential::{Caller, Credentials, Issuer, Refused, TOKEN_SERVER, bearer};
use crate::envelope::write_answer;
use crate::function::Access;
use crate::stop::Stop;
use crate::types::PlayerId;
use crate::wire::{self, StrictObject};

/// Where the caller's credential travels in GET /validate: `Authorization` holds the player's token.
pub const CREDENTIAL_HEADER: HeaderName = HeaderName::from_static("aliya-credential");

/// The operator's question whether there is a player, and the path of its endpoint.
pub(crate) const KNOWS: &str = "knows";

/// The longest body, in bytes: a client's frame holds less than 8 KiB of JSON.
const BODY_LIMIT_BYTES: usize = 16 * 1024;

/// POST /login, /login_unique and /bind_account with a JSON object of args, answered with an
/// envelope, and GET /validate, answered with 200 `{"unique_id": "..."}` or 400.
///
/// Every call carries a credential of the internal secret for [`TOKEN_SERVER`], the function
/// (`validate`, with an empty body, for the last) and the body; 401 and nothing done without. The
/// operator may POST /knows with a player's id in JSON, and gets 200 with 0 or 1.
pub fn router(server: Arc<TokenServer>, credentials: Arc<Credentials>) -> Router {
    let mut router = Router::new()
        .route("/validate", get(validate))
        .route(&format!("/{KNOWS}"), post(knows));
    for function in Function::ALL {
        let handler = move |State(http): State<Http>, headers: HeaderMap, body: Bytes| async move {
            http.run(function, &headers, &body).await
        };
        router = router.route(&format!("/{}", function.name()), post(handler));
    }
    router
        .layer(DefaultBodyLimit::max(BODY_LIMIT_BYTES))
        .with_state(Http {
            server,
            credentials,
        })
}

#[derive(Clone)]
struct Http {
    server: Arc<TokenServer>,
    credentials: Arc<Credentials>,
}

impl Http {
    async fn run(&self, function: Function, headers: &HeaderMap, body: &[u8]) -> Response {
        let name = function.name();
        let caller = match self.caller(name, bearer(headers, &AUTHORIZATION), body) {
            Ok(caller) => caller,
            Err(refused) => return unauthorized(name, refused),
        };
        let answered = match serde_json::from_slice(body) {
            _ if Deadline::at(caller.deadline).has_passed() => Err(Stop::Unavailable(
                "the call came after its deadline".to_owned(),
            )),
            Ok(StrictObject(data)) => self.server.run(function, &data, client_key(&caller)).await,
            Err(error) => {
                let reason = format!("the args must be a JSON object: {error}");
                Err(Stop::Invalid(reason))
            }
        };
        let answer = answered.unwrap_or_else(|stop| stop.into_answer(&caller.id));
        let mut text = String::new();
        write_answer(&answer, &mut text);
        json(StatusCode::OK, text)
    }

    fn caller(
        &self,
        function: &str,
        credential: Option<&str>,
        body: &[u8],
    ) -> Result<Caller, Refused> {
        let credential = credential.ok_or(Refused::Missing)?;
        let caller = self
            .credentials
            .verify(TOKEN_SERVER, function, credential, body)?;
        if caller.act != Act::Call || !caller.issuer.may_call(Access::Public) {
            return Err(Refused::Misdirected);
        }
        Ok(caller)
    }
}

/// The key of a client's request. That of a request without one is the gateway's own: it names this
/// call, and nothing is kept under it.
fn client_key(caller: &Caller) -> Option<Key> {
    Some(caller.key.clone()).filter(|key| key.as_str().starts_with('c'))
}

async fn validate(State(http): State<Http>, headers: HeaderMap) -> Response {
    let credential = bearer(&headers, &CREDENTIAL_HEADER);
    if let Err(refused) = http.caller("validate", credential, b"") {
        return unauthorized("validate", refused);
    }
    let token = bearer(&headers, &AUTHORIZATION).unwrap_or_default();
    match http.server.validate(token) {
        Ok(player) => {
            let mut text = String::from("{\"unique_id\":");
            wire::write_text(player.as_str(), &mut text);
            text.push('}');
            json(StatusCode::OK, text)
        }
        Err(error @ ValidateError::Refused(_)) => message(StatusCode::BAD_REQUEST, error),
        Err(error) => message(StatusCode::SERVICE_UNAVAILABLE, error),
    }
}

async fn knows(State(http): State<Http>, headers: HeaderMap, body: Bytes) -> Response {
    let credential = bearer(&headers, &AUTHORIZATION);
    match http.caller(KNOWS, credential, &body) {
        Ok(caller) if caller.issuer == Issuer::Operator => {}
        Ok(_) => return unauthorized(KNOWS, Refused::Misdirected),
        Err(refused) => return unauthorized(KNOWS, refused),
    }
    let Ok(player) = serde_json::from_slice::<String>(&body) else {
        return message(StatusCode::BAD_REQUEST, "a player's id is a text");
    };
    match http.server.knows(&PlayerId::new(player)).await {
        Ok(known) => json(StatusCode::OK, i64::from(known).to_string()),
        Err(stop) => message(StatusCode::SERVICE_UNAVAILABLE, stop),
    }
}

fn unauthorized(function: &str, refused: Refused) -> Response {
    tracing::warn!(function, %refused, "call refused");
    message(
        StatusCode::UNAUTHORIZED,
        "a credential of the internal secret is required",
    )
}

fn message(status: StatusCode, message: impl ToString) -> Response {
    let mut text = String::from("{\"message\":");
    wire::write_text(&message.to_string(), &mut text);
    text.push('}');
    json(status, text)
}

fn json(status: StatusCode, text: String) -> Response {
    (status, [(CONTENT_TYPE, "application/json")], text).into_response()
}

#[cfg(test)]
#[path = "http_tests.rs"]
mod tests;
