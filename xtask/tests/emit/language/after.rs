//! Runs managers/events.yaml: what runs after other functions.

use aliya_runtime::Time;
use serde_json::{Value, json};

use super::Server;

const NOW: i64 = 1_795_322_096_789;

impl Server {
    async fn walk(&self) -> Value {
        let (_, mut walk) = self.ok("my_walk", json!({})).await;
        walk["prize"] = self.ok("my_prize", json!({})).await.1["weight"].clone();
        walk
    }
}

#[tokio::test]
async fn a_success_is_followed_with_its_args_and_reply() {
    let server = Server::start().await;
    let answer = server
        .run_at(Time(NOW), "go", json!({ "by": 7, "note": "hi" }))
        .await
        .expect("goes");
    assert_eq!(answer.data, r#"{"far":7,"steps":[7,7]}"#);
    let expected =
        json!({ "far": 7, "notes": 1, "last": 21, "note": "hi", "noted": 1, "prize": 7 });
    assert_eq!(server.walk().await, expected);
    // An outcome is a success, too.
    assert_eq!(server.ok("go", json!({ "by": 0 })).await.0, 1);
    let expected = json!({ "far": 7, "notes": 2, "last": 7, "note": "", "noted": 2, "prize": 7 });
    assert_eq!(server.walk().await, expected);
}

#[tokio::test]
async fn an_error_is_followed_by_nothing() {
    let server = Server::start().await;
    let before = server.walk().await;
    assert_eq!(server.failed("go", json!({ "by": 1000 })).await.0, 31);
    assert_eq!(server.walk().await, before);
}

#[tokio::test]
async fn what_follows_is_a_part_of_what_called_it() {
    let server = Server::start().await;
    let before = server.walk().await;
    let said = server.fault("go_on", json!({ "part": 0 })).await;
    assert!(said.contains("gone.far / args.part"), "{said}");
    assert_eq!(server.walk().await, before);
    let (_, data) = server.ok("go_on", json!({ "part": 1 })).await;
    assert_eq!(data, json!({ "far": 1, "part": 1 }));
    let (_, data) = server.ok("far_walk", json!({ "by": 5 })).await;
    assert_eq!(data, json!({ "far": 6 }));
    let expected = json!({ "far": 6, "notes": 2, "last": 16, "note": "", "noted": 2, "prize": 6 });
    assert_eq!(server.walk().await, expected);
}

#[tokio::test]
async fn a_fault_of_what_follows_takes_all_back() {
    let server = Server::start().await;
    let before = server.walk().await;
    let said = server.fault("leap", json!({ "by": 0 })).await;
    assert!(said.contains("100 / args.by"), "{said}");
    assert_eq!(server.walk().await, before);
    assert_eq!(server.ok("leap", json!({ "by": 5 })).await.0, 0);
    assert_eq!(server.walk().await["far"], 5);
    assert_eq!(server.walk().await["noted"], 20);
}
