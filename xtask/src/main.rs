//! `cargo xtask`: the project's tasks.

use std::io::stdout;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use xtask::explain::{self, Explain};
use xtask::generate::command::{self, Gen};
use xtask::migrate::command::{self as migrate, Migrate};
use xtask::tasks;
use xtask::tasks::chaos::Chaos;
use xtask::tasks::dev::{Dev, dev};
use xtask::tasks::gen_watch::watch;
use xtask::tasks::test::Test;
use xtask::tasks::watch::Stop;

/// `gen` makes millions of small pieces of text and tokens, on several threads: with the system's
/// allocator it takes half as long again.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The project's tasks.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", version)]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Write generated/ from managers.yaml
    Gen(GenTask),
    /// Propose the migration to the tables as they are declared now
    Migrate(Migrate),
    /// Show the SQL of a function, step by step
    Explain(Explain),
    /// Run the server, and restart it after each change
    Dev(Dev),
    /// Record the replies in the samples of the documentation
    Samples,
    /// Run every test, on every database
    Test(Test),
    /// Play a game while processes, the database and the network fail
    Chaos(Chaos),
    /// Run the fuzz target of frames
    Fuzz {
        /// For how many seconds
        #[arg(long, default_value_t = 60)]
        seconds: u32,
    },
    /// Measure what the documentation claims
    #[command(after_help = tasks::bench::names())]
    Bench {
        /// One benchmark; without it, all
        name: Option<String>,
    },
}

#[derive(clap::Args)]
struct GenTask {
    #[command(flatten)]
    args: Gen,
    /// Again after each change, until ctrl-c
    #[arg(long, conflicts_with = "check")]
    watch: bool,
}

fn main() -> ExitCode {
    let done = match Cli::parse().task {
        Task::Gen(GenTask { args, watch: false }) => {
            command::run(&args, &mut stdout()).map(ExitCode::from)
        }
        Task::Gen(GenTask { args, watch: true }) => {
            until_stopped(|stop| watch(&args, &mut stdout(), stop))
        }
        Task::Migrate(args) => migrate::run(&args, &mut stdout()).map(ExitCode::from),
        Task::Explain(args) => explain::run(&args, &mut stdout()).map(ExitCode::from),
        Task::Dev(args) => until_stopped(|stop| dev(&args, &mut stdout(), stop)),
        Task::Samples => tasks::samples::samples().map(done),
        Task::Test(args) => tasks::test::test(&args).map(done),
        Task::Chaos(args) => tasks::chaos::chaos(&args).map(done),
        Task::Fuzz { seconds } => tasks::fuzz::fuzz(seconds).map(done),
        Task::Bench { name } => tasks::bench::bench(name.as_deref()).map(done),
    };
    done.unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        ExitCode::FAILURE
    })
}

fn done((): ()) -> ExitCode {
    ExitCode::SUCCESS
}

/// Runs what ends well with ctrl-c or SIGTERM.
fn until_stopped(task: impl FnOnce(&Stop) -> anyhow::Result<()>) -> anyhow::Result<ExitCode> {
    task(&Stop::on_signals()?).map(done)
}
