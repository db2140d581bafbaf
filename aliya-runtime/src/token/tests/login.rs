//! `login`: by a name and a password.

use serde_json::json;

use super::*;

#[tokio::test]
async fn a_bound_player_logs_in_by_password_and_no_longer_by_unique_id() {
    let folder = folder();
    let world = World::open(folder.path()).await;
    let token = world.token("p1").await;
    let mut args = binding(&token, "Anna");
    args["email"] = json!("anna@example.com");
    args["phone_number"] = json!("+49 170");
    let bound = world.call("bind_account", args).await;
    assert_eq!(bound, (0, "success".to_owned(), json!({})));
    assert_eq!(
        world.validate(&token).as_deref(),
        Ok("p1"),
        "binding ends no session"
    );

    let world = world.restart(folder.path()).await;
    let (status, message, data) = world.call("login_unique", json!({"unique_id": "p1"})).await;
    let expected = "The account corresponding to this unique_id has already been bound. Please log \
                    in using a different method.";
    assert_eq!((status, &*message, data), (2, expected, json!({})));
    assert_eq!(
        world.validate(&token).as_deref(),
        Ok("p1"),
        "a refusal ends no session"
    );

    let mut earlier = token;
    for (identifier, value) in [
        ("account", "Anna"),
        ("email", "anna@example.com"),
        ("phone_number", "+49 170"),
    ] {
        let args = credentials(identifier, value, "secret");
        let (status, message, data) = world.call("login", args).await;
        assert_eq!((status, &*message), (0, "success"));
        assert_eq!(world.validate(&earlier), ENDED);
        earlier = data["token"].as_str().unwrap().to_owned();
        assert_eq!(world.validate(&earlier).as_deref(), Ok("p1"));
    }
}

#[tokio::test]
async fn a_failed_login_looks_the_same_for_every_cause_and_ends_no_session() {
    let folder = folder();
    let world = World::open(folder.path()).await;
    let token = world.token("p1").await;
    world.token("p2").await;
    assert_eq!(
        world.call("bind_account", binding(&token, "Anna")).await.0,
        0
    );
    for args in [
        credentials("account", "Anna", "Secret"),
        credentials("account", "Anna", ""),
        credentials("account", "Anna", &"x".repeat(5000)),
        credentials("account", "anna", "secret"),
        credentials("account", "Anna ", "secret"),
        credentials("account", "nobody", "secret"),
        credentials("account", &"x".repeat(5000), "secret"),
        credentials("account", "Anna\u{0}", "secret"),
        // There are players without an account name, e-mail and phone number.
        credentials("account", "", "secret"),
        credentials("account", "", ""),
        credentials("email", "", "secret"),
        credentials("phone_number", "", "secret"),
        credentials("email", "Anna", "secret"),
    ] {
        let failed = world.call("login", args.clone()).await;
        assert_eq!(
            failed,
            (1, "Invalid credentials".to_owned(), json!({})),
            "{args}"
        );
    }
    assert_eq!(world.validate(&token).as_deref(), Ok("p1"));
}

#[tokio::test]
async fn login_says_which_arg_is_wrong() {
    let folder = folder();
    let world = World::open(folder.path()).await;
    let wrong = "identifier must be account, email or phone_number";
    for (args, reason) in [
        (
            json!({"value": "v", "password": "p"}),
            "identifier is missing",
        ),
        (credentials("unique_id", "p1", "p"), wrong),
        (credentials("", "p1", "p"), wrong),
        (credentials("Account", "p1", "p"), wrong),
        (
            json!({"identifier": "email", "password": "p"}),
            "value is missing",
        ),
        (
            json!({"identifier": "email", "value": [], "password": "p"}),
            "value must be text",
        ),
        (
            json!({"identifier": "email", "value": "v"}),
            "password is missing",
        ),
        (
            json!({"identifier": "email", "value": "v", "password": 1}),
            "password must be text",
        ),
    ] {
        let (status, _, data) = world.call("login", args).await;
        assert_eq!((status, data), (10, json!({"reason": reason})));
    }
}
