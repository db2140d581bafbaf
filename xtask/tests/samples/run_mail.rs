//! Letters, and the gifts in them: mail.yaml and reward.yaml.

use serde_json::{Value, json};

use super::{IRON, Server};

const SCROLL_10: i64 = 6;
const SKILL: i64 = 1;
const THING: i64 = 3;
const ARMOR: i64 = 4;

fn thing(group: i64, id: i64, amount: i64) -> Value {
    json!({"group": group, "id": id, "amount": amount})
}

#[tokio::test]
async fn a_reward_goes_where_its_kind_is_kept() {
    let server = Server::start().await;
    let give = async |what: Value, times: i64| {
        let args = json!({"what": what, "times": times});
        server.ok("ann", "reward.give", args).await
    };
    // Things are in the bag, armor in pieces, and a skill that is known becomes a scroll.
    let iron = give(thing(THING, IRON, 5), 2).await;
    assert_eq!(
        iron,
        json!({"group": THING, "id": IRON, "amount": 10, "remain": 10})
    );
    assert_eq!(server.holds("ann", IRON).await, 10);
    let armor = give(thing(ARMOR, 7, 3), 1).await;
    assert_eq!(armor["remain"], 3);
    let learnt = give(thing(SKILL, 9, 1), 1).await;
    assert_eq!(
        learnt,
        json!({"group": SKILL, "id": 9, "amount": 1, "remain": 1})
    );
    let known = give(thing(SKILL, 9, 1), 4).await;
    assert_eq!(
        known,
        json!({"group": THING, "id": SCROLL_10, "amount": 1, "remain": 1})
    );
    assert_eq!(server.holds("ann", SCROLL_10).await, 1);
}

#[tokio::test]
async fn a_letter_is_posted_to_another_player_and_can_be_taken_back() {
    let server = Server::start().await;
    let letter =
        json!({"kind": 3, "sender": "oak", "subject": "join us", "about": "bob", "family": 4});
    let posted = server.ok("ann", "mail.post", letter).await;
    let it = json!({"letter": posted["letter"], "kind": 3});
    let asked = server.ok("ann", "mail.request_in", it.clone()).await;
    assert_eq!(asked, json!({"about": "bob", "family": 4}));
    // Not another player's, nor of another kind.
    assert_eq!(server.run("bob", "mail.request_in", it.clone()).await.0, 99);
    let wrong = json!({"letter": posted["letter"], "kind": 2});
    assert_eq!(server.run("ann", "mail.request_in", wrong).await.0, 99);

    let only = json!({"letter": posted["letter"]});
    server.ok("ann", "mail.take_letter", only.clone()).await;
    assert_eq!(
        server.run("ann", "mail.take_letter", only.clone()).await.0,
        99
    );
    assert_eq!(server.run("ann", "mail.request_in", it.clone()).await.0, 99);
    server.ok("ann", "mail.put_back", only.clone()).await;
    server.ok("ann", "mail.request_in", it.clone()).await;
    server.ok("ann", "mail.unpost", only.clone()).await;
    assert_eq!(server.run("ann", "mail.request_in", it).await.0, 99);
}

#[tokio::test]
async fn a_box_holds_a_hundred_letters() {
    let server = Server::start().await;
    let letter = json!({"kind": 0, "sender": "a", "subject": "b"});
    for _ in 0..100 {
        server.ok("ann", "mail.post", letter.clone()).await;
    }
    assert_eq!(server.run("ann", "mail.post", letter.clone()).await.0, 1);
    server.ok("bob", "mail.post", letter).await;
}

#[tokio::test]
async fn letters_without_gifts_are_not_opened() {
    let server = Server::start().await;
    // What is posted has no things in it: the sample has no function that puts any in.
    let gift = json!({"kind": 1, "sender": "server", "subject": "for you"});
    let posted = server.ok("ann", "mail.post", gift.clone()).await;
    let theirs = server.ok("bob", "mail.post", gift).await;
    let id = posted["letter"].to_string();
    let args = json!({"gift": [posted["letter"], theirs["letter"]], "other": [77]});
    let accepted = server.ok("ann", "mail.accept_gifts", args.clone()).await;
    let expected = json!({"success": {id: []}, "error": [theirs["letter"], 77]});
    assert_eq!(accepted, expected);
    // Once and not again.
    let again = server.ok("ann", "mail.accept_gifts", args).await;
    assert_eq!(again["success"], json!({}));
    assert_eq!(
        again["error"],
        json!([posted["letter"], theirs["letter"], 77])
    );
}
