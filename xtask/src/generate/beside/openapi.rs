//! OpenAPI 3.1 of a manager's HTTP API.

use std::collections::BTreeMap;

use super::json::Json;
use super::samples::Samples;
use super::shapes::{self, SCHEMAS};
use super::statuses::{Possible, Statuses};
use super::{request, words};
use crate::generate::ir::{Function, FunctionId, Game, ManagerId};

/// What callers must bring, as every document says it.
const CREDENTIAL: &str = "A JWT that the calling service signs with the internal secret (HS256, \
     60 s): `iss` the caller, `aud` this manager, `sub` the player, `jti` the request's key, `fun` the \
     function, `sha` the SHA-256 of the body in base64url.";

/// The document of one manager.
pub(super) fn document(
    game: &Game,
    id: ManagerId,
    statuses: &mut Statuses<'_>,
    samples: &Samples,
) -> Json {
    let manager = &game.managers[id.0];
    let about = "For other services, on a private network. The answer of a function has HTTP status \
         200 whatever its own `status`.";
    let doc = manager.doc.iter().map(String::as_str);
    let description: Vec<_> = doc.chain([about]).collect();
    let info = Json::object([(
        "title",
        Json::from(format!("{}: {}", game.name, manager.name)),
    )])
    .with("description", description.join("\n\n"))
    .with("version", "1");
    let server = format!("http://127.0.0.1:{}", manager.port);
    let servers = Json::list([Json::object([("url", Json::from(server))])]);
    let paths = manager.functions.iter().enumerate().map(|(at, function)| {
        let possible = statuses.of(FunctionId(id, at));
        let sample = samples.get(&manager.name);
        let sample = sample.and_then(|samples| samples.get(&function.name));
        let args = request::args(game, function, sample);
        let post = operation(game, function, &possible, args);
        (
            format!("/{}", function.name),
            Json::object([("post", post)]),
        )
    });
    let paths = Json::object(paths);
    Json::object([("openapi", Json::from("3.1.0"))])
        .with("info", info)
        .with("servers", servers)
        .with(
            "security",
            Json::list([Json::object([("internal", no_scopes())])]),
        )
        .with("paths", paths)
        .with("components", components(game, id))
}

fn operation(game: &Game, function: &Function, possible: &[Possible], args: Json) -> Json {
    let schema = shapes::args(game, function);
    let content = Json::object([("schema", schema)]).with("example", args);
    let body =
        Json::object([("required", Json::from(true))]).with("content", json_content(content));
    let answers = Json::object([("schema", answers(game, function, possible))]);
    let answer = Json::object([("description", Json::from("The function's answer."))])
        .with("content", json_content(answers));
    let mut responses = Json::object([("200", answer)]);
    for (http, name) in REFUSALS.map(|refusal| (refusal.0, refusal.1)) {
        let path = format!("#/components/responses/{name}");
        responses = responses.with(http, Json::object([("$ref", Json::from(path))]));
    }
    Json::object([("operationId", Json::from(function.name.as_str()))])
        .with_some("summary", function.doc.as_deref())
        .with("description", description(game, function, possible))
        .with("requestBody", body)
        .with("responses", responses)
}

/// Access and statuses.
fn description(game: &Game, function: &Function, possible: &[Possible]) -> String {
    let mut text = match &function.runs {
        Some(runs) => format!(
            "Runs {}, for other services alone.",
            words::runs(game, runs)
        ),
        None => format!("Access: {}.", words::access(function.access)),
    };
    if function.uses_caller {
        text.push_str(" The credential names the player it acts for.");
    }
    text.push_str("\n\nStatuses:\n");
    for status in possible {
        text.push_str(&format!("- {}: {}", status.status, status.message));
        if let Some(from) = &status.from {
            text.push_str(&format!(" (from `{from}`)"));
        }
        text.push('\n');
    }
    text.push_str("- 10, 13, 14, 15: as of every function");
    text
}

/// `{ status, message, data }`: data of the reply's shape where the function succeeded.
fn answers(game: &Game, function: &Function, possible: &[Possible]) -> Json {
    let (kept, failed): (Vec<_>, Vec<_>) = possible.iter().partition(|status| status.succeeds);
    let numbers = |of: &[&Possible]| of.iter().map(|status| status.status).collect::<Vec<_>>();
    let success = answer(&numbers(&kept), shapes::reply(game, function));
    let mut failures = numbers(&failed);
    failures.extend([10, 13, 14, 15]);
    failures.sort_unstable();
    failures.dedup();
    let data = Json::object([("type", Json::from("object"))]);
    Json::object([("oneOf", Json::List(vec![success, answer(&failures, data)]))])
}

fn answer(statuses: &[i64], data: Json) -> Json {
    let status = Json::object([("type", Json::from("integer"))])
        .with("enum", Json::list(statuses.iter().copied()));
    let message = Json::object([("type", Json::from("string"))]);
    let properties = Json::object([("status", status), ("message", message), ("data", data)]);
    Json::object([("type", Json::from("object"))])
        .with("properties", properties)
        .with("required", Json::list(["status", "message", "data"]))
}

/// HTTP status, name, what it means: no function has run.
const REFUSALS: [(&str, &str, &str); 3] = [
    (
        "401",
        "NoCredential",
        "No valid credential. Nothing was changed.",
    ),
    (
        "403",
        "NotOpen",
        "The function is not open to this caller. Nothing was changed.",
    ),
    (
        "413",
        "TooLong",
        "The body is too long. Nothing was changed.",
    ),
];

fn components(game: &Game, id: ManagerId) -> Json {
    let mut schemas = BTreeMap::new();
    for function in &game.managers[id.0].functions {
        shapes::components(game, function, &mut schemas);
    }
    let reason = Json::object([("type", Json::from("string"))]);
    let data = Json::object([("type", Json::from("object"))])
        .with("properties", Json::object([("reason", reason)]));
    let schemas = Json::object(schemas).with(REFUSAL, answer(&[10, 11], data));
    let responses = REFUSALS.map(|(_, name, description)| {
        let schema = Json::object([("$ref", Json::from(format!("{SCHEMAS}{REFUSAL}")))]);
        let content = json_content(Json::object([("schema", schema)]));
        let response = Json::object([("description", Json::from(description))]);
        (name, response.with("content", content))
    });
    let internal = Json::object([("type", Json::from("http"))])
        .with("scheme", "bearer")
        .with("bearerFormat", "JWT")
        .with("description", CREDENTIAL);
    Json::object([("schemas", schemas)])
        .with("responses", Json::object(responses))
        .with("securitySchemes", Json::object([("internal", internal)]))
}

/// The schema of a refusal's body: no name of the game's, those have no point.
const REFUSAL: &str = "http.refusal";

fn json_content(content: Json) -> Json {
    Json::object([("application/json", content)])
}

fn no_scopes() -> Json {
    Json::List(Vec::new())
}
