//! `cargo xtask gen` as a command: what it writes, what `--check` finds.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use xtask::generate::command::{Format, Gen, Outcome, run};

const GAME: &str = "
game: small
time_zone: UTC
managers:
  clock:
    port: 9000
    functions:
      tell: { access: public, steps: [{ return: { now: now } }] }
";

/// A folder with a managers.yaml.
struct Project(TempDir);

impl Project {
    fn new(managers_yaml: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("managers.yaml"), managers_yaml).expect("writes");
        Self(folder)
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.path().join("generated").join(path)
    }

    fn generate(&self) -> (Outcome, String) {
        generate(self.0.path(), false)
    }

    fn check(&self) -> (Outcome, String) {
        generate(self.0.path(), true)
    }
}

fn generate(root: &Path, check: bool) -> (Outcome, String) {
    let args = Gen {
        check,
        root: Some(root.to_owned()),
        ..Gen::default()
    };
    let mut out = Vec::new();
    let outcome = run(&args, &mut out).expect("reads and writes");
    (outcome, String::from_utf8(out).expect("text"))
}

/// Path and content of every file under a folder.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            let content = fs::read(&path).expect("reads");
            found.insert(path, content);
        }
    }
    found
}

/// The game of `emit/language` comes out as it lies beside its declaration, where it is also compiled
/// and run. After a change that is meant: `cargo xtask gen --root xtask/tests/emit/language`.
#[test]
fn the_language_is_written_as_before() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/emit/language");
    let (outcome, said) = generate(&root, true);
    assert_eq!(outcome, Outcome::Done, "{said}");
}

/// So do the samples that the language was designed by: `cargo xtask gen --root xtask/tests/samples`.
#[test]
fn the_samples_are_written_as_before() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples");
    let (outcome, said) = generate(&root, true);
    assert_eq!(outcome, Outcome::Done, "{said}");
    assert!(!said.contains("error["), "{said}");
}

/// So does the game that is played while things fail: `cargo xtask gen --root tests/chaos`.
#[test]
fn the_game_of_faults_is_written_as_before() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/chaos");
    let (outcome, said) = generate(&root, true);
    assert_eq!((outcome, said.as_str()), (Outcome::Done, ""));
}

#[test]
fn a_second_run_writes_nothing() {
    let project = Project::new(GAME);
    let (outcome, said) = project.generate();
    assert_eq!(outcome, Outcome::Done, "{said}");
    assert_eq!(
        said,
        "generated 1 manager, 1 function: 16 files, 16 written\n"
    );
    assert_eq!(project.check(), (Outcome::Done, String::new()));
    let (_, said) = project.generate();
    assert_eq!(
        said,
        "generated 1 manager, 1 function: 16 files, 0 written\n"
    );
}

#[test]
fn the_folder_does_not_matter() {
    let (one, two) = (Project::new(GAME), Project::new(GAME));
    one.generate();
    two.generate();
    let of = |project: &Project| {
        let root = project.path("");
        let relative = |(path, content): (PathBuf, Vec<u8>)| {
            let path = path.strip_prefix(&root).expect("under it").to_owned();
            (path, content)
        };
        files(&root).into_iter().map(relative).collect::<Vec<_>>()
    };
    assert_eq!(of(&one), of(&two));
    let all = of(&one).concat_text();
    let folder = one.0.path().to_string_lossy().into_owned();
    assert!(
        !all.contains(&folder),
        "a path of this machine is in the output"
    );
}

trait ConcatText {
    fn concat_text(&self) -> String;
}

impl ConcatText for Vec<(PathBuf, Vec<u8>)> {
    fn concat_text(&self) -> String {
        let texts = self
            .iter()
            .map(|(_, content)| String::from_utf8_lossy(content));
        texts.collect()
    }
}

#[test]
fn check_finds_a_change_and_says_how_to_mend_it() {
    let project = Project::new(GAME);
    project.generate();
    let path = project.path("part-0/src/clock.rs");
    let text = fs::read_to_string(&path).expect("reads");
    fs::write(&path, text.replace("cx.now()", "cx.later()")).expect("writes");
    let (outcome, said) = project.check();
    assert_eq!(outcome, Outcome::Stale);
    assert!(
        said.contains("generated/part-0/src/clock.rs is stale"),
        "{said}"
    );
    assert!(said.contains("-        let now = cx.later();\n"), "{said}");
    assert!(said.contains("+        let now = cx.now();\n"), "{said}");
    assert!(said.ends_with("run: cargo xtask gen\n"), "{said}");
    assert!(project.generate().1.ends_with("16 files, 1 written\n"));
    assert_eq!(project.check().0, Outcome::Done);
}

#[test]
fn check_finds_what_is_missing_and_what_is_an_orphan() {
    let project = Project::new(GAME);
    let (outcome, said) = project.check();
    assert_eq!(outcome, Outcome::Stale);
    assert!(
        said.contains("generated/manifest.json is missing"),
        "{said}"
    );
    assert!(!project.path("").exists(), "a check writes nothing");

    project.generate();
    fs::remove_file(project.path("src/routes.rs")).expect("deletes");
    fs::create_dir_all(project.path("src/old")).expect("makes");
    fs::write(project.path("src/old/gone.rs"), "fn gone() {}").expect("writes");
    let (outcome, said) = project.check();
    assert_eq!(outcome, Outcome::Stale);
    assert!(
        said.contains("generated/src/routes.rs is missing"),
        "{said}"
    );
    assert!(
        said.contains("generated/src/old/gone.rs is an orphan"),
        "{said}"
    );
    let (_, said) = project.generate();
    assert!(said.ends_with("16 files, 1 written, 1 deleted\n"), "{said}");
    assert!(!project.path("src/old").exists());
    assert_eq!(project.check().0, Outcome::Done);
}

#[test]
fn a_long_diff_is_cut() {
    let project = Project::new(GAME);
    project.generate();
    fs::write(project.path("part-0/src/clock.rs"), "x\n".repeat(500)).expect("writes");
    let (_, said) = project.check();
    assert!(said.contains("more lines\n"), "{said}");
    assert!(said.lines().count() < 60, "{}", said.lines().count());
}

#[test]
fn a_declaration_with_a_mistake_writes_nothing() {
    let project = Project::new(&GAME.replace("now: now", "now: later"));
    let (outcome, said) = project.generate();
    assert_eq!(outcome, Outcome::Wrong);
    assert!(said.contains("later"), "{said}");
    assert!(!project.path("").exists());
    let missing = tempfile::tempdir().expect("a folder");
    let (outcome, said) = generate(missing.path(), false);
    assert_eq!(outcome, Outcome::Wrong);
    assert!(said.contains("managers.yaml"), "{said}");
}

#[test]
fn the_manifest_lists_every_other_file() {
    let project = Project::new(GAME);
    project.generate();
    let text = fs::read_to_string(project.path("manifest.json")).expect("reads");
    let manifest: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let listed = manifest["sha256"].as_object().expect("an object");
    let listed: Vec<_> = listed.keys().map(|path| project.path(path)).collect();
    let mut found = files(&project.path(""));
    assert!(found.remove(&project.path("manifest.json")).is_some());
    assert_eq!(listed, found.into_keys().collect::<Vec<_>>());
}

#[test]
fn for_editors_each_mistake_is_a_line_of_json() {
    let project = Project::new(&GAME.replace("now: now", "now: nwo"));
    let args = Gen {
        check: true,
        format: Format::Json,
        root: Some(project.0.path().to_owned()),
    };
    let mut out = Vec::new();
    let outcome = run(&args, &mut out).expect("reads and writes");
    assert_eq!(outcome, Outcome::Wrong);
    let mistake: serde_json::Value = serde_json::from_slice(&out).expect("one line of JSON");
    assert_eq!(mistake["code"], "A0401");
    assert_eq!(mistake["severity"], "error");
    assert_eq!(mistake["file"], "managers.yaml");
    assert_eq!(
        (&mistake["line"], &mistake["column"]),
        (&8.into(), &56.into())
    );
    assert_eq!(
        mistake["end"],
        serde_json::json!({ "line": 8, "column": 59 })
    );
    assert_eq!(mistake["help"], "did you mean `now`?");
}

const WARNED: &str = "
game: small
managers:
  bag:
    port: 9000
    tables:
      supply: { columns: { player: player, item: int }, key: [player, item] }
    functions:
      items:
        steps:
          - select: supply
            where: { item: { gt: 5 } }
            as: rows
          - return: { items: rows.item }
";

#[test]
fn warnings_are_shown_and_keep_nothing_from_being_written() {
    let project = Project::new(WARNED);
    let (outcome, said) = project.generate();
    assert_eq!(outcome, Outcome::Done, "{said}");
    for expected in [
        "warning[A0901]: the reply of `items` can pass 7,399 bytes",
        "warning[A0903]: no index of `supply` serves this",
        "warning: 2 warnings in managers.yaml and its files\ngenerated 1 manager, 1 function: ",
    ] {
        assert!(said.contains(expected), "{expected}: {said}");
    }
    // `--check` goes by the files, and shows them, too.
    let (outcome, again) = project.check();
    assert_eq!(outcome, Outcome::Done);
    assert!(said.starts_with(&again), "{again}");
    assert!(again.contains("warning[A0901]"), "{again}");
}

#[test]
fn editors_get_warnings_as_json() {
    let project = Project::new(WARNED);
    project.generate();
    let args = Gen {
        check: true,
        format: Format::Json,
        root: Some(project.0.path().to_owned()),
    };
    let mut out = Vec::new();
    assert_eq!(run(&args, &mut out).expect("reads"), Outcome::Done);
    let lines = String::from_utf8(out).expect("text");
    let told: Vec<serde_json::Value> = lines
        .lines()
        .map(|line| serde_json::from_str(line).expect("an object on a line"))
        .collect();
    let codes: Vec<_> = told.iter().map(|told| &told["code"]).collect();
    assert_eq!(codes, ["A0901", "A0903"]);
    for warning in &told {
        assert_eq!(warning["severity"], "warning");
        assert_eq!(warning["file"], "managers.yaml");
    }
    assert_eq!(told[1]["line"], 11);
    assert_eq!(told[1]["labels"].as_array().map(Vec::len), Some(2));
}
