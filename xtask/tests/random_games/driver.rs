//! Calls the functions of a random game: none may panic, and every reply is JSON.

use std::sync::Arc;

use aliya_runtime::db::{DatabaseUrl, Db, Options};
use aliya_runtime::group::{Group, PeerCall, Peers, Request};
use aliya_runtime::{Answer, BoxFuture, PlayerId, Stop, Time};
use generated::GAME;
use serde_json::Value;

struct NoPeers;

impl Peers for NoPeers {
    fn call<'a>(&'a self, call: PeerCall<'a>) -> BoxFuture<'a, Result<Answer, Stop>> {
        let name = call.function.name;
        Box::pin(async move { panic!("{name} is called out of the group") })
    }
}

fn main() {
    let mut args = std::env::args().skip(1);
    let (folder, calls) = (args.next().expect("a folder"), args.next().expect("calls"));
    let calls = std::fs::read_to_string(calls).expect("reads");
    let calls: Vec<(String, String, Value)> = serde_json::from_str(&calls).expect("JSON");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime").block_on(run(&folder, calls));
}

async fn run(folder: &str, calls: Vec<(String, String, Value)>) {
    let file = std::path::Path::new(folder).join("game.sqlite");
    let db = Db::open(&DatabaseUrl::sqlite(file), Options::default()).await.expect("opens");
    let names: Vec<_> = GAME.managers.iter().map(|m| m.name.to_owned()).collect();
    let group = Group::start(&GAME, &names, db, Arc::new(NoPeers)).await.expect("starts");
    let (mut well, mut failed, mut faults) = (0, 0, 0);
    for (manager, function, data) in calls {
        let mut functions = GAME.managers.iter().flat_map(|manager| manager.functions);
        let info = functions.find(|info| info.manager == manager && info.name == function);
        let request = Request {
            caller: Some(PlayerId::new("ann")),
            now: Time(5_000_000),
            id: "random".into(),
            reply_limit: None,
        };
        let info = info.unwrap_or_else(|| panic!("no {manager}.{function}"));
        match group.run(info, data.as_object().expect("an object"), request).await {
            Ok(answer) => {
                let reply: Result<Value, _> = serde_json::from_str(&answer.data);
                assert!(reply.is_ok(), "{manager}.{function} {data}: {}", answer.data);
                well += 1;
            }
            Err(Stop::Failed(_)) => failed += 1,
            Err(fault) => {
                let said = fault.to_string();
                assert!(!said.contains("SQL") && !said.contains("panic"), "{manager}.{function} {data}: {said}");
                faults += 1;
            }
        }
    }
    println!("{well} went well, {failed} failed, {faults} faults");
}
