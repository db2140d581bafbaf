//! Runs managers/held.yaml: a row is one thing within a function and all that it calls, and each is on
//! one page.

use serde_json::{Value, json};

use super::Server;

/// A server where the caller has pots, by their number.
async fn with(pots: &[(i64, i64)]) -> Server {
    let server = Server::start().await;
    for (k, n) in pots {
        server.ok("set_pot", json!({"k": k, "n": n})).await;
    }
    server
}

impl Server {
    async fn data(&self, function: &str, args: Value) -> Value {
        let (status, data) = self.ok(function, args).await;
        assert_eq!(status, 0, "{data}");
        data
    }

    async fn pots(&self) -> Value {
        self.data("pots", json!({})).await["all"].take()
    }
}

#[tokio::test]
async fn two_gets_of_one_row_are_one_row() {
    let server = with(&[(1, 50), (2, 50)]).await;
    let args = |a: i64, b: i64| json!({"a": a, "b": b, "n": 5});
    let one = json!({"a": 50, "b": 50, "notes": ["from", "from"]});
    assert_eq!(server.data("pour_over", args(1, 1)).await, one);
    let two = json!({"a": 45, "b": 55, "notes": ["from", "none"]});
    assert_eq!(server.data("pour_over", args(1, 2)).await, two);
    // A row that is not there yet, twice.
    let new = json!({"a": 7, "b": 7, "notes": ["from", "from"]});
    assert_eq!(server.data("pour_over", args(9, 9)).await, new);
    assert_eq!(server.pots().await, json!([[1, 45], [2, 55], [9, 7]]));
}

#[tokio::test]
async fn a_called_function_changes_the_row_that_is_held() {
    let server = with(&[(1, 50)]).await;
    let call = |k: i64, other: i64, n: i64| json!({"k": k, "other": other, "n": n});
    let data = server.data("call_own", call(1, 1, 20)).await;
    assert_eq!(data, json!({"n": 21, "note": "none"}));
    let data = server.data("call_own", call(1, 2, 20)).await;
    assert_eq!(data, json!({"n": 22, "note": "none"}));
    // What runs after the called function, too, and where the row was not there.
    let data = server.data("call_own", call(3, 3, 120)).await;
    assert_eq!(data, json!({"n": 21, "note": "rinsed"}));
    let acted = json!({"k": 1, "n": 60, "who": "ann"});
    assert_eq!(
        server.data("act_for_oneself", acted).await,
        json!({"n": 61})
    );
    let acted = json!({"k": 1, "n": 70, "who": "bob"});
    assert_eq!(
        server.data("act_for_oneself", acted).await,
        json!({"n": 62})
    );
    assert_eq!(server.pots().await, json!([[1, 62], [2, 20], [3, 21]]));
}

#[tokio::test]
async fn an_inserted_row_is_the_one_that_is_held() {
    let server = with(&[]).await;
    let args = |k: i64| json!({"k": k, "n": 30});
    let other = server.data("insert_held", args(2)).await;
    assert_eq!(other, json!({"n": 8, "note": "none"}));
    server.data("delete_held", json!({"k": 0, "from": 1})).await;
    let same = server.data("insert_held", args(3)).await;
    assert_eq!(same, json!({"n": 31, "note": "new"}));
    // It is there already: nothing was inserted.
    let there = server.data("insert_held", args(3)).await;
    assert_eq!(there, json!({"n": 32, "note": "new"}));
    let data = server.data("insert_each_held", args(3)).await;
    assert_eq!(data, json!({"n": 32}));
    let data = server.data("insert_each_held", args(1)).await;
    assert_eq!(data, json!({"n": 30}));
    let data = server.data("insert_each_held", args(4)).await;
    assert_eq!(data, json!({"n": 7}));
}

#[tokio::test]
async fn a_row_that_is_replaced_by_a_unique_set_is_the_one_that_is_held() {
    let server = with(&[]).await;
    server.data("new_flask", json!({"label": "red"})).await;
    let data = server
        .data("by_label", json!({"a": "red", "b": "blue"}))
        .await;
    assert_eq!(data, json!({"a": 2, "b": 10, "same": 0}));
    let data = server
        .data("by_label", json!({"a": "red", "b": "red"}))
        .await;
    assert_eq!(data, json!({"a": 11, "b": 11, "same": 1}));
}

#[tokio::test]
async fn an_update_changes_the_rows_that_are_held() {
    let server = with(&[(1, 1), (2, 2), (3, 3)]).await;
    let args = |a: i64, b: i64, from: i64| json!({"a": a, "b": b, "from": from});
    let data = server.data("update_held", args(1, 2, 2)).await;
    assert_eq!(data, json!({"a": 2, "b": 4}));
    let data = server.data("update_held", args(3, 3, 3)).await;
    assert_eq!(data, json!({"a": 13, "b": 13}));
    let data = server.data("update_held", args(1, 9, 1)).await;
    assert_eq!(data, json!({"a": 5, "b": 0}));
    assert_eq!(server.pots().await, json!([[1, 5], [2, 8], [3, 26]]));
}

#[tokio::test]
async fn a_row_that_is_deleted_is_no_longer_held() {
    let server = with(&[(1, 1), (2, 2), (3, 3)]).await;
    // It is a row of defaults again.
    let data = server.data("delete_held", json!({"k": 3, "from": 3})).await;
    assert_eq!(data, json!({"n": 7}));
    let data = server.data("delete_held", json!({"k": 1, "from": 3})).await;
    assert_eq!(data, json!({"n": 1}));
    let said = server
        .fault("delete_and_save", json!({"k": 2, "from": 2}))
        .await;
    assert!(said.contains("no such row any more"), "{said}");
    assert_eq!(server.pots().await, json!([[1, 1], [2, 2]]));
    let data = server
        .data("delete_other_name", json!({"a": 2, "b": 2}))
        .await;
    assert_eq!(data, json!({"n": 7, "note": "none", "is_there": 0}));
    let data = server
        .data("delete_other_name", json!({"a": 1, "b": 2}))
        .await;
    assert_eq!(data, json!({"n": 7, "note": "none", "is_there": 0}));
    assert_eq!(server.pots().await, json!([]));
}

#[tokio::test]
async fn a_loop_changes_the_row_that_is_held_outside() {
    let server = with(&[(1, 1), (2, 2)]).await;
    // 1: 1 + 1 = 2; 2: 2 + 2 = 4; 1: 2 + 2 = 4.
    let data = server
        .data("go_round", json!({"k": 1, "all": [1, 2, 1]}))
        .await;
    assert_eq!(data, json!({"n": 4}));
    assert_eq!(server.pots().await, json!([[1, 4], [2, 4]]));
}

#[tokio::test]
async fn pages_have_each_row_once_though_all_are_equal() {
    let server = with(&[]).await;
    // The order in which they lie is not that of their keys.
    let all: Vec<i64> = (0..1000).map(|k| k * 7 % 1000).collect();
    for part in all.chunks(250) {
        server.data("fill", json!({"all": part, "n": 5})).await;
    }
    // Some lie elsewhere from now on.
    for k in [3, 500, 999] {
        server.data("set_pot", json!({"k": k, "n": 5})).await;
    }
    for (by_n, expected) in [
        (1, (0..1000).rev().collect::<Vec<i64>>()),
        (0, (0..1000).collect()),
    ] {
        let mut seen = Vec::new();
        for from in (0..1000).step_by(100) {
            let page = server.data("page", json!({"from": from, "by_n": by_n}));
            let page = page.await["all"].take();
            let page: Vec<i64> = serde_json::from_value(page).expect("numbers");
            seen.extend(page);
        }
        assert_eq!(seen, expected, "{by_n}");
    }
}
