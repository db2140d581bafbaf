//! `aliya migrate`: shows what a database lacks, and brings it along.

use super::{Failure, say, services};
use crate::db::migrate::{History, How, Planned, distinct};
use crate::db::{DatabaseUrl, Migrator};
use crate::function::Game;
use crate::settings::Settings;
use crate::{group, token};

/// The part that is no manager.
const TOKEN: &str = "token";

/// Brings the database of these parts along, of all where none is named; with `plan` it only says
/// what is lacking. It is the database that `aliya up`, `aliya token` or `aliya manager` would open
/// with the same settings.
pub(super) async fn migrate(
    game: &'static Game,
    settings: &Settings,
    parts: &[String],
    plan: bool,
) -> Result<(), Failure> {
    let histories = histories(game, parts)?;
    let file = match parts {
        [] => "aliya",
        [part] => part,
        _ if settings.database.is_some() => "",
        _ => return Err("several parts share a database only where --database names it".into()),
    };
    let url = services::database_url(settings, file);
    if plan && is_not_there(&url) {
        return say(&format!(
            "{url} is not there yet: it is made when it is first used"
        ));
    }
    let waiting = url.clone();
    let migrator = Migrator::wait(&url, move |holder| {
        eprintln!("waiting for another `aliya migrate` on {waiting}: {holder}");
    });
    let how = if plan { How::Look } else { How::All };
    let planned = migrator.await?.migrate(&histories, how).await?;
    say(text(&url, &planned, plan).trim_end())
}

/// Those of the parts that are named, of all where none is.
fn histories(game: &'static Game, parts: &[String]) -> Result<Vec<&'static History>, Failure> {
    let mut histories = Vec::new();
    let named = |name: &str| parts.is_empty() || parts.iter().any(|part| part == name);
    if let Some(unknown) = parts
        .iter()
        .find(|part| *part != TOKEN && game.manager(part).is_none())
    {
        let known: Vec<_> = game.managers.iter().map(|manager| manager.name).collect();
        return Err(format!(
            "there is no part `{unknown}`; there are {TOKEN}, {}",
            known.join(", ")
        )
        .into());
    }
    let managers = game.managers.iter().filter(|manager| named(manager.name));
    let managers: Vec<_> = managers.collect();
    if !managers.is_empty() {
        histories.extend(group::HISTORIES);
    }
    histories.extend(managers.iter().filter_map(|manager| manager.migrations));
    if named(TOKEN) {
        histories.extend(token::HISTORIES);
    }
    Ok(distinct(histories.into_iter()))
}

fn is_not_there(url: &DatabaseUrl) -> bool {
    matches!(url, DatabaseUrl::Sqlite(path) if !path.exists())
}

/// The migrations, each with its steps in lines.
fn text(url: &DatabaseUrl, planned: &[Planned], plan: bool) -> String {
    if planned.is_empty() {
        return format!("{url} lacks nothing");
    }
    let verb = if plan { "lacks" } else { "now has" };
    let mut text = format!("{url} {verb}\n");
    let classes = planned.iter().flat_map(|one| &one.steps);
    let width = classes.map(|(class, _)| class.name().len()).max();
    let width = width.unwrap_or_default();
    for one in planned {
        text.push_str(&format!("{} of {}\n", one.migration, one.owner));
        for (class, what) in &one.steps {
            text.push_str(&format!("  {:width$}  {what}\n", class.name()));
        }
        for what in &one.in_the_way {
            text.push_str(&format!("  {:width$}  {what}\n", "in the way"));
        }
    }
    if plan {
        text.push_str(
            "to apply this, make a backup, stop what uses the database, and run: aliya migrate\n",
        );
    }
    text
}
