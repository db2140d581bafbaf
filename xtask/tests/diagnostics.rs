//! Every kind of mistake, as people see it: `diagnostics/CODE_name.yaml` holds it, and the `.txt`
//! beside it what is said. `UPDATE_EXPECT=1 cargo test -p xtask --test diagnostics` rewrites these.

use std::fs;
use std::path::{Path, PathBuf};

use expect_test::expect_file;
use xtask::generate::diagnostic::{Code, Stage};
use xtask::generate::{check_text, load};

/// The stages whose codes must all have a fixture.
const STAGES: &[Stage] = &[Stage::Read, Stage::Resolve];

fn fixtures() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics");
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ext| ext == "yaml"))
        .collect();
    files.sort();
    files
}

/// `A0201` of `A0201_unknown_keys.yaml`.
fn code_of(fixture: &Path) -> &str {
    let name = fixture.file_name().unwrap().to_str().unwrap();
    name.split_once('_').unwrap().0
}

#[test]
fn every_fixture_says_what_stands_beside_it() {
    for fixture in fixtures() {
        let text = fs::read_to_string(&fixture).unwrap();
        let said = check_text(&fixture, &text);
        expect_file![fixture.with_extension("txt")].assert_eq(&said);
    }
}

/// Also shows that no mistake causes a second one of another kind.
#[test]
fn a_fixture_shows_its_own_code_alone() {
    for fixture in fixtures() {
        let text = fs::read_to_string(&fixture).unwrap();
        let said = check_text(&fixture, &text);
        let codes: Vec<&str> = said
            .lines()
            .filter_map(|line| {
                let rest = line
                    .strip_prefix("error[")
                    .or_else(|| line.strip_prefix("warning["));
                rest?.split_once(']').map(|(code, _)| code)
            })
            .collect();
        assert!(!codes.is_empty(), "{}", fixture.display());
        for code in codes {
            assert_eq!(code, code_of(&fixture), "{}\n{said}", fixture.display());
        }
    }
}

#[test]
fn every_code_of_these_stages_has_a_fixture() {
    let fixtures = fixtures();
    let missing: Vec<&str> = Code::ALL
        .iter()
        .filter(|code| STAGES.contains(&code.stage()))
        .map(|code| code.as_str())
        .filter(|code| !fixtures.iter().any(|fixture| code_of(fixture) == *code))
        .collect();
    assert!(missing.is_empty(), "no fixture for {missing:?}");
}

/// Neither a mistake nor a warning, in the game, in that of faults and in the one that shows the whole language.
#[test]
fn the_project_s_own_games_are_right() {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    for game in ["..", "../tests/chaos", "tests/emit/language"] {
        let managers = package.join(game).join("managers.yaml");
        let text = fs::read_to_string(&managers).unwrap();
        assert_eq!(check_text(&managers, &text), "", "{game}");
        let loaded = load::load(&managers);
        assert!(loaded.documents.len() > 1);
    }
}
