//! Chance and allowances where a function runs several times, and how far the table of allowances grows.

#![allow(missing_docs)]

use std::sync::{Arc, Mutex};

use aliya_runtime::call::{PeerCall, Peers, Request};
use aliya_runtime::db::migrate::How;
use aliya_runtime::db::{DatabaseUrl, Db, Options, Value as Cell};
use aliya_runtime::function::{Running, StepsOf};
use aliya_runtime::group::Group;
use aliya_runtime::ops::{Allow, Per, Span};
use aliya_runtime::prelude::*;
use aliya_runtime::{Answer, BoxFuture, FunctionInfo, Stop};
use aliya_test_servers::Kind;
use serde_json::{Value, json};

const NOW: Time = Time(1_795_322_096_789);
const DAY_MS: i64 = 86_400_000;

/// What every run of `travel` threw before and after the calls, as far as it came.
static THROWN: Mutex<Vec<Vec<i64>>> = Mutex::new(Vec::new());

/// Args of a function of a manager elsewhere.
#[derive(Args, Outgoing)]
#[callee(manager = "elsewhere", function = "abroad")]
struct NoArgs {}

/// What functions here reply.
struct Json(Value);

impl Reply for Json {
    fn encode(&self, out: &mut String) {
        out.push_str(&self.0.to_string());
    }
}

static ABROAD: FunctionInfo = FunctionInfo {
    name: "abroad",
    manager: "elsewhere",
    access: Access::Internal,
    writes: false,
    one_query: false,
    reaches: &[],
    outcomes: &[],
    fails: false,
    undone_by: None,
    declaration: "",
    runs: None,
    steps: &StepsOf::<NoArgs>(|_, _| panic!("runs elsewhere")),
};

static ELSEWHERE: Manager = Manager {
    name: "elsewhere",
    port: 0,
    functions: &[&ABROAD],
    schema: &[],
    migrations: None,
};

struct Elsewhere;

impl Peers for Elsewhere {
    fn call<'a>(&'a self, _: PeerCall<'a>) -> BoxFuture<'a, Result<Answer, Stop>> {
        Box::pin(async {
            Ok(Answer {
                status: 0,
                message: "success".into(),
                data: "{}".to_owned(),
            })
        })
    }
}

fn uses<'a>(name: &'static str, per: Per, by: &'a [Param<'a>]) -> Allow<'a> {
    Allow {
        manager: "here",
        name,
        per,
        by,
        max: 3,
        uses: 1,
        at: "here",
    }
}

/// `travel {}`: throws, uses an allowance, calls elsewhere, and does both once more.
#[derive(Args)]
struct Travel {}

fn travel<'a>(cx: &'a mut Cx<'_>, _: &'a Travel) -> Running<'a> {
    Box::pin(async move {
        let run = {
            let mut runs = THROWN.lock().unwrap();
            runs.push(Vec::new());
            runs.len() - 1
        };
        let throw = |cx: &Cx<'_>| {
            let thrown = cx.random(0, i64::MAX, "here").unwrap();
            THROWN.lock().unwrap()[run].push(thrown);
        };
        let day = Per::Calendar(Span::Day);
        throw(cx);
        let first = cx.allow(uses("travel", day, &[])).await?;
        throw(cx);
        cx.call(&NoArgs {}).await?;
        throw(cx);
        let second = cx.allow(uses("travel", day, &[])).await?;
        let reply: Box<dyn Reply> = Box::new(Json(json!({"left": [first, second]})));
        Ok(Returned::success(reply))
    })
}

/// `once {key}`: uses an allowance by a key.
#[derive(Args)]
struct Once {
    key: i64,
}

fn once<'a>(cx: &'a mut Cx<'_>, args: &'a Once) -> Running<'a> {
    Box::pin(async move {
        let by = [Param::Int(args.key)];
        let left = cx.allow(uses("once", Per::Ms(60_000), &by)).await?;
        let reply: Box<dyn Reply> = Box::new(Json(json!({"left": left})));
        Ok(Returned::success(reply))
    })
}

/// Args that name a function whose args are others, as only code by hand could.
#[derive(Args, Outgoing)]
#[callee(manager = "here", function = "once")]
struct OfAnother {}

/// Args that name a function that there is not.
#[derive(Args, Outgoing)]
#[callee(manager = "here", function = "twice")]
struct OfNone {}

/// `astray {known}`: calls with such args.
#[derive(Args)]
struct Astray {
    known: bool,
}

fn astray<'a>(cx: &'a mut Cx<'_>, args: &'a Astray) -> Running<'a> {
    Box::pin(async move {
        let wrong: &dyn Outgoing = if args.known {
            &OfAnother {}
        } else {
            &OfNone {}
        };
        cx.call(wrong).await?;
        Err(Stop::fault("it was called"))
    })
}

static FUNCTIONS: [FunctionInfo; 3] = [
    FunctionInfo {
        name: "travel",
        manager: "here",
        access: Access::Internal,
        writes: true,
        one_query: false,
        reaches: &["elsewhere"],
        outcomes: &[],
        fails: false,
        undone_by: None,
        declaration: "",
        runs: None,
        steps: &StepsOf(travel),
    },
    FunctionInfo {
        name: "once",
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
        steps: &StepsOf(once),
    },
    FunctionInfo {
        name: "astray",
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
        steps: &StepsOf(astray),
    },
];

static HERE: Manager = Manager {
    name: "here",
    port: 0,
    functions: &[&FUNCTIONS[0], &FUNCTIONS[1], &FUNCTIONS[2]],
    schema: &[],
    migrations: None,
};

static GAME: Game = Game {
    name: "world",
    time_zone: "Asia/Shanghai",
    managers: &[&ELSEWHERE, &HERE],
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

async fn start(folder: &tempfile::TempDir) -> (Arc<Group>, Db) {
    let url = aliya_test_servers::database_here(&folder.path().join("world.sqlite"));
    let url = url.unwrap().parse().unwrap();
    let db = Db::open(&url, Options::default()).await.unwrap();
    let histories = aliya_runtime::histories(&GAME);
    db.migrate(&histories, How::All).await.unwrap();
    let here = ["here".to_owned()];
    let group = Group::start(&GAME, &here, db.clone(), Arc::new(Elsewhere)).await;
    (group.unwrap(), db)
}

async fn run(group: &Arc<Group>, function: usize, now: Time, args: Value) -> Value {
    let answer = ask(group, function, now, args).await;
    serde_json::from_str(&answer.unwrap().data).unwrap()
}

async fn ask(group: &Arc<Group>, function: usize, now: Time, args: Value) -> Result<Answer, Stop> {
    let request = Request::new(now, "test");
    let args = args.as_object().unwrap();
    group.run(&FUNCTIONS[function], args, request).await
}

#[tokio::test]
async fn args_of_another_function_or_of_none_are_a_fault() {
    let folder = tempfile::tempdir().unwrap();
    let (group, _) = start(&folder).await;
    for (known, expected) in [
        (true, "these are the args of another function"),
        (false, "the game has no function `twice` of `here`"),
    ] {
        match ask(&group, 2, NOW, json!({"known": known})).await {
            Err(Stop::Fault { what, .. }) => assert_eq!(what, expected),
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn runs_of_one_request_throw_the_same_and_use_once() {
    let folder = tempfile::tempdir().unwrap();
    let (group, _) = start(&folder).await;
    let reply = run(&group, 0, NOW, json!({})).await;
    assert_eq!(reply, json!({"left": [2, 1]}));
    let runs = THROWN.lock().unwrap().clone();
    // Up to the first use, which takes a transaction; there, up to the call; there, to the end.
    let lengths: Vec<_> = runs.iter().map(Vec::len).collect();
    assert_eq!(lengths, [1, 2, 3]);
    let whole = runs.last().unwrap();
    assert!(runs.iter().all(|run| whole.starts_with(run)), "{runs:?}");
    assert!(whole[0] != whole[1] && whole[1] != whole[2], "{whole:?}");
}

static COUNT: Statement = Statement {
    name: "test.count",
    sqlite: "SELECT COUNT(*) FROM \"aliya$allowance\"",
    postgres: "SELECT COUNT(*) FROM \"aliya$allowance\"",
    mysql: "SELECT COUNT(*) FROM `aliya$allowance`",
};

#[tokio::test]
async fn rows_of_past_windows_are_collected() {
    let folder = tempfile::tempdir().unwrap();
    let (group, db) = start(&folder).await;
    let count = async || db.query(&COUNT, &[]).await.unwrap()[0][0].clone();
    for key in 0..300 {
        run(&group, 1, NOW, json!({"key": key})).await;
    }
    // Within two days of their window, all stay.
    run(&group, 1, Time(NOW.0 + DAY_MS / 2), json!({"key": 0})).await;
    assert_eq!(count().await, Cell::Int(301));
    let later = NOW.0 + 3 * DAY_MS;
    for minute in 0..128 {
        run(&group, 1, Time(later + minute * 60_000), json!({"key": 1})).await;
    }
    // Each window has a row, and what is left is of those.
    assert_eq!(count().await, Cell::Int(128));
}

#[tokio::test]
async fn a_group_needs_a_time_zone_that_there_is() {
    static NOWHERE: Game = Game {
        name: "nowhere",
        time_zone: "Asia/Atlantis",
        managers: &[],
        routes: &[],
        config: None,
    };
    let folder = tempfile::tempdir().unwrap();
    let url = DatabaseUrl::sqlite(folder.path().join("nowhere.sqlite"));
    let db = Db::open(&url, Options::default()).await.unwrap();
    let started = Group::start(&NOWHERE, &[], db, Arc::new(Elsewhere)).await;
    let said = started.err().map(|error| error.to_string());
    assert_eq!(
        said.as_deref(),
        Some("there is no time zone `Asia/Atlantis`")
    );
}
