//! `aliya call`: a client on the command line.

use serde_json::{Map, Value};

use super::{Failure, services};
use crate::client::Client;
use crate::settings::Settings;

/// What to call.
pub(super) struct Call {
    pub(super) function: String,
    pub(super) args: Map<String, Value>,
    /// The player's token.
    pub(super) token: Option<String>,
    /// A part of the reply, such as `data.token`.
    pub(super) print: Option<String>,
}

/// Sends the request to the gateway of the settings, and prints the reply on a line of stdout.
/// Whatever its status: a reply is what was asked for.
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
    let client = Client::connect(gateway, cipher).await;
    let mut client = client.map_err(|error| {
        format!("no gateway at {gateway}: {error} (start one: `aliya up`; or say --gateway)")
    })?;
    let reply = client.call_text(&function, args).await?;
    match print {
        None => println!("{reply}"),
        Some(path) => println!("{}", part(&serde_json::from_str(reply)?, &path)?),
    }
    Ok(())
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
