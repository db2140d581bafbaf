//! What a group is asked, and asks of others.

use std::sync::Arc;

use crate::BoxFuture;
use crate::function::FunctionInfo;
use crate::stop::{Answer, Stop};
use crate::types::{PlayerId, Time};

/// A request to run a function, past the checks of who may call it.
#[derive(Clone, Debug)]
pub struct Request {
    /// The player that it acts for; `None` in public functions and some of the operator's calls.
    pub caller: Option<PlayerId>,
    /// When it arrived.
    pub now: Time,
    /// Names it in the log.
    pub id: Arc<str>,
    /// How many bytes of JSON the reply's message and data may have; `None` between managers.
    pub reply_limit: Option<usize>,
}

/// A call to a manager that another process hosts.
#[derive(Debug)]
pub struct PeerCall<'a> {
    /// The function to call.
    pub function: &'static FunctionInfo,
    /// The request that it is part of.
    pub request: &'a Request,
    /// The args: a JSON object, as text.
    pub body: String,
}

/// The way to managers that other processes host.
pub trait Peers: Send + Sync {
    /// Makes the call. Ok: what the function answered, its declared errors among it; the statuses
    /// of the runtime (10 to 19) come back as the [`Stop`] that they stand for.
    fn call<'a>(&'a self, call: PeerCall<'a>) -> BoxFuture<'a, Result<Answer, Stop>>;
}
