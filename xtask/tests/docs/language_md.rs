//! docs/language.md: its examples are right, and its mistakes are told as it says.

use xtask::generate::{parse, resolve};

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

/// The lists are the generator's own: what it knows and the page does not name is a gap of the page.
#[test]
fn it_names_every_built_in_and_type() {
    let text = page("language.md");
    let mut missing = Vec::new();
    for word in resolve::built_ins() {
        if !text.contains(&format!("| `{word}(")) {
            missing.push(format!("no line of a table for `{word}(...)`"));
        }
    }
    for word in resolve::built_in_types() {
        if !text.contains(&format!("| `{word}` |")) {
            missing.push(format!("no line of a table for the type `{word}`"));
        }
    }
    for word in parse::comparisons() {
        if !text.contains(&format!("`{word}`")) {
            missing.push(format!("no word of the comparison `{word}`"));
        }
    }
    assert!(missing.is_empty(), "docs/language.md: {missing:#?}");
}

#[test]
fn every_step_has_a_section() {
    let text = page("language.md");
    let headings: Vec<&str> = text.lines().filter(|line| line.starts_with('#')).collect();
    let has_section = |step: &str| {
        headings.iter().any(|heading| {
            let named = heading.trim_start_matches('#').split(':').next();
            let mut words = named.unwrap_or_default().split(',');
            words.any(|word| word.trim() == step)
        })
    };
    let missing: Vec<&str> = parse::steps().filter(|step| !has_section(step)).collect();
    assert!(missing.is_empty(), "no heading names {missing:?}");
}

/// Each key is spoken of where its step or declaration is: as `key`, or in the words of a table.
#[test]
fn every_key_is_spoken_of_in_its_section() {
    let text = page("language.md");
    let mut missing = Vec::new();
    for (what, keys) in parse::forms() {
        let section = section_of(&text, what);
        for key in keys {
            if what.trim_matches('`') == *key {
                continue; // The heading names it.
            }
            let spoken_of = section.lines().any(|line| {
                let mut codes = line.split('`').skip(1).step_by(2);
                codes.any(|code| code == *key || code.starts_with(&format!("{key}:")))
            });
            if !spoken_of {
                missing.push(format!("`{key}` of {what}"));
            }
        }
    }
    assert!(missing.is_empty(), "docs/language.md: {missing:#?}");
}

/// The part of the page in which a form of the parser is described; the whole page where the form has
/// none of its own.
fn section_of<'t>(text: &'t str, what: &str) -> &'t str {
    let step = what.trim_matches('`');
    let heading = match what {
        "a file" => "A file",
        "a manager" => "Managers",
        "a table" | "a column" => "Tables",
        "a reference" => "References",
        "a function" => "Functions",
        "an arg" => "Args",
        "a field" => "Records",
        "`each`" => "return",
        _ => step,
    };
    let is_it = |line: &str| {
        let title = line.trim_start_matches('#');
        let named = title.split(':').next().unwrap_or_default();
        line.starts_with("##") && named.split(',').any(|word| word.trim() == heading)
    };
    let mut at = 0;
    let mut begins = None;
    for line in text.split_inclusive('\n') {
        let depth = line.bytes().take_while(|byte| *byte == b'#').count();
        match begins {
            None if is_it(line) => begins = Some((at, depth)),
            Some((start, own)) if (1..=own).contains(&depth) => return &text[start..at],
            _ => {}
        }
        at += line.len();
    }
    begins.map_or(text, |(start, _)| &text[start..])
}
