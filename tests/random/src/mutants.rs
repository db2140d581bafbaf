//! Games that were changed in a few places, without regard to their sense.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use xtask::generate::{load, resolve};
use xtask::random::Random;

use crate::Files;
use crate::batch;

/// How often a change is tried, of those of one game that are refused.
const TRIES: usize = 40;

/// A game like this one, which is accepted all the same; `None` where none of a few tries is.
pub fn accepted(files: &Files, random: &mut Random) -> Result<Option<Files>> {
    for _ in 0..TRIES {
        let mut changed = files.clone();
        let declarations = declarations(&changed);
        let (_, text) = &mut changed[*random.pick(&declarations)];
        let new = match random.chance(70) {
            true => words_exchanged(text, random),
            false => lines_moved(text, random),
        };
        if new != *text {
            *text = new;
            if is_accepted(&changed)? {
                return Ok(Some(changed));
            }
        }
    }
    Ok(None)
}

/// The project's own game.
pub fn project() -> Result<Files> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut files = vec![read(&root, "managers.yaml".into())?];
    for folder in ["managers", "config"] {
        let mut paths = Vec::new();
        for entry in fs::read_dir(root.join(folder))? {
            paths.push(Path::new(folder).join(entry?.file_name()));
        }
        paths.sort();
        for path in paths {
            files.push(read(&root, path)?);
        }
    }
    Ok(files)
}

fn read(root: &Path, path: PathBuf) -> Result<(String, String)> {
    let text = fs::read_to_string(root.join(&path)).with_context(|| path.display().to_string())?;
    Ok((path.to_string_lossy().into_owned(), text))
}

/// Which of the files are no values of balance tables.
fn declarations(files: &Files) -> Vec<usize> {
    let places = 0..files.len();
    places
        .filter(|at| !files[*at].0.starts_with("config"))
        .collect()
}

fn is_accepted(files: &Files) -> Result<bool> {
    let folder = tempfile::tempdir()?;
    batch::write(folder.path(), files)?;
    let mut loaded = load::load(&folder.path().join("managers.yaml"));
    if loaded.diagnostics.has_errors() {
        return Ok(false);
    }
    resolve::resolve(&loaded.sources, &loaded.documents, &mut loaded.diagnostics);
    Ok(!loaded.diagnostics.has_errors())
}

/// Some words in the place of others.
fn words_exchanged(text: &str, random: &mut Random) -> String {
    let mut cut = words(text);
    let is_word = |word: &&str| word.starts_with(|c: char| c.is_ascii_alphanumeric());
    let all: BTreeSet<&str> = cut.iter().copied().filter(is_word).collect();
    let all: Vec<&str> = all.into_iter().collect();
    let places = 0..cut.len();
    let places: Vec<usize> = places.filter(|at| is_word(&cut[*at])).collect();
    if places.is_empty() {
        return text.to_owned();
    }
    for _ in 0..random.between(1, 3) {
        cut[*random.pick(&places)] = *random.pick(&all);
    }
    cut.concat()
}

/// The text cut into words and what stands between them.
fn words(text: &str) -> Vec<&str> {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let mut cut = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = rest.find(|c| is_word(c) != is_word(first));
        let (word, after) = rest.split_at(end.unwrap_or(rest.len()));
        cut.push(word);
        rest = after;
    }
    cut
}

/// A line left out, or moved.
fn lines_moved(text: &str, random: &mut Random) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    for _ in 0..random.between(1, 2) {
        let line = lines.remove(random.below(lines.len()));
        if random.chance(50) {
            lines.insert(random.below(lines.len() + 1), line);
        }
    }
    format!("{}\n", lines.join("\n"))
}
