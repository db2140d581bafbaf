//! Requests with a key: repeated, they happen once and get the same reply.

use serde_json::json;

use super::*;
use crate::db::{Param, Row, Statement, Value as Column};

/// A client's key of a request for a player, or for none.
pub(super) fn key(player: Option<&str>, random: &str) -> Option<Key> {
    let player = player.map(PlayerId::new);
    let key = Key::of_client(player.as_ref(), random);
    assert!(key.is_some(), "{random} is too short");
    key
}

/// The key of a login.
pub(super) fn login_key(number: u8) -> Option<Key> {
    key(None, &format!("a random of a login {number}"))
}

impl World {
    pub(super) async fn query(&self, query: &'static Statement, params: &[Param<'_>]) -> Vec<Row> {
        self.server.db.query(query, params).await.unwrap()
    }

    /// How many sessions a player has had.
    pub(super) async fn sessions_of(&self, player: &str) -> i64 {
        static GENERATION: Statement = Statement {
            name: "token.test.generation",
            sqlite: "SELECT \"generation\" FROM \"session\" WHERE \"player\" = ?1",
            ..Statement::SQLITE_ALONE
        };
        match &*self.query(&GENERATION, &[Param::Text(player)]).await {
            [row] => match row.as_slice() {
                [Column::Int(generation)] => *generation,
                other => panic!("{other:?}"),
            },
            [] => 0,
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn a_repeated_login_gives_the_same_token_and_opens_no_session() {
    let folder = folder();
    let world = World::open(folder.path()).await;
    let login = || json!({"unique_id": "p1"});
    let first = world
        .call_keyed("login_unique", login(), login_key(1))
        .await;
    assert_eq!((first.0, &*first.1), (1, "new account created"));
    let token = first.2["token"].as_str().unwrap().to_owned();
    assert_eq!(world.validate(&token).as_deref(), Ok("p1"));

    let mut world = world;
    for _ in 0..2 {
        let again = world
            .call_keyed("login_unique", login(), login_key(1))
            .await;
        assert_eq!(again, first);
        assert_eq!(world.sessions_of("p1").await, 1);
        assert_eq!(world.validate(&token).as_deref(), Ok("p1"));
        world = world.restart(folder.path()).await;
    }

    // A later login ends that session, and no repetition brings it back.
    let (status, _, later) = world
        .call_keyed("login_unique", login(), login_key(2))
        .await;
    assert_eq!(status, 0);
    let again = world
        .call_keyed("login_unique", login(), login_key(1))
        .await;
    assert_eq!(again, first);
    assert_eq!(world.validate(&token), ENDED);
    let later = later["token"].as_str().unwrap();
    assert_eq!(world.validate(later).as_deref(), Ok("p1"));
    assert_eq!(world.sessions_of("p1").await, 2);
}

#[tokio::test]
async fn a_repeated_login_lives_where_its_commit_was_not_heard_of() {
    let folder = folder();
    let world = World::open(folder.path()).await;
    // This server has not seen what the other one commits, as if a commit had not been answered.
    let other = World::open_over(world.server.db.clone(), "s", &Settings::default()).await;
    let login = || json!({"unique_id": "p1"});
    let first = other
        .call_keyed("login_unique", login(), login_key(1))
        .await;
    let token = first.2["token"].as_str().unwrap();
    assert_eq!(world.validate(token), ENDED);
    let again = world
        .call_keyed("login_unique", login(), login_key(1))
        .await;
    assert_eq!(again, first);
    assert_eq!(world.validate(token).as_deref(), Ok("p1"));
}

#[tokio::test]
async fn a_repeated_bind_account_is_answered_as_the_first_whatever_the_token() {
    let folder = folder();
    let world = World::open(folder.path()).await;
    let token = world.token("p1").await;
    let other = world.token("p2").await;
    let of = |player| key(Some(player), "the random of a binding");
    let bound = (0, "success".to_owned(), json!({}));
    let bind = |token: &str| binding(token, "Anna");
    for _ in 0..2 {
        let answer = world.call_keyed("bind_account", bind(&token), of("p1"));
        assert_eq!(answer.await, bound);
    }
    // Under another key it is another request, and of another player another one.
    let again = world.call_keyed(
        "bind_account",
        bind(&token),
        key(Some("p1"), &"x".repeat(16)),
    );
    assert_eq!(again.await.0, 2);
    let taken = (1, "name taken".to_owned(), json!({"taken": "account"}));
    for _ in 0..2 {
        let answer = world.call_keyed("bind_account", bind(&other), of("p2"));
        assert_eq!(answer.await, taken);
    }

    let login = credentials("account", "Anna", "secret");
    let (_, _, data) = world.call("login", login).await;
    let later = data["token"].as_str().unwrap();
    let answer = world.call_keyed("bind_account", bind(later), of("p1"));
    assert_eq!(answer.await, bound);
    let (status, ..) = world
        .call_keyed("bind_account", bind(&token), of("p1"))
        .await;
    assert_eq!(status, 11, "an ended token is told nothing");
}

#[tokio::test]
async fn a_repeated_login_by_password_gives_the_same_token() {
    let folder = folder();
    let world = World::open(folder.path()).await;
    let token = world.token("p1").await;
    world.call("bind_account", binding(&token, "Anna")).await;
    let login = |password| credentials("account", "Anna", password);
    let first = world
        .call_keyed("login", login("secret"), login_key(1))
        .await;
    assert_eq!(first.0, 0);
    let again = world
        .call_keyed("login", login("secret"), login_key(1))
        .await;
    assert_eq!(again, first);
    assert_eq!(world.sessions_of("p1").await, 2);
    for (password, number, status) in [("wrong", 2, 1), ("wrong", 2, 1), ("wrong", 1, 16)] {
        let answer = world.call_keyed("login", login(password), login_key(number));
        assert_eq!(answer.await.0, status, "{password} {number}");
    }
    assert_eq!(world.sessions_of("p1").await, 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_at_once_with_one_key_get_one_reply() {
    let folder = folder();
    let world = Arc::new(World::open(folder.path()).await);
    let at_once = |function: &'static str, data: Value, key: Option<Key>| {
        let asks: Vec<_> = (0..8)
            .map(|_| {
                let (world, data, key) = (Arc::clone(&world), data.clone(), key.clone());
                tokio::spawn(async move { world.call_keyed(function, data, key).await })
            })
            .collect();
        async {
            let mut answers = Vec::new();
            for ask in asks {
                answers.push(ask.await.unwrap());
            }
            answers.dedup();
            assert_eq!(answers.len(), 1, "{answers:?}");
            answers.remove(0)
        }
    };
    let login = at_once("login_unique", json!({"unique_id": "p1"}), login_key(1)).await;
    assert_eq!(login.0, 1);
    assert_eq!(world.sessions_of("p1").await, 1);
    let token = login.2["token"].as_str().unwrap();
    assert_eq!(world.validate(token).as_deref(), Ok("p1"));
    let of_p1 = key(Some("p1"), "the random of a binding");
    let bound = at_once("bind_account", binding(token, "Anna"), of_p1).await;
    assert_eq!(bound.0, 0);
    let login = credentials("account", "Anna", "secret");
    assert_eq!(at_once("login", login, login_key(2)).await.0, 0);
    assert_eq!(world.sessions_of("p1").await, 2);
}
