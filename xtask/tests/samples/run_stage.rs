//! Stages, the world boss and its ranking: stage.yaml.

use aliya_runtime::Time;
use serde_json::{Value, json};

use super::{IRON, Server};

impl Server {
    async fn victory(&self, who: &str, stage: i64, mode: i64, damage: i64) -> (i64, Value) {
        let args = json!({"mode": mode, "stage": stage, "damage": damage});
        self.run(who, "stage.victory", args).await
    }
}

#[tokio::test]
async fn a_victory_wants_the_stage_and_a_ticket() {
    let server = Server::start().await;
    assert_eq!(server.victory("ann", 9, 0, 0).await.0, 91);
    // The samples show no function that gives tickets.
    assert_eq!(server.victory("ann", 1, 0, 0).await.0, 94);
    assert_eq!(server.holds("ann", IRON).await, 0);
}

#[tokio::test]
async fn a_ranking_without_scores_has_no_page() {
    let server = Server::start().await;
    let page = json!({"stage": 3});
    let none = server.run("ann", "stage.damage_ranking", page).await;
    assert_eq!(none.0, 88);
    let far = json!({"stage": 3, "page": 1001});
    let info = super::GAME
        .manager("stage")
        .and_then(|m| m.function("damage_ranking"));
    let request = super::Request {
        caller: Some(super::PlayerId::new("ann")),
        ..super::Request::new(Time(0), "test")
    };
    let far = far.as_object().expect("an object");
    let refused = server
        .group
        .run(info.expect("declared"), far, request)
        .await;
    assert!(
        matches!(refused, Err(super::Stop::Invalid(_))),
        "{refused:?}"
    );
}
