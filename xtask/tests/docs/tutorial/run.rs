//! Does what docs/tutorial.md does, over SQLite, and compares what is answered with what it shows: a
//! test of aliya-runtime, which is what the generated code needs.

#![allow(missing_docs)]

use std::sync::Arc;

use aliya_runtime::call::{PeerCall, Peers, Request};
use aliya_runtime::db::{DatabaseUrl, Db, Options};
use aliya_runtime::group::Group;
use aliya_runtime::{Answer, BoxFuture, PlayerId, Stop, Time};
use serde_json::{Map, Value, json};

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

const PAGE: &str = include_str!("../../../../docs/tutorial.md");

struct NoPeers;

impl Peers for NoPeers {
    fn call<'a>(&'a self, call: PeerCall<'a>) -> BoxFuture<'a, Result<Answer, Stop>> {
        let name = call.function.name;
        Box::pin(async move { panic!("{name} is called out of the group") })
    }
}

/// A call that the page shows: the function, its args, and the reply where that is shown.
struct Shown {
    function: String,
    args: Map<String, Value>,
    reply: Option<Value>,
}

fn shown() -> Vec<Shown> {
    let mut calls: Vec<Shown> = Vec::new();
    for line in PAGE.lines() {
        if line.starts_with('{') {
            let reply = serde_json::from_str(line).expect("a reply is JSON");
            let call = calls.last_mut().expect("a call above it");
            assert!(call.reply.replace(reply).is_none(), "two replies: {line}");
        }
        let Some((_, call)) = line.split_once("call ") else {
            continue;
        };
        let is_command = line.starts_with("cargo run -q -- ");
        if !is_command {
            continue;
        }
        let mut words = call.split_whitespace();
        let name = words.next().expect("a function");
        let function = name.rsplit('.').next().expect("its last part").to_owned();
        let args = words.filter_map(|word| word.split_once('='));
        let args = args.map(|(name, value)| (name.to_owned(), json!(value)));
        calls.push(Shown {
            function,
            args: args.collect(),
            reply: None,
        });
    }
    calls
}

#[tokio::test]
async fn its_calls_answer_what_it_shows() {
    let folder = tempfile::tempdir().expect("a folder");
    let url = DatabaseUrl::sqlite(folder.path().join("game.sqlite"));
    let db = Db::open(&url, Options::default()).await.expect("opens");
    let names: Vec<_> = GAME.managers.iter().map(|m| m.name.to_owned()).collect();
    let group = Group::start(&GAME, &names, db, Arc::new(NoPeers)).await;
    let group = group.expect("starts");

    let calls = shown();
    assert_eq!(calls.len(), 7);
    for call in &calls {
        let mut functions = GAME.managers.iter().flat_map(|manager| manager.functions);
        let info = functions.find(|info| info.name == call.function);
        let request = Request {
            caller: Some(PlayerId::new("ada")),
            ..Request::new(Time(5_000_000), "test")
        };
        let info = info.expect("the game has the function");
        let answer = group.run(info, &call.args, request).await;
        let answer = answer.unwrap_or_else(|stop| stop.into_answer("test"));
        let data: Value = serde_json::from_str(&answer.data).expect("JSON");
        let answered = json!({"status": answer.status, "message": answer.message, "data": data});
        assert_eq!(Some(&answered), call.reply.as_ref(), "{}", call.function);
    }
}
