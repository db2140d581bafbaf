//! The command `cargo xtask migrate`.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{bail, ensure};

use super::history::{self, History, Migration};
use super::plan::{Class, Plan};
use super::{Status, describe, diff, scripts};
use crate::generate::command::{self as generate, Gen, Outcome};

/// Proposes the migration that brings databases to the tables as they are declared now.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Migrate {
    /// What the migration is called: small letters, digits and `_` [default: after its changes]
    pub name: Option<String>,
    /// Writes nothing; fails where the tables are not what the migrations make them
    #[arg(long, conflicts_with_all = ["name", "allow_data_loss"])]
    pub check: bool,
    /// Writes nothing; only shows what would be done
    #[arg(long, conflicts_with = "check")]
    pub plan: bool,
    /// Also drops tables and columns that are declared no more, with what they hold
    #[arg(long)]
    pub allow_data_loss: bool,
    /// The folder of managers.yaml and migrations/ [default: the workspace's root]
    #[arg(long, value_name = "DIR")]
    pub root: Option<PathBuf>,
}

/// Runs it; what there is to say goes to `out`. Fails where files cannot be read or written, or are
/// not what they should be.
pub fn run(args: &Migrate, out: &mut impl Write) -> anyhow::Result<Outcome> {
    let root = generate::root(args.root.as_deref())?;
    let Some((game, _)) = generate::understand(&root, out)? else {
        return Ok(Outcome::Wrong);
    };
    let mut begun = Vec::new();
    if !(args.check || args.plan) {
        begun = history::begin_databases(&root)?;
    }
    for path in &begun {
        writeln!(out, "wrote {}", shown(path, &root))?;
    }
    let history = History::read(&root)?.unwrap_or_default();
    let status = Status::of(history, &game);
    if status.plan.is_empty() {
        writeln!(
            out,
            "the migrations lead to the tables as they are declared"
        )?;
        return match begun.is_empty() {
            true => Ok(Outcome::Done),
            false => generate(root, out),
        };
    }
    write!(out, "{}", status.plan)?;
    if args.check {
        writeln!(
            out,
            "no migration leads to this; to propose one, run: cargo xtask migrate"
        )?;
        return Ok(Outcome::Stale);
    }
    if args.plan {
        return Ok(Outcome::Done);
    }
    if !may_be_done(&status.plan, args.allow_data_loss, out)? {
        return Ok(Outcome::Wrong);
    }
    let mut history = status.history;
    history.migrations.push(Migration {
        number: u32::try_from(history.migrations.len())? + 1,
        name: name(args, &history, &status.plan)?,
        scripts: scripts(&status.plan),
    });
    history.schema = diff::merged(&history.schema, &describe::declared(&game));
    for path in history.write_last(&root)? {
        writeln!(out, "wrote {}", shown(&path, &root))?;
    }
    generate(root, out)
}

/// The program knows a migration once it is generated.
fn generate(root: PathBuf, out: &mut impl Write) -> anyhow::Result<Outcome> {
    let args = Gen {
        root: Some(root),
        ..Gen::default()
    };
    generate::run(&args, out)
}

fn shown(path: &Path, root: &Path) -> String {
    path.strip_prefix(root)
        .unwrap_or(path)
        .display()
        .to_string()
}

/// Whether a migration of the plan may be written; says why not.
fn may_be_done(plan: &Plan, allow_data_loss: bool, out: &mut impl Write) -> anyhow::Result<bool> {
    if plan.lines().any(|line| line.refused.is_some()) {
        writeln!(
            out,
            "nothing was written: change what cannot be done, and run it again"
        )?;
        return Ok(false);
    }
    let lost = plan
        .lines()
        .filter(|line| line.greatest() == Class::Destroys);
    let lost: Vec<_> = lost.map(|line| line.what.as_str()).collect();
    if lost.is_empty() || allow_data_loss {
        return Ok(true);
    }
    writeln!(out, "nothing was written, as it would destroy data:")?;
    for what in lost {
        writeln!(out, "  {what}")?;
    }
    writeln!(
        out,
        "where something was only renamed, write `was: old_name` beside it; to lose the data, run: \
         cargo xtask migrate --allow-data-loss"
    )?;
    Ok(false)
}

fn name(args: &Migrate, history: &History, plan: &Plan) -> anyhow::Result<String> {
    if let Some(name) = &args.name {
        ensure!(
            history::is_name(name),
            "a migration's name has small letters, digits and `_`, at most {}: `{name}` has others",
            history::NAME_BYTES_MAX
        );
        return Ok(name.clone());
    }
    if history.migrations.is_empty() {
        return Ok("begin".to_owned());
    }
    // The names of a game may be any.
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let name = plan.name().replace(|c| !fits(c), "_").to_ascii_lowercase();
    let name: String = name.chars().take(history::NAME_BYTES_MAX).collect();
    if !history::is_name(&name) {
        bail!("give the migration a name: cargo xtask migrate NAME");
    }
    Ok(name)
}
