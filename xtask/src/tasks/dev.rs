//! `cargo xtask dev`: generates, builds and restarts `aliya up` after each change. What is wrong is
//! shown, and the server goes on as it was.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result};
use serde_json::Value;

use super::child::Child;
use super::gen_watch::{generate, places};
use super::served::Server;
use super::watch::{Place, Seen, Stop, changed};
use super::{line, root};
use crate::generate::command::{Gen, Outcome};
use crate::migrate::is_behind;

/// Builds and restarts the server after each change.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Dev {
    /// The folder of the workspace [default: this one's].
    #[arg(long, value_name = "DIR")]
    pub root: Option<PathBuf>,
    /// For `aliya up`, such as `-- --port-offset 100`.
    #[arg(last = true)]
    pub args: Vec<String>,
}

/// The folders that hold what the server is built from, beside generated/, which this task writes.
const SOURCES: [&str; 4] = ["src", "aliya-runtime", "aliya-macros", "aliya-values"];

/// Runs until `stop`, and ends the server with it. What there is to say goes to `out`.
///
/// # Errors
/// Where nothing can be said any more, or the server cannot be started.
pub fn dev(args: &Dev, out: &mut impl Write, stop: &Stop) -> Result<()> {
    let root = args.root.clone().unwrap_or_else(root);
    let generated = Gen {
        root: Some(root.clone()),
        ..Gen::default()
    };
    let mut server = Server::new(&root, &args.args);
    let mut built = None;
    loop {
        // What changes from here on is seen.
        let places = all_places(&root);
        let seen = Seen::of(&places);
        let sources = Seen::of(&without_values(&root, &places));
        let outcome = generate(&generated, out)?;
        if outcome == Some(Outcome::Done) && is_behind(&root)? {
            writeln!(out, "nothing is built before that")?;
        } else if outcome == Some(Outcome::Done) {
            if built.as_ref() == Some(&sources) && !server.has_ended() {
                writeln!(out, "the server reads the new values by itself")?;
            } else if let Some(binary) = build(&root, out, stop)? {
                server.run(&binary, out)?;
                built = Some(sources);
            }
        }
        server.say(out)?;
        let mut said = Ok(());
        let changed = changed(&places, &seen, stop, || {
            if said.is_ok() {
                said = server.look(out);
            }
        });
        said?;
        if !changed {
            return server.end(out);
        }
    }
}

fn all_places(root: &Path) -> Vec<Place> {
    let sources = SOURCES.map(|folder| Place {
        folder: root.join(folder),
        deep: true,
        extensions: &["rs", "toml", "md"],
    });
    let workspace = Place {
        folder: root.to_owned(),
        deep: false,
        extensions: &["toml", "lock"],
    };
    let mut places = places(root);
    places.extend(sources);
    places.push(workspace);
    places
}

/// All but the values of balance tables, which the server is not built from.
fn without_values(root: &Path, places: &[Place]) -> Vec<Place> {
    let values = root.join("config");
    let places = places.iter().filter(|place| place.folder != values);
    places.cloned().collect()
}

/// Builds the server; `None` where it does not build, which cargo has told, or on `stop`.
fn build(root: &Path, out: &mut impl Write, stop: &Stop) -> Result<Option<PathBuf>> {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo
        .current_dir(root)
        .args(["build", "--quiet", "--bin", "aliya"]);
    cargo.arg("--message-format=json-render-diagnostics");
    cargo.stdout(Stdio::piped());
    writeln!(out, "$ {}", line(&cargo))?;
    let mut child = Child::start(&mut cargo)?;
    let Some((status, said)) = child.output(stop)? else {
        return Ok(None);
    };
    if !status.success() {
        return Ok(None);
    }
    let binary = said.lines().rev().find_map(executable);
    binary.map(Some).context("cargo names no executable")
}

/// The path of a program, from one of cargo's messages.
fn executable(message: &str) -> Option<PathBuf> {
    let message: Value = serde_json::from_str(message).ok()?;
    message["executable"].as_str().map(PathBuf::from)
}
