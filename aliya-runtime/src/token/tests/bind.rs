//! `bind_account`: names and a password for a player.

use serde_json::json;

use super::*;

#[tokio::test]
async fn names_are_bound_once_and_to_one_player() {
    let folder = folder();
    let world = World::open(folder.path()).await;
    let (first, second) = (world.token("p1").await, world.token("p2").await);
    let mut args = binding(&first, "Anna");
    args["email"] = json!("a@example.com");
    args["phone_number"] = json!("1");
    assert_eq!(world.call("bind_account", args.clone()).await.0, 0);

    // A second time, with whatever names: 2.
    for args in [args, binding(&first, "Anna"), binding(&first, "other")] {
        let bound = world.call("bind_account", args).await;
        assert_eq!(bound, (2, "already bound".to_owned(), json!({})));
    }
    for (name, value) in [
        ("account", "Anna"),
        ("email", "a@example.com"),
        ("phone_number", "1"),
    ] {
        let mut args = binding(&second, "Berta");
        args[name] = json!(value);
        let bound = world.call("bind_account", args).await;
        assert_eq!(bound, (1, "name taken".to_owned(), json!({"taken": name})));
    }
    // None of these has bound anything; and a name of one kind is free as one of another.
    assert_eq!(
        world
            .call("login_unique", json!({"unique_id": "p2"}))
            .await
            .0,
        0
    );
    let mut args = binding(&world.token("p2").await, "anna");
    args["email"] = json!("Anna");
    args["phone_number"] = Value::Null;
    assert_eq!(world.call("bind_account", args).await.0, 0);
    let (status, ..) = world
        .call("login", credentials("email", "Anna", "secret"))
        .await;
    assert_eq!(status, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_who_bind_one_name_at_once_one_gets_it() {
    let folder = folder();
    let world = Arc::new(World::open(folder.path()).await);
    let mut binds = Vec::new();
    for player in 0..8 {
        let token = world.token(&format!("p{player}")).await;
        let world = Arc::clone(&world);
        let bind = async move { world.call("bind_account", binding(&token, "Anna")).await.0 };
        binds.push(tokio::spawn(bind));
    }
    let mut statuses = Vec::new();
    for bind in binds {
        statuses.push(bind.await.unwrap());
    }
    statuses.sort_unstable();
    assert_eq!(statuses, [0, 1, 1, 1, 1, 1, 1, 1]);
}

#[tokio::test]
async fn bind_account_checks_its_args() {
    let folder = folder();
    let world = World::open(folder.path()).await;
    let token = world.token("p1").await;
    let with = |arg: &str, value: Value| {
        let mut args = binding(&token, "Anna");
        args[arg] = value;
        args
    };
    let bounds = |arg: &str| format!("{arg} must have 1 to 128 characters");
    for (args, reason) in [
        (
            json!({"account": "a", "password": "p"}),
            "token is missing".to_owned(),
        ),
        (
            json!({"token": token, "password": "p"}),
            "account is missing".to_owned(),
        ),
        (
            json!({"token": token, "account": "a"}),
            "password is missing".to_owned(),
        ),
        (with("account", json!("")), bounds("account")),
        (with("account", json!("x".repeat(129))), bounds("account")),
        (with("account", json!(7)), "account must be text".to_owned()),
        (
            with("account", json!("a\tb")),
            "account must not hold control characters".to_owned(),
        ),
        (with("email", json!("")), bounds("email")),
        (with("phone_number", json!("")), bounds("phone_number")),
        (
            with("phone_number", json!(49)),
            "phone_number must be text".to_owned(),
        ),
        (with("password", json!("")), bounds("password")),
        (with("password", json!("é".repeat(129))), bounds("password")),
    ] {
        let (status, message, data) = world.call("bind_account", args).await;
        assert_eq!(
            (status, &*message),
            (10, "Invalid message format"),
            "{reason}"
        );
        assert_eq!(data, json!({"reason": reason}));
    }
    let longest = "é".repeat(128);
    let (status, ..) = world
        .call("bind_account", with("password", json!(longest)))
        .await;
    assert_eq!(status, 0);
    assert_eq!(
        world
            .call("login", credentials("account", "Anna", &longest))
            .await
            .0,
        0
    );
}

#[tokio::test]
async fn bind_account_takes_a_live_token_only_and_gives_a_bad_one_back() {
    let folder = folder();
    let world = World::open(folder.path()).await;
    let ended = world.token("p1").await;
    world.token("p1").await;
    for (token, bad) in [
        (json!(ended), json!(ended)),
        (json!(""), json!("")),
        (json!(253), json!(253)),
        (json!({"a": [1, "é"]}), json!({"a": [1, "é"]})),
        // Not Python literals: they go back as text.
        (json!(null), json!("null")),
        (json!([true]), json!("[true]")),
    ] {
        // Checked before the other args: this password is out of bounds.
        let args = json!({"token": token, "account": "a", "password": ""});
        let refused = world.call("bind_account", args).await;
        let expected = json!({"bad_token": bad});
        assert_eq!(refused, (11, "Authorization required".to_owned(), expected));
    }
}
