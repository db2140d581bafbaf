//! The folder `migrations`: what was proposed, reviewed and committed so far.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail, ensure};

use super::script::Script;
use super::snapshot::Schema;
use super::text;

/// The folder's name in the root.
pub const FOLDER: &str = "migrations";
/// The file in it that says what the migrations lead to.
pub const SCHEMA: &str = "schema.json";
/// The file of a migration for SQLite.
const SQLITE: &str = "sqlite.sql";

/// The migrations of a game, from the first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    /// What they lead to.
    pub schema: Schema,
    /// In order, numbered from 1.
    pub migrations: Vec<Migration>,
}

/// A migration.
#[derive(Clone, Debug, PartialEq)]
pub struct Migration {
    /// Its number.
    pub number: u32,
    /// Its name.
    pub name: String,
    /// What it does in SQLite.
    pub sqlite: Script,
}

impl Migration {
    /// `0002_raise_level`: the name of its folder.
    pub fn full_name(&self) -> String {
        format!("{:04}_{}", self.number, self.name)
    }

    /// The steps for a manager; none where it leaves that one's tables alone.
    pub fn sqlite_steps(&self, manager: &str) -> &[super::script::Step] {
        let found = self
            .sqlite
            .managers
            .iter()
            .find(|(name, _)| name == manager);
        found.map_or(&[], |(_, steps)| steps)
    }
}

impl History {
    /// Reads the folder under `root`; `None` where there is none. An error names the file, and the
    /// line where it is one of SQL.
    pub fn read(root: &Path) -> anyhow::Result<Option<Self>> {
        let folder = root.join(FOLDER);
        let entries = match fs::read_dir(&folder) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            entries => entries.with_context(|| folder.display().to_string())?,
        };
        let mut migrations = Vec::new();
        for entry in entries {
            let entry = entry.with_context(|| folder.display().to_string())?;
            if entry.path().is_dir() {
                migrations.push(read_one(&entry.path())?);
            }
        }
        migrations.sort_by_key(|migration| migration.number);
        for (migration, number) in migrations.iter().zip(1..) {
            ensure!(
                migration.number == number,
                "{}: migrations are numbered from 0001 without gaps, and `{}` stands where {number:04} should",
                folder.display(),
                migration.full_name(),
            );
        }
        let path = folder.join(SCHEMA);
        let schema = match fs::read_to_string(&path) {
            Ok(text) => text::read(&text),
            Err(error) => Err(format!("cannot be read: {error}")),
        };
        let schema = schema.map_err(|what| anyhow::anyhow!("{}: {what}", path.display()))?;
        Ok(Some(Self { schema, migrations }))
    }

    /// Writes the last migration, and what it leads to; returns the files.
    pub fn write_last(&self, root: &Path) -> anyhow::Result<Vec<PathBuf>> {
        let folder = root.join(FOLDER);
        let last = self.migrations.last().context("no migration")?;
        let own = folder.join(last.full_name());
        fs::create_dir_all(&own).with_context(|| own.display().to_string())?;
        let head = format!(
            "Migration {} for SQLite, proposed by `cargo xtask migrate`.\n\
             Review it, change its SQL where you know better, and commit it; once a database has\n\
             applied it, it must stay as it is.",
            last.full_name()
        );
        let files = [
            (own.join(SQLITE), last.sqlite.text(&head)),
            (folder.join(SCHEMA), text::written(&self.schema)),
        ];
        for (path, text) in &files {
            fs::write(path, text).with_context(|| path.display().to_string())?;
        }
        Ok(files.into_iter().map(|(path, _)| path).collect())
    }
}

fn read_one(folder: &Path) -> anyhow::Result<Migration> {
    let full = folder.file_name().unwrap_or_default().to_string_lossy();
    let parts = full.split_once('_');
    let found = parts.and_then(|(number, name)| Some((number.parse::<u32>().ok()?, name)));
    let Some((number, name)) = found.filter(|(_, name)| is_name(name)) else {
        bail!(
            "{}: a migration's folder is called like 0002_raise_level",
            folder.display()
        );
    };
    let path = folder.join(SQLITE);
    let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let sqlite = Script::read(&text).with_context(|| path.display().to_string())?;
    Ok(Migration {
        number,
        name: name.to_owned(),
        sqlite,
    })
}

/// Whether a migration may be called so: small letters, digits and `_`.
pub fn is_name(name: &str) -> bool {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    !name.is_empty() && name.len() <= NAME_BYTES_MAX && name.chars().all(fits)
}

/// How long a migration's name is at most.
pub const NAME_BYTES_MAX: usize = 64;
