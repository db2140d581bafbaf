//! The hash of what a function means: what changes it, and what does not.

use std::collections::BTreeMap;
use std::fs;

use xtask::generate::{emit, load, resolve};

const GAME: &str = r#"
game: small
time_zone: UTC
enums:
  kind: [iron, coin]
  rank: { low: 1, high: 2 }
types:
  part: { kind: kind, amount: int }
config:
  prices: map kind int
formulas:
  price_of: { args: { n: int }, is: "twice(n) + 1" }
  twice: { args: { n: int }, is: "n * 2" }
managers:
  bag:
    port: 9000
    tables:
      supply:
        doc: What they hold.
        columns:
          player: player
          kind: kind
          amount: { type: int, min: 0, default: 0 }
        key: [player, kind]
    functions:
      add:
        access: internal
        args: { kind: kind, n: int }
        steps:
          - get: supply
            where: { player: caller, kind: args.kind }
            or: default
            as: s
          - save: s
            set: { amount: s.amount + args.n }
          - return: { now: s.amount }
      spend:
        doc: Takes some.
        access: internal
        undone_by: add
        args: { kind: kind, n: int }
        errors: { poor: [30, too poor] }
        steps:
          - get: supply
            where: { player: caller, kind: args.kind }
            else: poor
            as: s
          - require: s.amount >= args.n
            else: poor
          - save: s
            set: { amount: s.amount - args.n }
          - return: {}
  shop:
    port: 9001
    functions:
      buy:
        steps:
          - call: bag.spend
            with: { kind: iron, n: price_of(3) }
          - return: {}
      price:
        args: { kind: kind }
        steps:
          - return: { price: "config.prices[args.kind]" }
      ranks:
        args: { rank: rank, part: part }
        steps:
          - return: { rank: args.rank, part: args.part }
      idle:
        steps: [{ return: {} }]
"#;

/// Who means something else where anything of `bag` does.
const OF_BAG: &[&str] = &["add", "spend", "buy"];

/// The hash of each function of a game.
fn declarations(game: &str) -> BTreeMap<String, String> {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("config")).expect("a folder in it");
    fs::write(folder.path().join("config/prices.yaml"), "iron: 1\n").expect("its values");
    let mut loaded = load::load_text(&folder.path().join("managers.yaml"), game);
    let game = resolve::resolve(&loaded.sources, &loaded.documents, &mut loaded.diagnostics);
    let said = loaded.diagnostics.render(&loaded.sources, false);
    assert!(!loaded.diagnostics.has_errors(), "{said}");
    let files = emit::emit(&game, &loaded.sources);
    let managers = ["part-0/src/bag.rs", "part-0/src/shop.rs"];
    let parts = managers
        .iter()
        .flat_map(|file| files[*file].split("declaration = \"").skip(1));
    let declared = parts.map(|part| {
        let (hash, rest) = part.split_once('"').expect("its end");
        let (_, rest) = rest.split_once("pub async fn ").expect("a function");
        let (name, _) = rest.split_once('(').expect("its args");
        assert!(
            hash.len() == 16 && hash.bytes().all(|it| it.is_ascii_hexdigit()),
            "{hash}"
        );
        (name.to_owned(), hash.to_owned())
    });
    declared.collect()
}

/// The functions that mean something else where `from` is replaced by `to`.
fn changed(from: &str, to: &str) -> Vec<String> {
    assert_eq!(GAME.matches(from).count(), 1, "{from}");
    let (before, after) = (declarations(GAME), declarations(&GAME.replace(from, to)));
    let known = before.iter().filter(|(name, _)| after.contains_key(*name));
    let changed = known.filter(|(name, hash)| after[*name] != **hash);
    changed.map(|(name, _)| name.clone()).collect()
}

/// The same names, in any order.
fn assert_changed(from: &str, to: &str, expected: &[&str]) {
    let mut expected: Vec<_> = expected.iter().map(|name| (*name).to_owned()).collect();
    expected.sort();
    assert_eq!(changed(from, to), expected, "{from} => {to}");
}

#[test]
fn each_function_has_its_own() {
    let mut hashes: Vec<_> = declarations(GAME).into_values().collect();
    assert_eq!(hashes.len(), 6);
    hashes.sort();
    hashes.dedup();
    assert_eq!(hashes.len(), 6);
}

#[test]
fn places_comments_docs_and_ports_change_nothing() {
    assert_changed("time_zone: UTC", "# Above all.\n\n\ntime_zone: UTC", &[]);
    assert_changed(
        "      add:",
        "      # Adds.\n      add:\n        doc: Adds.",
        &[],
    );
    assert_changed("doc: Takes some.", "doc: Takes a few.", &[]);
    assert_changed("doc: What they hold.", "doc: What each holds.", &[]);
    assert_changed("port: 9000", "port: 9005", &[]);
    assert_changed(
        "set: { amount: s.amount + args.n }",
        "set:\n              amount:   s.amount   +   args.n",
        &[],
    );
}

#[test]
fn what_stands_beside_a_function_changes_nothing() {
    // Neither an enum that comes before the others, nor a function, a manager, an index.
    assert_changed("  kind: [", "  aaa: [iron, coin]\n  kind: [", &[]);
    assert_changed(
        "      add:",
        "      aaa: { steps: [{ return: {} }] }\n      add:",
        &[],
    );
    assert_changed("managers:", "managers:\n  aaa: { port: 9009 }", &[]);
    assert_changed(
        "      idle:",
        "      calls: { steps: [{ call: price, with: { kind: iron } }, { return: {} }] }\n      idle:",
        &[],
    );
    assert_changed(
        "key: [player, kind]",
        "key: [player, kind]\n        index: [[kind]]",
        &[],
    );
}

#[test]
fn steps_change_a_function_and_its_callers() {
    assert_changed("s.amount >= args.n", "s.amount > args.n", &["spend", "buy"]);
    assert_changed("[30, too poor]", "[31, too poor]", &["spend", "buy"]);
    assert_changed("with: { kind: iron, n", "with: { kind: coin, n", &["buy"]);
    // What takes a function back, too.
    assert_changed("s.amount + args.n", "s.amount + args.n + 1", OF_BAG);
}

#[test]
fn columns_enums_records_tables_and_formulas_are_a_part_of_it() {
    assert_changed("min: 0, default: 0", "min: 0, max: 99, default: 0", OF_BAG);
    assert_changed(
        "          kind: kind\n",
        "          kind: kind\n          note: { type: text, optional: true }\n",
        OF_BAG,
    );
    assert_changed(
        "kind: [iron, coin]",
        "kind: [iron, coin, gold]",
        &["add", "spend", "buy", "price", "ranks"],
    );
    assert_changed("high: 2", "high: 3", &["ranks"]);
    assert_changed(
        "part: { kind: kind, amount: int }",
        "part: { kind: kind, amount: text }",
        &["ranks"],
    );
    assert_changed("prices: map kind int", "prices: map kind float", &["price"]);
    assert_changed("n * 2", "n * 3", &["buy"]);
}
