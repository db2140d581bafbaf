//! The YAML in the documentation: what is shown must be what the generator takes, and what is shown
//! as wrong must be refused in the words beside it.
//!
//! The info string of a fenced block says how much of a file it is: `yaml` alone is a whole file, and
//! `yaml manager`, `yaml function`, `yaml steps` and the like are parts, put into a small game. `wrong`
//! behind it marks a block that has mistakes.

use std::fs;
use std::path::{Path, PathBuf};

use xtask::generate::check_text;

/// What stands around a part.
const AROUND: [(&str, &str); 8] = [
    (
        "file",
        "game: example\n@\nmanagers: { other: { port: 9000 } }\n",
    ),
    ("managers", "game: example\n@\n"),
    (
        "table",
        "game: example\nenums: { supply_kind: [iron, coin] }\nmanagers:\n  bag:\n    port: 8082\n    tables:\n      @\n",
    ),
    (
        "manager",
        "game: example\nenums: { supply_kind: [iron, coin] }\nmanagers:\n  bag:\n    port: 8082\n    @\n",
    ),
    ("function", FUNCTION),
    ("args", ARGS),
    ("steps", STEPS),
    ("last", LAST),
];

const TABLES: &str = "    tables:
      supply:
        columns:
          player: player
          item: supply_kind
          amount: { type: int, min: 0, default: 0 }
        key: [player, item]
      weapon:
        columns:
          player: player
          weapon: { type: text, max: 32 }
          level: { type: int, min: 0, max: 100, default: 0 }
          gained: { type: time, default: 0 }
          note: { type: text, max: 40, optional: true }
        key: [player, weapon]
        index: [[weapon, level]]
      mail:
        columns:
          id: id
          player: player
          subject: { type: text, max: 40 }
        key: [id]
        unique: [[player, subject]]
";

const HEAD: &str = "game: example
enums:
  supply_kind: [iron, coin, diamonds]
  family_rank: { basic: 0, elite: 4, owner: 10 }
managers:
  other:
    port: 9000
    functions:
      give_back:
        access: internal
        args: { item: supply_kind, amount: { type: int, min: 1 } }
        errors: { full: [7, full] }
        steps:
          - require: args.amount < 100
            else: full
          - return: { left: args.amount }
  bag:
    port: 8082
";

const FUNCTION: &str = "{HEAD}{TABLES}    functions:
      @
";

const ARGS: &str = "{HEAD}{TABLES}    functions:
      example:
        args:
          @
        steps:
          - return: {}
";

const STEPS: &str = "{HEAD}{TABLES}    functions:
      example:
        args: { item: supply_kind, weapon: { type: text, max: 32 }, amount: int, rank: family_rank, note: { type: text, max: 40, optional: true }, friend: { type: player, optional: true }, items: list supply_kind }
        errors: { not_enough: [2, not enough], no_weapon: [1, no such weapon], sent: [3, sent before] }
        outcomes: { held: [4, held already] }
        steps:
          @
          - return: {}
";

const LAST: &str = "{HEAD}{TABLES}    functions:
      example:
        args: { item: supply_kind, weapon: { type: text, max: 32 }, amount: int }
        outcomes: { held: [4, held already] }
        steps:
          - get: supply
            where: { player: caller, item: args.item }
            or: default
            as: s
          - select: supply
            where: { player: caller }
            as: rows
          @
";

/// A fenced block of a page.
pub struct Block {
    /// The first words behind the fence, such as `yaml`.
    pub language: String,
    /// Which part of a file it is; `None` for a whole one.
    part: Option<String>,
    /// Whether it is shown as a mistake.
    pub wrong: bool,
    /// What stands in it.
    pub text: String,
    /// The page's line on which it begins.
    pub line: usize,
}

impl Block {
    /// What the generator says of it, as a managers.yaml of this folder, whose `config` holds the
    /// values of balance tables.
    pub fn said(&self) -> String {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/docs");
        check_text(&folder.join("managers.yaml"), &self.whole())
    }

    /// The codes of what the generator says of it.
    pub fn codes(&self) -> Vec<String> {
        let said = self.said();
        let heads = said.lines().filter_map(|line| {
            let rest = line
                .strip_prefix("error[")
                .or(line.strip_prefix("warning["));
            rest?.split_once(']').map(|(code, _)| code.to_owned())
        });
        heads.collect()
    }

    fn whole(&self) -> String {
        let Some(part) = &self.part else {
            return self.text.clone();
        };
        let (_, around) = AROUND
            .iter()
            .find(|(name, _)| name == part)
            .unwrap_or_else(|| panic!("line {}: no part is called `{part}`", self.line));
        let around = around.replace("{HEAD}", HEAD).replace("{TABLES}", TABLES);
        let mut whole = String::new();
        for line in around.lines() {
            match line.strip_suffix('@') {
                Some(indent) => {
                    for line in self.text.lines() {
                        whole.push_str(&format!("{indent}{line}\n"));
                    }
                }
                None => whole.push_str(&format!("{line}\n")),
            }
        }
        whole
    }
}

/// A page of the folder `docs`.
pub fn page(name: &str) -> String {
    let path: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../docs")
        .join(name);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The fenced blocks of a text whose first line is the page's line `first`.
pub fn blocks(text: &str, first: usize) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Option<Block> = None;
    for (at, line) in text.lines().enumerate() {
        match (line.strip_prefix("```"), &mut open) {
            (Some(info), None) => {
                let mut words: Vec<&str> = info.split_whitespace().collect();
                let wrong = words.last() == Some(&"wrong");
                words.truncate(words.len() - usize::from(wrong));
                open = Some(Block {
                    language: words.first().copied().unwrap_or_default().to_owned(),
                    part: words.get(1).map(|word| (*word).to_owned()),
                    wrong,
                    text: String::new(),
                    line: first + at,
                });
            }
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (None, Some(block)) => block.text.push_str(&format!("{line}\n")),
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "a block is not closed");
    blocks
}
