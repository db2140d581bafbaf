//! Runs the samples of the language, over SQLite. The files of managers/ are those samples as they were
//! written before there was a generator; what they name and do not declare stands in files of its own
//! (profile.yaml, achievement.yaml, config/). A test of aliya-runtime, which is what generated code needs.

#![allow(
    missing_docs,
    clippy::collapsible_if,
    clippy::enum_variant_names,
    clippy::manual_range_contains,
    clippy::needless_late_init,
    clippy::unnecessary_lazy_evaluations,
    clippy::useless_vec
)]

use std::path::Path;
use std::sync::Arc;

use aliya_runtime::call::{PeerCall, Peers, Request};
use aliya_runtime::config::Store;
use aliya_runtime::db::migrate::How;
use aliya_runtime::db::{Db, Options};
use aliya_runtime::group::Group;
use aliya_runtime::random::Seeds;
use aliya_runtime::{Answer, BoxFuture, PlayerId, Stop, Time};
use aliya_test_servers::Kind;
use serde_json::{Value, json};

// All that is generated, as it lies there. Here one crate stands for its packages.
extern crate self as generated_part_0;
extern crate self as generated_shared;
#[path = "generated/src/lib.rs"]
#[rustfmt::skip]
pub mod root_of_all;
#[path = "generated/part-0/src/lib.rs"]
#[rustfmt::skip]
pub mod root_of_part;
#[path = "generated/shared/src/lib.rs"]
#[rustfmt::skip]
pub mod root_of_shared;
pub use root_of_all::*;
pub use root_of_part::*;
pub use root_of_shared::*;

mod run_factory;
mod run_family;
mod run_friend;
mod run_mail;
mod run_stage;
mod run_summoning;

struct NoPeers;

impl Peers for NoPeers {
    fn call<'a>(&'a self, call: PeerCall<'a>) -> BoxFuture<'a, Result<Answer, Stop>> {
        let name = call.function.name;
        Box::pin(async move { panic!("{name} is called out of the group") })
    }
}

#[test]
fn all_of_this_on_postgres() -> anyhow::Result<()> {
    aliya_test_servers::again_on(Kind::Postgres, &[])
}

#[test]
fn all_of_this_on_mariadb() -> anyhow::Result<()> {
    aliya_test_servers::again_on(Kind::Mariadb, &[])
}

/// The samples over a database of their own.
struct Server {
    group: Arc<Group>,
    _folder: tempfile::TempDir,
}

impl Server {
    async fn start() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let url = aliya_test_servers::database_here(&folder.path().join("game.sqlite"));
        let url = url.expect("a database").parse().expect("a URL");
        let db = Db::open(&url, Options::default()).await.expect("opens");
        let migrated = db.migrate(&aliya_runtime::histories(&GAME), How::All).await;
        migrated.expect("is brought along");
        let names: Vec<_> = GAME.managers.iter().map(|m| m.name.to_owned()).collect();
        let folder_of_values =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("../xtask/tests/samples/config");
        let values = Store::open(&config::CONFIG, &folder_of_values).expect("right values");
        let (seeds, peers) = (Seeds::System, Arc::new(NoPeers));
        let group = Group::start_with(&GAME, &names, db, peers, seeds, Some(values)).await;
        Self {
            group: group.expect("starts"),
            _folder: folder,
        }
    }

    /// Status and data of `manager.function`, which may be an internal one, for a player at a time.
    async fn at(&self, now: Time, who: &str, function: &str, data: Value) -> (i64, Value) {
        let (manager, name) = function.split_once('.').expect("manager.function");
        let info = GAME.manager(manager).and_then(|m| m.function(name));
        let request = Request {
            caller: Some(PlayerId::new(who)),
            ..Request::new(now, "test")
        };
        let data = data.as_object().expect("args are an object");
        let info = info.expect("the samples have the function");
        match self.group.run(info, data, request).await {
            Ok(answer) => {
                let data = serde_json::from_str(&answer.data).expect("JSON");
                (answer.status, data)
            }
            Err(Stop::Failed(failure)) => {
                let data = failure.data.unwrap_or_else(|| "{}".to_owned());
                (failure.status, serde_json::from_str(&data).expect("JSON"))
            }
            Err(other) => panic!("{function}: {other:?}"),
        }
    }

    /// The same at any time.
    async fn run(&self, who: &str, function: &str, data: Value) -> (i64, Value) {
        self.at(Time(86_400_000), who, function, data).await
    }

    /// The data of a function that ends well.
    async fn ok(&self, who: &str, function: &str, data: Value) -> Value {
        let (status, data) = self.run(who, function, data).await;
        assert_eq!(status, 0, "{function}: {data}");
        data
    }

    /// How many of an item a player holds.
    async fn holds(&self, who: &str, item: i64) -> i64 {
        let held = self.ok(who, "bag.get_supply", json!({ "item": item }));
        held.await["left"].as_i64().expect("a number")
    }
}

const IRON: i64 = 2;
const DIAMOND: i64 = 5;

impl Server {
    /// Gives a player some of an item.
    async fn add(&self, who: &str, item: i64, amount: i64) {
        self.ok(
            who,
            "bag.add_supply",
            json!({"item": item, "amount": amount}),
        )
        .await;
    }

    /// Gives a player a name and experience.
    async fn person(&self, who: &str, name: &str, exp: i64) {
        self.ok(who, "profile.be_called", json!({ "name": name }))
            .await;
        self.ok(who, "profile.add_exp", json!({ "exp": exp })).await;
    }
}

#[tokio::test]
async fn a_bag_holds_what_was_added_less_what_was_spent() {
    let server = Server::start().await;
    let iron = |amount: i64| json!({"item": IRON, "amount": amount});
    assert_eq!(
        server.ok("ann", "bag.add_supply", iron(5)).await,
        json!({"left": 5})
    );
    assert_eq!(
        server.ok("ann", "bag.spend_supply", iron(3)).await,
        json!({"left": 2})
    );
    let poor = server.run("ann", "bag.spend_supply", iron(3)).await;
    assert_eq!(poor, (2, json!({})));
    assert_eq!(server.holds("ann", IRON).await, 2);
    assert_eq!(server.holds("bob", IRON).await, 0);
}
