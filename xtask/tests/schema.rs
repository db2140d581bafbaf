//! The schema for editors: it takes what the generator takes, and refuses what a parser refuses.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use jsonschema::Validator;
use serde_json::Value;
use xtask::generate::beside::{self, SCHEMA};
use xtask::generate::command::understand;
use xtask::generate::{check_text, parse};

fn schema() -> Value {
    serde_json::from_str(SCHEMA).expect("JSON")
}

fn validator() -> Validator {
    let schema = schema();
    assert!(jsonschema::draft7::meta::is_valid(&schema));
    jsonschema::draft7::new(&schema).expect("a schema")
}

/// What the schema has against a text.
fn mistakes(validator: &Validator, yaml: &str) -> Vec<String> {
    let value: Value = match serde_yaml::from_str(yaml) {
        Ok(value) => value,
        Err(error) => return vec![error.to_string()],
    };
    let errors = validator.iter_errors(&value);
    errors
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect()
}

fn package() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every YAML file under a folder, or the file itself.
fn yaml_files(path: &Path) -> Vec<PathBuf> {
    if path.is_dir() {
        let entries = fs::read_dir(path).expect("a folder");
        let paths = entries.map(|entry| entry.expect("an entry").path());
        return paths.flat_map(|path| yaml_files(&path)).collect();
    }
    let is_yaml = path
        .extension()
        .is_some_and(|extension| extension == "yaml");
    is_yaml.then(|| path.to_owned()).into_iter().collect()
}

#[test]
fn what_the_generator_takes_is_valid() {
    let validator = validator();
    let project = package().join("..");
    let places = [
        project.join("managers.yaml"),
        project.join("managers"),
        project.join("tests/chaos/managers.yaml"),
        project.join("tests/chaos/managers"),
        package().join("tests/emit/language"),
    ];
    let files = places.iter().flat_map(|place| yaml_files(place));
    // The values of balance tables are of the game's own types.
    let files = files.filter(|file| {
        !file
            .parent()
            .is_some_and(|folder| folder.ends_with("config"))
    });
    let files: Vec<_> = files.collect();
    assert!(files.len() >= 4, "{files:?}");
    for file in files {
        let text = fs::read_to_string(&file).expect("text");
        let mistakes = mistakes(&validator, &text);
        assert!(mistakes.is_empty(), "{}: {mistakes:#?}", file.display());
    }
}

/// Of the parser's own fixtures, those whose mistakes are of form alone.
#[test]
fn mistakes_of_form_are_seen() {
    let validator = validator();
    for fixture in [
        "A0201_unknown_keys",
        "A0202_shapes",
        "A0202_steps",
        "A0203_missing",
        "A0204_empty",
        "A0205_names",
        "A0207_numbers",
        "A0208_steps",
        "A0209_two",
        "A0210_both",
        "A0211_words",
    ] {
        let path = package().join(format!("tests/diagnostics/{fixture}.yaml"));
        let text = fs::read_to_string(&path).expect("text");
        assert!(!mistakes(&validator, &text).is_empty(), "{fixture}");
    }
}

const GAME: &str = "
game: small
time_zone: UTC
enums:
  kind: [iron, coin]
  rank: { basic: 0, owner: 10 }
errors: { none: [30, there is none] }
managers:
  bag:
    doc: What players carry.
    port: 8082
    tables:
      supply:
        columns:
          player: player
          item: { type: kind, index: true }
          amount: { type: int, min: 0, default: 0 }
        key: [player, item]
        index: [[amount]]
    functions:
      move:
        access: internal
        args: { item: kind, note: { type: text, max: 5, optional: true } }
        outcomes: { little: [1, not much] }
        undone_by: bag.undo
        steps:
          - get: supply
            where: { player: caller, item: args.item }
            or: default
            as: s
          - select: supply
            where: { player: caller, amount: { gt: 5, between: [1, 9] } }
            order: [-amount]
            first: 10
            as: rows
          - if: s.amount > 0
            then:
              - return: { left: 0, rows: { each: r in rows, if: r.amount > 1, give: 1 } }
                outcome: little
            else:
              - save: s
                set: { amount: s.amount + 1 }
          - insert: supply
            set: { player: caller, item: iron }
            or: ignore
          - call: bag.other
            with: { item: iron }
            else: { none: none }
            as: other
          - let: { x: [1, 2], y: len(x) }
          - require: y > 0
            else: none
            data: { left: y }
          - return: { left: s.amount, rows: { each: 'r, i in rows', give: i } }
      other:
        access: internal
        args: { item: kind }
        steps:
          - require: args.item == iron
            else: none
          - return: {}
      undo:
        access: internal
        args: { item: kind }
        steps: [{ return: {} }]
";

/// Each is one change of the game above, and a mistake.
const MISTAKES: &[(&str, &str)] = &[
    ("game: small", "gmae: small"),
    ("game: small\n", ""),
    ("time_zone: UTC", "include: more/*.yaml"),
    (
        "time_zone: UTC",
        "time_zone: UTC\ninclude: { more: '*.yaml' }",
    ),
    ("kind: [iron, coin]", "kind: iron"),
    ("kind: [iron, coin]", "kind: []"),
    ("owner: 10", "owner: ten"),
    ("[30, there is none]", "[30]"),
    ("[30, there is none]", "[30, there is none, really]"),
    ("[30, there is none]", "[there is none, 30]"),
    ("[30, there is none]", "[-1, there is none]"),
    ("port: 8082", "port: 70000"),
    ("port: 8082", "port: bag"),
    ("    port: 8082\n", ""),
    ("player: player", "player: list"),
    ("player: player", "player: map text"),
    ("player: player", "player: 7"),
    ("player: player", "2player: player"),
    ("type: kind, index: true", "index: true"),
    ("index: true", "index: yes please"),
    ("index: true", "indexed: true"),
    ("min: 0", "min: none"),
    ("key: [player, item]", "key: player"),
    ("        key: [player, item]\n", ""),
    ("index: [[amount]]", "index: [amount]"),
    ("access: internal", "access: private"),
    ("optional: true", "optinal: true"),
    ("undone_by: bag.undo", "undone_by: a.b.c"),
    ("or: default", "or: nothing"),
    ("            or: default\n", ""),
    ("or: default", "else: none\n            or: default"),
    ("gt: 5", "gte: 5"),
    ("between: [1, 9]", "between: [1]"),
    ("order: [-amount]", "order: -amount"),
    ("order: [-amount]", "order: [amount desc]"),
    ("- if: s.amount > 0", "- when: s.amount > 0"),
    ("r in rows, if", "r of rows, if"),
    (", give: 1", ""),
    ("outcome: little", "outcom: little"),
    ("- save: s", "- save: s\n                let: { z: 1 }"),
    ("or: ignore", "or: default"),
    ("with: { item: iron }", "with: iron"),
    ("- let: { x: [1, 2], y: len(x) }", "- let: x"),
    (
        "            else: none\n            data",
        "            data",
    ),
];

#[test]
fn each_mistake_alone_is_seen() {
    let validator = validator();
    assert_eq!(mistakes(&validator, GAME), Vec::<String>::new());
    let said = check_text(Path::new("managers.yaml"), GAME);
    assert!(!said.contains("error["), "{said}");
    for (right, wrong) in MISTAKES {
        assert!(GAME.contains(right), "{right}");
        let changed = GAME.replacen(right, wrong, 1);
        let seen = mistakes(&validator, &changed);
        assert!(!seen.is_empty(), "{right:?} as {wrong:?} is valid");
        // What an editor underlines, `gen` refuses too.
        let said = check_text(Path::new("managers.yaml"), &changed);
        assert!(said.contains("error["), "{wrong:?} is no mistake:\n{said}");
    }
}

/// What is said of a wrong step, or of a type that there is not, is about that step and that type.
#[test]
fn a_mistake_is_told_by_what_is_wrong() {
    let validator = validator();
    for (right, wrong, told) in [
        ("- save: s\n", "- save: s\n                to: 5\n", "'to'"),
        ("            or: default\n", "", "\"else\""),
        ("or: default", "else: none\n            or: default", "else"),
        ("- if: s.amount > 0", "- when: s.amount > 0", "'when'"),
        ("- if: s.amount > 0", "- fi: s.amount > 0", "'fi'"),
        ("            as: rows\n", "            sa: rows\n", "'sa'"),
        ("outcome: little", "outcom: little", "'outcom'"),
        (
            "        steps: [{ return: {} }]\n",
            "        doc: no steps\n",
            "\"steps\"",
        ),
    ] {
        assert!(GAME.contains(right), "{right}");
        let changed = GAME.replacen(right, wrong, 1);
        let seen = mistakes(&validator, &changed).join("\n");
        assert!(seen.contains(told), "{wrong}: {seen}");
        assert!(
            !seen.contains("any of the") && !seen.contains("more than one of"),
            "{seen}"
        );
    }
}

/// An editor knows the types of the game: its enums and records.
#[test]
fn only_types_of_the_game_are_types() {
    let folder = tempfile::tempdir().expect("a folder");
    let game = GAME.replacen("enums:", "types: { prize: { kind: kind } }\nenums:", 1);
    fs::write(folder.path().join("managers.yaml"), &game).expect("a file");
    let mut said = Vec::new();
    let understood = understand(folder.path(), &mut said).expect("reads");
    let (understood, _) =
        understood.unwrap_or_else(|| panic!("{}", String::from_utf8_lossy(&said)));
    let schema: Value = serde_json::from_str(&beside::schema(&understood)).expect("JSON");
    let validator = jsonschema::draft7::new(&schema).expect("a schema");
    assert_eq!(mistakes(&validator, &game), Vec::<String>::new());
    for (ty, right) in [
        ("kind", true),
        ("list prize", true),
        ("map kind list prize", true),
        ("map text map int kind", true),
        ("knid", false),
        ("list kinds", false),
        ("kindred", false),
        ("map prize int", false),
        ("map float int", false),
        ("integer", false),
        ("list", false),
    ] {
        let changed = game.replacen(
            "args: { item: kind }",
            &format!("args: {{ item: {ty} }}"),
            1,
        );
        let seen = mistakes(&validator, &changed);
        assert_eq!(seen.is_empty(), right, "{ty}: {seen:?}");
    }
}

/// Completion offers every key of the language, and nothing else.
#[test]
fn it_has_the_keys_that_the_parser_knows() {
    let schema = schema();
    for (what, keys) in parse::forms() {
        let name = what.trim_start_matches("an ").trim_start_matches("a ");
        let form =
            &schema["definitions"][name.trim_matches('`').split(" of ").next().unwrap_or(name)];
        let form = form.get("then").unwrap_or(form);
        let properties = form["properties"].as_object();
        let properties = properties.unwrap_or_else(|| panic!("no definition of {what}"));
        let properties: BTreeSet<_> = properties.keys().map(String::as_str).collect();
        assert_eq!(properties, keys.iter().copied().collect(), "{what}");
    }
}

#[test]
fn every_property_is_described() {
    let schema = schema();
    let definitions = schema["definitions"].as_object().expect("definitions");
    let described = |value: &Value| {
        let target = value["$ref"]
            .as_str()
            .map(|path| path.trim_start_matches('#'));
        let target = target
            .and_then(|path| schema.pointer(path))
            .unwrap_or(value);
        !value["description"].is_null() || !target["description"].is_null()
    };
    for (name, definition) in definitions {
        let form = definition.get("then").unwrap_or(definition);
        let properties = form["properties"].as_object().into_iter().flatten();
        for (key, value) in properties {
            assert!(described(value), "{name}.{key}");
        }
    }
}
