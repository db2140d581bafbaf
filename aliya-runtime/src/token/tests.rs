//! Tests of the token server over a real database.

use std::collections::HashSet;
use std::path::Path;
use std::task::{Context, Poll, Waker};

use serde_json::json;

use super::*;
use crate::db::{DatabaseUrl, Options, Param, Statement, Value as Column};

/// A token server over the database in a folder.
pub(super) struct World {
    pub(super) server: Arc<TokenServer>,
}

impl World {
    pub(super) async fn open(folder: &Path) -> Self {
        Self::open_with(folder, "s", &Settings::default()).await
    }

    async fn open_with(folder: &Path, secret: &str, settings: &Settings) -> Self {
        let url = DatabaseUrl::sqlite(folder.join("token.db"));
        let db = Db::open(&url, Options::default()).await.unwrap();
        let secret = Secret::new(&secret.repeat(32)).unwrap();
        let server = TokenServer::start(db, &secret, settings).await.unwrap();
        Self { server }
    }

    /// Ends this server and opens another over the same database.
    async fn restart(self, folder: &Path) -> Self {
        self.server.db.close().await.unwrap();
        Self::open(folder).await
    }

    /// Calls a function: status, message and data, as a client sees them.
    pub(super) async fn call(&self, function: &str, data: Value) -> (i64, String, Value) {
        let function = Function::named(function).unwrap();
        let answered = self.server.run(function, data.as_object().unwrap()).await;
        let answer = answered.unwrap_or_else(|stop| stop.into_answer("r1"));
        let data = serde_json::from_str(&answer.data).unwrap();
        (answer.status, answer.message.into_owned(), data)
    }

    /// Logs in and returns the token.
    pub(super) async fn token(&self, player: &str) -> String {
        let (status, message, data) = self
            .call("login_unique", json!({"unique_id": player}))
            .await;
        assert!(status == 0 || status == 1, "{status} {message} {data}");
        data["token"].as_str().unwrap().to_owned()
    }

    fn validate(&self, token: &str) -> Result<String, ValidateError> {
        self.server.validate(token).map(|player| player.to_string())
    }
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

const ENDED: Result<String, ValidateError> = Err(ValidateError::Refused(Refusal::Ended));

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

fn binding(token: &str, account: &str) -> Value {
    json!({"token": token, "account": account, "password": "secret"})
}

fn credentials(identifier: &str, value: &str, password: &str) -> Value {
    json!({"identifier": identifier, "value": value, "password": password})
}

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
