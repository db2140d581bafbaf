//! The network between the groups, inside this process: it delivers calls, loses them or their answers,
//! delivers twice, holds, and ends the caller's or the callee's process.

use std::collections::BTreeMap;
use std::future::pending;
use std::sync::{Arc, Mutex, MutexGuard};

use aliya_runtime::call::{Act, PeerCall, Peers};
use aliya_runtime::group::Group;
use aliya_runtime::{Answer, BoxFuture, PlayerId, Stop};
use tokio::sync::Notify;
use tokio::task::{AbortHandle, JoinHandle};

/// What becomes of a call.
#[derive(Clone)]
pub enum Fate {
    /// It arrives, and is answered.
    Deliver,
    /// It does not arrive.
    LoseCall,
    /// It arrives, and its answer does not.
    LoseAnswer,
    /// It arrives twice, at once.
    Twice,
    /// It waits before it arrives.
    Hold(Arc<Gate>),
    /// It arrives, and its answer waits.
    HoldAnswer(Arc<Gate>),
    /// It is answered like this, and does not arrive.
    Answer(Stop),
    /// It arrives, and is answered like this.
    AnswerAfter(Stop),
    /// Its caller's process ends before it arrives.
    Crash,
    /// It arrives, and its caller's process ends.
    CrashAfter,
    /// Its callee's process ends when it has arrived.
    CrashCallee,
}

/// Where a call waits.
#[derive(Default)]
pub struct Gate {
    reached: Notify,
    opened: Notify,
}

impl Gate {
    /// Waits until a call waits here.
    pub async fn reached(&self) {
        self.reached.notified().await;
    }

    /// Lets one call pass.
    pub fn open(&self) {
        self.opened.notify_one();
    }

    async fn pass(&self) {
        self.reached.notify_one();
        self.opened.notified().await;
    }
}

/// A call that was made.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    /// The calling group.
    pub from: &'static str,
    /// Manager and function, such as `bag.spend`.
    pub function: String,
    pub act: Act,
    pub key: Option<String>,
    pub caller: Option<PlayerId>,
    pub reply_limit: Option<usize>,
    pub body: String,
}

type Rule = Box<dyn FnMut(&Seen) -> Fate + Send>;

/// The network.
#[derive(Default)]
pub struct Net {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// By manager: the group's name, and the group.
    groups: BTreeMap<&'static str, (&'static str, Arc<Group>)>,
    /// By group: what it is running.
    running: BTreeMap<&'static str, Vec<AbortHandle>>,
    seen: Vec<Seen>,
    rule: Option<Rule>,
}

impl Net {
    /// Adds a manager of a group.
    pub fn add(&self, manager: &'static str, name: &'static str, group: &Arc<Group>) {
        let group = (name, Arc::clone(group));
        self.state().groups.insert(manager, group);
    }

    /// The group that hosts a manager.
    pub fn host(&self, manager: &str) -> (&'static str, Arc<Group>) {
        let state = self.state();
        let (name, group) = state.groups.get(manager).expect("a manager of the game");
        (name, Arc::clone(group))
    }

    /// From now on, `rule` decides on each call.
    pub fn rule(&self, rule: impl FnMut(&Seen) -> Fate + Send + 'static) {
        self.state().rule = Some(Box::new(rule));
    }

    /// From now on, all calls arrive.
    pub fn heal(&self) {
        self.state().rule = None;
    }

    /// The calls that were made since the last look.
    pub fn take_seen(&self) -> Vec<Seen> {
        std::mem::take(&mut self.state().seen)
    }

    /// Runs something as a part of a group's process.
    pub fn spawn<T: Send + 'static>(
        &self,
        group: &'static str,
        work: impl Future<Output = T> + Send + 'static,
    ) -> JoinHandle<T> {
        let task = tokio::spawn(work);
        let mut state = self.state();
        let running = state.running.entry(group).or_default();
        running.retain(|task| !task.is_finished());
        running.push(task.abort_handle());
        task
    }

    /// Ends a group's process: what it was doing ends where it is. It starts again at once.
    pub fn crash(&self, group: &str) {
        let running = self.state().running.remove(group).unwrap_or_default();
        running.iter().for_each(AbortHandle::abort);
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("no panic")
    }
}

/// A group's way into the network.
pub struct Line {
    pub from: &'static str,
    pub net: Arc<Net>,
}

impl Peers for Line {
    fn call<'a>(&'a self, call: PeerCall<'a>) -> BoxFuture<'a, Result<Answer, Stop>> {
        Box::pin(self.carry(call))
    }
}

impl Line {
    async fn carry(&self, call: PeerCall<'_>) -> Result<Answer, Stop> {
        match self.fate(&call) {
            Fate::Deliver => self.deliver(&call).await,
            Fate::LoseCall => Err(unavailable("the call is lost")),
            Fate::LoseAnswer => {
                let _ = self.deliver(&call).await;
                Err(unavailable("the answer is lost"))
            }
            Fate::Twice => {
                let (first, second) = tokio::join!(self.deliver(&call), self.deliver(&call));
                // What has no key is run twice, and an end of the process may be between the two.
                if let (Some(_), Ok(first), Ok(second)) = (&call.request.key, &first, &second) {
                    assert_eq!(first, second);
                }
                first
            }
            Fate::Hold(gate) => {
                gate.pass().await;
                self.deliver(&call).await
            }
            Fate::HoldAnswer(gate) => {
                let answered = self.deliver(&call).await;
                gate.pass().await;
                answered
            }
            Fate::Answer(stop) => Err(stop),
            Fate::AnswerAfter(stop) => {
                let _ = self.deliver(&call).await;
                Err(stop)
            }
            Fate::Crash => self.end(self.from).await,
            Fate::CrashAfter => {
                let _ = self.deliver(&call).await;
                self.end(self.from).await
            }
            Fate::CrashCallee => {
                let (callee, _) = self.net.host(call.function.manager);
                let answered = self.deliver(&call);
                // It has come as far as it comes at once: a transaction of SQLite has begun at most.
                tokio::select! {
                    biased;
                    answered = answered => answered,
                    () = tokio::task::yield_now() => {
                        self.net.crash(callee);
                        Err(unavailable("connection reset"))
                    }
                }
            }
        }
    }

    fn fate(&self, call: &PeerCall<'_>) -> Fate {
        let PeerCall {
            function,
            act,
            request,
            body,
            ..
        } = call;
        let seen = Seen {
            from: self.from,
            function: format!("{}.{}", function.manager, function.name),
            act: *act,
            key: request.key.as_ref().map(ToString::to_string),
            caller: request.caller.clone(),
            reply_limit: request.reply_limit,
            body: body.clone(),
        };
        let mut state = self.net.state();
        let fate = state
            .rule
            .as_mut()
            .map_or(Fate::Deliver, |rule| rule(&seen));
        state.seen.push(seen);
        fate
    }

    /// Runs the function in its group's process, and answers as HTTP would.
    async fn deliver(&self, call: &PeerCall<'_>) -> Result<Answer, Stop> {
        let (name, group) = self.net.host(call.function.manager);
        let args = serde_json::from_str(&call.body).expect("an object");
        let (function, act, request) = (call.function, call.act, call.request.clone());
        let run = async move { group.act(function, args, request, act).await };
        match self.net.spawn(name, run).await {
            Ok(Err(stop @ Stop::Failed(_))) => Ok(stop.into_answer("")),
            Ok(answered) => answered,
            Err(_) => Err(unavailable("connection reset")),
        }
    }

    async fn end(&self, group: &str) -> Result<Answer, Stop> {
        self.net.crash(group);
        pending().await
    }
}

pub fn unavailable(what: &str) -> Stop {
    Stop::Unavailable(what.to_owned())
}
