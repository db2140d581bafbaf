//! The folder `migrations`: what was proposed, reviewed and committed so far.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail, ensure};

use super::databases::{Database, Each};
use super::diff::diff;
use super::script::Script;
use super::snapshot::Schema;
use super::{scripts, text};
use crate::line_ends::plain;

/// The folder's name in the root.
pub const FOLDER: &str = "migrations";
/// The file in it that says what the migrations lead to.
pub const SCHEMA: &str = "schema.json";

/// What `cargo xtask gen` makes of the migrations.
const GENERATED: &str = "generated/shared/src/migrations.rs";

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
    /// What it does in each database.
    pub scripts: Each<Script>,
}

impl Migration {
    /// `0002_raise_level`: the name of its folder.
    pub fn full_name(&self) -> String {
        format!("{:04}_{}", self.number, self.name)
    }
}

impl History {
    /// Reads the folder under `root`; `None` where there is none. An error names the file, and the
    /// line where it is one of SQL.
    pub fn read(root: &Path) -> anyhow::Result<Option<Self>> {
        let folder = root.join(FOLDER);
        if !folder.is_dir() {
            ensure!(
                !root.join(GENERATED).exists(),
                "{FOLDER}/ is gone, and {GENERATED} has what stood in it: bring the folder back, as databases know \
                 it; where none has applied any of it, delete that file, too"
            );
            return Ok(None);
        }
        let folders = folders(root)?;
        ensure!(
            !folders.is_empty(),
            "{FOLDER}/ holds no migration: bring back what stood in it, as databases know it; where none has \
             applied any, delete the folder, and `cargo xtask migrate` begins anew"
        );
        let migrations = folders.into_iter().map(|(number, name, folder)| {
            let read = |database| read_script(&folder, database);
            Ok(Migration {
                number,
                name,
                scripts: Each {
                    sqlite: read(Database::Sqlite)?,
                    postgres: read(Database::Postgres)?,
                    mysql: read(Database::Mysql)?,
                },
            })
        });
        let migrations = migrations.collect::<anyhow::Result<_>>()?;
        let schema = read_schema(root)?;
        Ok(Some(Self { schema, migrations }))
    }

    /// Writes the last migration, and what it leads to; returns the files.
    pub fn write_last(&self, root: &Path) -> anyhow::Result<Vec<PathBuf>> {
        let folder = root.join(FOLDER);
        let last = self.migrations.last().context("no migration")?;
        let own = folder.join(last.full_name());
        fs::create_dir_all(&own).with_context(|| own.display().to_string())?;
        let mut written = Vec::new();
        for (database, script) in last.scripts.iter() {
            written.push(write_script(&own, database, script)?);
        }
        let path = folder.join(SCHEMA);
        fs::write(&path, text::written(&self.schema))
            .with_context(|| path.display().to_string())?;
        written.push(path);
        Ok(written)
    }
}

/// Writes what is lacking of databases that are new to the game, where none of its migrations has a file
/// for them: the first makes the tables as the last leaves them, and the others do nothing. Returns the
/// files.
pub fn begin_databases(root: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut written = Vec::new();
    if !root.join(FOLDER).is_dir() {
        return Ok(written);
    }
    let folders = folders(root)?;
    if folders.is_empty() {
        return Ok(written);
    }
    for database in Database::ALL {
        let has_file = |(.., folder): &(u32, String, PathBuf)| folder.join(file(database)).exists();
        if folders.iter().any(has_file) {
            continue;
        }
        let whole = diff(&Schema::default(), &read_schema(root)?);
        let mut script = scripts(&whole).of(database).clone();
        for (.., folder) in &folders {
            written.push(write_script(folder, database, &script)?);
            script = Script::default();
        }
    }
    Ok(written)
}

fn file(database: Database) -> String {
    format!("{database}.sql")
}

/// Numbers, names and places of the migrations, from the first.
fn folders(root: &Path) -> anyhow::Result<Vec<(u32, String, PathBuf)>> {
    let folder = root.join(FOLDER);
    let within = || folder.display().to_string();
    let mut found = Vec::new();
    for entry in fs::read_dir(&folder).with_context(within)? {
        let path = entry.with_context(within)?.path();
        if path.is_dir() {
            let (number, name) = named(&path)?;
            found.push((number, name, path));
        }
    }
    found.sort();
    for ((found, name, _), number) in found.iter().zip(1..) {
        ensure!(
            *found == number,
            "{}: migrations are numbered from 0001 without gaps, and `{found:04}_{name}` stands where {number:04} should",
            folder.display(),
        );
    }
    Ok(found)
}

fn named(folder: &Path) -> anyhow::Result<(u32, String)> {
    let full = folder.file_name().unwrap_or_default().to_string_lossy();
    let parts = full.split_once('_');
    let found = parts.and_then(|(number, name)| Some((number.parse::<u32>().ok()?, name)));
    let Some((number, name)) = found.filter(|(_, name)| is_name(name)) else {
        bail!(
            "{}: a migration's folder is called like 0002_raise_level",
            folder.display()
        );
    };
    Ok((number, name.to_owned()))
}

fn read_schema(root: &Path) -> anyhow::Result<Schema> {
    let path = root.join(FOLDER).join(SCHEMA);
    let schema = match fs::read_to_string(&path) {
        Ok(text) => text::read(&plain(&text)),
        Err(error) if error.kind() == ErrorKind::NotFound => bail!(
            "{FOLDER}/{SCHEMA} is not there: bring it back; it says what the migrations beside it lead to"
        ),
        Err(error) => Err(format!("cannot be read: {error}")),
    };
    schema.map_err(|what| anyhow::anyhow!("{}: {what}", path.display()))
}

fn read_script(folder: &Path, database: Database) -> anyhow::Result<Script> {
    let path = folder.join(file(database));
    let text = match fs::read_to_string(&path) {
        Err(error) if error.kind() == ErrorKind::NotFound => bail!(
            "{} is not there: to begin with {}, run `cargo xtask migrate`; where others of its kind \
             are there, bring it back",
            path.display(),
            database.title()
        ),
        text => text.with_context(|| path.display().to_string())?,
    };
    Script::read(&plain(&text)).with_context(|| path.display().to_string())
}

fn write_script(folder: &Path, database: Database, script: &Script) -> anyhow::Result<PathBuf> {
    let full_name = folder.file_name().unwrap_or_default().to_string_lossy();
    let head = format!(
        "Migration {full_name} for {}, proposed by `cargo xtask migrate`.\n\
         Review it, change its SQL where you know better, and commit it; once a database has\n\
         applied it, it must stay as it is.",
        database.title()
    );
    let path = folder.join(file(database));
    fs::write(&path, script.text(&head)).with_context(|| path.display().to_string())?;
    Ok(path)
}

/// Whether a migration may be called so: small letters, digits and `_`.
pub fn is_name(name: &str) -> bool {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    !name.is_empty() && name.len() <= NAME_BYTES_MAX && name.chars().all(fits)
}

/// How long a migration's name is at most.
pub const NAME_BYTES_MAX: usize = 64;
