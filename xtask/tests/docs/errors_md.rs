//! docs/errors.md: an entry for each code, and no other; its example is told by that code alone.

use xtask::generate::diagnostic::Code;

use super::blocks::{blocks, page};

/// Codes without an example: no text of managers.yaml shows them, or a very long one alone.
const WITHOUT_EXAMPLE: [&str; 2] = ["A0101", "A0109"];

/// Code, the line of its heading, and what stands below it.
fn entries(page: &str) -> Vec<(&str, usize, String)> {
    let mut entries: Vec<(&str, usize, String)> = Vec::new();
    for (at, line) in page.lines().enumerate() {
        match (line.strip_prefix("## "), entries.last_mut()) {
            (Some(code), _) => entries.push((code, at + 1, String::new())),
            (None, Some((_, _, text))) => text.push_str(&format!("{line}\n")),
            (None, None) => {}
        }
    }
    entries
}

#[test]
fn every_code_has_an_entry_and_every_entry_a_code() {
    let text = page("errors.md");
    let found: Vec<&str> = entries(&text).into_iter().map(|(code, ..)| code).collect();
    let all: Vec<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
    let lacking: Vec<_> = all.iter().filter(|code| !found.contains(code)).collect();
    assert!(lacking.is_empty(), "docs/errors.md lacks {lacking:?}");
    let unknown: Vec<_> = found.iter().filter(|code| !all.contains(code)).collect();
    assert!(unknown.is_empty(), "no mistake has the code {unknown:?}");
    assert_eq!(found, all, "each once, in order");
}

#[test]
fn every_entry_says_something_and_its_example_shows_it() {
    let text = page("errors.md");
    let mut otherwise = String::new();
    for (code, line, entry) in entries(&text) {
        assert!(
            entry.trim().len() > 30,
            "docs/errors.md:{line}: {code} says nothing"
        );
        let blocks = blocks(&entry, line + 1);
        let has_example = blocks.iter().any(|block| block.wrong);
        assert_eq!(
            has_example,
            !WITHOUT_EXAMPLE.contains(&code),
            "docs/errors.md:{line}: the example of {code}"
        );
        for block in blocks {
            let codes = block.codes();
            let right = match block.wrong {
                true => !codes.is_empty() && codes.iter().all(|found| found == code),
                false => codes.is_empty(),
            };
            if !right {
                otherwise.push_str(&format!(
                    "docs/errors.md:{}:\n{}\n",
                    block.line,
                    block.said()
                ));
            }
        }
    }
    assert!(
        otherwise.is_empty(),
        "the generator says otherwise:\n{otherwise}"
    );
}
