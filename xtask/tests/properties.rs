//! Whatever a file holds, the front of `gen` answers in words: no panic, no endless loop.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use proptest::prelude::*;
use xtask::generate::check_text;

/// The project's own declarations, and samples of the whole language.
static FILES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = [here.join("../managers"), here.join("tests/samples")];
    let mut files = Vec::new();
    for folder in folders {
        let paths = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path());
        for path in paths.filter(|path| path.is_file()) {
            files.push(fs::read_to_string(path).unwrap());
        }
    }
    assert!(files.len() > 9);
    files
});

/// A path beside which no file can be included.
fn check(text: &str) -> String {
    check_text(Path::new("no_such_folder/managers.yaml"), text)
}

/// Lines as designers write them, without their sense.
fn fragments() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "a",
        "b: ",
        "- ",
        "\n",
        "\n  ",
        "\n    - ",
        "{ ",
        " }",
        "[",
        "]",
        ", ",
        "\"",
        "'",
        "!",
        "&x ",
        "*x",
        "#",
        "| ",
        "> ",
        "? ",
        "---\n",
        "...",
        "\t",
        "\\",
        "é",
        "game: x\n",
        "managers:\n  m:\n",
        "steps:",
        "get: t",
        "if: ",
        "then:",
        "each: x, i in y",
        "min(1, 2)",
        "if a { b } else { c }",
        "and",
        "not ",
        "9223372036854775808",
        "1.5",
        "(",
        ")",
        "\u{feff}",
        "\r\n",
        "\0",
        "%YAML 1.2\n",
        "<<: ",
        "@",
        "`",
        "~",
    ]);
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_answered(text in ".{0,300}") {
        check(&text);
    }

    #[test]
    fn any_fragments_are_answered(text in fragments()) {
        check(&text);
    }

    #[test]
    fn any_expression_is_answered(text in "[-a-z0-9_.,()\\[\\]{}<>=!+*/% \"\\\\&|?]{0,80}") {
        let quoted = text.replace('\'', "''");
        check(&format!(
            "game: a\nmanagers: {{ m: {{ port: 1, functions: {{ f: {{ steps: [let: {{ x: '{quoted}' }}, return: {{}}] }} }} }} }}\n"
        ));
    }

    #[test]
    fn a_changed_line_is_answered(file in any::<prop::sample::Index>(), line in any::<prop::sample::Index>(), change in 0..4) {
        let text = file.get(&FILES);
        let mut lines: Vec<&str> = text.lines().collect();
        let at = line.index(lines.len());
        match change {
            0 => { lines.remove(at); }
            1 => lines.insert(at, lines[at]),
            2 => lines[at] = lines[at].trim_start(),
            _ => lines.swap(at, line.index(at + 1)),
        }
        check(&lines.join("\n"));
    }

    #[test]
    fn a_changed_character_is_answered(file in any::<prop::sample::Index>(), at in any::<prop::sample::Index>(), put in prop::option::of("[-:,{}\\[\\]\"'!&*#|>@%\\\\ \n\ta0é]")) {
        let mut text = file.get(&FILES).clone();
        let at = text.floor_char_boundary(at.index(text.len()));
        text.remove(at);
        if let Some(put) = put {
            text.insert_str(at, &put);
        }
        check(&text);
    }
}

#[test]
fn nesting_is_bounded_before_the_stack_is() {
    for nested in ["[", "{a: ", "- ", "a: [", "? "] {
        let said = check(&nested.repeat(50_000));
        assert!(said.starts_with("error[A01"), "{nested}");
    }
    for nested in [
        "(",
        "not ",
        "-",
        "a[",
        "f(",
        "[",
        "if a { ",
        "a + ",
        "if a { b } else ",
    ] {
        let deep = format!("{}a", nested.repeat(50_000));
        let said = check(&format!(
            "game: a\nmanagers: {{ m: {{ port: 1, functions: {{ f: {{ steps: [let: {{ x: '{deep}' }}] }} }} }} }}\n"
        ));
        assert!(said.starts_with("error[A0306]"), "{nested}");
    }
}

#[test]
fn samples_of_the_whole_language_are_known_even_where_they_are_not_made_yet() {
    // Resolved together as the game that they are: no mistake follows from what is not made yet.
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples");
    let root = fs::read_to_string(samples.join("game.yaml")).unwrap();
    let root = root.replace("managers/*.yaml", "*.yaml");
    let said = check_text(&samples.join("game.yaml"), &root);
    assert!(said.contains("error[A0206]"));
    for line in said.lines().filter(|line| line.starts_with("error[")) {
        assert!(line.starts_with("error[A0206]"), "{said}");
    }
}
