//! One call of a manager's function over HTTP.

use std::borrow::Cow;
use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::header::{AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderMap, StatusCode, Uri};
use serde_json::{Map, Value, json};

use super::{MAX_BODY_BYTES, Server};
use crate::call::{Act, Deadline, Request};
use crate::crash;
use crate::credential::{Caller, bearer};
use crate::envelope;
use crate::function::FunctionInfo;
use crate::panics;
use crate::stop::{Answer, Stop, status};
use crate::types::Time;
use crate::wire::StrictObject;

/// Why no function runs.
struct Refusal {
    http: StatusCode,
    status: i64,
    message: &'static str,
    reason: String,
}

/// A call that may run.
struct Admitted {
    function: &'static FunctionInfo,
    args: Map<String, Value>,
    request: Request,
    act: Act,
}

/// `POST /<function>`.
pub(super) async fn call(
    State(server): State<Arc<Server>>,
    uri: Uri,
    headers: HeaderMap,
    body: Body,
) -> Response {
    match admit(&server, &uri, &headers, body).await {
        Ok(admitted) => {
            let Admitted {
                function,
                args,
                request,
                act,
            } = admitted;
            crash::point("after a call has come");
            let id = Arc::clone(&request.id);
            let run = server.functions.dispatch(function, args, request, act);
            let ran = panics::caught(run).await;
            let ran = ran.unwrap_or_else(|said| Err(Stop::fault(format!("panicked: {said}"))));
            let answer = match ran {
                Ok(answer) => answer,
                Err(stop) => told(stop, &id),
            };
            crash::point("before a reply is sent");
            respond(StatusCode::OK, &answer)
        }
        Err(refusal) => refusal.into_response(),
    }
}

/// Everything that is checked before a function runs.
async fn admit(
    server: &Server,
    uri: &Uri,
    headers: &HeaderMap,
    body: Body,
) -> Result<Admitted, Refusal> {
    let name = uri.path().strip_prefix('/').unwrap_or_default();
    // The credential names the body by its hash, so the body comes first, whoever sends it.
    let body = to_bytes(body, MAX_BODY_BYTES).await;
    let body = body.map_err(|_| Refusal::too_long())?;
    let caller = verify(server, name, headers, &body)?;
    let function = server.manager.function(name);
    let function = function.ok_or_else(|| Refusal::no_function(server.manager.name, name))?;
    if !caller.issuer.may_ask(caller.act, function) {
        return Err(Refusal::not_open(&caller, function));
    }
    let deadline = Deadline::at(caller.deadline);
    if deadline.has_passed() {
        return Err(Refusal::late(&caller, function));
    }
    let args = serde_json::from_slice(&body);
    let StrictObject(args) = args.map_err(|error| Refusal::no_args(&error.to_string()))?;
    let act = caller.act;
    let request = Request {
        caller: caller.player,
        now: caller.now,
        id: caller.id,
        // What writes nothing is not stored: it may run again.
        key: Some(caller.key).filter(|_| function.writes),
        deadline,
        reply_limit: caller.reply_limit,
    };
    Ok(Admitted {
        function,
        args,
        request,
        act,
    })
}

fn verify(
    server: &Server,
    name: &str,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<Caller, Refusal> {
    let manager = server.manager.name;
    let credential = bearer(headers, &AUTHORIZATION);
    let verified = credential.map(|it| server.credentials.verify(manager, name, it, body));
    match verified {
        Some(Ok(caller)) => Ok(caller),
        Some(Err(refused)) => {
            tracing::warn!(manager, function = name, "refused a call: {refused}");
            Err(Refusal::no_credential())
        }
        None => Err(Refusal::no_credential()),
    }
}

/// What the caller is told; more than a client, so that it can say the same in its own log.
fn told(stop: Stop, request_id: &str) -> Answer {
    let sizes = match &stop {
        Stop::TooLarge { bytes, limit } => Some(json!({"bytes": bytes, "limit": limit})),
        _ => None,
    };
    let mut answer = stop.into_answer(request_id);
    if let Some(sizes) = sizes {
        answer.data = sizes.to_string();
    }
    answer
}

fn respond(http: StatusCode, answer: &Answer) -> Response {
    let mut body = String::new();
    envelope::write_answer(answer, &mut body);
    (http, [(CONTENT_TYPE, "application/json")], body).into_response()
}

impl Refusal {
    fn invalid(http: StatusCode, reason: String) -> Self {
        Self {
            http,
            status: status::INVALID,
            message: "Invalid message format",
            reason,
        }
    }

    fn unauthorized(http: StatusCode, reason: String) -> Self {
        Self {
            http,
            status: status::UNAUTHORIZED,
            message: "Authorization required",
            reason,
        }
    }

    fn too_long() -> Self {
        let reason = format!("a body has at most {MAX_BODY_BYTES} bytes");
        Self::invalid(StatusCode::PAYLOAD_TOO_LARGE, reason)
    }

    /// The same whatever is wrong with it: the log has more.
    fn no_credential() -> Self {
        let reason = "this call needs a credential signed with the internal secret".to_owned();
        Self::unauthorized(StatusCode::UNAUTHORIZED, reason)
    }

    fn no_function(manager: &str, name: &str) -> Self {
        let reason = format!("{manager} has no function `{name}`");
        Self::invalid(StatusCode::NOT_FOUND, reason)
    }

    fn not_open(caller: &Caller, function: &FunctionInfo) -> Self {
        let (name, issuer) = (function.name, &caller.issuer);
        let reason = match caller.act {
            Act::Call => format!("{name} is not open to {issuer}"),
            Act::Give => format!("{name} is not open to {issuer} as a give"),
            Act::Undo => format!("{issuer} may take back no call of {name}"),
        };
        Self::unauthorized(StatusCode::FORBIDDEN, reason)
    }

    /// Status 13, as if the function had taken too long: nobody waits for what it does.
    fn late(caller: &Caller, function: &FunctionInfo) -> Self {
        let late_ms = Time::now().0.saturating_sub(caller.deadline.0);
        let reason = format!(
            "the call came {late_ms} ms after its deadline: the caller was late, or the clocks of \
             the two machines differ"
        );
        let FunctionInfo { manager, name, .. } = function;
        let (request_id, issuer) = (&*caller.id, &caller.issuer);
        tracing::warn!(request_id, manager, function = name, %issuer, "{reason}");
        Self {
            http: StatusCode::OK,
            status: status::TRY_AGAIN,
            message: "Try again",
            reason,
        }
    }

    /// Status 10, as the function itself would answer: it is a matter of args.
    fn no_args(why: &str) -> Self {
        let reason = format!("the args must be a JSON object: {why}");
        Self::invalid(StatusCode::OK, reason)
    }

    fn into_response(self) -> Response {
        let answer = Answer {
            status: self.status,
            message: Cow::Borrowed(self.message),
            data: json!({"reason": self.reason}).to_string(),
        };
        respond(self.http, &answer)
    }
}
