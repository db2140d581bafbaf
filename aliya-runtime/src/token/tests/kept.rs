//! What is kept of requests with a key: their errors, too, and nothing that is secret.

use serde_json::json;

use super::keyed::{key, login_key};
use super::*;
use crate::db::{Row, Statement};

impl World {
    /// All that is kept of requests: every column of every row.
    async fn ops(&self) -> Vec<Row> {
        static OPS: Statement = Statement {
            name: "token.test.ops",
            sqlite: "SELECT * FROM \"aliya$op\" ORDER BY \"key\"",
            ..Statement::SQLITE_ALONE
        };
        self.query(&OPS, &[]).await
    }
}

#[tokio::test]
async fn without_a_key_every_login_is_another_and_nothing_is_kept() {
    let folder = folder();
    let world = World::open(folder.path()).await;
    let (first, second) = (world.token("p1").await, world.token("p1").await);
    assert_ne!(first, second);
    assert_eq!(world.sessions_of("p1").await, 2);
    world.call("bind_account", binding(&second, "Anna")).await;
    world
        .call("login", credentials("account", "Anna", "wrong"))
        .await;
    assert_eq!(world.ops().await, Vec::<Row>::new());
}

#[tokio::test]
async fn an_error_is_kept_as_the_reply() {
    let folder = folder();
    let world = World::open(folder.path()).await;
    let login = || credentials("account", "Anna", "secret");
    let refused = world.call_keyed("login", login(), login_key(1)).await;
    assert_eq!(refused.0, 1);
    let token = world.token("p1").await;
    world.call("bind_account", binding(&token, "Anna")).await;
    // It would succeed now; the first reply may have been lost on its way, and is the one that counts.
    let again = world.call_keyed("login", login(), login_key(1)).await;
    assert_eq!(again, refused);
    assert_eq!(world.call_keyed("login", login(), login_key(2)).await.0, 0);

    let unique = || json!({"unique_id": "p1"});
    for _ in 0..2 {
        let bound = world
            .call_keyed("login_unique", unique(), login_key(3))
            .await;
        assert_eq!(bound.0, 2);
    }
    // What no args can be is not kept: it is refused before anything happens.
    let none = world
        .call_keyed("login_unique", json!({}), login_key(4))
        .await;
    assert_eq!(none.0, 10);
    let right = world
        .call_keyed("login_unique", json!({"unique_id": "p3"}), login_key(4))
        .await;
    assert_eq!(right.0, 1);
}

#[tokio::test]
async fn other_content_under_the_same_key_is_refused() {
    let folder = folder();
    let world = World::open(folder.path()).await;
    let first = world
        .call_keyed("login_unique", json!({"unique_id": "p1"}), login_key(1))
        .await;
    let token = first.2["token"].as_str().unwrap().to_owned();
    let reused = (16, "Request reused".to_owned(), json!({}));
    let login = world.call_keyed("login_unique", json!({"unique_id": "p2"}), login_key(1));
    assert_eq!(login.await, reused);
    let login = world.call_keyed("login", credentials("account", "p1", "p1"), login_key(1));
    assert_eq!(login.await, reused);
    assert_eq!(world.sessions_of("p2").await, 0, "nothing of it is kept");

    let of_p1 = || key(Some("p1"), "the random of a binding");
    let bound = world.call_keyed("bind_account", binding(&token, "Anna"), of_p1());
    assert_eq!(bound.await.0, 0);
    let with = |arg: &str, value: Value| {
        let mut args = binding(&token, "Anna");
        args[arg] = value;
        args
    };
    for args in [
        with("account", json!("Berta")),
        with("email", json!("a@example.com")),
        with("phone_number", json!("1")),
        with("password", json!("another")),
    ] {
        let answer = world.call_keyed("bind_account", args.clone(), of_p1());
        assert_eq!(answer.await, reused, "{args}");
    }
}

#[tokio::test]
async fn nothing_secret_is_kept() {
    let folder = folder();
    let world = World::open(folder.path()).await;
    let unique = json!({"unique_id": "p1"});
    let (_, _, data) = world.call_keyed("login_unique", unique, login_key(1)).await;
    let mut secrets = vec![data["token"].as_str().unwrap().to_owned()];
    let bind = binding(&secrets[0], "Anna");
    let bound = world.call_keyed(
        "bind_account",
        bind.clone(),
        key(Some("p1"), &"b".repeat(16)),
    );
    assert_eq!(bound.await.0, 0);
    let bound = world.call_keyed("bind_account", bind, key(Some("p1"), &"c".repeat(16)));
    assert_eq!(bound.await.0, 2);
    let login = credentials("account", "Anna", "secret");
    let (_, _, data) = world.call_keyed("login", login, login_key(2)).await;
    secrets.push(data["token"].as_str().unwrap().to_owned());
    let login = credentials("account", "Anna", "a wrong secret");
    assert_eq!(world.call_keyed("login", login, login_key(3)).await.0, 1);

    let ops = world.ops().await;
    assert_eq!(ops.len(), 5);
    let text = format!("{ops:?}");
    for token in &secrets {
        for part in token.split('.').skip(1) {
            assert!(!text.contains(part), "{part} of a token in {text}");
        }
    }
    assert!(!text.contains("secret"), "{text}");
    assert!(!text.contains("argon2"), "{text}");
    // Nor a hash that a password could be guessed by: it takes the secret to make it.
    let other = World::open_over(world.server.db.clone(), "t", &Settings::default()).await;
    let login = credentials("account", "Anna", "secret");
    let answer = other.call_keyed("login", login, login_key(2)).await;
    assert_eq!(
        answer.0, 16,
        "with another secret the content has another hash"
    );
}
