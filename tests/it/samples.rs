//! The samples of the generated documentation are true: each is sent to a server, must fit the
//! manager's OpenAPI document, and get the reply that is recorded in `samples/`.
//!
//! `cargo xtask samples` records the replies anew.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use aliya_runtime::Time;
use aliya_runtime::function::{Access, FunctionInfo, Manager};
use anyhow::{Context, Result};
use serde_json::{Value, json};
use xtask::generate::beside::json::Json;
use xtask::generate::beside::samples::Sample;

use crate::support::{Server, Shape, run};

/// The player of the samples, as the documentation has it.
pub const PLAYER: &str = "ada";

/// What stands for the time of the call, so that a recorded reply is the same tomorrow.
const A_TIME_MS: i64 = 1_790_000_000_000;

/// What is nearer to now than that is taken for a time.
const YEAR_MS: i64 = 365 * 24 * 60 * 60 * 1000;

#[test]
fn every_sample_is_answered_as_recorded() -> Result<()> {
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    let mut wrong = Vec::new();
    for manager in generated::GAME.managers {
        let document = Document::read(manager.name)?;
        let recorded = samples_of(manager)?;
        let replies = run(async {
            let server = Server::start(Shape::OneProcess).await?;
            send_all(&server, manager, &document, &recorded).await
        })?;
        if update {
            record(manager, &document, recorded, &replies)?;
            continue;
        }
        for (function, reply) in replies {
            let sample = recorded.get(function);
            let expected = sample.and_then(|sample| sample.reply.as_ref());
            let expected = expected.map(value).transpose()?;
            if expected.as_ref() != Some(&reply) && !sample.is_some_and(|s| s.varies) {
                let expected = expected.map_or("nothing".to_owned(), |it| it.to_string());
                wrong.push(format!(
                    "{function}: recorded {expected}\n  answered {reply}"
                ));
            }
        }
    }
    let wrong = wrong.join("\n");
    assert!(wrong.is_empty(), "{wrong}\nto record: cargo xtask samples");
    Ok(())
}

/// Sends the samples of a manager, each for a player of its own; what comes back fits the document.
async fn send_all(
    server: &Server,
    manager: &'static Manager,
    document: &Document,
    samples: &BTreeMap<String, Sample>,
) -> Result<Vec<(&'static str, Value)>> {
    let mut replies = Vec::new();
    // What runs by itself is called by nobody.
    let functions = manager.functions.iter().enumerate();
    for (at, function) in functions.filter(|(_, function)| function.runs.is_none()) {
        let player = format!("{PLAYER}{at}");
        server.login(&player).await?;
        let before = samples.get(function.name).map(|s| s.before.as_slice());
        for (name, args) in before.unwrap_or_default() {
            let args = renamed(value(args)?, PLAYER, &player);
            let reply = admin(server, name, &player, &args)?;
            anyhow::ensure!(reply["status"] == 0, "before {}: {reply}", function.name);
        }
        let args = document.sample(function.name)?;
        document.fits(function.name, REQUEST, &args)?;
        let reply = send(server, function, &player, renamed(args, PLAYER, &player)).await?;
        let reply = json!({ "status": reply["status"], "message": reply["message"], "data": reply["data"] });
        document.fits(function.name, REPLY, &reply)?;
        let status = reply["status"].as_i64().unwrap_or_default();
        anyhow::ensure!(!(10..20).contains(&status), "{}: {reply}", function.name);
        replies.push((function.name, timeless(renamed(reply, &player, PLAYER))));
    }
    Ok(replies)
}

/// As a client where clients may, else as the operator.
async fn send(
    server: &Server,
    function: &FunctionInfo,
    player: &str,
    args: Value,
) -> Result<Value> {
    match function.access {
        Access::Player => server.login(player).await?.call(function.name, args).await,
        Access::Public => {
            let args = crate::support::object(args);
            Ok(server.connect().await?.call(function.name, args).await?)
        }
        Access::Internal | Access::Admin => {
            let name = format!("{}.{}", function.manager, function.name);
            admin(server, &name, player, &args)
        }
    }
}

fn admin(server: &Server, name: &str, player: &str, args: &Value) -> Result<Value> {
    let args = args.as_object().context("args are an object")?;
    let words = args.iter().map(|(key, value)| match value {
        Value::String(text) => format!("{key}={text}"),
        other => format!("{key}={other}"),
    });
    let words: Vec<_> = words.collect();
    let words: Vec<_> = words.iter().map(String::as_str).collect();
    server.admin(name, player, &words)
}

/// Where an operation of a document has the schema of its args.
const REQUEST: &str = "/requestBody/content/application~1json";
/// And that of its answer.
const REPLY: &str = "/responses/200/content/application~1json";

/// generated/openapi/<manager>.json
pub struct Document {
    json: Value,
    /// The same, its members in the order of the file.
    ordered: Json,
}

impl Document {
    /// Reads that of a manager.
    pub fn read(manager: &str) -> Result<Self> {
        let path = root().join(format!("generated/openapi/{manager}.json"));
        let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        Ok(Self {
            json: serde_json::from_str(&text)?,
            ordered: serde_json::from_str(&text)?,
        })
    }

    fn part(&self, function: &str, place: &str) -> Result<&Value> {
        let path = format!("/paths/~1{function}/post{place}");
        let part = self.json.pointer(&path);
        part.with_context(|| format!("no {path}; run: cargo xtask gen"))
    }

    /// The args of a function's sample.
    pub fn sample(&self, function: &str) -> Result<Value> {
        Ok(self.part(function, REQUEST)?["example"].clone())
    }

    /// Checks a value against a schema of the document.
    fn fits(&self, function: &str, place: &str, value: &Value) -> Result<()> {
        let mut schema = self.part(function, place)?["schema"].clone();
        schema["components"] = self.json["components"].clone();
        let schema = jsonschema::draft202012::new(&schema)?;
        let errors = schema.iter_errors(value).map(|error| error.to_string());
        let errors: Vec<_> = errors.collect();
        anyhow::ensure!(
            errors.is_empty(),
            "{function}: {value}: {}",
            errors.join("\n")
        );
        Ok(())
    }

    /// The schema of a function's data, with its properties in their order.
    fn data(&self, function: &str) -> Option<&Json> {
        let path = format!("/{function}");
        let path = [
            "paths",
            &path,
            "post",
            "responses",
            "200",
            "content",
            "application/json",
        ];
        let mut answer = path.into_iter().chain(["schema", "oneOf"]);
        let answers = answer.try_fold(&self.ordered, |at, key| member(at, key));
        let Some(Json::List(answers)) = answers else {
            return None;
        };
        let success = answers
            .first()
            .and_then(|answer| member(answer, "properties"));
        success.and_then(|properties| member(properties, "data"))
    }
}

fn member<'j>(json: &'j Json, key: &str) -> Option<&'j Json> {
    match json {
        Json::Object(members) => members
            .iter()
            .find(|(k, _)| k == key)
            .map(|(_, value)| value),
        _ => None,
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn samples_file(manager: &Manager) -> PathBuf {
    root().join(format!("samples/{}.json", manager.name))
}

/// The samples of a manager, by their functions.
pub fn samples_of(manager: &Manager) -> Result<BTreeMap<String, Sample>> {
    let path = samples_file(manager);
    if !path.exists() {
        return Ok(BTreeMap::new());
    }
    let text = std::fs::read_to_string(&path)?;
    serde_json::from_str(&text).with_context(|| path.display().to_string())
}

/// Writes the replies down beside what people wrote.
fn record(
    manager: &Manager,
    document: &Document,
    mut samples: BTreeMap<String, Sample>,
    replies: &[(&str, Value)],
) -> Result<()> {
    let functions = replies.iter().map(|(function, reply)| {
        let sample = samples.remove(*function).unwrap_or_default();
        let before = sample.before.into_iter();
        let before: Vec<_> = before
            .map(|(name, args)| Json::List(vec![Json::from(name), args]))
            .collect();
        let reply = match sample.reply {
            Some(reply) if sample.varies => reply,
            _ => Json::object([("status", in_order(&reply["status"], None))])
                .with("message", in_order(&reply["message"], None))
                .with("data", in_order(&reply["data"], document.data(function))),
        };
        let sample = Json::Object(Vec::new())
            .with_some("before", (!before.is_empty()).then_some(Json::List(before)))
            .with_some("args", sample.args)
            .with_some("varies", sample.varies.then_some(true))
            .with("reply", reply);
        (*function, sample)
    });
    let text = Json::object(functions).pretty();
    std::fs::create_dir_all(root().join("samples"))?;
    Ok(std::fs::write(samples_file(manager), text)?)
}

/// A value with the members of its objects in the order in which their schema has them.
fn in_order(value: &Value, schema: Option<&Json>) -> Json {
    match value {
        Value::Object(members) => {
            let properties = schema.and_then(|schema| member(schema, "properties"));
            let place = |key: &String| match properties {
                Some(Json::Object(all)) => all.iter().position(|(k, _)| k == key),
                _ => None,
            };
            let mut members: Vec<_> = members.iter().collect();
            members.sort_by_key(|(key, _)| place(key));
            let members = members.into_iter();
            Json::object(members.map(|(key, value)| {
                let schema = properties.and_then(|properties| member(properties, key));
                (key.as_str(), in_order(value, schema))
            }))
        }
        Value::Array(items) => {
            let each = schema.and_then(|schema| member(schema, "items"));
            let fixed = schema.and_then(|schema| member(schema, "prefixItems"));
            let schema = |at: usize| match fixed {
                Some(Json::List(schemas)) => schemas.get(at),
                _ => each,
            };
            let items = items.iter().enumerate();
            Json::List(items.map(|(at, item)| in_order(item, schema(at))).collect())
        }
        other => {
            let text = other.to_string();
            serde_json::from_str(&text).expect("the server says no null")
        }
    }
}

/// The same as a value.
pub fn value(json: &Json) -> Result<Value> {
    Ok(serde_json::from_str(&json.to_string())?)
}

/// A value with another name for a player.
pub fn renamed(value: Value, from: &str, to: &str) -> Value {
    each_leaf(value, &|leaf| match leaf {
        Value::String(text) if text == from => Value::from(to),
        other => other,
    })
}

/// A value with [`A_TIME_MS`] for every time.
fn timeless(value: Value) -> Value {
    let now = Time::now().0;
    each_leaf(value, &|leaf| match leaf.as_i64() {
        Some(time) if now.abs_diff(time) < YEAR_MS.unsigned_abs() => Value::from(A_TIME_MS),
        _ => leaf,
    })
}

fn each_leaf(value: Value, change: &impl Fn(Value) -> Value) -> Value {
    match value {
        Value::Array(items) => {
            let items = items.into_iter().map(|item| each_leaf(item, change));
            Value::Array(items.collect())
        }
        Value::Object(members) => {
            let members = members.into_iter();
            let members = members.map(|(key, value)| (key, each_leaf(value, change)));
            Value::Object(members.collect())
        }
        leaf => change(leaf),
    }
}
