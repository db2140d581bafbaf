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

/// How long the token server has to say whether there is a player.
const KNOWS_WITHIN: Duration = Duration::from_secs(1);

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
    if let Some(player) = &player {
        warn_of_unknown(settings, player).await?;
    }
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
    say(&text)?;
    super::refused(answer.status, &answer.message)
}

/// Says where no login has made the player: a mistyped id would otherwise have rows that nobody sees.
async fn warn_of_unknown(settings: &Settings, player: &str) -> Result<(), Failure> {
    let accounts = services::accounts(settings, &Issuer::Operator)?;
    let id = services::request_id();
    let known = tokio::time::timeout(KNOWS_WITHIN, accounts.knows(player, &id)).await;
    // Where the token server is not there, nobody knows, and the call does not need it.
    if let Ok(Ok(false)) = known {
        let mut quoted = String::new();
        wire::write_text(player, &mut quoted);
        eprintln!(
            "there is no player {quoted} yet: what this writes is there when a login with that id \
             makes one"
        );
    }
    Ok(())
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
