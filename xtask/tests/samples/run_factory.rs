//! Lines that make things while the player is away: factory.yaml.

use aliya_runtime::Time;
use serde_json::{Value, json};

use super::Server;

const FOOD: i64 = 3;

impl Server {
    async fn factory(&self, seconds: i64, function: &str, data: Value) -> (i64, Value) {
        let function = format!("factory.{function}");
        self.at(Time(seconds * 1_000), "ann", &function, data).await
    }
}

#[tokio::test]
async fn workers_make_things_while_time_passes() {
    let server = Server::start().await;
    assert_eq!(server.factory(0, "refresh_factory", json!({})).await.0, 90);
    server.factory(0, "open_yard", json!({})).await;
    let workers = |worker: Value| json!({ "worker": worker });
    let assign = workers(json!({"0": 6, "1": 2}));
    let assigned = server.factory(60, "update_worker_factory", assign).await;
    assert_eq!((assigned.0, &assigned.1["unassigned"]), (0, &json!(2)));
    // More than there are, more than a line takes: what was made until then is in the reply.
    let many = server
        .factory(60, "update_worker_factory", workers(json!({"0": 11})))
        .await;
    assert_eq!(many.0, 99);
    assert_eq!(many.1["refresh"]["turns"], 0);
    let over = server
        .factory(60, "update_worker_factory", workers(json!({"0": 7})))
        .await;
    assert_eq!(over.0, 98);

    // Three turns and a half: 18 of food, of which iron takes two each.
    let (_, shown) = server.factory(270, "refresh_factory", json!({})).await;
    let made = json!({"food_line": 6, "iron_line": 6, "crystal_line": 0, "armory": 0});
    assert_eq!(shown["resource"]["reward"], made);
    assert_eq!(shown["resource"]["remaining"], made);
    assert_eq!(shown["resource"]["turns"], 3);
    assert_eq!(shown["resource"]["next_refresh_ms"], 30_000);
    assert_eq!(shown["worker"], json!({"0": 6, "1": 2, "2": 0, "3": 0}));
    // What was made counts as collected.
    let collected = json!({"kind": "collect_food", "amount": 0});
    let food = server
        .ok("ann", "achievement.record_achievement", collected)
        .await;
    assert_eq!(food, json!({"count": 6}));
}

#[tokio::test]
async fn lines_are_emptied_into_the_bag() {
    let server = Server::start().await;
    server.factory(0, "open_yard", json!({})).await;
    let gather = async |lines: Value| {
        let args = json!({ "resource": lines });
        server.factory(600, "gather_resource_factory", args).await
    };
    assert_eq!(gather(json!({"0": 1})).await.0, 99);
    let assign = json!({"worker": {"0": 5}});
    server.factory(0, "update_worker_factory", assign).await;
    server.factory(120, "refresh_factory", json!({})).await;
    let (status, gained) = gather(json!({"0": 1, "3": 1})).await;
    assert_eq!(status, 0, "{gained}");
    assert_eq!(gained["gained"].as_array().map(Vec::len), Some(2));
    assert_eq!(server.holds("ann", FOOD).await, 10);
    let (_, shown) = server.factory(120, "refresh_factory", json!({})).await;
    assert_eq!(shown["resource"]["remaining"]["food_line"], 0);
}
