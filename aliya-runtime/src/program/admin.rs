//! `aliya admin call`: any function of any manager, as the operator.

use std::time::Duration;

use serde_json::{Map, Value};

use super::{Failure, say, services};
use crate::call::{Deadline, PeerCall, Peers, Request};
use crate::credential::Issuer;
use crate::function::{FunctionInfo, Game};
use crate::settings::Settings;
use crate::types::{PlayerId, Time};
use crate::{envelope, wire};

/// Calls `MANAGER.FUNCTION` on the manager's port, and prints the answer on a line of stdout.
pub(super) async fn call(
    game: &'static Game,
    settings: &Settings,
    name: &str,
    player: Option<String>,
    args: Map<String, Value>,
) -> Result<(), Failure> {
    let function = find(game, name)?;
    let peers = services::peers(game, settings, Issuer::Operator)?;
    let request = Request {
        caller: player.map(PlayerId::new),
        deadline: Deadline::after(Duration::from_millis(settings.request_timeout_ms)),
        ..Request::new(Time::now(), services::request_id())
    };
    let call = PeerCall::new(function, &request, Value::from(args).to_string());
    // A stop is what a client would be told too: the reply of the same form.
    let answer = match peers.call(call).await {
        Ok(answer) => answer,
        Err(stop) => {
            eprintln!("{stop}");
            stop.into_answer(&request.id)
        }
    };
    let mut text = String::new();
    envelope::write_answer(&answer, &mut text);
    say(&text)
}

fn find(game: &'static Game, name: &str) -> Result<&'static FunctionInfo, Failure> {
    let found = name.split_once('.').and_then(|(manager, function)| {
        game.manager(manager)
            .and_then(|manager| manager.function(function))
    });
    found.ok_or_else(|| {
        let managers = game.managers.iter().flat_map(|m| m.functions);
        let names: Vec<_> = managers
            .map(|f| format!("  {}.{}", f.manager, f.name))
            .collect();
        let mut quoted = String::new();
        wire::write_text(name, &mut quoted);
        format!(
            "there is no function {quoted}; the game has\n{}",
            names.join("\n")
        )
        .into()
    })
}
