//! Where a function runs: in this process, or in the one that hosts its manager.

use std::sync::Arc;

use serde_json::{Map, Value};

use crate::BoxFuture;
use crate::call::{Act, PeerCall, Peers, Request};
use crate::function::FunctionInfo;
use crate::group::Group;
use crate::stop::{Answer, Stop};

/// Runs functions for a server: for the gateway any, for a manager's server its own.
pub trait Dispatch: Send + Sync + 'static {
    /// Runs `function` with `args`, or does what else `act` asks; who may do so has been checked.
    /// When nobody waits for the answer any more, what has begun still ends; what is one transaction is
    /// then not kept, where nothing tells whether it has happened.
    fn dispatch<'a>(
        &'a self,
        function: &'static FunctionInfo,
        args: Map<String, Value>,
        request: Request,
        act: Act,
    ) -> BoxFuture<'a, Result<Answer, Stop>>;
}

impl Dispatch for Arc<Group> {
    fn dispatch<'a>(
        &'a self,
        function: &'static FunctionInfo,
        args: Map<String, Value>,
        request: Request,
        act: Act,
    ) -> BoxFuture<'a, Result<Answer, Stop>> {
        let group = Arc::clone(self);
        let here = self.hosts_all(function);
        let run = async move { group.act(function, args, request, act).await };
        if here {
            // One transaction, which the database ends, kept or not, once it has begun it.
            return Box::pin(run);
        }
        // Several steps over several processes: a task of its own is not dropped between two.
        let task = self.apart().spawn(run);
        Box::pin(async move {
            let ran = task.await;
            ran.unwrap_or_else(|error| Err(Stop::fault(error.to_string())))
        })
    }
}

/// All managers of a game: those of this process directly, the others through [`Peers`].
pub struct Managers {
    here: Option<Arc<Group>>,
    elsewhere: Arc<dyn Peers>,
}

impl Managers {
    /// Managers that `here` hosts are called directly, all others through `elsewhere`.
    pub fn new(here: Option<Arc<Group>>, elsewhere: Arc<dyn Peers>) -> Self {
        Self { here, elsewhere }
    }
}

impl Dispatch for Managers {
    fn dispatch<'a>(
        &'a self,
        function: &'static FunctionInfo,
        args: Map<String, Value>,
        request: Request,
        act: Act,
    ) -> BoxFuture<'a, Result<Answer, Stop>> {
        match &self.here {
            Some(group) if group.hosts(function.manager) => {
                group.dispatch(function, args, request, act)
            }
            _ => Box::pin(async move {
                let body = Value::Object(args).to_string();
                let request = &request;
                let call = PeerCall {
                    act,
                    ..PeerCall::new(function, request, body)
                };
                self.elsewhere.call(call).await
            }),
        }
    }
}
