//! `cargo xtask gen`.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;

use super::beside::samples;
use super::diagnostic::colour_wanted;
use super::files::{Output, Written};
use super::ir::Game;
use super::source::Sources;
use super::{beside, emit, load, resolve};
use crate::migrate;
use crate::migrate::history::History;

/// Writes `generated/`, the game as packages, from managers.yaml.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Gen {
    /// Writes nothing; fails where `generated/` is not what managers.yaml declares.
    #[arg(long)]
    pub check: bool,
    /// How mistakes are shown.
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
    /// The folder of managers.yaml and `generated/` [default: the workspace's root].
    #[arg(long, value_name = "DIR")]
    pub root: Option<PathBuf>,
}

/// How mistakes are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For people.
    #[default]
    Text,
    /// For editors: a JSON object on a line for each mistake, and nothing else on stdout.
    Json,
}

/// What a run came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The folder holds what is declared.
    Done,
    /// The declaration has errors, which were told; nothing was written.
    Wrong,
    /// With `--check`: the folder holds something else, which was told.
    Stale,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Done => Self::SUCCESS,
            Outcome::Wrong | Outcome::Stale => Self::FAILURE,
        }
    }
}

/// Runs it; what there is to say goes to `out`. Fails where files cannot be read or written.
pub fn run(args: &Gen, out: &mut impl Write) -> anyhow::Result<Outcome> {
    match args.format {
        Format::Text => run_and_say(args, out, None),
        Format::Json => run_and_say(args, &mut std::io::stderr(), Some(out)),
    }
}

/// Runs it; mistakes go to `mistakes` as JSON where that is given, and all else to `out`.
fn run_and_say(
    args: &Gen,
    out: &mut dyn Write,
    mistakes: Option<&mut dyn Write>,
) -> anyhow::Result<Outcome> {
    let root = root(args.root.as_deref())?;
    let Some((game, sources)) = understand_and_say(&root, out, mistakes)? else {
        return Ok(Outcome::Wrong);
    };
    let folder = root.join("generated");
    let history = History::read(&root)?;
    let status = history.map(|history| migrate::Status::of(history, &game));
    let mut files = emit::emit_with(&game, &sources, status.as_ref());
    files.extend(beside::emit(&game, &samples::read(&root, &game)?));
    let output = Output::new(files);
    if args.check {
        check(&output, &folder, out)
    } else {
        let written = output.write(&folder)?;
        writeln!(out, "{}", summary(&game, &output, written))?;
        if let Some(status) = status {
            say_behind(&status, out)?;
        }
        Ok(Outcome::Done)
    }
}

/// Says what to type where databases would have other tables than the game.
fn say_behind(status: &migrate::Status, out: &mut dyn Write) -> anyhow::Result<()> {
    if status.plan.is_empty() {
        return Ok(());
    }
    writeln!(out, "the tables are not what the migrations make them:")?;
    for what in status.lacking() {
        writeln!(out, "  {what}")?;
    }
    writeln!(
        out,
        "the server will not start before a migration leads there; run: cargo xtask migrate"
    )?;
    Ok(())
}

/// The game of managers.yaml under `root`, with its sources; `None` where it has errors, which are
/// said to `out`, as warnings are.
pub fn understand(root: &Path, out: &mut impl Write) -> anyhow::Result<Option<(Game, Sources)>> {
    understand_and_say(root, out, None)
}

fn understand_and_say(
    root: &Path,
    out: &mut dyn Write,
    mistakes: Option<&mut dyn Write>,
) -> anyhow::Result<Option<(Game, Sources)>> {
    let mut loaded = load::load(&root.join("managers.yaml"));
    // Of a file that could not be read, everything would be said to be missing.
    let game = loaded
        .complete
        .then(|| resolve::resolve(&loaded.sources, &loaded.documents, &mut loaded.diagnostics));
    match mistakes {
        Some(mistakes) => write!(mistakes, "{}", loaded.diagnostics.json(&loaded.sources))?,
        None => {
            let said = loaded.diagnostics.render(&loaded.sources, colour_wanted());
            write!(out, "{said}")?;
        }
    }
    let game = game.filter(|_| !loaded.diagnostics.has_errors());
    Ok(game.map(|game| (game, loaded.sources)))
}

fn check(output: &Output, folder: &Path, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    let differences = output.compare(folder)?;
    if differences.is_empty() {
        return Ok(Outcome::Done);
    }
    for difference in differences {
        write!(out, "{difference}")?;
    }
    writeln!(
        out,
        "generated/ is not what managers.yaml declares; to mend it, run: cargo xtask gen"
    )?;
    Ok(Outcome::Stale)
}

/// `generated 2 managers, 9 functions: 8 files, 2 written`
fn summary(game: &Game, output: &Output, Written { written, deleted }: Written) -> String {
    let managers = count(game.managers.len(), "manager");
    let functions = game
        .managers
        .iter()
        .map(|manager| manager.functions.len())
        .sum();
    let functions = count(functions, "function");
    let files = count(output.files().len(), "file");
    let mut line = format!("generated {managers}, {functions}: {files}, {written} written");
    if deleted > 0 {
        line.push_str(&format!(", {deleted} deleted"));
    }
    line
}

fn count(number: usize, what: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {what}{plural}")
}

/// The folder of managers.yaml: `given`, else the workspace's.
pub fn root(given: Option<&Path>) -> anyhow::Result<PathBuf> {
    match given {
        Some(root) => Ok(root.to_owned()),
        None => workspace_root(),
    }
}

/// The folder above this package, as cargo tells it to what it runs, else the current folder.
fn workspace_root() -> anyhow::Result<PathBuf> {
    match std::env::var_os("CARGO_MANIFEST_DIR") {
        Some(package) => {
            let package = Path::new(&package);
            let root = package.parent().context("the package lies in no folder")?;
            Ok(root.to_owned())
        }
        None => std::env::current_dir().context("the current folder"),
    }
}
