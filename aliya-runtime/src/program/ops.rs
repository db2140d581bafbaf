//! `aliya ops`: what is under way in a database, and what keeps it from ending.

use std::fmt::Write;

use super::{Failure, say, services};
use crate::call::TOKEN_SERVER;
use crate::db::{self, DatabaseUrl, Db, Options};
use crate::function::Game;
use crate::key::Key;
use crate::op::{self, Op, Sent};
use crate::settings::Settings;
use crate::types::Time;

/// How many ops of a manager are listed at most.
const LISTED: i64 = 1_000;

/// What to do.
pub(super) enum Ops {
    /// To list what is under way.
    List,
    /// To show one op.
    Show(String),
    /// To let one op be driven on at once.
    Retry(String),
}

/// Does it over the database of the settings, or without one there, over each of the data folder.
pub(super) async fn ops(
    game: &'static Game,
    settings: &Settings,
    what: Ops,
) -> Result<(), Failure> {
    let mut said = String::new();
    let mut found = false;
    for url in databases(game, settings) {
        let options = Options {
            beside: true,
            connections: 1,
            ..Options::default()
        };
        let db = Db::open(&url, options).await?;
        match &what {
            Ops::List => {
                let managers = game.managers.iter().map(|manager| manager.name);
                let mut live = Vec::new();
                for manager in managers.chain([TOKEN_SERVER]) {
                    live.extend(op::live(&db, manager, LISTED).await?);
                }
                list(&url, &live, &mut said);
                found = true;
            }
            Ops::Show(key) => {
                if let Some(op) = op::find(&db, &Key::stored(key.as_str(), None)).await? {
                    show(&op, &mut said);
                    found = true;
                }
            }
            Ops::Retry(key) => {
                let stored = Key::stored(key.as_str(), None);
                let retry = db::job(move |conn| {
                    let key = stored.clone();
                    Box::pin(async move { op::retry(conn, &key).await })
                });
                if db.write(retry).await? {
                    let _ = writeln!(said, "{key} is driven on at once");
                    found = true;
                }
            }
        }
        db.close().await?;
    }
    match (found, what) {
        (true, _) => say(said.trim_end()),
        (false, Ops::List) => Err("there is no database yet".into()),
        (false, Ops::Show(key)) => Err(format!("there is no op with the key {key}").into()),
        (false, Ops::Retry(key)) => Err(format!(
            "there is no op with the key {key} that is under way: `aliya ops list` shows all"
        )
        .into()),
    }
}

/// The database of the settings; without one there, those of the data folder that are there.
fn databases(game: &Game, settings: &Settings) -> Vec<DatabaseUrl> {
    if let Some(url) = &settings.database {
        return vec![url.clone()];
    }
    let managers = game.managers.iter().map(|manager| manager.name);
    let names = ["aliya", "token"].into_iter().chain(managers);
    let urls = names.map(|name| services::database_url(settings, name));
    urls.filter(|url| matches!(url, DatabaseUrl::Sqlite(path) if path.exists()))
        .collect()
}

/// Some lines for each, by manager, those first that are due.
fn list(url: &DatabaseUrl, ops: &[Op], out: &mut String) {
    // Writing to a String cannot fail.
    let _ = match ops.len() {
        0 => writeln!(out, "{url}: nothing is under way"),
        1 => writeln!(out, "{url}: 1 op is under way"),
        count => writeln!(out, "{url}: {count} ops are under way"),
    };
    for op in ops {
        let Op {
            key,
            manager,
            function,
            status,
            epoch,
            attempts,
            ..
        } = op;
        let age_s = Time::now().0.saturating_sub(op.born().0) / 1000;
        let _ = writeln!(
            out,
            "  {key}\n    {manager}.{function}  {status}  {age_s} s old, epoch {epoch}, failed {attempts} times"
        );
        if let Some(trouble) = &op.trouble {
            let _ = writeln!(out, "    {trouble}");
        }
    }
}

/// All of one op.
fn show(op: &Op, out: &mut String) {
    let caller = op.caller.as_ref().map(ToString::to_string);
    let due_ms = op.next.0.saturating_sub(Time::now().0);
    let due = match (op.status.is_final(), due_ms) {
        (true, _) => format!("kept for {} more hours", due_ms / 3_600_000),
        (false, ..=0) => "due now".to_owned(),
        (false, _) => format!("due in {due_ms} ms"),
    };
    let lines = [
        ("key", op.key.to_string()),
        ("function", format!("{}.{}", op.manager, op.function)),
        ("player", caller.unwrap_or_else(|| "-".to_owned())),
        ("status", format!("{}, {due}", op.status)),
        ("epoch", op.epoch.to_string()),
        ("attempts", op.attempts.to_string()),
        (
            "trouble",
            op.trouble.clone().unwrap_or_else(|| "-".to_owned()),
        ),
        ("args", op.args.clone()),
        ("declaration", op.declaration.clone()),
    ];
    for (name, value) in lines {
        let _ = writeln!(out, "{name:12} {value}");
    }
    for (kind, calls) in [("take", &op.journal.takes), ("give", &op.journal.gives)] {
        for (at, call) in calls.iter().enumerate() {
            let _ = writeln!(out, "{:12} {}", format!("{kind} {at}"), told(call));
        }
    }
    if let Some(reply) = &op.reply {
        let mut text = String::new();
        crate::envelope::write_answer(reply, &mut text);
        let _ = writeln!(out, "{:12} {text}", "reply");
    }
}

/// A call, and what it was answered.
fn told(call: &Sent) -> String {
    let Sent {
        manager,
        function,
        body,
        ..
    } = call;
    let player = call.player.as_deref().unwrap_or("-");
    let answer = match &call.reply {
        Some(answer) => format!("answered {}", answer.status),
        None => "not known to be answered".to_owned(),
    };
    format!("{manager}.{function} for {player} {body}: {answer}")
}
