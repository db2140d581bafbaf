//! docs/tutorial.md: each of its steps generates, in the project's own game; the mistake is told as
//! it says. What its calls answer is tested over SQLite by `tutorial/run.rs`.

use std::fs;
use std::path::{Path, PathBuf};

use xtask::generate::command::{Gen, Outcome, run};

use super::blocks::{blocks, page};

fn tests() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests"))
}

/// managers.yaml, managers/ and config/ of the project, in a folder of their own.
fn copy_of_the_game() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let project = tests().join("../..");
    let mut files = vec![PathBuf::from("managers.yaml")];
    for inner in ["managers", "config"] {
        fs::create_dir(folder.path().join(inner)).expect("a folder");
        for entry in fs::read_dir(project.join(inner)).expect("a folder") {
            files.push(Path::new(inner).join(entry.expect("an entry").file_name()));
        }
    }
    for file in files {
        fs::copy(project.join(&file), folder.path().join(&file)).expect("copies");
    }
    folder
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

/// The files that the page shows one after the other, the last one whole.
fn files() -> Vec<String> {
    let blocks = blocks(&page("tutorial.md"), 1);
    let yaml = blocks.into_iter().filter(|block| block.language == "yaml");
    yaml.map(|block| block.text).collect()
}

#[test]
fn each_step_generates_in_the_project_s_game() {
    let folder = copy_of_the_game();
    let files = files();
    assert_eq!(files.len(), 3);
    for file in files {
        fs::write(folder.path().join("managers/pet.yaml"), file).expect("writes");
        let (outcome, said) = generate(folder.path(), false);
        assert_eq!(outcome, Outcome::Done, "{said}");
        assert!(said.starts_with("generated "), "{said}");
    }
}

#[test]
fn the_mistake_is_told_as_it_says() {
    let folder = copy_of_the_game();
    let right = files().pop().expect("three files");
    let wrong = right.replace("p.food + args.meals }", "p.food + meals }");
    assert_ne!(right, wrong);
    fs::write(folder.path().join("managers/pet.yaml"), wrong).expect("writes");
    let (outcome, said) = generate(folder.path(), false);
    assert_eq!(outcome, Outcome::Wrong);
    let blocks = blocks(&page("tutorial.md"), 1);
    let told = blocks.iter().find(|block| block.language == "text");
    assert_eq!(said.trim_end(), told.expect("it is shown").text.trim_end());
}

/// After a change of the page that is meant: write the file beside `tutorial/managers.yaml`, then
/// `cargo xtask gen --root xtask/tests/docs/tutorial`.
#[test]
fn what_run_rs_runs_is_what_the_page_shows() {
    let folder = tests().join("docs/tutorial");
    let pet = fs::read_to_string(folder.join("managers/pet.yaml")).expect("reads");
    assert_eq!(Some(pet), files().pop());
    let (outcome, said) = generate(&folder, true);
    assert_eq!(outcome, Outcome::Done, "{said}");
}
