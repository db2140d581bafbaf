//! The way between the groups of a game, within this process. It carries calls and notes them; and it
//! answers calls from what it has noted, for a group that runs by itself.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock};
use std::time::Duration;

use aliya_runtime::call::{Act, Key, PeerCall, Peers, Request};
use aliya_runtime::group::Group;
use aliya_runtime::{Answer, BoxFuture, FunctionInfo, Stop};
use serde_json::Map;

use super::broken::Broken;
use super::calls::{Again, Call};

/// The processes of each group, in the order of the groups.
pub type Hosts = Vec<Vec<Arc<Group>>>;

/// The way between them.
#[derive(Default)]
pub struct Wire {
    hosts: OnceLock<Hosts>,
    random: AtomicU64,
    clock: AtomicU64,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    calls: Vec<Call>,
    broken: Broken,
    again: Option<Again>,
}

/// A group's way to the others.
pub struct Line {
    pub from: usize,
    pub wire: Arc<Wire>,
}

impl Peers for Line {
    fn call<'a>(&'a self, call: PeerCall<'a>) -> BoxFuture<'a, Result<Answer, Stop>> {
        Box::pin(async move {
            match self.wire.answered_again(self.from, &call) {
                Some(answer) => answer,
                None => self.wire.carry(self.from, &call).await,
            }
        })
    }
}

impl Wire {
    /// Sets who is there; once.
    pub fn set(&self, hosts: Hosts) {
        assert!(self.hosts.set(hosts).is_ok(), "they are set once");
    }

    pub fn hosts(&self) -> &Hosts {
        self.hosts.get().expect("all are started")
    }

    /// The group that hosts a manager.
    pub fn group_of(&self, manager: &str) -> usize {
        let mut groups = self.hosts().iter();
        let found = groups.position(|hosts| hosts[0].hosts(manager));
        found.expect("somebody hosts it")
    }

    /// From now on, calls are carried in that way; forgets those that were.
    pub fn carries(&self, broken: Broken) {
        *self.state() = State {
            broken,
            ..State::default()
        };
    }

    /// From now on, calls are answered from `again`.
    pub fn repeats(&self, again: Again) {
        self.state().again = Some(again);
    }

    /// What was made of that.
    pub fn repeated(&self) -> Again {
        self.state().again.clone().unwrap_or_default()
    }

    /// The calls that were carried.
    pub fn calls(&self) -> Vec<Call> {
        self.state().calls.clone()
    }

    /// The next point in time.
    pub fn tick(&self) -> u64 {
        self.clock.fetch_add(1, Ordering::Relaxed)
    }

    /// Any number below a limit: who meets whom is left to chance.
    pub fn below(&self, limit: u64) -> u64 {
        let at = self
            .random
            .fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::Relaxed);
        let mixed = (at ^ (at >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        (mixed ^ (mixed >> 27)) % limit
    }

    /// Waits a moment, or not.
    pub async fn dawdle(&self) {
        match self.below(4) {
            0 => tokio::time::sleep(Duration::from_micros(self.below(1500))).await,
            n => {
                for _ in 1..n {
                    tokio::task::yield_now().await;
                }
            }
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("no panic")
    }

    async fn carry(&self, from: usize, call: &PeerCall<'_>) -> Result<Answer, Stop> {
        let broken = self.state().broken;
        self.dawdle().await;
        let key = call.request.key.clone();
        let answer = if let Some(answer) = broken.answers(call, &self.calls()) {
            self.note(from, call, answer)
        } else if broken == Broken::FreshKeys && call.act == Act::Call && key.is_some() {
            let fresh = key.map(|key| Key::stored(format!("{key}x"), key.born()));
            let request = Request {
                key: fresh,
                ..call.request.clone()
            };
            let _ = self.deliver(call, &request).await;
            self.noted(from, call).await
        } else if key.is_some() && self.below(4) == 0 {
            let (first, _) = tokio::join!(self.noted(from, call), self.noted(from, call));
            first
        } else {
            self.noted(from, call).await
        };
        self.dawdle().await;
        answer
    }

    /// Delivers a call, and notes it.
    async fn noted(&self, from: usize, call: &PeerCall<'_>) -> Result<Answer, Stop> {
        let answer = self.deliver(call, call.request).await;
        self.note(from, call, answer)
    }

    fn note(
        &self,
        from: usize,
        call: &PeerCall<'_>,
        answer: Result<Answer, Stop>,
    ) -> Result<Answer, Stop> {
        let noted = Call {
            from,
            request: call.request.clone(),
            function: call.function,
            act: call.act,
            body: call.body.clone(),
            answer: answer.clone(),
            ended: self.tick(),
        };
        self.state().calls.push(noted);
        answer
    }

    async fn deliver(&self, call: &PeerCall<'_>, request: &Request) -> Result<Answer, Stop> {
        let hosts = &self.hosts()[self.group_of(call.function.manager)];
        let host = &hosts[usize::try_from(self.below(hosts.len() as u64)).expect("few hosts")];
        run(host, call.function, &call.body, request.clone(), call.act).await
    }

    /// The answer from before, where calls are answered so.
    fn answered_again(&self, from: usize, call: &PeerCall<'_>) -> Option<Result<Answer, Stop>> {
        let mut state = self.state();
        let again = state.again.as_mut()?;
        let found = again.find(from, call).cloned();
        Some(match found {
            Some(found) => {
                again.made.push(Call {
                    request: call.request.clone(),
                    ..found.clone()
                });
                found.answer
            }
            None => {
                let PeerCall { function, act, .. } = call;
                let what = format!("{act:?} {}({}) was never made", function.name, call.body);
                again.strayed.get_or_insert(what.clone());
                Err(Stop::Unavailable(what))
            }
        })
    }
}

/// Runs a function in its group, and answers as HTTP would.
pub async fn run(
    host: &Arc<Group>,
    function: &'static FunctionInfo,
    body: &str,
    request: Request,
    act: Act,
) -> Result<Answer, Stop> {
    let args: Map<_, _> = serde_json::from_str(body).expect("args are an object");
    match host.act(function, args, request, act).await {
        Err(stop @ Stop::Failed(_)) => Ok(stop.into_answer("")),
        other => other,
    }
}
