//! A call of a function: the request that it is part of, and the way to managers elsewhere.

use std::sync::Arc;

pub use crate::deadline::Deadline;
pub use crate::key::Key;

use crate::BoxFuture;
use crate::function::FunctionInfo;
use crate::stop::{Answer, Stop};
use crate::types::{PlayerId, Time};

/// The name of the token server as a callee; managers have their own. No manager may be named so.
pub const TOKEN_SERVER: &str = "token";

/// The longest body of a call, in bytes. A client's request has at most 7,399.
pub const MAX_BODY_BYTES: usize = 64 * 1024;

/// A request to run a function, past the checks of who may call it.
#[derive(Clone, Debug)]
pub struct Request {
    /// The player that it acts for; `None` in public functions and some of the operator's calls.
    pub caller: Option<PlayerId>,
    /// When it arrived: what the function sees as `now`.
    pub now: Time,
    /// Names it in the log.
    pub id: Arc<str>,
    /// Set: a request that is repeated with the same key is applied once, and gets the same reply.
    pub key: Option<Key>,
    /// When nobody waits for the answer any more.
    pub deadline: Deadline,
    /// How many bytes of JSON the reply's message and data may have; `None` between managers.
    pub reply_limit: Option<usize>,
}

impl Request {
    /// A request for no player, without a key and without a limit of its reply, which has
    /// [`Deadline::DEFAULT`] to be answered.
    pub fn new(now: Time, id: impl Into<Arc<str>>) -> Self {
        Self {
            caller: None,
            now,
            id: id.into(),
            key: None,
            deadline: Deadline::after(Deadline::DEFAULT),
            reply_limit: None,
        }
    }

    /// The same request for a player.
    #[must_use]
    pub fn of(self, caller: PlayerId) -> Self {
        let caller = Some(caller);
        Self { caller, ..self }
    }

    /// The same request with a key.
    #[must_use]
    pub fn keyed(self, key: Key) -> Self {
        let key = Some(key);
        Self { key, ..self }
    }
}

/// What a call asks of the function's manager.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Act {
    /// To run the function.
    #[default]
    Call,
    /// To run the function, which must not fail: what passes a bound stops there.
    Give,
    /// To take back what the call of that key did, if it did anything; where that call arrives later,
    /// it has no effect.
    Undo,
}

/// A call to a manager that another process hosts.
#[derive(Debug)]
pub struct PeerCall<'a> {
    /// The function to call, or to take back.
    pub function: &'static FunctionInfo,
    /// What is asked.
    pub act: Act,
    /// The request that it is part of, with the key of this call.
    pub request: &'a Request,
    /// The args: a JSON object, as text.
    pub body: String,
}

impl<'a> PeerCall<'a> {
    /// A call of `function`.
    pub fn new(function: &'static FunctionInfo, request: &'a Request, body: String) -> Self {
        Self {
            function,
            act: Act::Call,
            request,
            body,
        }
    }
}

/// The way to managers that other processes host.
pub trait Peers: Send + Sync {
    /// Makes the call. Ok: what the function answered, its declared errors among it; the statuses
    /// of the runtime (10 to 19) come back as the [`Stop`] that they stand for.
    fn call<'a>(&'a self, call: PeerCall<'a>) -> BoxFuture<'a, Result<Answer, Stop>>;
}
