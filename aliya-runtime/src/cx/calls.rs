//! Calls of other functions: here as a part of what runs, elsewhere over the journal.

use std::sync::atomic::AtomicU64;

use super::found::Reply;
use super::{Called, Cx, Entry, Phase};
use crate::BoxFuture;
use crate::call::{PeerCall, Request};
use crate::function::FunctionInfo;
use crate::stop::{Answer, Failure, Stop};
use crate::types::PlayerId;
use crate::wire::Outgoing;

impl Cx<'_> {
    /// Calls the function that the args are for, of another manager or of one's own, in the same
    /// atomic unit. [`Stop::Invalid`] where an arg is out of its bounds, wherever the manager is.
    pub fn call<'a>(&'a mut self, args: &'a dyn Outgoing) -> BoxFuture<'a, Result<Called, Stop>> {
        Box::pin(self.called(args))
    }

    /// The same for another player: the function, and all that it calls, has `player` as its caller.
    pub fn call_for<'a>(
        &'a mut self,
        player: PlayerId,
        args: &'a dyn Outgoing,
    ) -> BoxFuture<'a, Result<Called, Stop>> {
        Box::pin(self.called_for(player, args))
    }

    async fn called(&mut self, args: &dyn Outgoing) -> Result<Called, Stop> {
        args.check()?;
        let callee = args.callee();
        if let Some(function) = self.group.hosted(callee) {
            let returned = function.steps.run(self, args).await?;
            return Ok(Called(Reply::Here(returned)));
        }
        let function = self.group.elsewhere(callee)?;
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

    async fn called_for(&mut self, player: PlayerId, args: &dyn Outgoing) -> Result<Called, Stop> {
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
        let called = cx.call(args).await;
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
        let call = PeerCall::new(function, &request, body);
        let answer = self.group.peers().call(call).await?;
        journal.record(Entry::Reply(answer.clone()));
        Ok(answer)
    }
}
