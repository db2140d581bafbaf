//! Rows by the many, values of the database, loops, and texts with holes.

use aliya_runtime::Stop;
use serde_json::{Value, json};

use super::Server;

/// Players and points, all on the board `a`.
async fn with_scores(scores: &[(&str, i64)]) -> Server {
    let server = Server::start().await;
    for (who, points) in scores {
        let args = json!({"who": who, "points": points});
        server.ok("put_score", args).await;
    }
    server
}

/// What `scores` says of one player.
async fn score(server: &Server, who: &str) -> Value {
    let (_, data) = server.ok("scores", json!({})).await;
    let rows = data["rows"].as_array().expect("a list").clone();
    let found = rows.into_iter().find(|row| row[0] == who);
    found.expect("the player has a score")
}

#[tokio::test]
async fn an_update_computes_each_row_from_what_it_was() {
    let server = with_scores(&[("ann", 10), ("bob", 20)]).await;
    let args = json!({"who": "cat", "points": 5, "total": 7, "weight": 2.0, "bonus": 4});
    server.ok("put_score", args).await;
    let elsewhere = json!({"who": "ann", "board": "b", "points": 1});
    server.ok("put_score", elsewhere).await;

    let args = json!({"by": 3, "least": 6, "factor": 1.5});
    assert_eq!(server.ok("raise", args).await, (0, json!({"n": 2})));
    // total * 2 - (points + twice), of the points before.
    let ann = json!(["ann", 13, -16, 2.5, 0, 5_000_000]);
    assert_eq!(score(&server, "ann").await, ann);
    assert_eq!(score(&server, "bob").await[2], -26);
    let cat = json!(["cat", 5, 7, 2.0, 1, 0]);
    assert_eq!(score(&server, "cat").await, cat);
    let (_, data) = server.ok("scores", json!({})).await;
    assert_eq!(data["bonus"], json!([1, 1, 4]));
    let (_, other) = server.ok("scores", json!({"board": "b"})).await;
    assert_eq!(other["rows"][0][1], 1);

    let (_, none) = server.ok("raise", json!({"by": 1, "least": 500})).await;
    assert_eq!(none, json!({"n": 0}));

    server.ok("cap", json!({"most": 12})).await;
    assert_eq!(score(&server, "ann").await[1], 12);
    assert_eq!(score(&server, "ann").await[2], 16);
    assert_eq!(score(&server, "ann").await[3], -3.0);
    assert_eq!(score(&server, "cat").await[1], 10);
}

#[tokio::test]
async fn an_update_that_overflows_or_passes_a_bound_keeps_nothing() {
    let server = with_scores(&[("ann", 1), ("bob", 999_999)]).await;
    for by in [2, -2, i64::MAX - 5] {
        server.fault("raise", json!({"by": by})).await;
        assert_eq!(score(&server, "ann").await[1], 1, "{by}");
    }
    let said = server.fault("raise", json!({"by": 2})).await;
    assert!(said.contains("managers/many.yaml:"), "{said}");

    let total = json!({"who": "ann", "points": 1, "total": i64::MAX});
    server.ok("put_score", total).await;
    server.fault("raise", json!({"by": 0})).await;
    assert_eq!(score(&server, "bob").await[2], 0);
    // Whatever hides it afterwards: min(max(points + 5, 10), ...) of a sum that overflows.
    let total = json!({"who": "ann", "points": 1, "total": i64::MIN});
    server.ok("put_score", total).await;
    server.fault("cap", json!({"most": 9})).await;
    let weight = json!({"who": "ann", "points": 1, "weight": 1e308});
    server.ok("put_score", weight).await;
    server
        .fault("raise", json!({"by": 0, "factor": 1e10}))
        .await;
    assert_eq!(score(&server, "ann").await[3], 1e308);
}

#[tokio::test]
async fn rows_are_deleted() {
    let server = with_scores(&[("ann", 1), ("bob", 2), ("cat", 3)]).await;
    let low = server.ok("drop_below", json!({"points": 3})).await;
    assert_eq!(low, (0, json!({"n": 2})));
    let again = server.ok("drop_below", json!({"points": 3})).await;
    assert_eq!(again, (0, json!({"n": 0})));
    let none = server.failed("drop_mine", json!({})).await;
    assert_eq!(none, (41, json!({"who": "ann"})));
    server
        .ok("put_score", json!({"who": "ann", "points": 9}))
        .await;
    let mine = server.ok("drop_mine", json!({})).await;
    assert_eq!(mine, (0, json!({"points": 9})));
    assert_eq!(server.failed("drop_mine", json!({})).await.0, 41);
    assert_eq!(server.ok("drop_default", json!({})).await.0, 0);
    let (_, left) = server.ok("scores", json!({})).await;
    assert_eq!(left["rows"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn the_database_counts_sums_and_ranks() {
    let server = with_scores(&[("ann", 10), ("bob", 20), ("cat", 10), ("dan", 5)]).await;
    let shut = json!({"who": "eve", "points": 30, "open": false, "bonus": 2, "total": 4});
    server.ok("put_score", shut).await;
    let notes = json!({"lines": ["w", "x"], "who": "dan"});
    server.ok("write_notes", notes).await;

    let (_, dan) = server
        .ok("measure", json!({"who": "dan", "least": 10}))
        .await;
    let expected = json!({"all": 5, "some": 4, "points": 70, "totals": 4, "weight": 0.0,
        "bonus": 2, "any": 1, "place": 5, "among": 4, "line": 2});
    assert_eq!(dan, expected);
    // Equal ones share a rank, and the next one counts them all.
    for (who, place, among) in [("ann", 3, 2), ("cat", 3, 2), ("bob", 2, 1), ("eve", 1, 0)] {
        let (_, data) = server.ok("measure", json!({"who": who})).await;
        assert_eq!(
            (&data["place"], &data["among"]),
            (&json!(place), &json!(among))
        );
    }
    let (_, nobody) = server.ok("measure", json!({"who": "zed"})).await;
    assert_eq!((&nobody["any"], &nobody["place"]), (&json!(0), &json!(0)));

    for who in ["ann", "bob"] {
        let args = json!({"who": who, "points": 1, "total": i64::MAX});
        server.ok("put_score", args).await;
    }
    let said = server.fault("measure", json!({"who": "ann"})).await;
    assert!(
        // As SQLite, PostgreSQL and MariaDB say it.
        (said.contains("overflow") || said.contains("out of range")) && said.ends_with(": sum"),
        "{said}"
    );
}

#[tokio::test]
async fn every_comparison_finds_its_rows() {
    let server = with_scores(&[("ann", 10), ("bob", 20), ("cat", 30)]).await;
    let shut = json!({"who": "dan", "points": 40, "kind": "self", "bonus": 1});
    server.ok("put_score", shut).await;
    let args = json!({"n": 20, "m": 30, "list": [10, 40, 99], "who": "bob",
        "kinds": ["iron", "none"]});
    let expected = json!({
        "gt": [30, 40], "lt": [10], "ge": [20, 30, 40], "le": [10, 20], "ne": [10, 30, 40],
        "eq": [20], "among": [10, 40], "two": [20, 30], "between": [20, 30], "both": [10],
        "mixed": [10, 30], "bonus": [40],
    });
    assert_eq!(server.ok("compare", args).await, (0, expected));
    let args = json!({"n": 30, "m": 20, "list": [], "who": "bob", "kinds": []});
    let (_, crossed) = server.ok("compare", args).await;
    for nothing in ["between", "among", "mixed"] {
        assert_eq!(crossed[nothing], json!([]), "{nothing}");
    }
}

#[tokio::test]
async fn many_rows_are_inserted_or_none() {
    let server = Server::start().await;
    let notes = json!({"lines": ["a", "b"], "who": "ann"});
    assert_eq!(server.ok("write_notes", notes).await.1, json!({"n": 2}));
    let again = json!({"lines": ["c", "b"], "who": "ann"});
    let (status, data) = server.failed("write_notes", again).await;
    assert_eq!((status, data), (42, json!({"lines": ["c", "b"]})));
    let none = json!({"lines": [], "who": "ann"});
    assert_eq!(server.ok("write_notes", none).await.1, json!({"n": 0}));
    let long = json!({"lines": ["d", "x".repeat(21)], "who": "ann"});
    server.fault("write_notes", long).await;
    let notes = || server.ok("notes", json!({"who": "ann"}));
    let written = json!({"notes": [[1, "a", 1], [2, "b", 2]]});
    assert_eq!(notes().await.1, written);

    // The first leaves out what is there, the second gives all new values, and ids stay.
    let args = json!({"lines": ["b", "e"], "numbers": [4, 5]});
    let (_, data) = server.ok("write_quietly", args.clone()).await;
    assert_eq!((&data["n"], &data["pairs"]), (&json!(1), &json!(2)));
    let (_, all) = notes().await;
    let lines: Vec<_> = all["notes"].as_array().expect("a list").iter().collect();
    assert_eq!(*lines[1], json!([2, "b", 8]));
    assert_eq!(lines[2][2], 8);
    assert_eq!(*lines[3], json!([data["x"], "x", 9]));
    // The last of them inserts pairs that are there.
    server.fault("write_quietly", args).await;
    assert_eq!(notes().await.1, all);
}

#[tokio::test]
async fn a_loop_goes_round_and_builds_a_list() {
    let server = Server::start().await;
    let args = json!({"xs": [1, 5, 3], "who": "bob"});
    let expected = json!({"doubled": [2, 8], "large": [8], "total": 8,
        "rows": [[8, 1], [8, 3], [8, 5]], "sum": 24});
    assert_eq!(server.ok("loops", args).await, (0, expected));
    let (_, rows) = server.ok("scores", json!({"board": "loop"})).await;
    assert_eq!(rows["rows"][0][2], 8);
    assert_eq!(rows["rows"][1][1], 2);

    let stopped = json!({"xs": [1, 2, 3], "who": "bob", "stop": 3});
    let (status, data) = server.ok("loops", stopped).await;
    assert_eq!((status, data), (43, json!({"at": 2})));
    let negative = json!({"xs": [1, -10], "who": "bob"});
    let (status, data) = server.failed("loops", negative).await;
    assert_eq!((status, data), (44, json!({"x": -10, "at": 1})));
    // An outcome keeps what the rounds before it wrote, an error keeps nothing.
    let (_, rows) = server.ok("scores", json!({"board": "loop"})).await;
    assert_eq!(rows["rows"][0][2], 14);

    let over = |xs: Value, deep: bool| json!({"xs": xs, "least": 4, "deep": deep});
    let found = server.ok("first_over", over(json!([1, 7, 9]), true)).await;
    assert_eq!(found.1, json!({"x": 7}));
    let more = server.ok("first_over", over(json!([1, 2]), true)).await;
    assert_eq!(more.1["more"], json!([2, 3]));
    let named = json!({"who": "ann", "n": 1, "name": "ann has 1"});
    assert_eq!(more.1["names"][0], named);
    assert_eq!(more.1["second"], json!(["ann has 2"]));
    let more = server.ok("first_over", over(json!([1, 2]), false)).await;
    assert_eq!(more.1["more"], json!([0, 1]));
}

#[tokio::test]
async fn a_call_can_act_for_another_player() {
    let server = Server::start().await;
    let gift = json!({"who": "bob", "points": 7});
    let expected = json!({"theirs": 7, "name": "bob has 7", "mine": 1, "own": "ann has 1"});
    assert_eq!(server.ok("gift", gift).await, (0, expected));
    let (_, rows) = server.ok("scores", json!({"board": "gift"})).await;
    assert_eq!(rows["rows"][1][0], "bob");
}

#[tokio::test]
async fn a_call_can_go_on_without_a_reply() {
    let server = Server::start().await;
    let (_, there) = server.ok("ask", json!({"n": 2})).await;
    assert_eq!(there, json!({"found": 1, "n": 2, "name": "ann has 2"}));
    let (_, none) = server.ok("ask", json!({"n": -2})).await;
    assert_eq!(none, json!({"found": 0, "n": 0}));
    let bad = server.failed("ask", json!({"n": -6})).await;
    assert_eq!(bad, (47, json!({"n": -6, "by": {"who": "ann"}})));
}

#[tokio::test]
async fn texts_have_holes() {
    let server = Server::start().await;
    let args = json!({"name": "Bo {x}", "n": 2, "f": 0.5, "kind": "gold_2", "who": "cat"});
    let expected = json!({
        "greeting": "Welcome, Bo {x}!", "all": "3, 0.5, gold_2 of cat: many {2}", "one": "2",
        "length": 0, "kind": "gold_2", "numbered": ["no. 1", "no. 2"],
    });
    assert_eq!(server.ok("texts", args.clone()).await, (0, expected));
    let mut overflow = args;
    overflow["n"] = json!(i64::MAX);
    match server.run("texts", overflow).await {
        Err(Stop::Fault { at: Some(at), .. }) => assert!(at.ends_with("args.n + 1"), "{at}"),
        other => panic!("no fault with its place: {other:?}"),
    }
}
