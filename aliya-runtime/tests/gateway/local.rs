//! Everything in one process: gateway, token server and a manager over one SQLite file.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;

use aliya_runtime::clock::Clock;
use aliya_runtime::credential::{Credentials, Issuer};
use aliya_runtime::db::{
    Checked, ColumnError, DatabaseUrl, Db, Options, OutOfBounds, Param, Row, Statement, Table,
    Value as Cell,
};
use aliya_runtime::dispatch::Managers;
use aliya_runtime::frame::MAX_JSON;
use aliya_runtime::function::{Running, StepsOf};
use aliya_runtime::gateway::{self, Services};
use aliya_runtime::group::Group;
use aliya_runtime::newcomers::NoNewcomers;
use aliya_runtime::peers::{HttpConfig, HttpPeers};
use aliya_runtime::prelude::{Args, Reply};
use aliya_runtime::secrets::Secret;
use aliya_runtime::shutdown::CancellationToken;
use aliya_runtime::token::{Settings, TokenServer};
use aliya_runtime::{Access, Cx, FunctionInfo, Game, Manager, PlayerId, Returned, Route, Stop};
use tokio::net::{TcpListener, TcpStream};

use crate::support::{Client, config, value};

static CREATE_NOTE: Statement = Statement {
    name: "diary.note.create",
    sqlite: "CREATE TABLE \"note\" (\"player\" TEXT NOT NULL, \"line\" TEXT NOT NULL) STRICT",
    ..Statement::SQLITE_ALONE
};
static INSERT_NOTE: Statement = Statement {
    name: "diary.note.insert",
    sqlite: "INSERT INTO \"note\" (\"player\", \"line\") VALUES (?1, ?2)",
    ..Statement::SQLITE_ALONE
};
static NOTES_BY_PLAYER: Statement = Statement {
    name: "diary.note.by_player",
    sqlite: "SELECT \"player\", \"line\" FROM \"note\" WHERE \"player\" = ?1 ORDER BY rowid",
    ..Statement::SQLITE_ALONE
};

struct Note {
    player: String,
    line: String,
}

impl Table for Note {
    const NAME: &'static str = "note";

    fn from_row(row: Row) -> Result<Self, ColumnError> {
        match <[Cell; 2]>::try_from(row) {
            Ok([Cell::Text(player), Cell::Text(line)]) => Ok(Self { player, line }),
            other => panic!("not a note: {other:?}"),
        }
    }

    fn params(&self) -> Vec<Param<'_>> {
        vec![Param::Text(&self.player), Param::Text(&self.line)]
    }
}

impl Checked for Note {
    fn check(&self) -> Result<(), OutOfBounds> {
        Ok(())
    }
}

#[derive(Reply)]
struct Lines {
    lines: Vec<String>,
}

/// `write {line, then}`: notes a line and returns all; `then: panic` panics before it returns.
#[derive(Args)]
struct Write {
    line: String,
    then: Option<String>,
}

fn write_note<'a>(cx: &'a mut Cx<'_>, args: &'a Write) -> Running<'a> {
    Box::pin(async move {
        let player = cx.caller()?;
        let note = Note {
            player: player.to_string(),
            line: args.line.clone(),
        };
        cx.insert(&INSERT_NOTE, &note, &note.params()).await?;
        assert_ne!(args.then.as_deref(), Some("panic"), "asked to");
        all_notes(cx, &player).await
    })
}

/// `read {}`: all lines.
#[derive(Args)]
struct Read {}

fn read_notes<'a>(cx: &'a mut Cx<'_>, _: &'a Read) -> Running<'a> {
    Box::pin(async move {
        let player = cx.caller()?;
        all_notes(cx, &player).await
    })
}

async fn all_notes(cx: &mut Cx<'_>, player: &PlayerId) -> Result<Returned, Stop> {
    let player = Param::Text(player.as_str());
    let notes: Vec<Note> = cx.select(&NOTES_BY_PLAYER, &[player]).await?.rows()?;
    let lines = notes.into_iter().map(|note| note.line).collect();
    Ok(Returned::success(Box::new(Lines { lines })))
}

static DIARY: Manager = Manager {
    name: "diary",
    port: 0,
    functions: &[
        &FunctionInfo {
            name: "read",
            manager: "diary",
            access: Access::Player,
            writes: false,
            one_query: false,
            reaches: &[],
            outcomes: &[],
            fails: false,
            undone_by: None,
            declaration: "",
            runs: None,
            steps: &StepsOf(read_notes),
        },
        &FunctionInfo {
            name: "write",
            manager: "diary",
            access: Access::Player,
            writes: true,
            one_query: false,
            reaches: &[],
            outcomes: &[],
            fails: false,
            undone_by: None,
            declaration: "",
            runs: None,
            steps: &StepsOf(write_note),
        },
    ],
    schema: &[&CREATE_NOTE],
    migrations: None,
};

static GAME: Game = Game {
    name: "diaries",
    time_zone: "UTC",
    managers: &[&DIARY],
    routes: &[
        Route {
            function: "read",
            manager: "diary",
            access: Access::Player,
        },
        Route {
            function: "write",
            manager: "diary",
            access: Access::Player,
        },
    ],
    config: None,
};

async fn start(folder: &tempfile::TempDir) -> SocketAddr {
    let url = DatabaseUrl::sqlite(folder.path().join("diaries.db"));
    let db = Db::open(&url, Options::default())
        .await
        .expect("a database");
    let secret = Secret::new("a secret that has 32 bytes and more").expect("long enough");
    let credentials = Arc::new(Credentials::new(&secret, &Issuer::Gateway));
    let elsewhere = HttpPeers::new(BTreeMap::new(), credentials, &HttpConfig::default());
    let elsewhere = Arc::new(elsewhere);
    let here = Group::start(&GAME, &["diary".to_owned()], db.clone(), elsewhere.clone()).await;
    let accounts =
        TokenServer::start(db, &secret, &Settings::default(), Arc::new(NoNewcomers)).await;
    let services = Services {
        game: &GAME,
        functions: Arc::new(Managers::new(Some(here.expect("a group")), elsewhere)),
        accounts: accounts.expect("a token server"),
        clock: Clock::system(),
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    let shutdown = CancellationToken::new();
    tokio::spawn(gateway::run(
        listener,
        config(),
        Arc::new(services),
        shutdown,
    ));
    address
}

#[tokio::test]
async fn a_player_logs_in_and_what_does_not_succeed_is_not_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let address = start(&folder).await;
    let mut client = Client(TcpStream::connect(address).await.expect("it listens"));
    let login = r#"{"function":"login_unique","data":{"unique_id":"ada"}}"#;
    let old = value(&client.ask(login).await, "/data/token").to_string();
    let again = client.ask(login).await;
    assert_eq!(value(&again, "/status"), 0);
    let token = value(&again, "/data/token").to_string();

    let reply = client
        .ask(&format!(
            r#"{{"function":"read","data":{{"token":{old}}}}}"#
        ))
        .await;
    assert_eq!(
        value(&reply, "/status"),
        11,
        "a later login ends earlier tokens"
    );
    assert_eq!(value(&reply, "/data/bad_token").to_string(), old);

    let write = |args: &str| format!(r#"{{"function":"write","data":{{"token":{token},{args}}}}}"#);
    let missing = client.ask(&write(r#""other":1"#)).await;
    assert_eq!(value(&missing, "/data/reason"), "`line` is missing");
    let panicked = client.ask(&write(r#""line":"a","then":"panic""#)).await;
    assert_eq!(value(&panicked, "/status"), 15, "{panicked}");
    assert_eq!(
        value(&client.ask(&write(r#""line":"b""#)).await, "/data/lines/0"),
        "b"
    );

    // The second of these would make the reply one byte too long: it is not kept.
    let around = r#"{"status":0,"message":"success","data":{"lines":["b",""]}}"#.len();
    let half = "c".repeat((MAX_JSON - around) / 2);
    let reply = client.ask(&write(&format!(r#""line":"{half}""#))).await;
    assert_eq!(value(&reply, "/status"), 0);
    let rest = MAX_JSON - reply.len() - ",\"\"".len();
    let over = "d".repeat(rest + 1);
    let reply = client.ask(&write(&format!(r#""line":"{over}""#))).await;
    assert_eq!(
        reply,
        r#"{"status":14,"message":"Reply too large","data":{}}"#
    );
    let fits = "d".repeat(rest);
    let reply = client.ask(&write(&format!(r#""line":"{fits}""#))).await;
    assert_eq!(
        (value(&reply, "/status"), reply.len()),
        (0.into(), MAX_JSON)
    );

    let read = client
        .ask(&format!(
            r#"{{"function":"read","data":{{"token":{token}}}}}"#
        ))
        .await;
    assert_eq!(
        value(&read, "/data/lines"),
        serde_json::json!(["b", half, fits])
    );
}
