//! Friends and their gifts: friend.yaml.

use serde_json::json;

use super::Server;

const FRIEND_GIFT: i64 = 16;

async fn three() -> Server {
    let server = Server::start().await;
    for (who, name) in [("ann", "Ann"), ("bob", "Bob"), ("cid", "Cid")] {
        server.person(who, name, 0).await;
    }
    server
}

#[tokio::test]
async fn a_request_is_a_letter_and_counts_where_it_was_sent() {
    let server = three().await;
    let ask = async |name: &str| {
        let args = json!({ "gn_target": name });
        server.run("ann", "friend.request_friend", args).await
    };
    // What fails counts no use: there are two a day.
    assert_eq!(ask("nobody").await.0, 97);
    assert_eq!(ask("Ann").await.0, 99);
    assert_eq!(ask("Bob").await, (0, json!({"gn": "Bob"})));
    assert_eq!(ask("Cid").await.0, 0);
    assert_eq!(ask("Cid").await.0, 96);
    let letter = json!({"letter": 1, "kind": 2});
    let asked = server.ok("bob", "mail.request_in", letter).await;
    assert_eq!(asked["about"], "ann");
}

#[tokio::test]
async fn there_are_no_gifts_without_friends() {
    let server = three().await;
    server
        .ok("ann", "friend.request_friend", json!({"gn_target": "Bob"}))
        .await;
    // Who was asked is no friend yet.
    assert_eq!(
        server.run("ann", "friend.send_gift_all", json!({})).await.0,
        99
    );
    let names = json!({"gns": ["Ann", "nobody"]});
    let got = server.ok("bob", "friend.get_gifts", names).await;
    let nothing = json!({"gns": [], "reward": [3, FRIEND_GIFT, 0], "remain": [3, FRIEND_GIFT, 0]});
    assert_eq!(got, nothing);
}
