//! `aliya call`: a client on the command line.

use std::fmt::Display;
use std::time::Duration;

use serde_json::{Map, Value};
use tokio::time::timeout;

use super::{Failure, say, services};
use crate::client::Client;
use crate::settings::Settings;

/// How long a reply may take: longer than any gateway lets a request take by its defaults.
const PATIENCE: Duration = Duration::from_secs(30);

/// For how long the request is sent again that was not answered, or was answered to try again.
const AGAIN: Duration = Duration::from_secs(8);

/// What to call.
pub(super) struct Call {
    pub(super) function: String,
    pub(super) args: Map<String, Value>,
    /// The player's token.
    pub(super) token: Option<String>,
    /// A part of the reply, such as `data.token`.
    pub(super) print: Option<String>,
}

/// Sends the request to the gateway of the settings, and prints the reply on a line of stdout. A
/// status of the gateway's own is a failure all the same; one of the game is what was asked for.
pub(super) async fn call(settings: &Settings, call: Call) -> Result<(), Failure> {
    let Call {
        function,
        mut args,
        token,
        print,
    } = call;
    if let Some(token) = token {
        args.insert("token".to_owned(), Value::from(token));
    }
    let cipher = services::cipher(settings)?;
    let gateway = settings.gateway;
    let no_gateway = |why: &dyn Display| {
        format!("no gateway at {gateway}: {why} (start one: `aliya up`; or say --gateway)")
    };
    let called = async {
        let client = Client::connect(gateway, cipher).await;
        let mut client = client.map_err(|error| no_gateway(&error))?;
        Ok::<_, Failure>(client.call_until_answered(&function, args, AGAIN).await?)
    };
    let called = timeout(PATIENCE, called).await;
    let called = called.map_err(|_| no_gateway(&format_args!("no reply within {PATIENCE:?}")))?;
    let reply = called?;
    let read: Value = serde_json::from_str(&reply)?;
    match print {
        None => say(&reply)?,
        Some(path) => say(&part(&read, &path)?)?,
    }
    let text = |name: &str| read.get(name).and_then(Value::as_str).unwrap_or_default();
    let status = match read.get("status") {
        Some(Value::String(status)) => status.parse().ok(),
        status => status.and_then(Value::as_i64),
    };
    super::refused(status.unwrap_or_default(), text("message"))
}

/// The part of a reply at a path of keys; text without its quotes.
fn part(reply: &Value, path: &str) -> Result<String, Failure> {
    let pointer = format!("/{}", path.replace('.', "/"));
    match reply.pointer(&pointer) {
        Some(Value::String(text)) => Ok(text.clone()),
        Some(value) => Ok(value.to_string()),
        None => Err(format!("the reply has no `{path}`: {reply}").into()),
    }
}
