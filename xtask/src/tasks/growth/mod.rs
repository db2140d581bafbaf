//! `cargo xtask bench gen`: what a game's size costs, in generating and in building.

#[cfg(test)]
mod compiles;
mod game;
#[cfg(test)]
mod tests;
mod timed;
mod workspace;

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use self::timed::{Times, load, timed};
use self::workspace::workspace;
use super::{cargo, root, run};

/// The sizes, in managers of ten functions.
const SIZES: [usize; 3] = [10, 100, 1_000];

/// The size that is built.
const BUILT: usize = 100;

/// How often a run is repeated; the fastest counts.
const RUNS: usize = 3;

/// Prints the table.
pub fn growth() -> Result<()> {
    let folder = root().join("target/bench-gen");
    println!(
        "times are wall clock (processor time); the load of this machine is {}",
        load()
    );
    println!(
        "{:>8} {:>9} {:>13} {:>13} {:>17} {:>17}",
        "managers", "functions", "lines of YAML", "lines of Rust", "gen", "gen --check"
    );
    let before = folder.join("before");
    clear(&before)?;
    fs::create_dir_all(&before)?;
    for managers in SIZES {
        let game = folder.join(managers.to_string());
        let yaml = game::write(&game, managers)?;
        let times = (0..RUNS).map(|run| {
            // A first run, as far as the files go. Those of the last one are only moved: a file system
            // that has just deleted as many looks at each of them before it makes a new one.
            let generated = game.join("generated");
            if generated.exists() {
                fs::rename(&generated, before.join(format!("{managers}-{run}")))?;
            }
            timed(&mut generate(&game)?)
        });
        let written = fastest(times)?;
        let checked = fastest((0..RUNS).map(|_| timed(generate(&game)?.arg("--check"))))?;
        println!(
            "{managers:>8} {:>9} {yaml:>13} {:>13} {:>17} {:>17}",
            managers * 10,
            lines_of_rust(&game.join("generated"))?,
            written.to_string(),
            checked.to_string(),
        );
    }
    build(&folder)?;
    clear(&before)
}

/// Removes a folder, if it is there.
fn clear(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    Ok(())
}

/// Prints how long the package `generated` of [`BUILT`] managers takes to build, all that it needs
/// being built: from nothing, and after a line of one manager changed.
fn build(folder: &Path) -> Result<()> {
    let game = folder.join(BUILT.to_string());
    workspace(&game)?;
    let cargo_here = |args: &[&str]| {
        let mut command = cargo();
        command
            .current_dir(&game)
            .env("CARGO_TARGET_DIR", root().join("target/games"))
            .args(args);
        command
    };
    run(&mut cargo_here(&[
        "build",
        "--offline",
        "--package",
        "aliya-runtime",
    ]))?;
    run(&mut cargo_here(&[
        "build",
        "--offline",
        "--package",
        "generated",
    ]))?;
    let mut clean = cargo_here(&["clean", "--offline", "--package", "generated"]);
    for package in packages(&game.join("generated"))? {
        clean.args(["--package", &package]);
    }
    run(&mut clean)?;
    let build = || cargo_here(&["build", "--quiet", "--offline", "--package", "generated"]);
    let clean = timed(&mut build())?;
    game::edit(&game, BUILT)?;
    run(&mut generate(&game)?)?;
    let changed = timed(&mut build())?;
    println!("{BUILT} managers, debug build of `generated` alone: {clean}");
    println!("the same after a changed line in one manager: {changed}");
    println!("the load of this machine is {}", load());
    Ok(())
}

/// `cargo xtask gen`, as the program that this is.
fn generate(game: &Path) -> Result<Command> {
    let mut command = Command::new(std::env::current_exe()?);
    command.args(["gen", "--root"]).arg(game);
    command.stdout(std::process::Stdio::null());
    Ok(command)
}

fn fastest(times: impl Iterator<Item = Result<Times>>) -> Result<Times> {
    let times = times.collect::<Result<Vec<_>>>()?;
    times.into_iter().min().context("at least one run")
}

/// The packages below `generated`, which are a part of it.
fn packages(generated: &Path) -> Result<Vec<String>> {
    let mut packages = Vec::new();
    for entry in fs::read_dir(generated)? {
        let folder = entry?.path();
        if folder.join("Cargo.toml").exists() {
            let name = folder.file_name().context("a folder has a name")?;
            packages.push(format!("generated-{}", name.display()));
        }
    }
    Ok(packages)
}

fn lines_of_rust(folder: &Path) -> Result<usize> {
    let mut lines = 0;
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        lines += match path.is_dir() {
            true => lines_of_rust(&path)?,
            false if path.extension().is_none_or(|extension| extension != "rs") => 0,
            false => fs::read_to_string(path)?.lines().count(),
        };
    }
    Ok(lines)
}
