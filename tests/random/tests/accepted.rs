//! The generator takes every random game, gives the same for it wherever it lies, and editors take it,
//! too.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use jsonschema::Validator;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::RngSeed;
use random_games::{Choices, Files, batch, game, setting};
use xtask::generate::beside::SCHEMA;
use xtask::generate::command::{Gen, Outcome, run};

/// How many games there are where nothing is said.
const GAMES: u64 = 80;

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
    collect(
        &folder.path().join("generated"),
        Path::new(""),
        &mut written,
    );
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

static EDITORS: LazyLock<Validator> = LazyLock::new(|| {
    let schema = serde_json::from_str(SCHEMA).expect("JSON");
    jsonschema::draft7::new(&schema).expect("a schema")
});

/// What an editor has against a file.
fn refused(text: &str) -> Vec<String> {
    let tree = serde_yaml::from_str(text).expect("YAML");
    let mistakes = EDITORS.iter_errors(&tree);
    mistakes
        .map(|it| format!("{}: {it}", it.instance_path()))
        .collect()
}

/// The same games each time; others, and as many, as the environment says.
fn config() -> ProptestConfig {
    let set = setting::games_or(GAMES);
    ProptestConfig {
        cases: u32::try_from(set.games).expect("so many games"),
        rng_seed: RngSeed::Fixed(set.seed),
        failure_persistence: None,
        ..ProptestConfig::default()
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
        for (path, text) in files.iter().filter(|(path, _)| !path.starts_with("config/")) {
            let mistakes = refused(text);
            prop_assert!(mistakes.is_empty(), "{path}:\n{text}\n{mistakes:#?}");
        }
    }
}

/// Where no decision is made, the game is as small as can be.
#[test]
fn the_first_game_is_the_smallest() {
    let files = game(Choices::new(Vec::new()));
    assert_eq!(files.len(), 1);
    assert!(files[0].1.lines().count() < 15, "{}", files[0].1);
}

/// Keys of the language that some game has, and what stands in some expression.
#[rustfmt::skip]
const LANGUAGE: &[&str] = &[
    // Declarations.
    "time_zone:", "include:", "types:", "config:", "formulas:", "errors:", "outcomes:", "doc:",
    "optional: true", "default:", "min:", "max:", "unique:", "index:", "references:",
    "unique: true", "index: true", "list ", "map ", "access: public", "access: internal",
    "access: admin", "undone_by:", "on: player_created", "every:", "after:",
    // Steps.
    "get:", "get: \"config.", "select:", "count:", "sum:", "exists:", "rank:", "save:", "insert:",
    "update:", "delete:", "let:", "require:", "if:", "for:", "call:", "draw:", "allow:", "return:",
    "or: default", "or: none", "or: ignore", "or: replace", "else:", "data:", "order:", "first:",
    "offset:", "of:", "gt:", "ge:", "lt:", "le:", "ne:", "in:", "between:", "each:", "give:",
    "key:", "with:", "act_for:", "outcome:", "weight:", "times:", "distinct: true", "per:", "by:",
    "by: []", "uses:", "text:", "then:", "do:",
    // Expressions.
    " + ", " - ", " * ", " / ", " % ", "(-", " == ", " != ", " < ", " <= ", " > ", " >= ", " and ",
    " or ", "(not ", "if ", "min(", "max(", "abs(", "clamp(", "len(", "sum(", "contains(", "keys(",
    "range(", "tier(", "concat(", "lower(", "found(", "default(", "seconds(", "minutes(", "hours(",
    "days(", "start_of(hour", "start_of(day", "start_of(week", "start_of(month", "day_of(",
    "day_of_month(", "random(", "chance(",
];

#[test]
fn the_games_use_the_whole_language() {
    let runner = &mut proptest::test_runner::TestRunner::new(config());
    let mut all = String::new();
    for _ in 0..GAMES {
        let choices = Choices::any(CHOICES)
            .new_tree(runner)
            .expect("numbers")
            .current();
        let files = game(Choices::new(choices)).into_iter();
        all.extend(files.map(|(_, text)| text));
    }
    let lacking = LANGUAGE.iter().filter(|it| !all.contains(**it));
    assert_eq!(lacking.collect::<Vec<_>>(), Vec::<&&str>::new());
}
