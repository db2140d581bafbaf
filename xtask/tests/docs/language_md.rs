//! docs/language.md: its examples are right, and its mistakes are told as it says.

use super::blocks::{blocks, page};

#[test]
fn what_it_shows_is_what_the_generator_takes() {
    let text = page("language.md");
    let blocks = blocks(&text, 1);
    let shown: Vec<usize> = (0..blocks.len())
        .filter(|&at| blocks[at].language == "yaml")
        .collect();
    assert!(shown.len() > 15, "only {} examples", shown.len());
    let mut wrong = String::new();
    for at in shown {
        let block = &blocks[at];
        let told = match blocks.get(at + 1) {
            Some(told) if block.wrong && told.language == "text" => told.text.trim_end(),
            _ if block.wrong => "(what is said of it)",
            _ => "",
        };
        let said = block.said();
        if said.trim_end() != told {
            wrong.push_str(&format!("docs/language.md:{}:\n{said}\n", block.line));
        }
    }
    assert!(wrong.is_empty(), "the generator says otherwise:\n{wrong}");
}

/// The list of built-ins is the generator's: each stands in the page, as code.
#[test]
fn it_names_every_built_in_and_type() {
    let text = page("language.md");
    let words = [
        "min", "max", "abs", "clamp", "len", "sum", "contains", "concat", "lower", "found",
        "default", "seconds", "minutes", "hours", "days",
    ];
    for word in words {
        assert!(
            text.contains(&format!("| `{word}(")),
            "`{word}` has no line"
        );
    }
    for word in ["int", "float", "bool", "text", "time", "player", "id"] {
        assert!(
            text.contains(&format!("| `{word}` |")),
            "`{word}` has no line"
        );
    }
}
