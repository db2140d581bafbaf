//! A wall of covered prizes: summoning.yaml.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{DIAMOND, Server};

const SCROLL: i64 = 45;
const EXP_POINT: i64 = 9;

/// The places of a wall's spots, of which each is there once.
fn places(spots: &Value) -> BTreeSet<i64> {
    let spots = spots.as_array().expect("a list");
    let places: BTreeSet<i64> = spots.iter().filter_map(|s| s["place"].as_i64()).collect();
    assert_eq!(places.len(), spots.len());
    places
}

#[tokio::test]
async fn a_wall_has_twelve_prizes_in_a_mixed_order() {
    let server = Server::start().await;
    let wall = server.ok("ann", "summoning.draw_wall", json!({})).await;
    assert_eq!(places(&wall["spots"]), (0..12).collect());
    for spot in wall["spots"].as_array().expect("a list") {
        assert!(spot["what"]["amount"].as_i64().expect("an int") >= 1);
    }
}

#[tokio::test]
async fn every_prize_is_paid_for_and_the_wall_is_new() {
    let server = Server::start().await;
    assert_eq!(
        server.run("ann", "summoning.dozen_d", json!({})).await.0,
        99
    );
    server.add("ann", DIAMOND, 300).await;
    let first = server.ok("ann", "summoning.dozen_d", json!({})).await;
    // Twelve at 20 each; all twelve at once give the bonus twice for each.
    assert_eq!(first["remaining"], 60);
    let pids = first["pid"].as_array().expect("a list");
    assert_eq!(pids.len(), 12);
    assert_eq!(first["reward"].as_array().map(Vec::len), Some(13));
    assert_eq!(server.holds("ann", EXP_POINT).await, 240);
    assert_eq!(places(&first["refresh"]), (0..12).collect());

    // By scrolls, where there are enough of them; the wall that was covered is taken.
    assert_eq!(
        server.run("ann", "summoning.dozen_d", json!({})).await.0,
        99
    );
    server.add("ann", SCROLL, 12).await;
    let second = server.ok("ann", "summoning.dozen_d", json!({})).await;
    assert_eq!(second["remaining"], 0);
    let taken: BTreeSet<i64> = second["pid"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(Value::as_i64)
        .collect();
    assert_eq!(taken, (0..12).collect());
    assert_eq!(server.holds("ann", DIAMOND).await, 60);
}
