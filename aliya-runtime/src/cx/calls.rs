//! Calls of other functions: here as a part of what runs, elsewhere over the journal.

use std::sync::atomic::AtomicU64;

use super::found::Reply;
use super::{Called, Cx, Entry, Phase};
use crate::BoxFuture;
use crate::function::{Callable, FunctionInfo, Prepared};
use crate::group::{PeerCall, Request};
use crate::stop::{Answer, Failure, Stop};
use crate::types::PlayerId;
use crate::wire::Outgoing;

impl Cx<'_> {
    /// Calls a function of another manager, or of one's own, in the same atomic unit.
    /// [`Stop::Invalid`] where an arg is out of its bounds, wherever the manager is.
    pub fn call<'a, F: Callable>(
        &'a mut self,
        args: &'a F::Args,
    ) -> BoxFuture<'a, Result<Called, Stop>> {
        self.call_any(F::INFO, args, args)
    }

    /// The same for another player: the function, and all that it calls, has `player` as its caller.
    pub fn call_for<'a, F: Callable>(
        &'a mut self,
        player: PlayerId,
        args: &'a F::Args,
    ) -> BoxFuture<'a, Result<Called, Stop>> {
        Box::pin(self.call_any_for(player, F::INFO, args, args))
    }

    /// Calls a function of any type: `args` to send, and the same with the function, to run here.
    fn call_any<'a>(
        &'a mut self,
        function: &'static FunctionInfo,
        args: &'a dyn Outgoing,
        prepared: &'a dyn Prepared,
    ) -> BoxFuture<'a, Result<Called, Stop>> {
        Box::pin(self.called(function, args, prepared))
    }

    async fn called(
        &mut self,
        function: &'static FunctionInfo,
        args: &dyn Outgoing,
        prepared: &dyn Prepared,
    ) -> Result<Called, Stop> {
        args.check()?;
        if self.group.hosts(function.manager) {
            return Ok(Called(Reply::Here(prepared.run(self).await?)));
        }
        let answer = self.call_out(function, args).await?;
        if answer.status == 0 || function.outcomes.contains(&answer.status) {
            return Ok(Called(Reply::Elsewhere(function, answer)));
        }
        Err(Stop::Failed(Failure {
            status: answer.status,
            message: answer.message,
            data: Some(answer.data),
        }))
    }

    async fn call_any_for(
        &mut self,
        player: PlayerId,
        function: &'static FunctionInfo,
        args: &dyn Outgoing,
        prepared: &dyn Prepared,
    ) -> Result<Called, Stop> {
        let request = Request {
            caller: Some(player),
            ..self.request.clone()
        };
        let mut cx = Cx {
            group: self.group,
            request: &request,
            phase: match &mut self.phase {
                Phase::Whole(conn) => Phase::Whole(conn.again()),
                Phase::Reading(db, journal) => Phase::Reading(*db, journal.again()),
                Phase::Writing(conn, journal) => Phase::Writing(conn.again(), journal.again()),
            },
            seed: self.seed,
            config: self.config,
            thrown: AtomicU64::new(*self.thrown.get_mut()),
        };
        let called = cx.call_any(function, args, prepared).await;
        // What is thrown from here on differs from what it threw.
        let thrown = cx.thrown.into_inner();
        *self.thrown.get_mut() = thrown;
        called
    }

    async fn call_out(
        &mut self,
        function: &'static FunctionInfo,
        args: &dyn Outgoing,
    ) -> Result<Answer, Stop> {
        let (journal, may_call) = match &mut self.phase {
            Phase::Reading(_, journal) => (journal, true),
            Phase::Writing(_, journal) => (journal, false),
            Phase::Whole(_) => {
                let name = function.name;
                return Err(Stop::fault(format!("{name}: called out of a transaction")));
            }
        };
        if let Some(entry) = journal.replay() {
            return entry.into_answer();
        }
        if !may_call {
            return Err(Stop::Suspended);
        }
        let mut body = String::new();
        args.encode(&mut body);
        // The client's frame bounds what this function returns, not what it is told.
        let request = Request {
            reply_limit: None,
            ..self.request.clone()
        };
        let call = PeerCall {
            function,
            request: &request,
            body,
        };
        let answer = self.group.peers().call(call).await?;
        journal.record(Entry::Reply(answer.clone()));
        Ok(answer)
    }
}
