//! Families: family.yaml.

use aliya_runtime::Time;
use serde_json::{Value, json};

use super::{DIAMOND, Server};

const DAY: i64 = 86_400_000;

/// Ann, who has founded a family, and Bob, who has read its invitation.
async fn invited() -> (Server, Value) {
    let server = Server::start().await;
    server.person("ann", "Ann", 200).await;
    server.person("bob", "Bob", 250).await;
    server.add("ann", DIAMOND, 60).await;
    let oak = json!({"name": "Oak", "icon": 3});
    let founded = server.ok("ann", "family.create_family", oak).await;
    assert_eq!(
        founded,
        json!({"name": "Oak", "icon": 3, "iid": DIAMOND, "value": 10})
    );
    let ask = json!({"gn_target": "Bob"});
    let asked = server.ok("ann", "family.invite_user_family", ask).await;
    assert_eq!(asked, json!({"gn": "Bob", "times": 1}));
    (server, json!({"nonce": 1}))
}

#[tokio::test]
async fn a_family_is_founded_once_by_who_can_pay() {
    let server = Server::start().await;
    let oak = || json!({"name": "Oak", "icon": 1});
    let create =
        async |who: &str, name: Value| server.run(who, "family.create_family", name).await.0;
    server.person("ann", "Ann", 199).await;
    assert_eq!(create("ann", oak()).await, 95);
    server.ok("ann", "profile.add_exp", json!({"exp": 1})).await;
    assert_eq!(create("ann", oak()).await, 97);
    server.add("ann", DIAMOND, 100).await;
    assert_eq!(create("ann", oak()).await, 0);
    assert_eq!(create("ann", json!({"name": "Elm", "icon": 1})).await, 98);
    server.person("bob", "Bob", 300).await;
    server.add("bob", DIAMOND, 50).await;
    assert_eq!(create("bob", oak()).await, 96);
    assert_eq!(server.holds("bob", DIAMOND).await, 50);
    assert_eq!(server.holds("ann", DIAMOND).await, 50);
}

#[tokio::test]
async fn an_invitation_is_a_letter_that_is_answered_once() {
    let (server, nonce) = invited().await;
    assert_eq!(
        server
            .run("ann", "family.respond_family", nonce.clone())
            .await
            .0,
        99
    );
    // The letter is about Bob, and it is his.
    let joined = server
        .ok("bob", "family.respond_family", nonce.clone())
        .await;
    assert_eq!(joined, json!({"name": "Oak", "icon": 3, "exp": 0}));
    assert_eq!(
        server.run("bob", "family.respond_family", nonce).await.0,
        99
    );
    let bob = server.ok("bob", "family.my_rank", json!({})).await;
    assert_eq!(
        bob,
        json!({"family": 1, "family_name": "Oak", "rank": 0, "name": "Bob"})
    );
}

#[tokio::test]
async fn a_family_invites_so_often_a_day() {
    let (server, _) = invited().await;
    server.person("cid", "Cid", 300).await;
    server.person("dan", "Dan", 300).await;
    let invite = async |who: &str, day: i64, name: &str| {
        let args = json!({"gn_target": name});
        let now = Time(DAY * day);
        server
            .at(now, who, "family.invite_user_family", args)
            .await
            .0
    };
    assert_eq!(invite("ann", 1, "nobody").await, 93);
    assert_eq!(invite("bob", 1, "Cid").await, 99);
    assert_eq!(invite("ann", 1, "Cid").await, 0);
    assert_eq!(invite("ann", 1, "Dan").await, 91);
    assert_eq!(invite("ann", 2, "Dan").await, 0);
    assert_eq!(invite("ann", 2, "Ann").await, 94);
}

#[tokio::test]
async fn ranks_are_given_to_those_below() {
    let (server, nonce) = invited().await;
    server.ok("bob", "family.respond_family", nonce).await;
    let set = async |who: &str, name: &str, role: i64| {
        let args = json!({"gn_target": name, "role": role});
        server.run(who, "family.set_role_family", args).await
    };
    assert_eq!(set("ann", "Ann", 4).await.0, 99);
    assert_eq!(set("bob", "Ann", 4).await.0, 96);
    assert_eq!(set("ann", "Bob", 0).await.0, 94);
    assert_eq!(set("ann", "Bob", 10).await.0, 96);
    assert_eq!(
        set("ann", "Bob", 8).await,
        (0, json!({"gn": "Bob", "role": 8}))
    );
    assert_eq!(set("ann", "Cid", 4).await.0, 97);
}

#[tokio::test]
async fn a_family_ends_a_day_after_it_was_disbanded() {
    let (server, nonce) = invited().await;
    server.ok("bob", "family.respond_family", nonce).await;
    let disband = async |who: &str| server.run(who, "family.disband_family", json!({})).await;
    assert_eq!(disband("bob").await.0, 98);
    assert_eq!(disband("ann").await, (0, json!({"timer": 86_400})));
    assert_eq!(disband("ann").await.0, 97);
    let close = async |day: i64| {
        let now = Time(DAY * day + 1);
        server
            .at(now, "op", "family.close_families", json!({}))
            .await
            .0
    };
    assert_eq!(close(1).await, 0);
    server.ok("bob", "family.my_rank", json!({})).await;
    assert_eq!(close(2).await, 0);
    assert_eq!(server.run("bob", "family.my_rank", json!({})).await.0, 99);
}
