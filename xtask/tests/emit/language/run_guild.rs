//! Rows that refer to others: the database itself keeps what they refer to.

use serde_json::json;

use super::Server;

#[tokio::test]
async fn a_row_refers_to_one_that_is_there() {
    let server = Server::start().await;
    let built = server.ok("build", json!({"name": "oak"})).await;
    assert_eq!(built, (0, json!({"house": 1})));
    // No such house, no such friend, no house of that name: nothing of it is kept.
    for wrong in [
        json!({"house": 2}),
        json!({"house": 1, "friend": "bob"}),
        json!({"house": 1, "motto": "elm"}),
    ] {
        let said = server.fault("join", wrong.clone()).await;
        assert!(
            said.to_lowercase().contains("foreign key"),
            "{wrong}: {said}"
        );
    }
    let everyone = json!({"who": ["bob", "cid"], "house": 7});
    server.fault("join_all", everyone).await;
    let members = server.ok("members", json!({"house": 1})).await;
    assert_eq!(members.1, json!({"players": []}));

    let bob = json!({"who": ["bob"], "house": 1});
    assert_eq!(server.ok("join_all", bob).await.1, json!({"n": 1}));
    let right = json!({"house": 1, "friend": "bob", "motto": "oak"});
    server.ok("join", right.clone()).await;
    // There already: that is the insert's own error, and no fault.
    assert_eq!(server.failed("join", right).await.0, 52);
    server.fault("move", json!({"house": 2})).await;
    server.ok("build", json!({"name": "elm"})).await;
    server.ok("move", json!({"house": 2})).await;
    let members = server.ok("members", json!({"house": 2})).await;
    assert_eq!(members.1, json!({"players": ["ann"]}));
}

#[tokio::test]
async fn what_is_referred_to_stays() {
    let server = Server::start().await;
    server.ok("build", json!({"name": "oak"})).await;
    let motto = json!({"house": 1, "motto": "oak"});
    server.ok("join", motto).await;
    let said = server.fault("tear_down", json!({"house": 1})).await;
    assert!(said.to_lowercase().contains("foreign key"), "{said}");
    let renamed = json!({"from": "oak", "to": "elm"});
    server.fault("rename", renamed.clone()).await;

    assert_eq!(server.ok("leave", json!({})).await.1, json!({"n": 1}));
    assert_eq!(server.ok("rename", renamed).await.1, json!({"n": 1}));
    let gone = server.ok("tear_down", json!({"house": 1})).await;
    assert_eq!(gone.1, json!({"n": 1}));
}
