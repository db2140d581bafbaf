//! Runs managers/odd.yaml: what is right and odd.

use serde_json::json;

use super::Server;

#[tokio::test]
async fn nothing_is_in_an_empty_list() {
    let server = Server::start().await;
    let put = server.ok("put_thing", json!({"n": 0})).await;
    assert_eq!(put, (0, json!({"none": 0})));
}

#[tokio::test]
async fn rows_of_an_id_alone_are_numbered() {
    let server = Server::start().await;
    for many in [3, 0, 1] {
        let written = server.ok("number_rows", json!({"many": many})).await;
        assert_eq!(written, (0, json!({"written": many})));
    }
}

#[tokio::test]
async fn a_condition_and_a_value_read_what_they_need() {
    let server = Server::start().await;
    server.ok("put_thing", json!({"n": 9})).await;
    for (yes, given, either) in [(true, json!([9]), 5), (false, json!([]), 7)] {
        let filtered = server.ok("filtered", json!({"yes": yes})).await;
        let expected = json!({
            "tested": [1], "given": given, "either": [either], "made": [[8], [9]],
        });
        assert_eq!(filtered, (0, expected));
    }
}

#[tokio::test]
async fn what_a_list_or_map_holds_becomes_what_it_wants() {
    let server = Server::start().await;
    let parts = server.ok("take_apart", json!({})).await;
    let expected = json!({
        "numbers": [10, 3],
        "ranks": [10, 4],
        "counts": [{"a": 1, "b": -1}, {}],
        "lists": {"iron": [], "self": [1.0, 0.5]},
    });
    assert_eq!(parts, (0, expected));
}

#[tokio::test]
async fn what_an_error_says_may_go_wrong() {
    let server = Server::start().await;
    let taken = server.ok("take_ticket", json!({"n": 2})).await;
    assert_eq!(taken, (0, json!({"n": 2})));
    let refused = server.failed("take_ticket", json!({"n": 2})).await;
    assert_eq!(refused, (132, json!({"of": 50})));
    server.ok("take_ticket", json!({"n": 0})).await;
    let said = server.fault("take_ticket", json!({"n": 0})).await;
    assert!(said.contains("100 / args.n"), "{said}");
}

#[tokio::test]
async fn a_row_is_written_as_it_is() {
    let server = Server::start().await;
    for n in [0, 4] {
        let kept = server.ok("keep_thing", json!({})).await;
        assert_eq!(kept, (0, json!({"n": n})));
        server.ok("put_thing", json!({"n": 4})).await;
    }
}

#[tokio::test]
async fn lists_of_plain_numbers_and_parts_of_parts_are_gone_through() {
    let server = Server::start().await;
    let gone = server.ok("go_through", json!({})).await;
    let expected = json!({
        "floats": [0.5, 2.0],
        "ints": [-3, 0],
        "chosen": [2.5],
        "spans": [5, 5],
        "clamped": [2.0],
        "joined": [2.0, 2.5],
        "turned": [2.0, 2.0],
        "lowest": 2,
        "lists": {"iron": [2.0, 0.5]},
        "counts": [{"a": 1, "b": 2}, {}],
        "at": 1,
    });
    assert_eq!(gone, (0, expected));
}

#[tokio::test]
async fn a_row_outside_its_bounds_is_a_fault_and_none_beside_it_is_kept() {
    let server = Server::start().await;
    for (texts, wrong) in [
        (json!(["a", ""]), "0 characters, its min is 1"),
        (json!(["b", "0123456789"]), "10 characters, its max is 9"),
    ] {
        let said = server.fault("label", json!({"texts": texts})).await;
        let expected = format!("odd.label.replace: odd_label.text would be {wrong}");
        assert_eq!(said, expected);
    }
    let labels = server.ok("label", json!({"texts": ["c"]})).await;
    assert_eq!(labels, (0, json!({"labels": 1})));
}

#[tokio::test]
async fn far_numbers_are_what_they_are() {
    let server = Server::start().await;
    server.ok("put_thing", json!({"n": 1})).await;
    let far = server.ok("far", json!({"n": i64::MAX})).await;
    let expected = json!({"few": 1, "times": 2, "beyond": 0});
    assert_eq!(far, (0, expected));
}

#[tokio::test]
async fn an_error_that_never_comes_ends_nothing() {
    let server = Server::start().await;
    let never = server.ok("never", json!({})).await;
    assert_eq!(never, (0, json!({"Self": {"self": {"Self": 1}}})));
}

#[tokio::test]
async fn something_follows_what_waits_for_nothing() {
    let server = Server::start().await;
    for n in [4, 8] {
        let drawn = server.ok("luck", json!({"n": 0})).await;
        assert_eq!(drawn, (0, json!({"args_": 4, "cx": "ann"})));
        assert_eq!(server.ok("thing_of", json!({})).await, (0, json!({"n": n})));
    }
}

#[tokio::test]
async fn what_runs_after_goes_on_after_an_error_that_it_catches() {
    let server = Server::start().await;
    server.ok("never", json!({})).await;
    assert_eq!(server.ok("thing_of", json!({})).await, (0, json!({"n": 7})));
}
