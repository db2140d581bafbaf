//! A batch of games as one program: generated, laid side by side, built and run.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use xtask::generate::command::{Gen, Outcome, run};

use crate::{Files, candidates, requests};

/// The folder of a batch, which is empty at first.
pub struct Batch {
    folder: PathBuf,
    games: Vec<Member>,
}

/// A game of a batch.
struct Member {
    name: String,
    has_config: bool,
}

impl Batch {
    /// A batch below a folder; what lies there is deleted.
    pub fn new(folder: PathBuf) -> Result<Self> {
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir_all(&folder)?;
        let games = Vec::new();
        Ok(Self { folder, games })
    }

    /// Where a game of the batch lies.
    pub fn at(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Adds a game; an error is what the generator says of it.
    pub fn add(&mut self, name: &str, files: &Files, seed: u64) -> Result<()> {
        let root = self.at(name);
        write(&root, files)?;
        let args = Gen {
            root: Some(root.clone()),
            ..Gen::default()
        };
        let mut said = Vec::new();
        let outcome = run(&args, &mut said)?;
        let said = String::from_utf8_lossy(&said);
        ensure!(outcome == Outcome::Done, "{}: {said}", root.display());
        let generated = root.join("generated");
        into_module(&generated, name)?;
        fs::write(root.join("requests.json"), requests::of_game(&root, seed)?)?;
        fs::write(
            root.join("candidates.json"),
            candidates::of_game(&root, seed)?,
        )?;
        self.games.push(Member {
            name: name.to_owned(),
            has_config: generated.join("shared/src/config.rs").exists(),
        });
        Ok(())
    }

    /// The names of its games.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.games.iter().map(|game| game.name.as_str())
    }

    /// Builds and runs all of it; an error is what the compiler, or a test that panics, says.
    pub fn run(&self) -> Result<()> {
        self.write_list()?;
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        // The whole workspace, so that it is built of the same crates as `cargo xtask test` builds.
        cargo
            .args(["test", "--workspace", "--locked", "--offline"])
            .args(["--features", "random-games/games", "--test", "games"])
            .env("ALIYA_RANDOM_FOLDER", &self.folder)
            .current_dir(env!("CARGO_MANIFEST_DIR"));
        let output = cargo.output().context("cargo does not start")?;
        ensure!(
            output.status.success(),
            "{}\n{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
        Ok(())
    }

    /// Writes the source that names them.
    pub fn write_list(&self) -> Result<()> {
        Ok(fs::write(self.folder.join("games.rs"), self.listed())?)
    }

    /// The source that names them.
    fn listed(&self) -> String {
        let (mut modules, mut list) = (String::new(), String::new());
        for Member { name, has_config } in &self.games {
            let path = self.at(name).join("generated/game.rs");
            modules.push_str(&format!(
                "#[path = {path:?}]\n#[rustfmt::skip]\npub mod {name};\n"
            ));
            let config = match has_config {
                true => format!("Some(&{name}::config::CONFIG)"),
                false => "None".to_owned(),
            };
            list.push_str(&format!("    ({name:?}, &{name}::GAME, {config}),\n"));
        }
        format!(
            "{modules}\nstatic GAMES: &[(&str, &Game, Option<&aliya_runtime::config::Config>)] = &[\n{list}];\n"
        )
    }
}

/// Makes a module of the program out of the packages of a game: generated/game.rs.
fn into_module(generated: &Path, name: &str) -> Result<()> {
    let files = rust_files(generated)?;
    let roots = files.iter().filter(|file| file.ends_with("lib.rs"));
    let roots = roots.map(|file| Ok(file.parent().context("a folder")?.display().to_string()));
    let roots = roots.collect::<Result<Vec<_>>>()?;
    let here = format!("crate::{name}::");
    for file in &files {
        let file = generated.join(file);
        let mut text = fs::read_to_string(&file)?.replace("crate::", &here);
        for root in roots.iter().filter_map(|root| root.strip_suffix("/src")) {
            let package = format!("::generated_{}::", root.replace('-', "_"));
            text = text.replace(&package, &here);
        }
        fs::write(&file, text)?;
    }
    let modules = roots.iter().map(|root| {
        let module = format!("root_{}", root.replace(['-', '/'], "_"));
        format!("#[path = \"{root}/lib.rs\"]\npub mod {module};\npub use {module}::*;\n")
    });
    fs::write(generated.join("game.rs"), modules.collect::<String>())?;
    Ok(())
}

/// The paths of all files of Rust within a folder.
fn rust_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = PathBuf::from(entry.file_name());
        if entry.file_type()?.is_dir() {
            let within = rust_files(&entry.path())?;
            files.extend(within.into_iter().map(|file| name.join(file)));
        } else if name.extension().is_some_and(|it| it == "rs") {
            files.push(name);
        }
    }
    Ok(files)
}

/// Writes the files of a game below a folder.
pub fn write(root: &Path, files: &Files) -> Result<()> {
    for (path, text) in files {
        let path = root.join(path);
        let folder = path.parent().context("it lies in a folder")?;
        fs::create_dir_all(folder)?;
        fs::write(&path, text)?;
    }
    Ok(())
}
