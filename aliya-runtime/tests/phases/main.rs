//! Functions that call other processes: what runs again, what is kept, and what stays open.

mod game;

use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::SeqCst;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use aliya_runtime::call::{Act, PeerCall, Peers, Request};
use aliya_runtime::db::{DatabaseUrl, Db, Options};
use aliya_runtime::dispatch::Dispatch;
use aliya_runtime::function::{Running, StepsOf};
use aliya_runtime::group::Group;
use aliya_runtime::prelude::*;
use aliya_runtime::{Answer, BoxFuture, FunctionInfo};
use serde_json::{Map, Value, json};
use tempfile::TempDir;
use tokio::sync::Notify;
use tokio::time::timeout;

use game::{GAME, diary};

const PATIENCE: Duration = Duration::from_secs(20);

/// Body, caller and limit of a call.
type Called = (String, Option<PlayerId>, Option<usize>);

/// The critic: what it says depends on the text that it is asked about.
#[derive(Default)]
struct Critic {
    calls: Mutex<Vec<Called>>,
    /// Told when a call about `slow` has come.
    slow_begins: Notify,
    /// What the call about `slow` waits for.
    slow_may_end: Notify,
}

impl Critic {
    async fn judge(&self, call: PeerCall<'_>) -> Result<Answer, Stop> {
        let PeerCall { request, body, .. } = call;
        let limit = request.reply_limit;
        let called = (body.clone(), request.caller.clone(), limit);
        self.calls.lock().unwrap().push(called);
        let args: Value = serde_json::from_str(&body).expect("JSON");
        let verdict = match args["text"].as_str().expect("a text") {
            "absent" => return Err(Stop::Unavailable("the critic is out".to_owned())),
            "refused" => {
                return Ok(Answer {
                    status: 3,
                    message: "the critic is offended".into(),
                    data: json!({"until": 7}).to_string(),
                });
            }
            "long" => "x".repeat(9_000),
            "slow" => {
                self.slow_begins.notify_one();
                self.slow_may_end.notified().await;
                "at last".to_owned()
            }
            text => format!("{text} is fine"),
        };
        Ok(Answer {
            status: 1,
            message: "success".into(),
            data: json!({ "verdict": verdict }).to_string(),
        })
    }
}

impl Peers for Critic {
    fn call<'a>(&'a self, call: PeerCall<'a>) -> BoxFuture<'a, Result<Answer, Stop>> {
        assert_eq!(call.function.name, "judge");
        Box::pin(self.judge(call))
    }
}

struct World {
    group: Arc<Group>,
    critic: Arc<Critic>,
    _folder: TempDir,
}

impl World {
    async fn start() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let url = DatabaseUrl::sqlite(folder.path().join("diary.db"));
        let db = Db::open(&url, Options::default())
            .await
            .expect("a database");
        let critic = Arc::new(Critic::default());
        let peers: Arc<dyn Peers> = critic.clone();
        let group = Group::start(&GAME, &["diary".to_owned()], db, peers).await;
        Self {
            group: group.unwrap_or_else(|error| panic!("{error}")),
            critic,
            _folder: folder,
        }
    }

    /// Dispatches a call as a gateway would whose frame has so much room.
    fn ask(
        &self,
        function: &str,
        text: &str,
        reply_limit: usize,
    ) -> BoxFuture<'_, Result<Answer, Stop>> {
        let function = diary::DIARY.function(function).expect("a function");
        let mut args = Map::new();
        args.insert("text".to_owned(), Value::from(text));
        self.group
            .dispatch(function, args, request(reply_limit), Act::Call)
    }

    async fn lines(&self) -> Value {
        let answer = self.ask("read", "", 1_000_000).await.expect("lines");
        data(&answer)["lines"].clone()
    }

    fn calls(&self) -> usize {
        self.critic.calls.lock().unwrap().len()
    }
}

fn request(reply_limit: usize) -> Request {
    Request {
        caller: Some(PlayerId::new("ada")),
        reply_limit: Some(reply_limit),
        ..Request::new(Time(7), "r1")
    }
}

fn data(answer: &Answer) -> Value {
    serde_json::from_str(&answer.data).expect("JSON")
}

#[tokio::test]
async fn reads_calls_and_writes_happen_once_each() {
    let world = World::start().await;
    for (at, text) in ["rain", "sun"].into_iter().enumerate() {
        let answer = world.ask("ask_and_note", text, 7_000).await.expect("noted");
        let expected = json!({"before": at, "ids": [at + 1], "verdict": format!("{text} is fine")});
        assert_eq!(data(&answer), expected);
        // Runs that are answered from the journal call nobody.
        assert_eq!(world.calls(), at + 1);
    }
    assert_eq!(world.lines().await, json!(["rain", "sun"]));
}

#[tokio::test]
async fn a_function_goes_on_after_a_call_between_its_writes() {
    let world = World::start().await;
    let answer = world
        .ask("note_and_ask", "rain", 7_000)
        .await
        .expect("noted");
    let expected = json!({"before": 0, "ids": [1, 2], "verdict": "rain is fine"});
    assert_eq!(data(&answer), expected);
    assert_eq!(world.calls(), 1);
    // The id of the first run's row is known to the second: it is the row that was saved.
    assert_eq!(world.lines().await, json!(["rain", "rain is fine"]));
}

#[tokio::test]
async fn a_call_that_fails_ends_the_function_before_its_writes() {
    let world = World::start().await;
    match world.ask("ask_and_note", "refused", 7_000).await {
        Err(Stop::Failed(Failure {
            status,
            message,
            data,
        })) => {
            assert_eq!((status, &*message), (3, "the critic is offended"));
            assert_eq!(data.as_deref(), Some(r#"{"until":7}"#));
        }
        other => panic!("{other:?}"),
    }
    let absent = world.ask("ask_and_note", "absent", 7_000).await;
    assert!(matches!(absent, Err(Stop::Unavailable(_))), "{absent:?}");
    assert_eq!(world.lines().await, json!([]));
}

#[tokio::test]
async fn a_reply_that_fits_no_frame_keeps_no_write() {
    let world = World::start().await;
    let answered = world.ask("ask_and_note", "long", 7_000).await;
    assert!(
        matches!(answered, Err(Stop::TooLarge { limit: 7_000, .. })),
        "{answered:?}"
    );
    assert_eq!(world.lines().await, json!([]));
}

#[tokio::test]
async fn the_client_s_limit_does_not_bind_what_managers_tell_each_other() {
    let world = World::start().await;
    world
        .ask("ask_and_note", "rain", 7_000)
        .await
        .expect("noted");
    let calls = world.critic.calls.lock().unwrap();
    let expected = (
        r#"{"text":"rain"}"#.to_owned(),
        Some(PlayerId::new("ada")),
        None,
    );
    assert_eq!(*calls, [expected]);
}

#[tokio::test]
async fn bounds_of_args_hold_between_functions_wherever_they_are() {
    let world = World::start().await;
    let long = "more than twenty characters";
    for function in ["note_twice", "ask_and_note"] {
        match world.ask(function, long, 7_000).await {
            Err(Stop::Invalid(reason)) => assert!(reason.starts_with("`text` "), "{reason}"),
            other => panic!("{function}: {other:?}"),
        }
    }
    assert_eq!((world.calls(), world.lines().await), (0, json!([])));
    world
        .ask("note_twice", "short", 7_000)
        .await
        .expect("noted");
    assert_eq!(world.lines().await, json!(["short", "short"]));
}

#[tokio::test]
async fn no_transaction_is_open_while_a_call_is_out() {
    let world = World::start().await;
    for function in ["ask_and_note", "note_and_ask"] {
        let slow = world.ask(function, "slow", 7_000);
        let others = async {
            world.critic.slow_begins.notified().await;
            let noted = timeout(PATIENCE, world.ask("note", "meanwhile", 7_000)).await;
            noted.expect("the writer is free").expect("noted");
            world.critic.slow_may_end.notify_one();
        };
        let (answered, ()) = timeout(PATIENCE, async { tokio::join!(slow, others) })
            .await
            .expect("an end");
        assert_eq!(data(&answered.expect("noted"))["verdict"], "at last");
    }
    let lines = json!(["meanwhile", "slow", "slow", "meanwhile", "at last"]);
    assert_eq!(world.lines().await, lines);
}

#[tokio::test]
async fn a_function_ends_though_its_caller_has_gone_and_a_stop_waits_for_it() {
    let world = World::start().await;
    drop(world.ask("ask_and_note", "slow", 7_000));
    world.critic.slow_begins.notified().await;
    let finish = world.group.finish();
    let mut finish = std::pin::pin!(finish);
    let early = timeout(Duration::from_millis(50), &mut finish).await;
    assert!(early.is_err(), "a function is under way");
    world.critic.slow_may_end.notify_one();
    timeout(PATIENCE, finish).await.expect("an end");
    assert_eq!(world.lines().await, json!(["slow"]));
}

/// Args of a function that wants to write in one run and to call in the next.
#[derive(Args)]
struct FickleArgs {}

fn fickle<'a>(cx: &'a mut Cx<'_>, _: &'a FickleArgs) -> Running<'a> {
    static WRITES: AtomicBool = AtomicBool::new(false);
    Box::pin(async move {
        if WRITES.fetch_xor(true, SeqCst) {
            let text = "rain".to_owned();
            cx.call(&game::JudgeArgs { text }).await?;
        } else {
            diary::insert(cx, "rain").await?;
        }
        Err(Stop::fault("an end"))
    })
}

#[tokio::test]
async fn a_function_that_does_not_repeat_itself_is_a_fault() {
    static FICKLE: FunctionInfo = FunctionInfo {
        name: "fickle",
        manager: "diary",
        access: aliya_runtime::Access::Player,
        writes: true,
        one_query: false,
        reaches: &["critic"],
        outcomes: &[],
        fails: false,
        undone_by: None,
        declaration: "",
        runs: None,
        steps: &StepsOf(fickle),
    };
    let world = World::start().await;
    let ran = world
        .group
        .dispatch(&FICKLE, Map::new(), request(7_000), Act::Call);
    match timeout(PATIENCE, ran).await.expect("an end") {
        Err(Stop::Fault { what, .. }) => assert_eq!(what, "the function does not repeat itself"),
        other => panic!("{other:?}"),
    }
    assert_eq!((world.calls(), world.lines().await), (0, json!([])));
}
