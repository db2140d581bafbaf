//! The generator takes every random game, gives the same for it wherever it lies, and editors take it,
//! too.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use jsonschema::Validator;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use random_games::{Choices, Files, batch, game};
use xtask::generate::beside::SCHEMA;
use xtask::generate::command::{Gen, Outcome, run};

/// The most decisions in a game.
const CHOICES: usize = 2000;

/// Generates a game in a folder of its own: what was said, and the files that were written.
fn generated(files: &Files) -> (Outcome, String, BTreeMap<PathBuf, Vec<u8>>) {
    let folder = tempfile::tempdir().expect("a folder");
    batch::write(folder.path(), files).expect("writes");
    let args = Gen {
        root: Some(folder.path().to_owned()),
        ..Gen::default()
    };
    let mut said = Vec::new();
    let outcome = run(&args, &mut said).expect("reads and writes");
    let mut written = BTreeMap::new();
    collect(&folder.path().join("generated"), Path::new(""), &mut written);
    (outcome, String::from_utf8(said).expect("text"), written)
}

/// The files below a folder, by their paths in it.
fn collect(folder: &Path, within: &Path, found: &mut BTreeMap<PathBuf, Vec<u8>>) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let entry = entry.expect("an entry");
        let within = within.join(entry.file_name());
        match entry.path() {
            path if path.is_dir() => collect(&path, &within, found),
            path => drop(found.insert(within, fs::read(path).expect("reads"))),
        }
    }
}

fn schema() -> Validator {
    let schema = serde_json::from_str(SCHEMA).expect("JSON");
    jsonschema::draft7::new(&schema).expect("a schema")
}

/// As many games as `PROPTEST_CASES` says, from the seed `PROPTEST_RNG_SEED`: the same each time
/// where they are not set.
fn config() -> ProptestConfig {
    let default = ProptestConfig::default();
    let rng_seed = match default.rng_seed {
        RngSeed::Random => RngSeed::Fixed(1),
        fixed => fixed,
    };
    ProptestConfig {
        rng_seed,
        failure_persistence: None,
        ..default
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn every_game_is_accepted(choices in Choices::any(CHOICES)) {
        let files = game(Choices::new(choices));
        let (outcome, said, written) = generated(&files);
        prop_assert!(outcome == Outcome::Done, "{}\n{said}", files[0].1);
        let (_, _, again) = generated(&files);
        prop_assert!(written == again, "{}\nis written otherwise in another folder", files[0].1);
        let tree: serde_json::Value = serde_yaml::from_str(&files[0].1).expect("YAML");
        let mistakes = schema().iter_errors(&tree).map(|it| format!("{}: {it}", it.instance_path())).collect::<Vec<_>>();
        prop_assert!(mistakes.is_empty(), "{}\n{mistakes:#?}", files[0].1);
    }
}

/// Where no decision is made, the game is as small as can be.
#[test]
fn the_first_game_is_the_smallest() {
    let files = game(Choices::new(Vec::new()));
    assert_eq!(files.len(), 1);
    assert!(files[0].1.lines().count() < 15, "{}", files[0].1);
}
