//! managers.yaml and the files that it includes, read from disk and parsed.

mod config;
mod include;
mod pattern;

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use pattern::meant;

use super::ast::Document;
use super::diagnostic::{Code, Diagnostics};
use super::parallel;
use super::parse::{self, Role};
use super::source::{FileId, SourceFile, Sources, Span};
use super::yaml;
use crate::line_ends::plain;

/// No file is larger: ten thousand functions take about as much.
const FILE_MAX_BYTES: u64 = 16 << 20;

/// What was read.
#[derive(Debug)]
pub struct Loaded {
    /// The files, managers.yaml first, then the included ones by path.
    pub sources: Sources,
    /// What each of them declares; a file that is not YAML is not among them.
    pub documents: Vec<(FileId, Document)>,
    /// Whether every file could be read and is YAML: where one is missing, so may be what the
    /// others refer to, and unknown names are no mistakes.
    pub complete: bool,
    /// What is wrong with them.
    pub diagnostics: Diagnostics,
}

/// Reads managers.yaml from disk, and what it includes.
pub fn load(managers_yaml: &Path) -> Loaded {
    let mut loader = Loader::new(managers_yaml);
    if let Some(file) = loader.read(managers_yaml, &loader.name_of_root(), None) {
        loader.root(file);
    }
    loader.loaded
}

/// Like [`load`], with the text of managers.yaml as given: what it includes is read from disk.
pub fn load_text(managers_yaml: &Path, text: &str) -> Loaded {
    let mut loader = Loader::new(managers_yaml);
    let path = loader.name_of_root();
    let file = loader.add(managers_yaml, &path, text.to_owned());
    loader.root(file);
    loader.loaded
}

struct Loader {
    root: PathBuf,
    folder: PathBuf,
    loaded: Loaded,
    /// Files that are called almost as an `include` wants them: the pattern, the file, and the name that it
    /// would match.
    near: Vec<(Span, String, String)>,
}

impl Loader {
    fn new(managers_yaml: &Path) -> Self {
        Self {
            root: managers_yaml.to_owned(),
            folder: match managers_yaml.parent() {
                Some(folder) if folder != Path::new("") => folder.to_owned(),
                _ => PathBuf::from("."),
            },
            loaded: Loaded {
                sources: Sources::default(),
                documents: Vec::new(),
                complete: true,
                diagnostics: Diagnostics::default(),
            },
            near: Vec::new(),
        }
    }

    fn name_of_root(&self) -> String {
        let name = self.root.file_name().unwrap_or(self.root.as_os_str());
        name.to_string_lossy().into_owned()
    }

    fn root(&mut self, file: FileId) {
        let before = self.loaded.documents.len();
        self.parse(&[file], Role::Root);
        let include = match self.loaded.documents.get(before) {
            Some((_, document)) => document.include.clone(),
            None => return,
        };
        let mut files = BTreeMap::new();
        for pattern in &include {
            for (path, on_disk) in self.matches(pattern) {
                files.entry(path).or_insert((on_disk, pattern.span));
            }
        }
        files.remove(&self.name_of_root());
        self.want_near(&files);
        let files = files
            .into_iter()
            .filter_map(|(path, (on_disk, pattern))| self.read(&on_disk, &path, Some(pattern)));
        let files: Vec<_> = files.collect();
        self.parse(&files, Role::Included);
        self.config();
        self.want_managers();
    }

    /// Reports a game without any manager, unless something else is wrong that explains it.
    fn want_managers(&mut self) {
        let loaded = &mut self.loaded;
        let none = loaded.documents.iter().all(|(_, d)| d.managers.is_empty());
        if let (true, false, Some((file, root))) = (
            none,
            loaded.diagnostics.has_errors(),
            loaded.documents.first(),
        ) {
            let place = root.game.as_ref().map(|game| game.span);
            loaded
                .diagnostics
                .error(
                    Code::MissingPart,
                    place.unwrap_or(start_of(*file)),
                    "no file declares a manager",
                    "this game has none",
                )
                .help("declare one under `managers:`, here or in a file of `include`");
        }
    }

    fn parse(&mut self, files: &[FileId], role: Role) {
        let loaded = &mut self.loaded;
        let sources = &loaded.sources;
        let parsed = parallel::map(
            files,
            || (),
            |(), &file| {
                let mut diagnostics = Diagnostics::default();
                let node = yaml::parse(file, &sources.file(file).text, &mut diagnostics);
                let document = node.map(|node| parse::document(&node, role, &mut diagnostics));
                (document, diagnostics)
            },
        );
        for (&file, (document, diagnostics)) in files.iter().zip(parsed) {
            let said = !diagnostics.is_empty();
            loaded.diagnostics.append(diagnostics);
            match document {
                Some(document) => loaded.documents.push((file, document)),
                None if said => loaded.complete = false,
                None => {
                    loaded.diagnostics.error(
                        Code::EmptyPart,
                        start_of(file),
                        "this file declares nothing",
                        "nothing in it",
                    );
                }
            }
        }
    }

    /// Reads a file; one that cannot be read is reported where it is included, or at itself.
    fn read(&mut self, on_disk: &Path, path: &str, included: Option<Span>) -> Option<FileId> {
        let problem = match bounded(on_disk) {
            Ok(bytes) => match String::from_utf8(bytes) {
                Ok(text) => return Some(self.add(on_disk, path, text)),
                Err(error) => {
                    let at = error.utf8_error().valid_up_to();
                    let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
                    let file = self.add(on_disk, path, text);
                    self.loaded.complete = false;
                    self.not_utf8(file, at, path);
                    return None;
                }
            },
            Err(error) => error,
        };
        self.loaded.complete = false;
        let place = match included {
            Some(pattern) => pattern,
            None => start_of(self.add(on_disk, path, String::new())),
        };
        let near = included.is_none().then(|| self.near_root()).flatten();
        self.loaded
            .diagnostics
            .error(
                Code::Unreadable,
                place,
                format!("{path} cannot be read: {problem}"),
                "",
            )
            .maybe_help(near.map(|near| format!("is {near} meant? call it {path}")));
        None
    }

    /// A file beside managers.yaml that is called almost so.
    fn near_root(&self) -> Option<String> {
        let root = self.name_of_root();
        let mut entries = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        entries.find_map(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            (meant(&name)? == root).then_some(name)
        })
    }

    fn not_utf8(&mut self, file: FileId, at: usize, path: &str) {
        let at = u32::try_from(at).unwrap_or(u32::MAX);
        self.loaded
            .diagnostics
            .error(
                Code::Unreadable,
                Span {
                    file,
                    start: at,
                    end: at,
                },
                format!("{path} is not text in UTF-8"),
                "not UTF-8",
            )
            .help("save it as UTF-8 in your editor");
    }

    fn add(&mut self, on_disk: &Path, path: &str, text: String) -> FileId {
        self.loaded.sources.add(SourceFile {
            path: path.to_owned(),
            on_disk: on_disk.to_owned(),
            text: plain(&text).into_owned(),
        })
    }
}

fn start_of(file: FileId) -> Span {
    Span {
        file,
        start: 0,
        end: 0,
    }
}

fn bounded(path: &Path) -> io::Result<Vec<u8>> {
    let bytes = fs::metadata(path)?.len();
    if bytes > FILE_MAX_BYTES {
        return Err(io::Error::other(format!(
            "it has {bytes} bytes, and {FILE_MAX_BYTES} are the most"
        )));
    }
    fs::read(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn included_files_are_read_once_by_path_and_without_hidden_ones() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        write(
            "managers.yaml",
            "game: aliya\ninclude: [\"*.yaml\", b.yaml]\n",
        );
        write("b.yaml", "managers: { b: { port: 8082 } }\n");
        write("a.yaml", "enums: { a: [x] }\n");
        write(".#a.yaml", "an editor's\n");
        let loaded = load(&folder.path().join("managers.yaml"));
        assert!(loaded.diagnostics.is_empty(), "{:?}", loaded.diagnostics);
        let paths: Vec<_> = loaded
            .sources
            .files()
            .iter()
            .map(|file| file.path.as_str())
            .collect();
        assert_eq!(paths, ["managers.yaml", "a.yaml", "b.yaml"]);
        assert_eq!(loaded.documents.len(), 3);
    }

    #[test]
    fn a_missing_managers_yaml_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let loaded = load(&folder.path().join("managers.yaml"));
        let text = loaded.diagnostics.render(&loaded.sources, false);
        assert!(
            text.starts_with("error[A0101]: managers.yaml cannot be read:"),
            "{text}"
        );
        fs::write(folder.path().join("managers.yml"), "").unwrap();
        let loaded = load(&folder.path().join("managers.yaml"));
        let text = loaded.diagnostics.render(&loaded.sources, false);
        let help = "help: is managers.yml meant? call it managers.yaml";
        assert!(text.contains(help), "{text}");
    }
}
