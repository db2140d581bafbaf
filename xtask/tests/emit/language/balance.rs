//! Runs managers/balance.yaml: balance tables in expressions and steps, and what happens when their
//! files change.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use aliya_runtime::config::{ConfigError, Reloaded, Store};
use aliya_runtime::group::{Group, GroupError};
use serde_json::{Value, json};

use super::{NoPeers, Server, config, the_game};

/// Copies the values into a folder that a test may write to; gives their folder.
pub fn copy(to: &Path) -> PathBuf {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("../xtask/tests/emit/language/config");
    let to = to.join("config");
    fs::create_dir(&to).expect("a new folder");
    for entry in fs::read_dir(from).expect("the values") {
        let entry = entry.expect("an entry");
        fs::copy(entry.path(), to.join(entry.file_name())).expect("copies");
    }
    to
}

impl Server {
    /// Writes a balance table's file; what the server makes of it.
    fn change(&self, table: &str, text: &str) -> Reloaded {
        let path = self.folder.path().join(format!("config/{table}.yaml"));
        fs::write(path, text).expect("writes");
        self.config.reload()
    }

    async fn read(&self) -> Value {
        let args = json!({"exp": 100, "stage": 7, "hero": "mage"});
        self.ok("read", args).await.1
    }
}

fn what(reloaded: Reloaded) -> String {
    match reloaded {
        Reloaded::Kept(error) => error.to_string(),
        other => panic!("not kept: {other:?}"),
    }
}

#[tokio::test]
async fn values_of_every_kind_are_read() {
    let server = Server::start().await;
    let expected = json!({
        "level": 2,
        "steps": 3,
        "first": 0,
        "name": "1984",
        "rank": 10,
        "has": 1,
        "stages": [1, 7],
        "strength": 4,
        "strengths": [4, 9],
        "pool": [["iron", 3]],
        "doubled": [0, 201, 502],
        "bosses": [[1, "nobody"], [7, "Dragon"]],
        "gift": {"what": "gold_2", "amount": 2},
        "what": "gold_2",
        "type": "meadow",
        "last": 9,
    });
    assert_eq!(server.read().await, expected);
    let forged = server.ok("forge", json!({"iron": 55, "level": 3})).await;
    let expected = json!({"gained": 2, "half": 30.0, "since": 1_795_276_800_000_i64});
    assert_eq!(forged, (0, expected));
}

#[tokio::test]
async fn what_is_not_in_a_table_is_a_fault_outside_of_get() {
    let server = Server::start().await;
    let missing = json!({"exp": 0, "stage": 2, "hero": "mage"});
    let said = server.fault("read", missing).await;
    assert!(said.contains("managers/balance.yaml:"), "{said}");
    assert!(said.ends_with(": config.stages[args.stage]"), "{said}");
    let beyond = json!({"exp": 0, "stage": 1, "hero": "mage", "at": 2});
    let said = server.fault("read", beyond).await;
    assert!(
        said.ends_with("config.heroes[args.hero][args.at]"),
        "{said}"
    );
}

#[tokio::test]
async fn get_says_what_happens_where_nothing_is() {
    let server = Server::start().await;
    let entered = server.ok("enter", json!({"stage": 1, "level": 1})).await.1;
    let expected = json!({"name": "Meadow!", "tries": 3, "exp": 100, "known": 1, "strong": [4, 9]});
    assert_eq!(entered, expected);
    let unknown = json!({"stage": 7, "hero": "healer"});
    let entered = server.ok("enter", unknown).await.1;
    assert_eq!(
        (&entered["known"], &entered["strong"]),
        (&json!(0), &json!([]))
    );
    let none = server.failed("enter", json!({"stage": 2})).await;
    assert_eq!(none, (72, json!({"stage": 2})));
    for level in [3, -1] {
        let none = server
            .failed("enter", json!({"stage": 1, "level": level}))
            .await;
        assert_eq!(none, (73, Value::Null));
    }
}

#[tokio::test]
async fn parts_of_what_may_be_absent_may_be_absent() {
    let server = Server::start().await;
    let best = json!({"what": "iron", "amount": 4});
    let peeked = server.ok("peek", json!({"stage": 7, "best": best})).await.1;
    let spoils = json!([{"what": "none", "amount": 9}, {"what": "gold_2", "amount": 1}]);
    let expected = json!({"name": "1984", "boss": "Dragon", "tries": 2, "spoils": spoils, "rank": 10,
        "has_boss": 1, "amount": 4, "what": "iron"});
    assert_eq!(peeked, expected);
    let meadow = server.ok("peek", json!({"stage": 1})).await.1;
    assert_eq!(
        (&meadow["boss"], &meadow["has_boss"]),
        (&json!("nobody"), &json!(0))
    );
    let none = server.ok("peek", json!({"stage": 2})).await.1;
    let expected = json!({"boss": "nobody", "tries": 1, "has_boss": 0, "amount": -1});
    assert_eq!(none, expected);
}

#[tokio::test]
async fn values_go_into_rows_filters_and_loops() {
    let server = Server::start().await;
    let hired = server.ok("hire", json!({"kind": "knight"})).await.1;
    assert_eq!(hired["best"], 2);
    assert_eq!(hired["kinds"], json!(["knight"]));
    assert_eq!(hired["long"], json!(["Meadow"]));
    assert!(["iron", "self"].contains(&hired["drawn"].as_str().unwrap()));
}

#[tokio::test]
async fn formulas_are_functions_of_their_args() {
    let server = Server::start().await;
    let args = json!({"exp": 120, "levels": 3, "from": -259_200_000_i64, "kind": "mage"});
    let reckoned = server.ok("reckon", args).await.1;
    let expected = json!({
        "level": 2,
        "cost": 30,
        "whole": 30,
        "power": 9,
        "greeting": "Welcome, Ann ann!",
        "days": 3,
        "late": 0,
        "spoils": [3, 2],
        "boss": "Dragon",
        "over": 1,
        "half": 2.5,
        "seven": 49,
        "drawn": 1,
    });
    assert_eq!(reckoned, expected);
    let none = server.ok("reckon", json!({"exp": 0})).await.1;
    assert_eq!(none["cost"], 40);
    assert_eq!(server.failed("reckon", json!({"exp": -1})).await.0, 74);
    // They read the tables of the request.
    assert_eq!(server.change("levels", "[1000]\n"), Reloaded::Changed);
    assert_eq!(server.failed("reckon", json!({"exp": 120})).await.0, 74);
}

#[tokio::test]
async fn a_formula_that_overflows_says_where() {
    let server = Server::start().await;
    let args = json!({"exp": 1, "levels": i64::MAX});
    let said = server.fault("reckon", args).await;
    let expected = "managers/balance.yaml:27:76: levels * config.forge.iron_per_level";
    assert!(said.ends_with(expected), "{said}");
}

#[tokio::test]
async fn a_changed_file_holds_from_the_next_request_on() {
    let server = Server::start().await;
    assert_eq!(server.config.reload(), Reloaded::Unchanged);
    assert_eq!(server.change("type", "wood and iron\n"), Reloaded::Changed);
    assert_eq!(server.read().await["type"], "wood and iron");
    assert_eq!(server.config.reload(), Reloaded::Unchanged);
    let both = server.ok("twice", json!({})).await.1;
    assert_eq!(
        both,
        json!({"inner": "wood and iron", "outer": "wood and iron"})
    );
}

#[tokio::test]
async fn a_bad_file_keeps_all_old_values_and_is_told_once() {
    let server = Server::start().await;
    let before = server.read().await;
    // A right change beside a wrong one is kept back, too: values belong together.
    fs::write(server.folder.path().join("config/type.yaml"), "hill\n").unwrap();
    let said = what(server.change("levels", "- 0\n- many\n"));
    assert!(said.contains("config/levels.yaml:2:3: [1]: "), "{said}");
    assert!(said.contains("`many` is not a whole number"), "{said}");
    assert_eq!(server.config.reload(), Reloaded::Unchanged);
    assert_eq!(server.read().await, before);
    assert_eq!(server.change("levels", "[0, 100]\n"), Reloaded::Changed);
    let after = server.read().await;
    assert_eq!(
        (&after["type"], &after["steps"]),
        (&json!("hill"), &json!(2))
    );
    // A file that is gone is as bad.
    fs::remove_file(server.folder.path().join("config/gift.yaml")).unwrap();
    assert!(what(server.config.reload()).contains("config/gift.yaml: "));
    assert_eq!(server.read().await, after);
}

#[tokio::test]
async fn a_value_that_does_not_fit_is_told_with_its_place() {
    let server = Server::start().await;
    let forge = "max_level: 1\nfactor: 1\nopen: true\nsince: 0\n";
    for (table, text, expected) in [
        ("levels", "5\n", ":1:1: `5` is not a list"),
        (
            "levels",
            "[1, \"2\"]\n",
            ":1:5: [1]: the text \"2\" is not a whole number",
        ),
        (
            "levels",
            "[1.5]\n",
            ":1:2: [0]: `1.5` is not a whole number",
        ),
        (
            "levels",
            "[9223372036854775808]\n",
            "`9223372036854775808` is not a whole number of 64 bits",
        ),
        ("levels", "", "expected a list"),
        ("levels", "[1\n", "levels.yaml:"),
        ("forge", forge, "the field `iron_per_level` is missing"),
        (
            "forge",
            &format!("{forge}iron_per_level: 1\niron: 2\n"),
            ":6:1: there is no field `iron`",
        ),
        (
            "forge",
            &format!("{forge}factor: 2\n"),
            "the key `factor` stands there twice",
        ),
        (
            "forge",
            &format!("{forge}iron_per_level: 1\n").replace("true", "yes"),
            "open: `yes` is not true or false",
        ),
        (
            "heroes",
            "thief: [1]\n",
            ":1:1: `thief` is not one of knight, mage, healer",
        ),
        (
            "heroes",
            "mage: [1]\nmage: [2]\n",
            ":2:1: the key `mage` stands there twice",
        ),
        ("stages", "one: {}\n", "`one` is not a whole number"),
        (
            "stages",
            "1: { name: a, rank: basic, tries: 1, spoils: [{ what: gold, amount: 1 }] }\n",
            "[0].what: `gold` is not one of none, self, iron, gold_2",
        ),
        (
            "stages",
            "1: { name: a, rank: 4, tries: 1, spoils: [] }\n",
            "`4` is not one of owner, basic, elite",
        ),
        (
            "gift",
            "{ what: iron, amount: ~ }\n",
            "nothing stands there, expected a whole number",
        ),
    ] {
        let path = server.folder.path().join(format!("config/{table}.yaml"));
        let before = fs::read_to_string(&path).unwrap();
        let said = what(server.change(table, text));
        assert!(said.contains(expected), "{table}: {text}\n{said}");
        assert_eq!(
            server.change(table, &format!("{before}# mended\n")),
            Reloaded::Changed
        );
    }
}

#[tokio::test]
async fn every_bad_file_is_told_at_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let values = copy(folder.path());
    fs::write(values.join("levels.yaml"), "[one]\n").unwrap();
    fs::remove_file(values.join("pool.yaml")).unwrap();
    let Err(ConfigError(problems)) = Store::open(&config::CONFIG, &values) else {
        panic!("opens");
    };
    let said: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said[0].contains("levels.yaml:1:2: [0]: "), "{said:?}");
    assert!(
        said[1].contains("pool.yaml: ") && said[1].contains("setting `config_dir`"),
        "{said:?}"
    );

    let db = super::open(&folder.path().join("game.sqlite")).await;
    let none = Group::start(the_game(), &[], db, Arc::new(NoPeers)).await;
    assert!(matches!(none, Err(GroupError::NoConfig)));
}
