//! `cargo xtask`: the project's tasks.

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use xtask::generate::command::{self, Gen};
use xtask::tasks;

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
    Gen(Gen),
    /// Run every test
    Test {
        /// Only tests whose name contains this
        filter: Option<String>,
    },
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

fn main() -> ExitCode {
    let done = match Cli::parse().task {
        Task::Gen(gen_args) => command::run(&gen_args, &mut std::io::stdout()).map(ExitCode::from),
        Task::Test { filter } => tasks::test::test(filter.as_deref()).map(done),
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
