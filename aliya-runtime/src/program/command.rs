//! What can be typed, and which part of the program does it.

use clap::{Arg, ArgAction, ArgMatches, Command};

use super::ops::{self, Ops};
use super::{Failure, admin, args, call, migrate, say, serve};
use crate::function::Game;
use crate::settings::{self, Row, Settings};

/// The whole command line. Without a subcommand it is `up`.
pub(super) fn command(game: &'static Game) -> Command {
    let args = || {
        Arg::new("args")
            .value_name("KEY=VALUE")
            .num_args(0..)
            .help("The function's args; a value that begins with [ or { is JSON")
    };
    let function = |help| {
        Arg::new("function")
            .value_name("FUNCTION")
            .required(true)
            .help(help)
    };
    let about = "Call any function of a manager, internal ones too";
    let admin_call = with_settings("call", about)
        .arg(function("MANAGER.FUNCTION"))
        .arg(args())
        .arg(
            Arg::new("player")
                .long("player")
                .value_name("ID")
                .help("The unique_id of the player that the function acts for"),
        );
    let manager_names: Vec<_> = game.managers.iter().map(|m| m.name).collect();
    Command::new("aliya")
        .about(format!("The server of the game {}", game.name))
        .version(env!("CARGO_PKG_VERSION"))
        .args(settings::flags())
        // So that no flag before a subcommand is silently of no effect.
        .args_conflicts_with_subcommands(true)
        .subcommand(with_settings(
            "up",
            "Everything in this process (the default)",
        ))
        .subcommand(with_settings("gateway", "The gateway alone"))
        .subcommand(with_settings("token", "The token server alone"))
        .subcommand(
            with_settings("manager", "Some managers, over one database").arg(
                Arg::new("name")
                    .value_name("NAME")
                    .num_args(1..)
                    .required(true)
                    .value_parser(manager_names),
            ),
        )
        .subcommand(migrate_command())
        .subcommand(ops_command())
        .subcommand(client_command(function("The function's name"), args()))
        .subcommand(
            Command::new("admin")
                .about("The operator's commands")
                .subcommand_required(true)
                .subcommand(admin_call),
        )
        .subcommand(with_settings(
            "settings",
            "What holds, and where it comes from",
        ))
}

fn with_settings(name: &'static str, about: &'static str) -> Command {
    Command::new(name).about(about).args(settings::flags())
}

fn migrate_command() -> Command {
    with_settings("migrate", "Bring the tables of a database along")
        .arg(
            Arg::new("part").value_name("PART").num_args(0..).help(
                "Of `token` and these managers alone, as where they run alone [default: all]",
            ),
        )
        .arg(
            Arg::new("plan")
                .long("plan")
                .action(ArgAction::SetTrue)
                .help("Only show what the database lacks"),
        )
}

fn ops_command() -> Command {
    let key = || {
        Arg::new("key")
            .value_name("KEY")
            .required(true)
            .help("The op's key, as `aliya ops list` shows it")
    };
    let list = "What is under way, and what keeps it from ending";
    Command::new("ops")
        .about("Functions under way that call managers of other processes")
        .subcommand_required(true)
        .subcommand(with_settings("list", list))
        .subcommand(with_settings("show", "All of one op").arg(key()))
        .subcommand(with_settings("retry", "Drive one op on at once").arg(key()))
}

/// `aliya call`, whose `--token` is the player's, not the token server's address.
fn client_command(function: Arg, args: Arg) -> Command {
    let flags = settings::flags().into_iter();
    Command::new("call")
        .about("Call a function as a client does, and print the reply")
        .args(flags.filter(|flag| flag.get_id() != "token"))
        .arg(function)
        .arg(args)
        .arg(
            Arg::new("player-token")
                .long("token")
                .value_name("TOKEN")
                .help("The token that a login gave"),
        )
        .arg(
            Arg::new("print")
                .long("print")
                .value_name("PATH")
                .help("Print only this part of the reply, such as data.token"),
        )
}

/// The flags that were typed, wherever in the line of subcommands they are.
pub(super) fn typed(matches: &ArgMatches) -> &ArgMatches {
    matches
        .subcommand()
        .map_or(matches, |(_, inner)| typed(inner))
}

/// Does what was typed.
pub(super) async fn run(
    game: &'static Game,
    settings: Settings,
    matches: &ArgMatches,
) -> Result<(), Failure> {
    let words = |matches: &ArgMatches| args::parse(matches.get_many("args").unwrap_or_default());
    let text = |matches: &ArgMatches, name: &str| matches.get_one::<String>(name).cloned();
    match matches.subcommand() {
        Some(("gateway", _)) => serve::gateway(game, settings).await,
        Some(("token", _)) => serve::token(game, settings).await,
        Some(("manager", manager)) => {
            let names = manager.get_many::<String>("name").unwrap_or_default();
            serve::managers(game, settings, names.cloned().collect()).await
        }
        Some(("migrate", typed)) => {
            let parts = typed.get_many::<String>("part").unwrap_or_default();
            let parts: Vec<_> = parts.cloned().collect();
            migrate::migrate(game, &settings, &parts, typed.get_flag("plan")).await
        }
        Some(("call", typed)) => {
            let call = call::Call {
                function: text(typed, "function").unwrap_or_default(),
                args: words(typed)?,
                token: text(typed, "player-token"),
                print: text(typed, "print"),
            };
            call::call(&settings, call).await
        }
        Some(("admin", typed)) => match typed.subcommand() {
            Some(("call", typed)) => {
                let function = text(typed, "function").unwrap_or_default();
                let player = text(typed, "player");
                admin::call(game, &settings, &function, player, words(typed)?).await
            }
            _ => Err("`aliya admin` has one command: call".into()),
        },
        Some(("ops", typed)) => {
            let key = |typed| text(typed, "key").unwrap_or_default();
            let what = match typed.subcommand() {
                Some(("show", typed)) => Ops::Show(key(typed)),
                Some(("retry", typed)) => Ops::Retry(key(typed)),
                _ => Ops::List,
            };
            ops::ops(game, &settings, what).await
        }
        Some(("settings", _)) => say(table(&settings).trim_end()),
        _ => serve::up(game, settings).await,
    }
}

/// Name, value and source of every setting, in columns.
fn table(settings: &Settings) -> String {
    let rows = settings.rows();
    let names = rows
        .iter()
        .map(|row| row.name.len())
        .max()
        .unwrap_or_default();
    let values = rows
        .iter()
        .map(|row| row.value.len())
        .max()
        .unwrap_or_default();
    let line = |row: &Row| {
        format!(
            "{:names$}  {:values$}  {}\n",
            row.name, row.value, row.source
        )
    };
    rows.iter().map(line).collect()
}
