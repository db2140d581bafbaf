//! A project's files as they lie in other checkouts: with other line ends, and with some of them missing.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use xtask::generate::command::{self, Gen, Outcome};
use xtask::migrate::command::{Migrate, run};

const GAME: &str = "game: small
time_zone: UTC
include: [\"managers/*.yaml\"]
config:
  levels: list int
";

const BAG: &str = "managers:
  bag:
    doc: |
      What a player carries,
      in two lines.
    port: 9000
    tables:
      held:
        columns: { player: player, amount: { type: int, default: 0 } }
        key: [player]
    functions:
      look:
        steps:
          - get: held
            where: { player: caller }
            or: default
            as: h
          - return: { amount: h.amount, note: { text: \"of
              {caller}\" } }
";

struct Project(TempDir);

impl Project {
    fn new() -> Self {
        let project = Self(tempfile::tempdir().expect("a folder"));
        for (path, text) in [
            ("managers.yaml", GAME),
            ("managers/bag.yaml", BAG),
            ("config/levels.yaml", "- 1\n- 2\n"),
        ] {
            project.write(path, text);
        }
        project
    }

    fn root(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().expect("in a folder")).expect("a folder");
        fs::write(path, text).expect("writes");
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.root().join(path)).expect("reads")
    }

    fn generate(&self, check: bool) -> (Outcome, String) {
        let args = Gen {
            check,
            root: Some(self.root().to_owned()),
            ..Gen::default()
        };
        let mut out = Vec::new();
        let outcome = command::run(&args, &mut out).expect("reads and writes");
        (outcome, String::from_utf8(out).expect("text"))
    }

    fn migrate(&self, args: Migrate) -> (Outcome, String) {
        let args = Migrate {
            root: Some(self.root().to_owned()),
            ..args
        };
        let mut out = Vec::new();
        let outcome = run(&args, &mut out).expect("reads and writes");
        (outcome, String::from_utf8(out).expect("text"))
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    paths
        .flat_map(|path| {
            if path.is_dir() {
                files(&path)
            } else {
                vec![path]
            }
        })
        .collect()
}

/// As git's `autocrlf` checks files out, and as Notepad saves them.
#[test]
fn line_ends_do_not_count() {
    let project = Project::new();
    let (outcome, said) = project.migrate(Migrate::default());
    assert_eq!(outcome, Outcome::Done, "{said}");
    let migrations = project.read("generated/src/migrations.rs");
    let paths = files(project.root());
    for mark in ["", "\u{feff}"] {
        for path in &paths {
            let text = fs::read_to_string(path).expect("reads").replace('\r', "");
            let text = text.trim_start_matches('\u{feff}').replace('\n', "\r\n");
            // Of the files that people write.
            let mark = if path
                .extension()
                .is_some_and(|it| it == "yaml" || it == "sql")
            {
                mark
            } else {
                ""
            };
            fs::write(path, format!("{mark}{text}")).expect("writes");
        }
        assert_eq!(project.generate(true), (Outcome::Done, String::new()));
        let (outcome, said) = project.generate(false);
        assert_eq!(outcome, Outcome::Done, "{said}");
        assert!(said.contains(" files, 0 written"), "{said}");
        let check = Migrate {
            check: true,
            ..Migrate::default()
        };
        let (outcome, said) = project.migrate(check);
        assert_eq!(outcome, Outcome::Done, "{said}");
        // What servers compare with what a database has applied.
        fs::remove_file(project.root().join("generated/src/migrations.rs")).expect("is there");
        project.generate(false);
        assert_eq!(project.read("generated/src/migrations.rs"), migrations);
    }
}
