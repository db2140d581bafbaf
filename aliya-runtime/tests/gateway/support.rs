//! A game, accounts and a client for tests.

use std::borrow::Cow;
use std::future::{pending, ready};
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use aliya_runtime::call::{Act, Key, Request};
use aliya_runtime::clock::Clock;
use aliya_runtime::dispatch::Dispatch;
use aliya_runtime::frame::{self, Check, Cipher, HEADER_LEN};
use aliya_runtime::function::{AnyArgs, Running, Steps};
use aliya_runtime::gateway::{self, Accounts, Config, Rate, Services};
use aliya_runtime::shutdown::CancellationToken;
use aliya_runtime::token::Function;
use aliya_runtime::{
    Access, Answer, BoxFuture, Cx, Failure, FunctionInfo, Game, Manager, PlayerId, Route, Stop,
    Time,
};
use serde_json::{Map, Value};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::task::JoinHandle;
use tokio::time::timeout;

/// How long anything may take before a test fails; far more than it needs.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// These functions are run by [`Functions`].
struct Elsewhere;

impl Steps for Elsewhere {
    fn decode(&self, _: &Map<String, Value>) -> Result<Arc<AnyArgs>, Stop> {
        Err(Stop::fault("these functions are run by `Functions`"))
    }

    fn run<'a>(&self, _: &'a mut Cx<'_>, _: &'a AnyArgs) -> Running<'a> {
        unreachable!("they have no args")
    }
}

/// A function of the lab, which writes.
pub const fn function(name: &'static str, access: Access) -> FunctionInfo {
    FunctionInfo {
        name,
        manager: "lab",
        access,
        writes: true,
        one_query: false,
        reaches: &[],
        outcomes: &[],
        fails: false,
        undone_by: None,
        declaration: "",
        runs: None,
        steps: &Elsewhere,
    }
}

/// The lab's functions; what they do stands in [`Functions`].
pub static LAB: Manager = Manager {
    name: "lab",
    port: 0,
    functions: &[
        &function("echo", Access::Player),
        &function("fail", Access::Player),
        &function("fault", Access::Player),
        &FunctionInfo {
            undone_by: Some("undo"),
            ..function("internal", Access::Internal)
        },
        &FunctionInfo {
            writes: false,
            ..function("look", Access::Player)
        },
        &function("large", Access::Player),
        &function("now", Access::Public),
        &function("operate", Access::Admin),
        &function("panic", Access::Player),
        &function("slow", Access::Player),
        &function("unavailable", Access::Player),
    ],
    schema: &[],
    migrations: None,
};

/// One row of [`GAME`]'s routes.
const fn route(function: &'static str, access: Access) -> Route {
    Route {
        function,
        manager: "lab",
        access,
    }
}

/// A game of one manager.
pub static GAME: Game = Game {
    name: "laboratory",
    time_zone: "UTC",
    managers: &[&LAB],
    routes: &[
        route("echo", Access::Player),
        route("fail", Access::Player),
        route("fault", Access::Player),
        route("large", Access::Player),
        route("now", Access::Public),
        route("panic", Access::Player),
        route("slow", Access::Player),
        route("unavailable", Access::Player),
    ],
    config: None,
};

/// When the requests of these tests arrive.
pub const ARRIVED: Time = Time(1_790_000_000_123);

/// A function of the lab.
pub fn of_lab(name: &str) -> &'static FunctionInfo {
    LAB.function(name).expect("a function of the lab")
}

/// Runs the lab's functions, and counts.
#[derive(Default)]
pub struct Functions {
    /// How many functions have begun.
    pub begun: AtomicUsize,
    /// Told whenever `slow` begins.
    pub slow_begins: Notify,
    /// What `slow` waits for.
    pub slow_may_end: Notify,
    /// The requests that came, and what each asks.
    pub asked: Mutex<Vec<(Request, Act)>>,
}

impl Functions {
    pub fn begun(&self) -> usize {
        self.begun.load(Ordering::SeqCst)
    }

    /// The request that came last, and what it asks.
    pub fn last(&self) -> (Request, Act) {
        let asked = self.asked.lock().expect("no panic under this lock");
        asked.last().cloned().expect("a request")
    }

    async fn run(
        &self,
        function: &'static FunctionInfo,
        args: Map<String, Value>,
        request: Request,
        act: Act,
    ) -> Result<Answer, Stop> {
        self.begun.fetch_add(1, Ordering::SeqCst);
        let limit = request.reply_limit;
        let caller = request.caller.clone();
        let asked = (request, act);
        self.asked
            .lock()
            .expect("no panic under this lock")
            .push(asked);
        match function.name {
            "fail" => Err(Failure::new(2, "insufficient materials").into()),
            "fault" => Err(Stop::fault("the declaration divides by zero")),
            "panic" => panic!("on purpose"),
            "unavailable" => Err(Stop::Unavailable("on purpose".to_owned())),
            "slow" => {
                self.slow_begins.notify_one();
                self.slow_may_end.notified().await;
                Ok(success("{\"slow\":1}".to_owned()))
            }
            "large" => large(&args, limit),
            _ => {
                let caller = caller.as_ref().map(PlayerId::as_str);
                let data = serde_json::json!({"args": args, "caller": caller.unwrap_or("nobody")});
                Ok(success(data.to_string()))
            }
        }
    }
}

/// Data of as many bytes as the arg `bytes` says, within the limit as a group checks it.
fn large(args: &Map<String, Value>, limit: Option<usize>) -> Result<Answer, Stop> {
    let bytes = args.get("bytes").and_then(Value::as_u64).expect("bytes");
    let bytes = usize::try_from(bytes).expect("a size");
    let around = "{\"x\":\"\"}".len();
    let data = format!("{{\"x\":\"{}\"}}", "x".repeat(bytes - around));
    match limit {
        Some(limit) if "\"success\"".len() + bytes > limit => Err(Stop::TooLarge {
            bytes: "\"success\"".len() + bytes,
            limit,
        }),
        _ => Ok(success(data)),
    }
}

fn success(data: String) -> Answer {
    Answer {
        status: 0,
        message: Cow::Borrowed("success"),
        data,
    }
}

/// Shares [`Functions`] between a test and a server.
pub struct Shared(pub Arc<Functions>);

impl Dispatch for Shared {
    fn dispatch<'a>(
        &'a self,
        function: &'static FunctionInfo,
        args: Map<String, Value>,
        request: Request,
        act: Act,
    ) -> BoxFuture<'a, Result<Answer, Stop>> {
        Box::pin(self.0.run(function, args, request, act))
    }
}

/// Takes `token of NAME` as the token of the player NAME, panics at `panic`, is away for `away`.
pub struct FakeAccounts;

impl Accounts for FakeAccounts {
    fn validate<'a>(
        &'a self,
        token: &'a str,
        _: &'a str,
    ) -> BoxFuture<'a, Result<Option<PlayerId>, Stop>> {
        match token {
            "panic" => panic!("on purpose, in accounts"),
            "away" => Box::pin(ready(Err(Stop::Unavailable("on purpose".to_owned())))),
            "never" => Box::pin(pending()),
            _ => {
                let player = token.strip_prefix("token of ").map(PlayerId::new);
                Box::pin(ready(Ok(player)))
            }
        }
    }

    /// Answers with its name and args, and with the key where there is one; `login_unique` with
    /// status 1.
    fn call<'a>(
        &'a self,
        function: Function,
        args: Map<String, Value>,
        key: Option<Key>,
        _: &'a str,
    ) -> BoxFuture<'a, Result<Answer, Stop>> {
        let mut data = serde_json::json!({"called": function.name(), "args": args});
        if let Some(key) = key {
            data["key"] = key.as_str().into();
        }
        let mut answer = success(data.to_string());
        if function == Function::LoginUnique {
            (answer.status, answer.message) = (1, Cow::Borrowed("new account created"));
        }
        Box::pin(ready(Ok(answer)))
    }
}

/// Limits that no test meets unless it sets others.
pub fn config() -> Config {
    Config {
        max_connections: 100,
        max_connections_per_address: 100,
        idle_timeout: PATIENCE,
        frame_timeout: PATIENCE,
        write_timeout: PATIENCE,
        request_timeout: PATIENCE,
        shutdown_timeout: PATIENCE,
        status_as_text: false,
        cipher: cipher(),
        player_rate: Rate { per_s: 0, burst: 1 },
        address_rate: Rate { per_s: 0, burst: 1 },
        login_rate: Rate { per_s: 0, burst: 1 },
    }
}

fn cipher() -> Cipher {
    Cipher::new(b"67891234", b"67891234").expect("8 bytes each")
}

/// A gateway that runs.
pub struct Gateway {
    pub address: SocketAddr,
    pub functions: Arc<Functions>,
    pub shutdown: CancellationToken,
    pub task: JoinHandle<std::io::Result<()>>,
}

impl Gateway {
    /// A gateway over [`Functions`].
    pub async fn start(config: Config) -> Self {
        let functions = Arc::new(Functions::default());
        let shared = Arc::new(Shared(Arc::clone(&functions)));
        Self::over(config, functions, shared).await
    }

    /// A gateway over any functions.
    pub async fn over(
        config: Config,
        functions: Arc<Functions>,
        dispatch: Arc<dyn Dispatch>,
    ) -> Self {
        let services = Arc::new(Services {
            game: &GAME,
            functions: dispatch,
            accounts: Arc::new(FakeAccounts),
            clock: Clock::at(ARRIVED),
        });
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let shutdown = CancellationToken::new();
        let task = tokio::spawn(gateway::run(listener, config, services, shutdown.clone()));
        Self {
            address,
            functions,
            shutdown,
            task,
        }
    }

    pub async fn connect(&self) -> Client {
        let stream = TcpStream::connect(self.address).await.expect("it listens");
        stream.set_nodelay(true).expect("an open socket");
        Client(stream)
    }

    /// Sends a request on a connection of its own, and returns the reply.
    pub async fn ask(&self, json: &str) -> String {
        self.connect().await.ask(json).await
    }

    /// A request of the player ada.
    pub async fn ask_as_ada(&self, function: &str, args: &str) -> String {
        self.ask(&of_ada(function, args)).await
    }
}

/// A request of the player ada; `args` are further keys of its data, such as `,"a":1`.
pub fn of_ada(function: &str, args: &str) -> String {
    format!(r#"{{"function":"{function}","data":{{"token":"token of ada"{args}}}}}"#)
}

/// A request as a frame.
pub fn framed(json: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    frame::encode(json, &cipher(), &mut bytes).expect("it fits");
    bytes
}

/// A client's connection.
pub struct Client(pub TcpStream);

impl Client {
    pub async fn send(&mut self, bytes: &[u8]) {
        let sent = timeout(PATIENCE, self.0.write_all(bytes)).await;
        sent.expect("the server reads")
            .expect("the connection is open");
    }

    /// The next reply.
    pub async fn reply(&mut self) -> String {
        let read = async {
            let mut bytes = vec![0; HEADER_LEN];
            self.0.read_exact(&mut bytes).await?;
            if let Ok(Check::Incomplete { needed }) = frame::check(&bytes) {
                bytes.resize(HEADER_LEN + needed, 0);
                self.0.read_exact(&mut bytes[HEADER_LEN..]).await?;
            }
            Ok::<_, std::io::Error>(bytes)
        };
        let bytes = timeout(PATIENCE, read).await.expect("a reply comes");
        let bytes = bytes.expect("a whole reply");
        let mut buffer = Vec::new();
        let json = frame::decode(&bytes[HEADER_LEN..], &cipher(), &mut buffer);
        json.expect("a reply can be read").to_owned()
    }

    pub async fn ask(&mut self, json: &str) -> String {
        self.send(&framed(json)).await;
        self.reply().await
    }

    /// Everything that comes until the server closes, in good order: a reset fails.
    pub async fn rest(&mut self) -> Vec<u8> {
        let mut rest = Vec::new();
        let read = timeout(PATIENCE, self.0.read_to_end(&mut rest)).await;
        read.expect("the server closes").expect("no reset");
        rest
    }

    /// Waits until the server has closed, in any way.
    pub async fn is_closed(&mut self) {
        let mut rest = Vec::new();
        let read = timeout(PATIENCE, self.0.read_to_end(&mut rest)).await;
        let _ = read.expect("the server closes");
        assert_eq!(rest, b"", "nothing is said before");
    }
}

/// A value of a reply.
pub fn value(json: &str, pointer: &str) -> Value {
    let reply: Value = serde_json::from_str(json).expect("a reply is JSON");
    reply.pointer(pointer).cloned().unwrap_or(Value::Null)
}
