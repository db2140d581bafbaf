//! One game: its requests, one after the other, over fresh databases.

use std::path::Path;
use std::sync::{Arc, OnceLock};

use aliya_runtime::call::{Act, PeerCall, Peers, Request};
use aliya_runtime::config::{Config, Store};
use aliya_runtime::db::{DatabaseUrl, Db, Options};
use aliya_runtime::function::{FunctionInfo, Game};
use aliya_runtime::group::Group;
use aliya_runtime::random::{Seed, Seeds};
use aliya_runtime::{Answer, BoxFuture, PlayerId, Stop, Time};
use serde_json::{Map, Value, json};

/// Reads the folder's requests.json, and writes what is answered: in one process, in one process
/// again, and with a process for each manager.
pub async fn play(game: &'static Game, config: Option<&'static Config>, folder: &Path) {
    let requests = std::fs::read(folder.join("requests.json")).expect("requests");
    let requests: Vec<Value> = serde_json::from_slice(&requests).expect("a list of requests");
    for (run, apart) in [("first", false), ("second", false), ("apart", true)] {
        let at = folder.join(run);
        let server = Server::start(game, config, &at, folder, apart).await;
        let mut answers = Vec::new();
        for request in &requests {
            answers.push(server.answer(request).await);
        }
        let answers = Value::from(answers).to_string();
        std::fs::write(at.join("answers.json"), answers).expect("writes");
        for group in server.groups.iter() {
            group.finish().await;
        }
    }
}

/// The managers, in groups that call each other.
struct Server {
    game: &'static Game,
    groups: Arc<Vec<Arc<Group>>>,
}

impl Server {
    /// Fresh databases in the folder `at`: one for all managers, or one each.
    async fn start(
        game: &'static Game,
        config: Option<&'static Config>,
        at: &Path,
        folder: &Path,
        apart: bool,
    ) -> Self {
        std::fs::create_dir_all(at).expect("makes the folder");
        let names: Vec<String> = game.managers.iter().map(|m| m.name.to_owned()).collect();
        let split: Vec<Vec<String>> = match apart {
            true => names.into_iter().map(|name| vec![name]).collect(),
            false => vec![names],
        };
        let store = config.map(|config| {
            Store::open(config, &folder.join("config")).expect("the values of balance tables")
        });
        let peers = Arc::new(Neighbours::default());
        let mut groups = Vec::new();
        for names in split {
            let file = at.join(format!("{}.sqlite", names.join("-")));
            let url = DatabaseUrl::sqlite(file);
            let db = Db::open(&url, Options::default());
            let db = db.await.expect("opens");
            let seeds = Seeds::Fixed(Seed([7; 32]));
            let peers = Arc::clone(&peers) as Arc<dyn Peers>;
            let group = Group::start_with(game, &names, db, peers, seeds, store.clone());
            groups.push(group.await.expect("starts"));
        }
        let groups = Arc::new(groups);
        assert!(
            peers.0.set(Arc::clone(&groups)).is_ok(),
            "they are set once"
        );
        Self { game, groups }
    }

    /// What a request is answered with: a status and data, or what the log says of a fault.
    async fn answer(&self, request: &Value) -> Value {
        let text = |key: &str| request[key].as_str();
        let manager = text("manager").and_then(|name| self.game.manager(name));
        let function = manager.and_then(|it| it.function(text("function")?));
        let function = function.expect("the game has the function");
        let asked = Request {
            caller: text("caller").map(PlayerId::new),
            ..Request::new(Time(request["now"].as_i64().expect("a time")), "random")
        };
        let data = request["data"].as_object().expect("args are an object");
        match run(&self.groups, function, data, asked, Act::Call).await {
            Ok(answer) => seen(answer),
            Err(fault @ (Stop::Fault { .. } | Stop::Suspended)) => {
                json!({ "fault": fault.to_string() })
            }
            // What is given, or taken back, and faults, is tried again for ever.
            Err(Stop::Unavailable(what)) => json!({ "unavailable": what }),
            Err(stop) => seen(stop.into_answer("random")),
        }
    }
}

fn seen(answer: Answer) -> Value {
    let data: Value = serde_json::from_str(&answer.data).expect("data is JSON");
    json!({ "status": answer.status, "message": answer.message, "data": data })
}

async fn run(
    groups: &[Arc<Group>],
    function: &'static FunctionInfo,
    data: &Map<String, Value>,
    request: Request,
    act: Act,
) -> Result<Answer, Stop> {
    let group = groups.iter().find(|group| group.hosts(function.manager));
    group
        .expect("somebody hosts it")
        .act(function, data.clone(), request, act)
        .await
}

/// The other processes, within this one: what they are sent, and what they answer, is JSON all the
/// same.
#[derive(Default)]
struct Neighbours(OnceLock<Arc<Vec<Arc<Group>>>>);

impl Peers for Neighbours {
    fn call<'a>(&'a self, call: PeerCall<'a>) -> BoxFuture<'a, Result<Answer, Stop>> {
        Box::pin(async move {
            let groups = self.0.get().expect("all are started");
            let data: Value = serde_json::from_str(&call.body).expect("args are JSON");
            let data = data.as_object().expect("args are an object");
            match run(groups, call.function, data, call.request.clone(), call.act).await {
                Err(Stop::Failed(failure)) => Ok(Stop::Failed(failure).into_answer("random")),
                other => other,
            }
        })
    }
}
