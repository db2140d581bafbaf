//! Runs managers/events.yaml: what runs for each new player, with the token server in the same
//! process and in another one.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use aliya_runtime::call::{PeerCall, Peers, Request};
use aliya_runtime::clock::Clock;
use aliya_runtime::db::Db;
use aliya_runtime::newcomers::{Created, Newcomers, Outbox};
use aliya_runtime::secrets::Secret;
use aliya_runtime::token::{Function, Settings, TokenServer};
use aliya_runtime::{Answer, BoxFuture, PlayerId, Stop, Time};
use serde_json::{Value, json};

use super::{Server, the_game};

const NOW: Time = Time(1_795_322_096_789);

async fn token_server(db: &Db, newcomers: Arc<dyn Newcomers>) -> Arc<TokenServer> {
    let secret = Secret::new(&"s".repeat(32)).expect("long enough");
    let started = TokenServer::start(db.clone(), &secret, &Settings::default(), newcomers).await;
    started.expect("starts")
}

/// Status of a login, which is 15 for a fault.
async fn login(tokens: &TokenServer, player: &str) -> i64 {
    let data = json!({ "unique_id": player });
    let data = data.as_object().expect("an object");
    let answer = tokens.run(Function::LoginUnique, data, None).await;
    let answer = answer.unwrap_or_else(|stop| stop.into_answer("login"));
    answer.status
}

impl Server {
    /// A token server of the same process, over the same database.
    async fn tokens(&self, clock: Clock) -> Arc<TokenServer> {
        let created = Created::new(the_game(), Arc::clone(&self.group), clock);
        token_server(&self.db, Arc::new(created)).await
    }

    async fn set_gate(&self, open: i64) {
        self.ok("set_gate", json!({ "open": open })).await;
    }

    /// When a player came and with how many coins; `None` for who never did.
    async fn arrival(&self, player: &str) -> Option<(i64, i64)> {
        let info = the_game()
            .manager("events")
            .and_then(|m| m.function("my_arrival"));
        let request = Request {
            caller: Some(PlayerId::new(player)),
            ..Request::new(Time(0), "test")
        };
        let data = serde_json::Map::new();
        match self
            .group
            .run(info.expect("declared"), &data, request)
            .await
        {
            Ok(answer) => {
                let data: Value = serde_json::from_str(&answer.data).expect("JSON");
                Some((data["at"].as_i64()?, data["coins"].as_i64()?))
            }
            Err(Stop::Failed(_)) => None,
            Err(other) => panic!("{other}"),
        }
    }
}

#[tokio::test]
async fn a_new_player_s_functions_are_part_of_the_login() {
    let server = Server::start().await;
    let tokens = server.tokens(Clock::at(NOW)).await;
    assert_eq!(login(&tokens, "ada").await, 1);
    assert_eq!(server.arrival("ada").await, Some((NOW.0, 100)));
    // Once only: a second run would insert the row again, and fail.
    assert_eq!(login(&tokens, "ada").await, 0);
    // Through a closed gate nobody comes: without the function there is no account either.
    server.set_gate(0).await;
    assert_eq!(login(&tokens, "bob").await, 15);
    assert_eq!(login(&tokens, "ada").await, 0);
    server.set_gate(50).await;
    assert_eq!(login(&tokens, "bob").await, 1);
    assert_eq!(server.arrival("bob").await, Some((NOW.0, 2)));
}

#[tokio::test]
async fn logins_of_one_new_player_at_once_make_it_once() {
    let server = Server::start().await;
    let tokens = server.tokens(Clock::at(NOW)).await;
    let logins = (0..20).map(|_| {
        let tokens = Arc::clone(&tokens);
        tokio::spawn(async move { login(&tokens, "ada").await })
    });
    let logins: Vec<_> = logins.collect();
    let mut statuses = Vec::new();
    for login in logins {
        statuses.push(login.await.expect("ends"));
    }
    statuses.sort_unstable();
    assert_eq!(statuses, [&[0; 19][..], &[1]].concat());
    assert_eq!(server.arrival("ada").await, Some((NOW.0, 100)));
}

/// The managers as another process has them: calls can get lost on the way there and back.
struct Abroad {
    server: Arc<Server>,
    /// Whether the process is there.
    is_up: AtomicBool,
    /// Whether its replies come through.
    answers: AtomicBool,
    calls: AtomicUsize,
}

impl Abroad {
    fn of(server: &Arc<Server>) -> Arc<Self> {
        Arc::new(Self {
            server: Arc::clone(server),
            is_up: AtomicBool::new(true),
            answers: AtomicBool::new(true),
            calls: AtomicUsize::new(0),
        })
    }
}

impl Peers for Abroad {
    fn call<'a>(&'a self, call: PeerCall<'a>) -> BoxFuture<'a, Result<Answer, Stop>> {
        Box::pin(async move {
            self.calls.fetch_add(1, Ordering::SeqCst);
            let lost = |what: &str| Stop::Unavailable(what.to_owned());
            if !self.is_up.load(Ordering::SeqCst) {
                return Err(lost("nobody there"));
            }
            let args: Value = serde_json::from_str(&call.body).expect("JSON");
            let args = args.as_object().expect("an object");
            let request = call.request.clone();
            let args = args.clone();
            let ran = self
                .server
                .group
                .act(call.function, args, request, call.act)
                .await;
            match self.answers.load(Ordering::SeqCst) {
                true => ran,
                false => Err(lost("no answer")),
            }
        })
    }
}

/// A token server of a process of its own.
async fn apart(abroad: &Arc<Abroad>, clock: &Clock) -> (Arc<TokenServer>, Arc<Outbox>, Db) {
    let folder = abroad.server.folder.path();
    let db = super::open(&folder.join("token.sqlite")).await;
    let peers: Arc<dyn Peers> = Arc::clone(abroad) as _;
    let outbox = Outbox::open(the_game(), db.clone(), peers, clock.clone()).await;
    let outbox = outbox.expect("opens");
    let tokens = token_server(&db, Arc::new(Arc::clone(&outbox))).await;
    (tokens, outbox, db)
}

#[tokio::test]
async fn in_another_process_the_login_waits_for_them() {
    let server = Arc::new(Server::start().await);
    let abroad = Abroad::of(&server);
    let (tokens, outbox, _db) = apart(&abroad, &Clock::at(NOW)).await;
    assert_eq!(login(&tokens, "ada").await, 1);
    assert_eq!(server.arrival("ada").await, Some((NOW.0, 100)));
    assert_eq!(outbox.work_off(later()).await.expect("works"), 0);
    assert_eq!(login(&tokens, "ada").await, 0);
    assert_eq!(abroad.calls.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn what_gets_lost_on_the_way_is_repeated_and_runs_once() {
    let server = Arc::new(Server::start().await);
    let abroad = Abroad::of(&server);
    let clock = Clock::at(NOW);
    let (tokens, outbox, db) = apart(&abroad, &clock).await;
    // The managers are not there: the player is made all the same, and what is to run is on disk.
    abroad.is_up.store(false, Ordering::SeqCst);
    assert_eq!(login(&tokens, "ada").await, 1);
    assert_eq!(server.arrival("ada").await, None);
    // Not due yet: the login itself was about to do it.
    assert_eq!(outbox.work_off(Time::now()).await.expect("works"), 0);
    // A process that is killed here finds it again.
    drop((tokens, outbox));
    db.close().await.expect("closes");
    let (_tokens, outbox, _db) = apart(&abroad, &clock).await;
    clock.advance(1_000);
    assert_eq!(outbox.work_off(later()).await.expect("works"), 1);
    // It runs, and the answer gets lost; the next call finds that it has run.
    abroad.is_up.store(true, Ordering::SeqCst);
    abroad.answers.store(false, Ordering::SeqCst);
    assert_eq!(outbox.work_off(later()).await.expect("works"), 1);
    assert_eq!(server.arrival("ada").await, Some((NOW.0, 100)));
    abroad.answers.store(true, Ordering::SeqCst);
    assert_eq!(outbox.work_off(later()).await.expect("works"), 1);
    assert_eq!(outbox.work_off(later()).await.expect("works"), 0);
    // `now` is when the player was made, however late it runs.
    assert_eq!(server.arrival("ada").await, Some((NOW.0, 100)));
    assert_eq!(abroad.calls.load(Ordering::SeqCst), 4);
}

/// When everything is due that waits.
fn later() -> Time {
    Time(Time::now().0 + 3_600_000)
}
