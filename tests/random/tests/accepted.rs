//! Every random game is accepted.

use proptest::prelude::*;
use random_games::{Choices, game};
use xtask::generate::check_text;

/// What the generator says of a game, but for warnings.
fn mistakes(files: &[(String, String)]) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, text) in files {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("makes");
        std::fs::write(path, text).expect("writes");
    }
    let said = check_text(&folder.path().join("managers.yaml"), &files[0].1);
    let parts = said.split("\n\n").filter(|part| part.starts_with("error["));
    parts.collect::<Vec<_>>().join("\n\n")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, max_shrink_iters: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_game_is_accepted(choices in Choices::any(2000)) {
        let files = game(Choices::new(choices));
        let said = mistakes(&files);
        prop_assert!(said.is_empty(), "{}\n{said}", files[0].1);
    }
}
