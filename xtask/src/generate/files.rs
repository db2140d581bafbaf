//! The output of a run: built in memory, then written to the folder or compared with it.
//!
//! Whatever else lies in the folder is an orphan of an earlier run: nobody edits generated code.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{self, Write as _};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::Serialize;
use sha2::{Digest, Sha256};
use similar::TextDiff;

use super::emit::Files;
use super::parallel;
use crate::line_ends::{plain, same};

/// The file that lists the others; the only one that knows the generator's version.
const MANIFEST: &str = "manifest.json";

/// The package that the others belong to.
const PACKAGE: &str = "Cargo.toml";

/// How many lines of a file's diff are shown.
const DIFF_LINES_MAX: usize = 40;

/// Why the folder could not be read or written.
#[derive(Debug, thiserror::Error)]
#[error("{}: {what}: {error}", path.display())]
pub struct FilesError {
    path: PathBuf,
    what: &'static str,
    error: io::Error,
}

#[derive(Serialize)]
struct Manifest<'f> {
    generator: &'static str,
    /// Path and SHA-256 of every other file.
    sha256: BTreeMap<&'f str, String>,
}

/// All files of a run, the manifest among them.
#[derive(Debug)]
pub struct Output(Files);

/// What [`Output::write`] did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Files that were not there or had another content.
    pub written: usize,
    /// Orphans.
    pub deleted: usize,
}

/// How the folder differs from the output, of one file.
#[derive(Debug)]
pub enum Difference {
    /// A file that is not there.
    Missing(String),
    /// A file with another content, and a part of the diff.
    Changed(String, String),
    /// A file that no declaration makes.
    Orphan(String),
}

impl Output {
    /// Adds the manifest to the files of a run.
    pub fn new(files: Files) -> Self {
        let texts: Vec<_> = files.iter().collect();
        let sha256 = parallel::map(
            &texts,
            || (),
            |(), (path, text)| (path.as_str(), hash(text)),
        );
        let manifest = Manifest {
            generator: concat!("aliya xtask ", env!("CARGO_PKG_VERSION")),
            sha256: sha256.into_iter().collect(),
        };
        let manifest = serde_json::to_string_pretty(&manifest).expect("texts become JSON");
        let mut files = files;
        files.insert(MANIFEST.to_owned(), manifest + "\n");
        Self(files)
    }

    /// The files, by path in the folder.
    pub fn files(&self) -> &Files {
        &self.0
    }

    /// Makes `folder` hold these files and no others. What is the same already, but for its line ends, is
    /// not touched, so that cargo does not build it again; the manifest comes last.
    ///
    /// The package names packages below it, and without one of them cargo builds nothing, the
    /// generator neither: it is written when they are there, and before they go.
    pub fn write(&self, folder: &Path) -> Result<Written, FilesError> {
        let (mut written, mut deleted) = (0, 0);
        let is_last = |path: &&String| [PACKAGE, MANIFEST].contains(&path.as_str());
        let (last, others): (Vec<_>, Vec<_>) = self.0.keys().partition(is_last);
        let mut write = |paths: &[&String]| {
            for one in parallel::map(paths, || (), |(), path| self.write_one(folder, path)) {
                written += usize::from(one?);
            }
            Ok::<_, FilesError>(())
        };
        write(&others)?;
        let (package, manifest): (Vec<_>, Vec<_>) =
            last.into_iter().partition(|path| path.as_str() == PACKAGE);
        write(&package)?;
        for path in self.orphans(folder)? {
            let path = folder.join(path);
            fs::remove_file(&path).map_err(at(&path, "cannot be deleted"))?;
            remove_empty_folders(folder, &path);
            deleted += 1;
        }
        write(&manifest)?;
        Ok(Written { written, deleted })
    }

    /// Writes a file, unless it is the same already.
    fn write_one(&self, folder: &Path, path: &str) -> Result<bool, FilesError> {
        let text = &self.0[path];
        let path = folder.join(path);
        if read(&path)?.is_some_and(|found| same(&found, text)) {
            return Ok(false);
        }
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(at(parent, "cannot be made"))?;
        }
        fs::write(&path, text).map_err(at(&path, "cannot be written"))?;
        Ok(true)
    }

    /// How `folder` differs from these files.
    pub fn compare(&self, folder: &Path) -> Result<Vec<Difference>, FilesError> {
        let files: Vec<_> = self.0.iter().collect();
        let compared = parallel::map(
            &files,
            || (),
            |(), (path, text)| {
                Ok(match read(&folder.join(path))? {
                    None => Some(Difference::Missing((*path).clone())),
                    Some(found) if same(&found, text) => None,
                    Some(found) => {
                        let found = String::from_utf8_lossy(&found);
                        let diff = diff(&plain(&found), text);
                        Some(Difference::Changed((*path).clone(), diff))
                    }
                })
            },
        );
        let compared: Result<Vec<_>, FilesError> = compared.into_iter().collect();
        let mut differences: Vec<_> = compared?.into_iter().flatten().collect();
        let orphans = self.orphans(folder)?.into_iter();
        differences.extend(orphans.map(Difference::Orphan));
        Ok(differences)
    }

    /// Files of the folder that are none of these.
    fn orphans(&self, folder: &Path) -> Result<BTreeSet<String>, FilesError> {
        let mut found = BTreeSet::new();
        list(folder, "", &mut found)?;
        found.retain(|path| !self.0.contains_key(path));
        Ok(found)
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(path) => writeln!(f, "generated/{path} is missing"),
            Self::Orphan(path) => writeln!(f, "generated/{path} is an orphan: nothing declares it"),
            Self::Changed(path, diff) => {
                writeln!(
                    f,
                    "generated/{path} is stale (- as it is, + as it should be):"
                )?;
                f.write_str(diff)
            }
        }
    }
}

fn hash(text: &str) -> String {
    let mut hex = String::with_capacity(64);
    for byte in Sha256::digest(text) {
        write!(hex, "{byte:02x}").expect("a String takes what is written to it");
    }
    hex
}

fn diff(found: &str, wanted: &str) -> String {
    let diff = TextDiff::from_lines(found, wanted);
    let diff = diff.unified_diff().context_radius(2).to_string();
    let all = diff.lines().count();
    let mut shown = String::new();
    for line in diff.lines().take(DIFF_LINES_MAX) {
        shown.push_str(line);
        shown.push('\n');
    }
    if all > DIFF_LINES_MAX {
        shown.push_str(&format!("... and {} more lines\n", all - DIFF_LINES_MAX));
    }
    shown
}

/// The content of a file; `None` where there is none.
fn read(path: &Path) -> Result<Option<Vec<u8>>, FilesError> {
    match fs::read(path) {
        Ok(content) => Ok(Some(content)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(at(path, "cannot be read")(error)),
    }
}

/// Adds every file under `folder`, with its path after `prefix`. Links are files: they are not
/// followed.
fn list(folder: &Path, prefix: &str, found: &mut BTreeSet<String>) -> Result<(), FilesError> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(at(folder, "cannot be read")(error)),
    };
    for entry in entries {
        let entry = entry.map_err(at(folder, "cannot be read"))?;
        let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
        let kind = entry
            .file_type()
            .map_err(at(&entry.path(), "cannot be read"))?;
        if kind.is_dir() {
            list(&entry.path(), &format!("{path}/"), found)?;
        } else {
            found.insert(path);
        }
    }
    Ok(())
}

/// Removes the folders between `folder` and a deleted file, as far as they are empty.
fn remove_empty_folders(folder: &Path, deleted: &Path) {
    let parents = deleted
        .ancestors()
        .skip(1)
        .take_while(|parent| *parent != folder);
    for parent in parents {
        // One that is not empty refuses, and so ends this.
        if fs::remove_dir(parent).is_err() {
            return;
        }
    }
}

fn at(path: &Path, what: &'static str) -> impl FnOnce(io::Error) -> FilesError {
    let path = path.to_owned();
    move |error| FilesError { path, what, error }
}
