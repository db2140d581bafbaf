//! The files of balance tables: the generator and a server accept the same ones.

use std::cell::Cell;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use aliya_runtime::config::{Config, Field, Shape, Store, Table};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use xtask::generate::command::understand;

/// A type of each kind, as it is declared, and as a server knows it.
static TYPES: [(&str, Shape); 12] = [
    ("list int", Shape::List(&Shape::Int)),
    ("list float", Shape::List(&Shape::Float)),
    ("list bool", Shape::List(&Shape::Bool)),
    ("list text", Shape::List(&Shape::Text)),
    ("list player", Shape::List(&Shape::Player)),
    ("list kind", Shape::List(&KIND)),
    ("list rank", Shape::List(&RANK)),
    ("list part", Shape::List(&PART)),
    ("map int text", Shape::Map(&Shape::Int, &Shape::Text)),
    ("map text float", Shape::Map(&Shape::Text, &Shape::Float)),
    ("map player int", Shape::Map(&Shape::Player, &Shape::Int)),
    ("map rank bool", Shape::Map(&RANK, &Shape::Bool)),
];

static KIND: Shape = Shape::Choice(&["iron", "null", "each"]);
static RANK: Shape = Shape::Numbered(&[("basic", 0), ("owner", 10)]);
static PART: Shape = Shape::Record(&[
    field("each", &Shape::Text, false),
    field("n", &Shape::Int, true),
    field("kind", &KIND, true),
]);

const fn field(name: &'static str, shape: &'static Shape, optional: bool) -> Field {
    Field {
        name,
        shape,
        optional,
    }
}

/// A server's tables: one, of the type at that place.
fn config(at: usize) -> &'static Config {
    let tables = vec![Table {
        name: "t",
        shape: &TYPES[at].1,
    }];
    Box::leak(Box::new(Config {
        tables: tables.leak(),
        decode: |_| Ok(Arc::new(())),
    }))
}

/// Whether the generator accepts the file, and whether a server does, with what each says.
fn both(folder: &Path, at: usize, config: &'static Config, text: &str) -> [(bool, String); 2] {
    let game = format!(
        "game: tables\nenums:\n  kind: [iron, null, each]\n  rank: {{ basic: 0, owner: 10 }}\ntypes:\n  part: \
         {{ each: text, n: {{ type: int, optional: true }}, kind: {{ type: kind, optional: true }} }}\n\
         config:\n  t: {}\nmanagers:\n  m:\n    port: 9000\n    functions: {{ f: {{ steps: [{{ return: {{ size: \
         len(config.t) }} }}] }} }}\n",
        TYPES[at].0
    );
    fs::create_dir_all(folder.join("config")).expect("a folder");
    fs::write(folder.join("managers.yaml"), game).expect("a file");
    fs::write(folder.join("config/t.yaml"), text).expect("a file");
    let mut said = Vec::new();
    let game = understand(folder, &mut said).expect("reads");
    let said = String::from_utf8(said).expect("UTF-8");
    let opened = Store::open(config, &folder.join("config"));
    let server = opened.map_or_else(
        |error| (false, error.to_string()),
        |_| (true, String::new()),
    );
    [(game.is_some(), said), server]
}

/// What was met, and its siblings: type, text, whether it is accepted.
const CASES: [(usize, &str, bool); 62] = [
    (0, "[0x1F]", false),
    (0, "[0o10]", false),
    (0, "[0b1]", false),
    (0, "[+5]", false),
    (0, "[010]", false),
    (0, "[1_000]", false),
    (0, "[-0]", false),
    (0, "[-5, 0, 9223372036854775807]", true),
    (0, "[9223372036854775808]", false),
    (0, "[1.0]", false),
    (0, "[\"1\"]", false),
    (0, "[1, !!int 2]", false),
    (0, "[&a 1, 2]", false),
    (0, "- &a 1\n- *a\n", false),
    (0, "- *a\n", false),
    (0, "!list [1]", false),
    (0, "- 1\n---\n- 2\n", false),
    (0, "---\n- 1\n", true),
    (0, "---\n- 1\n...\n", true),
    (0, "", false),
    (0, "# nothing\n", false),
    (0, "---\n", false),
    (0, "[]", true),
    (0, "[1,]", true),
    (0, "[1, ]", true),
    (0, "[1, , 2]", false),
    (0, "\u{feff}- 1\r\n- 2\r\n", true),
    (0, "\t- 1\n", true),
    (0, "-\t1\n", true),
    (0, "- 1\n\t\n- 2\n", true),
    (0, "- 1 # one\n", true),
    (0, "- ~\n", false),
    (0, "-\n", false),
    (1, "[1, -0.5, 1e-3, -0.0]", true),
    (1, "[.5]", false),
    (1, "[5.]", false),
    (1, "[.inf]", false),
    (1, "[1e400]", false),
    (1, "[+1.5]", false),
    (2, "[true, false]", true),
    (2, "[yes]", false),
    (2, "[True]", false),
    (3, "[yes, 0x1F, 1, true, \"null\", |, a]", false),
    (3, "[yes, 0x1F, 1, true, \"null\", '']", true),
    (3, "[null]", false),
    (3, "[Sword (old, rusty)]", false),
    (3, "[\"Sword (old, rusty)\"]", true),
    (3, "- |\n  a\r\n  b\r\n", true),
    (3, "[\u{201c}a, b\u{201d}]", false),
    (3, "[\u{201c}a\u{201d}, \u{201e}b\u{201c}, c]", true),
    (5, "[iron, \"null\", null, each]", true),
    (6, "[basic, 10]", false),
    (7, "[{ each: x, i in list }]", false),
    (7, "[{ each: a, n: ~, kind: }]", true),
    (7, "[{ each: a, n }]", false),
    (7, "[{ each: a, each: b }]", false),
    (7, "[{ <<: { each: a } }]", false),
    (8, "{ 1: a, 01: b }", false),
    (8, "{ 1: a, \"1\": b }", false),
    (9, "{ <<: 1 }", false),
    (9, "{ \"<<\": 1 }", true),
    (10, "{ ada: 1, \"\": 2 }", false),
];

#[test]
fn what_was_met_is_the_same_to_both() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut wrong = String::new();
    for (at, text, expected) in CASES {
        let [generator, server] = both(folder.path(), at, config(at), text);
        if [generator.0, server.0] != [expected; 2] {
            let name = TYPES[at].0;
            wrong.push_str(&format!(
                "{name}: {text:?}, expected {expected}:\n{generator:?}\n{server:?}\n"
            ));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// Texts of pieces that mean something to YAML or to a type.
fn text() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "- ",
        "-",
        ": ",
        ":",
        "? ",
        ", ",
        ",",
        "[",
        "]",
        "{",
        "}",
        "\n",
        "\n  ",
        "\n- ",
        "\t",
        " ",
        "\r\n",
        "# c",
        " #",
        "\"",
        "'",
        "|\n  ",
        ">\n  ",
        "&a ",
        "*a",
        "!t ",
        "!!int ",
        "---\n",
        "...\n",
        "%YAML 1.2\n",
        "1",
        "-1",
        "0",
        "01",
        "+5",
        "0x1F",
        "1.5",
        "1e3",
        ".5",
        "true",
        "yes",
        "null",
        "~",
        "iron",
        "basic",
        "owner",
        "each",
        "n",
        "kind",
        "a b",
        "(",
        ")",
        "<<",
        "x, i in l",
        "\u{0}",
        "\u{feff}",
        "\u{85}",
        "\u{2028}",
        "é",
        "\\n",
        "@",
        "`",
        "=",
        "9223372036854775808",
    ]);
    let wrapped = prop::collection::vec(piece, 0..7).prop_map(|pieces| pieces.concat());
    (wrapped, 0..6_u8).prop_map(|(text, form)| match form {
        0 => format!("[{text}]"),
        1 => format!("- {text}\n"),
        2 => format!("[{{ {text} }}]"),
        3 => format!("{{ {text} }}"),
        4 => format!("1: {text}\nbasic: 2\n"),
        _ => text,
    })
}

#[test]
fn random_texts_are_the_same_to_both() {
    let folder = tempfile::tempdir().expect("a folder");
    let configs: Vec<_> = (0..TYPES.len()).map(config).collect();
    let mut runner = TestRunner::new(ProptestConfig {
        cases: 2_000,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    let accepted = Cell::new(0);
    let done = runner.run(&(0..TYPES.len(), text()), |(at, text)| {
        let [generator, server] = both(folder.path(), at, configs[at], &text);
        accepted.set(accepted.get() + i32::from(server.0));
        prop_assert_eq!(
            generator.0,
            server.0,
            "{}: {:?}\n{}\n{}",
            TYPES[at].0,
            text,
            generator.1,
            server.1
        );
        Ok(())
    });
    done.unwrap_or_else(|error| panic!("{error}"));
    // Not all of them are mistakes.
    assert!(accepted.get() > 50, "{}", accepted.get());
}
