//! Runs what the emitter wrote for the game beside this file, over each database: a test of
//! aliya-runtime, which is what that code needs.

#![allow(
    missing_docs,
    unused_comparisons,
    clippy::absurd_extreme_comparisons,
    clippy::manual_range_contains,
    clippy::map_identity,
    clippy::collapsible_if,
    clippy::needless_late_init,
    clippy::unnecessary_lazy_evaluations,
    clippy::useless_vec
)]

use std::path::Path;
use std::sync::Arc;

use aliya_runtime::call::{PeerCall, Peers, Request};
use aliya_runtime::config::Store;
use aliya_runtime::db::migrate::How;
use aliya_runtime::db::{Db, Options};
use aliya_runtime::function::Game;
use aliya_runtime::group::Group;
use aliya_runtime::random::Seeds;
use aliya_runtime::{Answer, BoxFuture, PlayerId, Stop, Time};
use aliya_test_servers::Kind;
use serde_json::{Value, json};

// All that is generated, as it lies there. Here one crate stands for its packages.
extern crate self as generated_part_0;
extern crate self as generated_part_1;
extern crate self as generated_shared;
#[path = "generated/src/lib.rs"]
#[rustfmt::skip]
pub mod root_of_all;
#[path = "generated/part-0/src/lib.rs"]
#[rustfmt::skip]
pub mod root_of_part;
#[path = "generated/part-1/src/lib.rs"]
#[rustfmt::skip]
pub mod root_of_part_1;
#[path = "generated/shared/src/lib.rs"]
#[rustfmt::skip]
pub mod root_of_shared;
pub use root_of_all::*;
pub use root_of_part::*;
pub use root_of_part_1::*;
pub use root_of_shared::*;

#[path = "after.rs"]
mod after_tests;
#[path = "balance.rs"]
mod balance_tests;
#[path = "by_hand.rs"]
mod by_hand;
#[path = "events.rs"]
mod events_tests;
#[path = "every.rs"]
mod every_tests;
#[path = "luck.rs"]
mod luck_tests;
#[path = "odd.rs"]
mod odd_tests;
mod run_forms;
mod run_guild;
mod run_held;
mod run_hoard;
mod run_many;
#[path = "shared.rs"]
mod shared_tests;

/// The game, with what is written by hand.
fn the_game() -> &'static Game {
    game(&by_hand::ByHand)
}

struct NoPeers;

impl Peers for NoPeers {
    fn call<'a>(&'a self, call: PeerCall<'a>) -> BoxFuture<'a, Result<Answer, Stop>> {
        let name = call.function.name;
        Box::pin(async move { panic!("{name} is called out of the group") })
    }
}

/// The database that an operator has brought along: that file's, or a server's that is new.
async fn open(path: &Path) -> Db {
    let url = aliya_test_servers::database_here(path).expect("a database");
    let db = Db::open(&url.parse().expect("a URL"), Options::default()).await;
    let db = db.expect("opens");
    let migrated = db
        .migrate(&aliya_runtime::histories(the_game()), How::All)
        .await;
    migrated.expect("is brought along");
    db
}

/// What needs writes that go one after the other, as SQLite's do, to know when one has failed.
const OF_SQLITE: [&str; 1] = ["a_run_that_fails_is_tried_again_and_keeps_nothing"];

/// What the tests of this program find on SQLite, they find on the others.
#[test]
fn all_of_this_on_postgres() -> anyhow::Result<()> {
    aliya_test_servers::again_on(Kind::Postgres, &OF_SQLITE)
}

#[test]
fn all_of_this_on_mariadb() -> anyhow::Result<()> {
    aliya_test_servers::again_on(Kind::Mariadb, &OF_SQLITE)
}

/// The game over a database of its own.
struct Server {
    group: Arc<Group>,
    db: Db,
    /// Balance tables of its own, in `config` of the folder.
    config: Arc<Store>,
    folder: tempfile::TempDir,
}

impl Server {
    async fn start() -> Self {
        Self::start_with(Seeds::System).await
    }

    async fn start_with(seeds: Seeds) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let db = open(&folder.path().join("game.sqlite")).await;
        let game = the_game();
        let names: Vec<_> = game.managers.iter().map(|m| m.name.to_owned()).collect();
        let config = balance_tests::copy(folder.path());
        let config = Store::open(&config::CONFIG, &config).expect("right values");
        let peers = Arc::new(NoPeers);
        let tables = Some(Arc::clone(&config));
        let group = Group::start_with(game, &names, db.clone(), peers, seeds, tables).await;
        Self {
            group: group.expect("starts"),
            db,
            config,
            folder,
        }
    }

    async fn run(&self, function: &str, data: Value) -> Result<Answer, Stop> {
        self.run_at(Time(5_000_000), function, data).await
    }

    async fn run_at(&self, now: Time, function: &str, data: Value) -> Result<Answer, Stop> {
        let mut functions = the_game()
            .managers
            .iter()
            .flat_map(|manager| manager.functions);
        let info = functions.find(|info| info.name == function);
        let request = Request {
            caller: Some(PlayerId::new("ann")),
            ..Request::new(now, "test")
        };
        let data = data.as_object().expect("args are an object");
        let info = info.expect("the game has the function");
        self.group.run(info, data, request).await
    }

    /// Status and data of a call that ends well.
    async fn ok(&self, function: &str, data: Value) -> (i64, Value) {
        let answer = self.run(function, data).await.expect("ends well");
        let data = serde_json::from_str(&answer.data).expect("a reply is JSON");
        (answer.status, data)
    }

    /// Status and data of a call that ends with a declared error.
    async fn failed(&self, function: &str, data: Value) -> (i64, Value) {
        match self.run(function, data).await {
            Err(Stop::Failed(failure)) => {
                let data = failure.data.unwrap_or_else(|| "null".to_owned());
                (failure.status, serde_json::from_str(&data).expect("JSON"))
            }
            other => panic!("not a declared error: {other:?}"),
        }
    }

    /// What the log says of a fault.
    async fn fault(&self, function: &str, data: Value) -> String {
        match self.run(function, data).await {
            Err(fault @ Stop::Fault { .. }) => fault.to_string(),
            other => panic!("not a fault: {other:?}"),
        }
    }
}

#[tokio::test]
async fn inserts_defaults_and_refuses_a_second_row() {
    let server = Server::start().await;
    let opened = json!({"player": "ann", "note": "none", "since": 5_000_000, "rank": 4, "left": 3,
        "open": 1, "self": 5});
    let args = json!({"type": "gold_2"});
    assert_eq!(server.ok("open_stop", args.clone()).await, (0, opened));
    assert_eq!(server.failed("open_stop", args).await, (21, Value::Null));
}

#[tokio::test]
async fn names_that_rust_has_keep_their_names_outside() {
    let server = Server::start().await;
    assert_eq!(server.ok("self", json!({})).await, (0, json!({"self": 2})));
    assert_eq!(
        server.ok("self", json!({"crate": 7})).await,
        (0, json!({"self": 7}))
    );
}

#[tokio::test]
async fn the_database_numbers_rows() {
    let server = Server::start().await;
    let first = server.ok("send", json!({"subject": "hello"})).await;
    assert_eq!(first, (0, json!({"id": 1, "subject": "hello"})));
    assert_eq!(
        server.failed("send", json!({"subject": "hello"})).await.0,
        22
    );
    // What was not inserted may have taken a number.
    let second = server.ok("send", json!({"subject": "again"})).await;
    let id = second.1["id"].as_i64().expect("a number");
    assert!(id > 1, "{id}");

    let read = server.ok("read_mail", json!({"id": id})).await;
    assert_eq!(read, (0, json!({"subject": "again", "read": 1})));
    assert_eq!(
        server.failed("read_mail", json!({"id": id + 1})).await.0,
        23
    );

    // `or: ignore` leaves the first one there, and the two tickets are rows of their own.
    let quiet = server.ok("send_quietly", json!({"subject": "hello"})).await;
    assert_eq!(
        quiet,
        (0, json!({"found": 1, "subject": "hello", "ticket": 1}))
    );
    let quiet = server.ok("send_quietly", json!({"subject": "new"})).await;
    assert_eq!(quiet.1["ticket"], 3);
}

#[tokio::test]
async fn a_save_computes_all_before_it_sets_any() {
    let server = Server::start().await;
    assert_eq!(server.failed("swap", json!({"type": "iron"})).await.0, 24);
    server.ok("open_stop", json!({"type": "iron"})).await;
    let swapped = server.ok("swap", json!({"type": "iron"})).await;
    let expected = json!({"self": 3, "left": 5, "open": 0, "owner": "ann"});
    assert_eq!(swapped, (0, expected));
    let again = server.ok("swap", json!({"type": "iron"})).await;
    let expected = json!({"self": 5, "left": 3, "open": 1, "owner": "ann"});
    assert_eq!(again, (0, expected));
}

#[tokio::test]
async fn a_select_filters_orders_and_limits() {
    let server = Server::start().await;
    for (good, price) in [("iron", 1.5), ("gold_2", 9.0), ("self", 2.0)] {
        let args = json!({"type": good, "price": price, "rank": -1});
        server.ok("open_stop", args).await;
    }
    let all = json!({"low": 0, "high": 9, "types": ["iron", "gold_2", "self", "none"]});
    let (_, found) = server.ok("find", all.clone()).await;
    let expected = json!({
        "types": ["gold_2", "iron", "self"],
        "total": 15,
        "same": 3,
        "iron": 1,
        "cheap": [[1, "iron", "none"], [2, "self", "none"]],
        "rising": [{"more": 6, "who": "ann"}, {"more": 6, "who": "ann"}, {"more": 6, "who": "ann"}],
        "kept": [],
    });
    assert_eq!(found, expected);

    let mut first = all.clone();
    first["first"] = json!(1);
    assert_eq!(
        server.ok("find", first.clone()).await.1["types"],
        json!(["gold_2"])
    );
    first["first"] = json!(-5);
    assert_eq!(server.ok("find", first).await.1["types"], json!([]));
    let mut narrow = all.clone();
    narrow["types"] = json!(["self"]);
    assert_eq!(server.ok("find", narrow).await.1["types"], json!(["self"]));
    let mut high = all;
    high["low"] = json!(6);
    assert_eq!(server.ok("find", high).await.1["total"], 0);
}

#[tokio::test]
async fn branches_bind_names_and_end() {
    let server = Server::start().await;
    let negative = server.failed("branches", json!({"n": -1})).await;
    assert_eq!(negative, (26, json!({"n": -1, "wanted": [0, 12]})));
    assert_eq!(server.failed("branches", json!({"n": 13})).await.0, 26);
    let cases = [
        (
            json!({"n": 7}),
            0,
            json!({"word": "odd", "half": 3, "far": 1.0}),
        ),
        (
            json!({"n": 7, "deep": 1}),
            25,
            json!({"word": "odd", "half": 3}),
        ),
        (
            json!({"n": 8}),
            0,
            json!({"word": "even", "half": 4, "far": 1.0}),
        ),
        (
            json!({"n": 52}),
            0,
            json!({"word": "even!even", "half": 26, "far": 0.5}),
        ),
        (json!({"n": 200}), 0, json!({"word": "even"})),
    ];
    for (args, status, data) in cases {
        assert_eq!(
            server.ok("branches", args.clone()).await,
            (status, data),
            "{args}"
        );
    }
}

#[tokio::test]
async fn expressions_compute_and_fail_with_their_place() {
    let server = Server::start().await;
    let args = json!({"a": 5, "b": 3, "f": 2.0, "t": 1_000, "texts": ["Abc"], "ints": [1, 2, 3]});
    let expected = json!({
        "big": 5, "small": 3, "c": 5, "lit": 3, "third": 3, "made": 2 + 4 + 5,
        "later": 5_000_000 + 3_600_000 - 1_000, "sooner": 1_000 - 300_000,
        "f": [2.5, -0.5, 2.0, 2.0], "rest": 2, "minus": -5, "abs": 5, "product": 12, "chain": 11,
        "lower": "abc", "same": 1, "before": 1, "has": 1, "has2": 1, "has3": 0, "length": 3,
        "shout": "Abc!abc", "texts": ["Abc"], "upto": ["Abc"], "day": 86_400_000,
    });
    assert_eq!(server.ok("sums", args.clone()).await, (0, expected));

    let with = |name: &str, value: Value| {
        let mut args = args.clone();
        args[name] = value;
        args
    };
    let zero = server.fault("sums", with("b", json!(0))).await;
    assert!(
        zero.contains("managers.yaml:") && zero.ends_with("args.a % args.b"),
        "{zero}"
    );
    let short = server.fault("sums", with("ints", json!([1]))).await;
    assert!(short.ends_with("args.ints[2]"), "{short}");
    let large = server.fault("sums", with("f", json!(1e308))).await;
    assert!(large.ends_with("args.f * 2"), "{large}");
    let overflow = server.fault("sums", with("a", json!(i64::MAX))).await;
    assert!(overflow.contains("out of range"), "{overflow}");
}

#[tokio::test]
async fn a_call_joins_the_function_and_its_errors_become_mine() {
    let server = Server::start().await;
    let (status, data) = server.ok("trade", json!({"type": "iron"})).await;
    assert_eq!(status, 0);
    assert_eq!(data["note"], "traded");
    assert_eq!(data["items"], json!([1, 2]));
    assert_eq!(data["opened"]["type"], Value::Null);
    assert_eq!(data["opened"]["player"], "ann");
    assert_eq!(server.failed("trade", json!({"type": "iron"})).await.0, 31);
}

#[tokio::test]
async fn names_that_branches_bind_hold_what_their_branch_did() {
    let server = Server::start().await;
    server.ok("send", json!({"subject": "hello"})).await;
    let first = server.ok("late", json!({"which": 1, "note": "n"})).await;
    let expected = json!({"note": "n", "of": 3, "me": 2, "mails": 1, "sum": 3, "ticket": 1});
    assert_eq!(first, (0, expected));
    let second = server.ok("late", json!({"which": 2})).await;
    assert_eq!(
        second,
        (0, json!({"of": 4, "me": 9, "mails": 1, "ticket": 2}))
    );
    let given = server.ok("late", json!({"which": 2, "n": 8})).await;
    assert_eq!(given.1["of"], 8);
    let overflow = server.fault("late", json!({"which": i64::MAX})).await;
    assert!(overflow.ends_with("args.which * 2"), "{overflow}");
}

#[tokio::test]
async fn lists_are_gone_through() {
    let server = Server::start().await;
    let args = json!({"xs": [4, -1, 2], "ys": ["a", "b"], "who": "ann"});
    let expected = json!({
        "grid": [[[4, 0, "a"], [4, 1, "b"]], [[2, 0, "a"], [2, 1, "b"]]],
        "same": ["b"],
        "copies": [4, 0, 4],
        "plain": [{"y": "a", "who": "ann"}, {"y": "b", "who": "ann"}],
        "mixed": 0.5, "sign": 1, "third": 4, "half": 0.5, "k": 2, "big": 1, "other": 1, "at": 1,
        "none": [],
    });
    assert_eq!(server.ok("nest", args).await, (0, expected));
    let other = json!({"xs": [4], "ys": [], "who": "bob"});
    let (_, data) = server.ok("nest", other).await;
    assert_eq!((&data["mixed"], &data["half"]), (&json!(4.0), &json!(1.0)));
    assert_eq!(
        (&data["sign"], &data["third"], &data["k"]),
        (&json!(0), &json!(3), &json!(0))
    );
}

#[tokio::test]
async fn records_lists_and_maps_are_kept_as_they_came() {
    let server = Server::start().await;
    let chapter = json!({"title": "one", "marks": {"4": 1.5, "-1": 2.0},
        "prizes": [{"type": "iron", "self": 1}, {"type": "self", "self": 2, "rank": 10}]});
    let args = json!({"chapter": chapter, "notes": {"b": 2, "a": "1"}, "first": {"type": "iron", "self": "3"}});
    let written =
        json!({"written": 1, "first": {"type": "iron", "self": 3}, "notes": {"a": 1, "b": 2}});
    assert_eq!(server.ok("write_chapter", args).await, (0, written));
    let read = json!({"title": "one", "chapter": chapter, "note": 2, "mark": 1.5, "corner": 2,
        "names": ["a", "b"], "known": 1, "notes": 2, "total": 3, "by_type": {"iron": 1, "self": 2}, "first": "iron"});
    let at = |at: i64, note: &str| json!({"at": at, "note": note});
    assert_eq!(server.ok("read_chapter", at(0, "b")).await, (0, read));
    let absent = server.fault("read_chapter", at(0, "c")).await;
    assert!(
        absent.contains("managers/book.yaml:") && absent.contains("b.notes[args.note]"),
        "{absent}"
    );
    let beyond = server.fault("read_chapter", at(1, "b")).await;
    assert!(beyond.contains("b.chapters[args.at]"), "{beyond}");
}

#[tokio::test]
async fn an_ill_typed_part_of_a_record_is_refused() {
    let server = Server::start().await;
    let chapter = json!({"title": "one", "marks": {}, "prizes": [{"type": "iron", "self": "x"}]});
    let refused = server
        .run("write_chapter", json!({"chapter": chapter, "notes": {}}))
        .await;
    let Err(Stop::Invalid(why)) = refused else {
        panic!("{refused:?}");
    };
    let said = "`chapter` must be an object whose `prizes` is a list whose [0] is an object whose `self` is an integer";
    assert_eq!(why, said);
}

#[tokio::test]
async fn records_are_made_where_a_value_stands() {
    let server = Server::start().await;
    let prize = json!({"type": "iron", "self": 8, "rank": 10});
    let all = json!([prize, {"type": "gold_2", "self": 7}, {"type": "none", "self": 8}]);
    let made = json!({"one": {"n": 4, "twice": 8}, "taken": prize, "all": all,
        "many": [{"at": 1}, {"at": 4}], "last": 4, "none": {}});
    assert_eq!(
        server
            .ok("make_prize", json!({"n": 4, "lucky": true}))
            .await,
        (0, made)
    );
}

#[tokio::test]
async fn loops_give_records() {
    let server = Server::start().await;
    let large = json!([{"type": "iron", "self": 2, "rank": 10}, {"type": "gold_2", "self": 3}]);
    let args =
        json!({"xs": [5, -1, 7], "prizes": [large[0], {"type": "none", "self": 1}, large[1]]});
    let expected = json!({
        "made": [{"at": 0, "twice": 10}, {"at": 2, "twice": 14}],
        "twice": [10, 14],
        "large": large,
        "first": 2,
        "all": [large[0], large[0], large[1], {"type": "none", "self": 2}],
    });
    assert_eq!(server.ok("gather", args).await, (0, expected));
}

#[tokio::test]
async fn a_reply_maps_a_list_by_a_key() {
    let server = Server::start().await;
    let shares = json!({"shares": {"0": {"share": 3}, "2": {"share": 2}}});
    assert_eq!(
        server
            .ok("divide", json!({"among": [2, 1, 3], "total": 6}))
            .await,
        (0, shares)
    );
    let zero = server
        .fault("divide", json!({"among": [0], "total": 6}))
        .await;
    assert!(zero.contains("args.total / n"), "{zero}");
}

#[tokio::test]
async fn tiers_count_what_is_reached_and_ranges_have_both_their_ends() {
    let server = Server::start().await;
    let reach =
        async |steps: &[i64], x: i64| server.run("reach", json!({"steps": steps, "x": x})).await;
    let said = async |steps: &[i64], x: i64| reach(steps, x).await.expect("ends well").data;
    assert_eq!(
        said(&[0, 10, 20], 10).await,
        r#"{"tier":2,"range":[1,2,3,4,5,6,7,8,9,10],"half":2}"#
    );
    assert_eq!(said(&[5], -3).await, r#"{"tier":0,"range":[],"half":2}"#);
    let long = server
        .fault("reach", json!({"steps": [], "x": i64::MAX}))
        .await;
    assert!(long.contains("range(1, args.x)"), "{long}");
}
