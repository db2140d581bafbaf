//! The command line of a game's server: `aliya up`, `gateway`, `token`, `manager`, `migrate`,
//! `call`, `admin call`, `ops`, `settings`.

mod admin;
mod args;
mod call;
mod command;
mod files;
mod logging;
mod migrate;
mod ops;
mod serve;
mod services;

use std::io::{ErrorKind, IsTerminal, Write};
use std::process::ExitCode;

use crate::function::Game;
use crate::settings::Settings;
use crate::stop::status;

/// Runs the command line over `game`; what `main` of a game's binary returns.
///
/// Logs go to stderr; stdout holds the line that says the server is ready, replies and tables.
pub fn main(game: &'static Game) -> ExitCode {
    let matches = matches(game);
    let settings = match Settings::read(command::typed(&matches)) {
        Ok(settings) => settings,
        Err(error) => return failed(&error),
    };
    if let Err(error) = log(&settings) {
        return failed(&*error);
    }
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => return failed(&error),
    };
    let ran = runtime.block_on(command::run(game, settings, &matches));
    // What still runs on threads, such as asking for the address of a name, is of no use any more.
    runtime.shutdown_background();
    match ran {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failed(&*error),
    }
}

/// What a command fails with: its text is for the person who typed it.
pub(crate) type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Prints what was asked for, as a line of stdout. Whoever reads it may have seen enough: a pipe
/// that is closed is no failure.
fn say(text: &str) -> Result<(), Failure> {
    let mut stdout = std::io::stdout().lock();
    let said = writeln!(stdout, "{text}").and_then(|()| stdout.flush());
    match said {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}

/// The failure that a status of the runtime's own is, also to whoever only looks at the exit code.
fn refused(status: i64, message: &str) -> Result<(), Failure> {
    match status {
        status::INVALID..=status::REUSED => {
            Err(format!("the request was answered {status}: {message}").into())
        }
        _ => Ok(()),
    }
}

/// What was typed. Where a setting stands before a command, it is said where it is to stand.
fn matches(game: &'static Game) -> clap::ArgMatches {
    match command::command(game).try_get_matches() {
        Ok(matches) => matches,
        Err(error) if error.kind() == clap::error::ErrorKind::ArgumentConflict => {
            let _ = error.print();
            eprintln!("\nSettings stand behind the command: `aliya gateway --port-offset 5`");
            std::process::exit(error.exit_code())
        }
        Err(error) => error.exit(),
    }
}

fn failed(error: &dyn std::error::Error) -> ExitCode {
    eprintln!("error: {error}");
    let mut source = error.source();
    while let Some(cause) = source {
        eprintln!("  because: {cause}");
        source = cause.source();
    }
    ExitCode::FAILURE
}

fn log(settings: &Settings) -> Result<(), Failure> {
    let filter = logging::filter(&settings.log)?;
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(|| logging::OneLine(std::io::stderr()))
        .init();
    Ok(())
}
