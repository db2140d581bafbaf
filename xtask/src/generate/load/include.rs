//! Which files an `include` takes, and which it lacks by a hair.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use super::Loader;
use super::pattern::{is_pattern, meant, star_match};
use crate::generate::diagnostic::Code;
use crate::generate::source::{Name, Span};

impl Loader {
    /// The files that a pattern matches: their paths as a designer writes them, and on disk.
    pub(super) fn matches(&mut self, pattern: &Name) -> Vec<(String, PathBuf)> {
        let (folder, last) = match pattern.value.rsplit_once('/') {
            Some((folder, last)) => (format!("{folder}/"), last),
            None => (String::new(), pattern.value.as_str()),
        };
        if !is_pattern(&pattern.value, &folder) {
            self.loaded.complete = false;
            self.loaded
                .diagnostics
                .error(
                    Code::BadInclude,
                    pattern.span,
                    format!("`{}` is no pattern for files", pattern.value),
                    "cannot be included",
                )
                .help("write a path below this folder, with `*` in its last part alone: `managers/*.yaml`");
            return Vec::new();
        }
        let mut found = Vec::new();
        let mut near = Vec::new();
        // A folder that cannot be read holds no file that matches.
        for entry in fs::read_dir(self.folder.join(&folder))
            .into_iter()
            .flatten()
        {
            let Ok(entry) = entry else { continue };
            let name = entry.file_name().to_string_lossy().into_owned();
            // Like a shell: an editor's hidden copies are not meant.
            let hidden = name.starts_with('.') && !last.starts_with('.');
            if hidden || !entry.path().is_file() {
                continue;
            }
            if star_match(last, &name) {
                found.push((format!("{folder}{name}"), entry.path()));
            } else if let Some(meant) = meant(&name).filter(|meant| star_match(last, meant)) {
                near.push((format!("{folder}{name}"), format!("{folder}{meant}")));
            }
        }
        near.sort();
        if found.is_empty() && near.is_empty() {
            self.loaded.complete = false;
            let root = self.name_of_root();
            self.loaded
                .diagnostics
                .error(
                    Code::IncludeMatchesNothing,
                    pattern.span,
                    format!("`{}` matches no file", pattern.value),
                    "nothing to include",
                )
                .help(format!("paths begin at the folder of {root}"));
        }
        self.near.extend(
            near.into_iter()
                .map(|(file, meant)| (pattern.span, file, meant)),
        );
        found
    }

    /// Reports files that are called almost as an `include` wants them, and that none takes: all that they
    /// declare would be gone.
    pub(super) fn want_near(&mut self, included: &BTreeMap<String, (PathBuf, Span)>) {
        for (pattern, file, meant) in std::mem::take(&mut self.near) {
            if included.contains_key(&file) {
                continue;
            }
            self.loaded.complete = false;
            let said = self.loaded.diagnostics.error(
                Code::IncludeMatchesNothing,
                pattern,
                format!("{file} is included by nothing"),
                "does not match it",
            );
            said.help(format!(
                "call it {meant}, or include it by its name; if it is not to be a part of the game, let it end otherwise"
            ));
        }
    }
}
