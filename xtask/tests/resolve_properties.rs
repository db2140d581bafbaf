//! Whatever a declaration says that is nearly right, resolving it ends with a game or with words: no
//! panic, and never neither.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::sample::Index;
use xtask::generate::{load, resolve};

/// Beside it lie the values of balance tables.
const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../managers.yaml");

/// The project's declaration, and a manager with what it does not use, as one file.
static GAME: LazyLock<String> = LazyLock::new(|| {
    let project = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let read = |path: &str| fs::read_to_string(project.join(path)).unwrap();
    let root = read("managers.yaml").replace("include:", "# ");
    let managers = ["managers/bag.yaml", "managers/weapon.yaml"].map(read);
    let parts = managers
        .each_ref()
        .map(|text| text.split_once("managers:\n").unwrap());
    let [(_, bag), (config, weapon)] = parts;
    format!("{root}\n{config}managers:\n{bag}{weapon}{MORE}")
});

const MORE: &str = r#"
  mail:
    port: 8099
    errors: { gone: [50, gone] }
    tables:
      letter:
        columns: { id: id, player: player, kind: supply_kind, sent: time, share: { type: float, default: 1 }, about: { type: player, optional: true }, seen: { type: bool, default: false } }
        key: [id]
        unique: [[player, sent]]
        index: [[kind]]
    functions:
      post:
        access: internal
        undone_by: forget
        args: { kind: { type: supply_kind, default: coin }, many: list int, about: { type: player, optional: true } }
        errors: { full: [1, full] }
        outcomes: { late: [2, late] }
        steps:
          - insert: letter
            set: { player: caller, kind: args.kind, sent: now + days(1), about: args.about }
            else: full
            as: l
          - let: { most: "max(len(args.many), sum(args.many), args.many[0])", none: "default(args.about, caller)" }
          - if: most > 3 and none != caller
            then:
              - let: { got: 1 }
            else:
              - if: contains(args.many, 3)
                then:
                  - return: { letter: l.id, later: [] }
                    outcome: late
                else:
                  - let: { got: 2.5 * 2 / 3 }
          - return: { letter: l.id, got: "if most > 2 { most % 2 } else { -most }", later: { each: n in args.many, give: n } }
      forget: { access: internal, args: { letter: id }, steps: [{ return: {} }] }
      take_back:
        access: internal
        args: { letter: id }
        steps:
          - get: letter
            where: { id: args.letter }
            or: none
            as: l
          - select: letter
            where: { player: caller, sent: { between: [0, now] }, kind: { in: [iron, coin] } }
            order: [-sent, kind]
            first: 10
            as: rows
          - call: post
            with: { many: [], kind: iron }
            else: { full: gone, invalid: invalid }
            as: p
          - return: { about: l.about, ids: rows.id, p: p, through: { each: "r, i in rows", if: i > 1, give: { at: r.sent, what: [r.kind, i] } } }
"#;

/// The text cut into words and what stands between them.
fn words(text: &str) -> Vec<&str> {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let mut cut = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = rest.find(|c| is_word(c) != is_word(first));
        let (word, after) = rest.split_at(end.unwrap_or(rest.len()));
        cut.push(word);
        rest = after;
    }
    cut
}

fn resolved(text: &str) -> (bool, bool) {
    let mut loaded = load::load_text(Path::new(ROOT), text);
    let game = resolve::resolve(&loaded.sources, &loaded.documents, &mut loaded.diagnostics);
    let declared = loaded
        .documents
        .iter()
        .flat_map(|(_, document)| &document.managers);
    let declared: usize = declared.map(|manager| manager.functions.len()).sum();
    let whole = game
        .managers
        .iter()
        .map(|m| m.functions.len())
        .sum::<usize>()
        == declared;
    // Also shows that every label can be shown.
    loaded.diagnostics.render(&loaded.sources, false);
    (loaded.diagnostics.has_errors(), whole)
}

#[test]
fn the_unchanged_game_has_no_mistake() {
    let mut loaded = load::load_text(Path::new(ROOT), &GAME);
    resolve::resolve(&loaded.sources, &loaded.documents, &mut loaded.diagnostics);
    let said = loaded.diagnostics.render(&loaded.sources, false);
    assert_eq!(said, "");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn words_in_the_place_of_others(changes in prop::collection::vec((any::<Index>(), any::<Index>()), 1..6)) {
        let mut cut = words(&GAME);
        let all: Vec<&str> = cut.iter().copied().filter(|word| word.starts_with(|c: char| c.is_ascii_alphanumeric())).collect::<BTreeSet<_>>().into_iter().collect();
        for (at, word) in changes {
            let places: Vec<usize> = (0..cut.len()).filter(|&at| all.contains(&cut[at])).collect();
            cut[*at.get(places.as_slice())] = *word.get(all.as_slice());
        }
        let (wrong, whole) = resolved(&cut.concat());
        prop_assert!(wrong || whole);
    }

    #[test]
    fn lines_left_out_and_moved(changes in prop::collection::vec((any::<Index>(), any::<Index>(), any::<bool>()), 1..6)) {
        let mut lines: Vec<&str> = GAME.lines().collect();
        for (from, to, moves) in changes {
            let line = lines.remove(from.index(lines.len()));
            if moves {
                lines.insert(to.index(lines.len()), line);
            }
        }
        let (wrong, whole) = resolved(&lines.join("\n"));
        prop_assert!(wrong || whole);
    }
}
