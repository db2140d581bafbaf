//! The values of balance tables: config/<name>.yaml beside managers.yaml.

use std::collections::BTreeSet;
use std::fs;

use super::pattern::meant;
use super::{Loader, bounded};
use crate::generate::diagnostic::{Code, nearest};
use crate::generate::source::Span;
use crate::generate::yaml;

/// The folder of the values, beside managers.yaml.
pub(super) const FOLDER: &str = "config";

impl Loader {
    /// Reads the values of every balance table that is declared.
    pub(super) fn config(&mut self) {
        let mut documents = std::mem::take(&mut self.loaded.documents);
        let mut read = BTreeSet::new();
        for (_, document) in &mut documents {
            for table in &mut document.config {
                // What is declared twice is said later.
                if !read.insert(table.name.value.clone()) {
                    continue;
                }
                table.value = self.value(&table.name.value, table.name.span);
            }
        }
        self.loaded.documents = documents;
    }

    fn value(&mut self, table: &str, declared: Span) -> Option<yaml::Node> {
        let path = format!("{FOLDER}/{table}.yaml");
        let on_disk = self.folder.join(&path);
        let problem = match bounded(&on_disk).map(String::from_utf8) {
            Ok(Ok(text)) => {
                let file = self.add(&on_disk, &path, text);
                let text = self.loaded.sources.file(file).text.as_str();
                let before = self.loaded.diagnostics.count();
                let node = yaml::parse_values(file, text, &mut self.loaded.diagnostics);
                if node.is_none() && self.loaded.diagnostics.count() == before {
                    self.no_values(declared, format!("{path} holds nothing"));
                }
                return node;
            }
            Ok(Err(_)) => "it is not text in UTF-8".to_owned(),
            Err(error) => error.to_string(),
        };
        let others = self.other_files();
        let ends_otherwise = others
            .iter()
            .find(|file| meant(file) == Some(format!("{table}.yaml")));
        let names = others.iter().filter_map(|file| file.strip_suffix(".yaml"));
        let near = ends_otherwise.cloned().or_else(|| {
            let near = nearest(table, names)?;
            Some(format!("{near}.yaml"))
        });
        let help = near.map(|near| {
            format!(
                "is {FOLDER}/{near} meant? its name is to be that of the table, and end with .yaml"
            )
        });
        let said = self.no_values(declared, format!("{path} cannot be read: {problem}"));
        if let Some(help) = help {
            said.help = Some(help);
        }
        None
    }

    fn no_values(
        &mut self,
        declared: Span,
        title: String,
    ) -> &mut crate::generate::diagnostic::Diagnostic {
        self.loaded
            .diagnostics
            .error(Code::NoConfigFile, declared, title, "has no values")
            .help("its values stand in that file, beside managers.yaml")
    }

    /// The files of the folder: one of them may have been meant.
    fn other_files(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder.join(FOLDER)).into_iter().flatten();
        let mut files: Vec<String> = entries
            .filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned()))
            .collect();
        files.sort_unstable();
        files
    }
}
