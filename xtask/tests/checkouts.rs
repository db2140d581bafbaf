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
    let migrations = project.read("generated/shared/src/migrations.rs");
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
        fs::remove_file(project.root().join("generated/shared/src/migrations.rs"))
            .expect("is there");
        project.generate(false);
        assert_eq!(
            project.read("generated/shared/src/migrations.rs"),
            migrations
        );
    }
}

/// What `gen` and `migrate` say of a folder migrations/ that lacks what it had.
fn refused(project: &Project) -> String {
    let root = Some(project.root().to_owned());
    let args = Gen {
        root: root.clone(),
        ..Gen::default()
    };
    let said = command::run(&args, &mut Vec::new()).expect_err("something is missing");
    let args = Migrate {
        root,
        ..Migrate::default()
    };
    let by_migrate = run(&args, &mut Vec::new()).map(drop);
    let by_migrate = by_migrate.map_or_else(|error| format!("{error:#}"), |()| String::new());
    assert_eq!(by_migrate, format!("{said:#}"));
    by_migrate
}

#[test]
fn migrations_that_are_gone_are_told_and_nothing_is_deleted() {
    let project = Project::new();
    project.migrate(Migrate::default());
    let before = files(project.root());
    let folder = project.root().join("migrations");
    let elsewhere = tempfile::tempdir().expect("a folder");
    let aside = elsewhere.path().join("aside");
    let kept = before.iter().filter(|path| !path.starts_with(&folder));
    let kept: Vec<_> = kept.cloned().collect();
    fs::rename(&folder, &aside).expect("moves");
    let said = refused(&project);
    assert!(
        said.starts_with("migrations/ is gone, and generated/shared/src/migrations.rs has"),
        "{said}"
    );
    assert_eq!(files(project.root()), kept);
    fs::create_dir(&folder).expect("a folder");
    let said = refused(&project);
    assert!(
        said.starts_with("migrations/ holds no migration: bring back"),
        "{said}"
    );
    assert_eq!(files(project.root()), kept);
    fs::remove_dir(&folder).expect("is empty");
    fs::rename(&aside, &folder).expect("moves");
    fs::remove_file(folder.join("schema.json")).expect("is there");
    let said = refused(&project);
    assert!(
        said.starts_with("migrations/schema.json is not there: bring it back"),
        "{said}"
    );
}

#[test]
fn a_file_that_ends_otherwise_takes_nothing_away() {
    let project = Project::new();
    project.generate(false);
    project.write(
        "managers/shop.yaml",
        &BAG.replace("bag:", "shop:")
            .replace("9000", "9001")
            .replace("look:", "buy:"),
    );
    project.generate(false);
    let before = files(&project.root().join("generated"));
    let managers = project.root().join("managers");
    fs::rename(managers.join("shop.yaml"), managers.join("shop.yml")).expect("moves");
    let (outcome, said) = project.generate(false);
    assert_eq!(outcome, Outcome::Wrong);
    assert!(
        said.contains("error[A0103]: managers/shop.yml is included by nothing"),
        "{said}"
    );
    assert_eq!(files(&project.root().join("generated")), before);
}

#[test]
fn every_table_without_a_migration_is_listed() {
    let project = Project::new();
    project.migrate(Migrate::default());
    let more = ["one", "two", "three"]
        .map(|name| format!("      {name}: {{ columns: {{ player: player }}, key: [player] }}\n"));
    let more = format!("    tables:\n{}", more.concat());
    project.write("managers/bag.yaml", &BAG.replace("    tables:\n", &more));
    let (outcome, said) = project.generate(false);
    assert_eq!(outcome, Outcome::Done);
    for table in ["one", "two", "three"] {
        assert!(said.contains(&format!("\n  bag.{table}: ")), "{said}");
    }
}
