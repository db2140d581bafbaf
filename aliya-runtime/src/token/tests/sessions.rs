//! `login_unique`: players, and which of their tokens lives.

use std::collections::HashSet;
use std::task::{Context, Poll, Waker};

use serde_json::json;

use super::*;
use crate::db::{Param, Statement, Value as Column};

#[tokio::test]
async fn login_unique_makes_a_player_once() {
    let folder = folder();
    let world = World::open(folder.path()).await;
    let args = json!({"unique_id": "p1"});
    let (status, message, data) = world.call("login_unique", args.clone()).await;
    assert_eq!((status, &*message), (1, "new account created"));
    let token = data["token"].as_str().unwrap();
    assert_eq!(world.validate(token).as_deref(), Ok("p1"));
    assert_eq!(data.as_object().unwrap().len(), 1);

    let (status, message, data) = world.call("login_unique", args).await;
    assert_eq!((status, &*message), (0, "success"));
    assert_eq!(
        world.validate(data["token"].as_str().unwrap()).as_deref(),
        Ok("p1")
    );
    // Ids compare byte by byte.
    for other in ["P1", "p1 ", "p\u{0661}"] {
        let (status, ..) = world
            .call("login_unique", json!({"unique_id": other}))
            .await;
        assert_eq!(status, 1, "{other:?}");
    }
}

#[tokio::test]
async fn a_unique_id_has_bounds() {
    let folder = folder();
    let world = World::open(folder.path()).await;
    let longest = "é".repeat(128);
    assert_eq!(
        world.validate(&world.token(&longest).await).as_deref(),
        Ok(&*longest)
    );
    for (args, reason) in [
        (json!({}), "unique_id is missing"),
        (json!({"unique_id": 1}), "unique_id must be text"),
        (json!({"unique_id": null}), "unique_id must be text"),
        (
            json!({"unique_id": ""}),
            "unique_id must have 1 to 128 characters",
        ),
        (
            json!({"unique_id": "é".repeat(129)}),
            "unique_id must have 1 to 128 characters",
        ),
        (
            json!({"unique_id": "a\u{0}"}),
            "unique_id must not hold control characters",
        ),
        (
            json!({"unique_id": "a\nb"}),
            "unique_id must not hold control characters",
        ),
    ] {
        let (status, message, data) = world.call("login_unique", args).await;
        assert_eq!((status, &*message), (10, "Invalid message format"));
        assert_eq!(data, json!({"reason": reason}));
    }
}

#[tokio::test]
async fn a_later_login_ends_the_earlier_token_at_once_and_for_good() {
    let folder = folder();
    let world = World::open(folder.path()).await;
    // Many in one second: each token is another, and only the last lives.
    let mut tokens = Vec::new();
    for _ in 0..10 {
        tokens.push(world.token("p1").await);
    }
    let bystander = world.token("p2").await;
    assert_eq!(tokens.iter().collect::<HashSet<_>>().len(), tokens.len());
    let last = tokens.pop().unwrap();

    let mut world = world;
    for _ in 0..2 {
        for token in &tokens {
            assert_eq!(world.validate(token), ENDED);
        }
        assert_eq!(world.validate(&last).as_deref(), Ok("p1"));
        assert_eq!(world.validate(&bystander).as_deref(), Ok("p2"));
        world = world.restart(folder.path()).await;
    }
    // The count of sessions goes on after a restart: this one ends the one that was loaded.
    let newest = world.token("p1").await;
    assert_eq!(world.validate(&last), ENDED);
    let world = world.restart(folder.path()).await;
    assert_eq!(world.validate(&last), ENDED);
    assert_eq!(world.validate(&newest).as_deref(), Ok("p1"));
}

#[tokio::test]
async fn all_live_sessions_are_loaded_and_no_expired_ones() {
    let folder = folder();
    let over = Settings {
        lifetime_s: 0,
        ..Settings::default()
    };
    let world = World::open_with(folder.path(), "s", &over).await;
    let expired = world.token("expired").await;
    assert_eq!(world.validate(&expired), Err(Refusal::Expired.into()));

    // More than a page of them.
    let world = world.restart(folder.path()).await;
    let mut tokens = Vec::new();
    for player in 0..1001 {
        let player = format!("p{player}");
        tokens.push((world.token(&player).await, player));
    }
    let world = world.restart(folder.path()).await;
    for (token, player) in &tokens {
        assert_eq!(world.validate(token).as_ref(), Ok(player));
    }
    assert_eq!(world.validate(&expired), Err(Refusal::Expired.into()));
    assert_eq!(world.server.sessions.len(), tokens.len());
}

#[tokio::test]
async fn another_secret_knows_no_earlier_token() {
    let folder = folder();
    let world = World::open(folder.path()).await;
    let token = world.token("p1").await;
    world.server.db.close().await.unwrap();
    let world = World::open_with(folder.path(), "t", &Settings::default()).await;
    assert_eq!(world.validate(&token), Err(Refusal::NotOurs.into()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_logins_at_once_the_last_to_commit_lives() {
    const LOGINS: usize = 64;
    let folder = folder();
    let world = Arc::new(World::open(folder.path()).await);
    let logins: Vec<_> = (0..LOGINS)
        .map(|_| {
            let world = Arc::clone(&world);
            tokio::spawn(async move {
                let (status, _, data) = world.call("login_unique", json!({"unique_id": "p"})).await;
                (status, data["token"].as_str().unwrap().to_owned())
            })
        })
        .collect();
    let mut created = 0;
    let mut tokens = Vec::new();
    for login in logins {
        let (status, token) = login.await.unwrap();
        assert!(status == 0 || status == 1, "{status}");
        created += status;
        tokens.push(token);
    }
    assert_eq!(created, 1, "one login made the player, the others found it");

    static SESSION: Statement = Statement {
        name: "token.test.session",
        sqlite: "SELECT \"generation\", \"jti\" FROM \"session\" WHERE \"player\" = ?1",
        ..Statement::SQLITE_ALONE
    };
    let rows = world
        .server
        .db
        .query(&SESSION, &[Param::Text("p")])
        .await
        .unwrap();
    let [Column::Int(generation), Column::Text(jti)] = rows[0].as_slice() else {
        panic!("{rows:?}");
    };
    assert_eq!(*generation, LOGINS as i64);
    let live: Vec<_> = tokens
        .iter()
        .filter(|token| world.validate(token).is_ok())
        .collect();
    assert_eq!(live.len(), 1);
    let (_, live_jti) = world.server.signer.read(live[0]).unwrap();
    assert_eq!(jwt::jti_text(live_jti), *jti);
}

#[tokio::test]
async fn a_login_whose_caller_goes_away_ends_the_earlier_token_all_the_same() {
    let folder = folder();
    let world = World::open(folder.path()).await;
    let earlier = world.token("p").await;
    let args = json!({"unique_id": "p"});
    let mut login = Box::pin(world.call("login_unique", args));
    let polled = login.as_mut().poll(&mut Context::from_waker(Waker::noop()));
    assert!(
        matches!(polled, Poll::Pending),
        "it has begun, and not ended: {polled:?}"
    );
    drop(login);
    let ended = async {
        while world.validate(&earlier) != ENDED {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), ended)
        .await
        .unwrap();
}
