//! Runs managers/shared.yaml: errors and outcomes that functions share.

use serde_json::json;

use super::{Server, shared};

/// The outcomes that a function of the manager has.
fn outcomes_of(name: &str) -> &'static [i64] {
    let functions = &mut shared::SHARED.functions.iter();
    let function = functions.find(|function| function.name == name);
    function.expect("it is declared").outcomes
}

#[tokio::test]
async fn a_function_succeeds_with_the_outcomes_of_its_manager_and_file() {
    let server = Server::start().await;
    // What is poured is kept each time: each outcome is a success.
    for (n, status, sum) in [(1, 1, 1), (4, 81, 5), (2, 0, 7), (9, 83, 10)] {
        let poured = server.ok("pour", json!({"n": n})).await;
        assert_eq!(poured, (status, json!({"n": sum})), "{n}");
    }
    assert_eq!(server.failed("pour", json!({"n": -1})).await.0, 80);
    // Its own first, then as its steps name them; what it does not name, it does not have.
    assert_eq!(outcomes_of("pour"), [1, 83, 81]);
}

#[tokio::test]
async fn a_called_function_s_outcome_can_be_asked_for_and_passed_on() {
    let server = Server::start().await;
    for (n, status, sum) in [(1, 1, 1), (4, 81, 5), (2, 0, 7), (9, 0, -1)] {
        let poured = server.ok("pour_on", json!({"n": n})).await;
        assert_eq!(poured, (status, json!({"n": sum})), "{n}");
    }
    assert_eq!(outcomes_of("pour_on"), [1, 83, 81]);
    let server = Server::start().await;
    for (far, n, outcome, sum) in [(0, 0, 1, 1), (1, 4, 81, 5), (0, 1, 0, 7), (1, 9, 0, -1)] {
        let args = json!({"far": far, "n": n});
        let is_drop = i64::from(outcome == 1);
        let said = json!({"outcome": outcome, "is_drop": is_drop, "n": sum});
        assert_eq!(server.ok("pour_either", args).await, (0, said));
    }
    assert_eq!(outcomes_of("pour_either"), [0_i64; 0]);
}

#[tokio::test]
async fn a_called_function_s_outcome_is_a_success() {
    let server = Server::start().await;
    let poured = server.ok("pour_twice", json!({"n": 5})).await;
    assert_eq!(poured, (83, json!({"n": 10})));
    assert_eq!(outcomes_of("pour_twice"), [83]);
}
