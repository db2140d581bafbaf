//! Allowances whose clock goes wrong, and uses for whose answer nobody waits any more.

#![allow(missing_docs)]

use std::sync::Arc;
use std::time::Duration;

use aliya_runtime::call::{Deadline, Key, PeerCall, Peers, Request};
use aliya_runtime::db::migrate::How;
use aliya_runtime::db::{Db, Options};
use aliya_runtime::function::{Running, StepsOf};
use aliya_runtime::group::Group;
use aliya_runtime::ops::{Allow, Per, Span};
use aliya_runtime::prelude::*;
use aliya_runtime::{Answer, BoxFuture, FunctionInfo, Stop};
use aliya_test_servers::Kind;
use serde_json::{Value, json};

/// The beginning of a day, in UTC.
const DAY: i64 = 1_795_305_600_000;
const DAY_MS: i64 = 86_400_000;
const MAX: i64 = 2;

struct Nobody;

impl Peers for Nobody {
    fn call<'a>(&'a self, _: PeerCall<'a>) -> BoxFuture<'a, Result<Answer, Stop>> {
        Box::pin(async { Err(Stop::fault("there is nobody else")) })
    }
}

struct Json(Value);

impl Reply for Json {
    fn encode(&self, out: &mut String) {
        out.push_str(&self.0.to_string());
    }
}

/// `try {uses, wait_ms}`: uses the day's allowance, and takes its time.
#[derive(Args)]
struct Try {
    uses: i64,
    wait_ms: i64,
}

fn tries<'a>(cx: &'a mut Cx<'_>, args: &'a Try) -> Running<'a> {
    Box::pin(async move {
        let left = cx.allow(Allow {
            manager: "here",
            name: "tries",
            per: Per::Calendar(Span::Day),
            by: &[],
            max: MAX,
            uses: args.uses,
            at: "here",
        });
        let left = left.await?;
        std::thread::sleep(Duration::from_millis(args.wait_ms.unsigned_abs()));
        let reply: Box<dyn Reply> = Box::new(Json(json!({"left": left})));
        Ok(Returned::success(reply))
    })
}

static TRY: FunctionInfo = FunctionInfo {
    name: "try",
    manager: "here",
    access: Access::Internal,
    writes: true,
    one_query: false,
    reaches: &[],
    outcomes: &[],
    fails: false,
    undone_by: None,
    declaration: "",
    runs: None,
    steps: &StepsOf(tries),
};

static HERE: Manager = Manager {
    name: "here",
    port: 0,
    functions: &[&TRY],
    schema: &[],
    migrations: None,
};

static GAME: Game = Game {
    name: "allow",
    time_zone: "UTC",
    managers: &[&HERE],
    routes: &[],
    config: None,
};

#[test]
fn all_of_this_on_postgres() -> anyhow::Result<()> {
    aliya_test_servers::again_on(Kind::Postgres, &[])
}

#[test]
fn all_of_this_on_mariadb() -> anyhow::Result<()> {
    aliya_test_servers::again_on(Kind::Mariadb, &[])
}

async fn start(folder: &tempfile::TempDir) -> Arc<Group> {
    let url = aliya_test_servers::database_here(&folder.path().join("allow.sqlite"));
    let url = url.unwrap().parse().unwrap();
    let db = Db::open(&url, Options::default()).await.unwrap();
    let histories = aliya_runtime::histories(&GAME);
    db.migrate(&histories, How::All).await.unwrap();
    let here = ["here".to_owned()];
    let group = Group::start(&GAME, &here, db, Arc::new(Nobody)).await;
    group.unwrap()
}

/// How many uses are left after one at that time; `None` where none is.
async fn left_after(group: &Arc<Group>, now: i64, uses: i64) -> Option<Value> {
    let args = json!({"uses": uses, "wait_ms": 0});
    let request = Request::new(Time(now), "test");
    let answer = group.run(&TRY, args.as_object().unwrap(), request).await;
    let mut data: Value = serde_json::from_str(&answer.unwrap().data).unwrap();
    Some(data["left"].take()).filter(|left| !left.is_null())
}

#[tokio::test]
async fn no_window_is_opened_twice_whatever_the_clock_does() {
    let folder = tempfile::tempdir().unwrap();
    let group = start(&folder).await;
    let noon = DAY + DAY_MS / 2;
    assert_eq!(left_after(&group, noon, 1).await, Some(json!(1)));
    assert_eq!(left_after(&group, noon, 1).await, Some(json!(0)));
    assert_eq!(left_after(&group, noon, 1).await, None);
    // A clock that is two minutes, a day, a year behind, or ahead, and right again each time.
    for elsewhere in [
        DAY - 120_000,
        DAY - DAY_MS,
        DAY - 365 * DAY_MS,
        DAY + DAY_MS,
        DAY + 365 * DAY_MS,
    ] {
        left_after(&group, elsewhere, 1).await;
        assert_eq!(left_after(&group, noon, 1).await, None, "{elsewhere}");
    }
    // Each of those windows has kept its own count, and those that are to come begin as they should.
    assert_eq!(left_after(&group, DAY - DAY_MS, 1).await, None);
    assert_eq!(left_after(&group, DAY + DAY_MS, 1).await, Some(json!(0)));
    assert_eq!(
        left_after(&group, DAY + 2 * DAY_MS, 2).await,
        Some(json!(0))
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_takes_longer_than_anybody_waits_is_not_kept() {
    let folder = tempfile::tempdir().unwrap();
    let group = start(&folder).await;
    let player = PlayerId::new("ada");
    for (number, key) in [
        None,
        Key::of_client(Some(&player), "1795305600000-00000000000000aa"),
    ]
    .into_iter()
    .enumerate()
    {
        let late = Request {
            key,
            caller: Some(player.clone()),
            deadline: Deadline::after(Duration::from_millis(50)),
            ..Request::new(Time(DAY), "test")
        };
        let args = json!({"uses": 1, "wait_ms": 80});
        match group.run(&TRY, args.as_object().unwrap(), late).await {
            Err(Stop::Unavailable(what)) => assert!(what.contains("nothing was kept"), "{what}"),
            other => panic!("{number}: {other:?}"),
        }
    }
    assert_eq!(left_after(&group, DAY, 2).await, Some(json!(0)));
}
