//! The project's tasks.

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use xtask::generate::command::{self, Gen};

/// The project's tasks.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    Gen(Gen),
}

fn main() -> anyhow::Result<ExitCode> {
    match Cli::parse().task {
        Task::Gen(args) => Ok(command::run(&args, &mut std::io::stdout())?.into()),
    }
}
