//! A batch: its requests, and what came of them when they ran at once.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use aliya_runtime::call::{Act, Deadline, Key, Request};
use aliya_runtime::function::{FunctionInfo, Game};
use aliya_runtime::{Answer, PlayerId, Stop, Time};
use serde_json::Value;
use tokio::task::JoinSet;

use super::calls::{Call, plain};
use super::tables::Rows;
use super::wire::{Wire, run};
use super::world::World;

/// How long a request has.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often a request is sent that is not answered.
const TRIES: usize = 4;

/// A request of a batch.
#[derive(Clone, Debug)]
pub struct Asked {
    pub function: &'static FunctionInfo,
    pub body: String,
    caller: Option<PlayerId>,
    now: Time,
    id: Arc<str>,
    pub key: Option<Key>,
    /// How often it is sent.
    pub times: usize,
    /// Whether something of it is thrown.
    pub is_random: bool,
}

impl Asked {
    /// Reads a request, with a key.
    pub fn read(game: &Game, now: i64, request: &Value) -> Self {
        let text = |key: &str| request[key].as_str();
        let manager = text("manager").and_then(|name| game.manager(name));
        let function = manager.and_then(|it| it.function(text("function")?));
        let caller = text("caller").map(PlayerId::new);
        let asked = Self {
            function: function.expect("the game has the function"),
            body: request["data"].to_string(),
            caller,
            now: Time(now),
            id: "".into(),
            key: None,
            times: 1,
            is_random: request["is_random"] == true,
        };
        asked.at(0)
    }

    /// The same request with another key, at that place of a batch.
    pub fn at(&self, place: usize) -> Self {
        let random = format!("{:013}-{place:016x}", Time::now().0);
        Self {
            id: format!("request {place}").into(),
            key: Key::of_client(self.caller.as_ref(), &random),
            ..self.clone()
        }
    }

    /// The managers that it comes to.
    pub fn managers(&self) -> impl Iterator<Item = &'static str> {
        let FunctionInfo {
            manager, reaches, ..
        } = self.function;
        std::iter::once(*manager).chain(reaches.iter().copied())
    }

    /// The request itself.
    pub fn request(&self) -> Request {
        Request {
            caller: self.caller.clone(),
            key: self.key.clone(),
            deadline: Deadline::after(PATIENCE),
            ..Request::new(self.now, Arc::clone(&self.id))
        }
    }
}

/// How something ended, so that it can be compared.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// A status and data.
    Answered(i64, String),
    /// A fault, which keeps nothing.
    Fault(String),
    /// Nobody knows.
    Unknown(String),
}

impl Outcome {
    pub fn of(answer: &Result<Answer, Stop>) -> Self {
        match answer {
            Ok(answer) => Self::Answered(answer.status, answer.data.clone()),
            Err(Stop::Unavailable(what)) => Self::Unknown(what.clone()),
            Err(stop @ (Stop::Invalid(_) | Stop::Reused | Stop::TooLarge { .. })) => {
                let answer = stop.clone().into_answer("");
                Self::Answered(answer.status, answer.data)
            }
            Err(fault) => Self::Fault(fault.to_string()),
        }
    }
}

/// What came of a batch.
pub struct Seen {
    /// For each request how it ended, and when: more than one where it was sent more than once and a
    /// fault, which keeps nothing, was not the end of it.
    pub ends: Vec<BTreeMap<Outcome, u64>>,
    /// The calls between the groups.
    pub calls: Vec<Call>,
    /// Status and epoch of each op, by its key.
    pub ops: BTreeMap<String, (String, i64)>,
    /// The rows of each group.
    pub rows: Vec<Rows>,
}

impl Seen {
    /// What does not come to its end, if anything: an op, or a request whose outcome is not known. An
    /// error where no give and no undo ends in a fault, which alone may keep it from ending.
    pub fn stuck(&self) -> Result<Option<String>, String> {
        let mut live = self.ops.iter().filter(|(_, (status, _))| is_live(status));
        let ends = self.ends.iter().flat_map(BTreeMap::keys);
        let mut unknown = ends.filter(|it| matches!(it, Outcome::Unknown(_)));
        let stuck = match (live.next(), unknown.next()) {
            (Some((key, (status, _))), _) => format!("{key} stays {status}"),
            (None, Some(unknown)) => format!("{unknown:?}"),
            (None, None) => return Ok(None),
        };
        let fault = self.calls.iter().rfind(|call| {
            let is_fault = matches!(call.answer, Err(Stop::Fault { .. } | Stop::Invalid(_)));
            call.act != Act::Call && is_fault
        });
        match fault {
            Some(fault) => Ok(Some(format!("{stuck}: {:?}", fault.answer))),
            None => Err(format!("{stuck}, after {:#?}", self.calls)),
        }
    }
}

/// Runs the requests at once.
pub async fn at_once(world: &Arc<World>, batch: &[Asked]) -> Seen {
    let is_one_of_some = batch.len() > 1;
    let mut tasks = JoinSet::new();
    for (at, asked) in batch.iter().enumerate() {
        for _ in 0..asked.times {
            let (world, asked) = (Arc::clone(world), asked.clone());
            tasks.spawn(async move {
                if is_one_of_some {
                    world.wire.dawdle().await;
                }
                (at, send(&world, &asked).await, world.wire.tick())
            });
        }
    }
    let mut ends = vec![BTreeMap::new(); batch.len()];
    while let Some(ended) = tasks.join_next().await {
        let (at, outcome, tick) = ended.expect("no panic");
        ends[at].insert(outcome, tick);
    }
    let mut ops = world.ops().await;
    if ops.iter().any(|(_, status, _)| is_live(status)) {
        world.drain().await;
        ops = world.ops().await;
    }
    let any_live = ops.iter().any(|(_, status, _)| is_live(status));
    for (asked, ends) in batch.iter().zip(&mut ends) {
        let is_unknown = |it: &Outcome| matches!(it, Outcome::Unknown(_));
        if asked.key.is_some() && !any_live && ends.keys().any(is_unknown) {
            ends.retain(|it, _| !is_unknown(it));
            ends.insert(send(world, asked).await, world.wire.tick());
        }
    }
    let ops = ops.into_iter();
    let ops = ops.map(|(key, status, epoch)| (plain(&key).to_owned(), (status, epoch)));
    let now = batch.first().map_or(0, |it| it.now.0);
    Seen {
        ends,
        calls: world.wire.calls(),
        ops: ops.collect(),
        rows: world.rows(now).await,
    }
}

/// Sends a request until it is answered, has been sent often, or does not come to its end.
async fn send(world: &World, asked: &Asked) -> Outcome {
    let mut outcome = Outcome::of(&once(&world.wire, asked).await);
    for _ in 1..TRIES {
        let (Some(key), Outcome::Unknown(_)) = (&asked.key, &outcome) else {
            break;
        };
        world.drain().await;
        let mut ops = world.ops().await.into_iter();
        if ops.any(|(other, status, _)| other == key.as_str() && is_live(&status)) {
            break;
        }
        outcome = Outcome::of(&once(&world.wire, asked).await);
    }
    outcome
}

/// Whether an op of that status has not ended.
fn is_live(status: &str) -> bool {
    ["TAKING", "UNDOING", "GIVING"].contains(&status)
}

async fn once(wire: &Wire, asked: &Asked) -> Result<Answer, Stop> {
    let hosts = &wire.hosts()[wire.group_of(asked.function.manager)];
    let host = &hosts[usize::try_from(wire.below(hosts.len() as u64)).expect("few hosts")];
    run(
        host,
        asked.function,
        &asked.body,
        asked.request(),
        Act::Call,
    )
    .await
}
