//! Calls of other functions: here as a part of what runs, elsewhere over the journal.

use std::sync::atomic::AtomicU64;

use super::{Cx, Entry, Phase};
use crate::function::{Callable, FunctionInfo, Prepared, Returned};
use crate::group::{PeerCall, Request};
use crate::stop::{Answer, Failure, Stop};
use crate::types::PlayerId;
use crate::wire::{Incoming, Outgoing};

impl Cx<'_> {
    /// Calls a function of another manager, or of one's own, in the same atomic unit.
    /// [`Stop::Invalid`] where an arg is out of its bounds, wherever the manager is.
    pub async fn call<F: Callable>(&mut self, args: &F::Args) -> Result<Returned<F::Reply>, Stop> {
        match self.call_any(F::INFO, args, args).await? {
            Called::Here(returned) => returned.typed(),
            Called::Elsewhere(answer) => answered::<F::Reply>(F::INFO, answer),
        }
    }

    /// Calls a function of any type: `args` to send, and the same with the function, to run here.
    async fn call_any(
        &mut self,
        function: &'static FunctionInfo,
        args: &dyn Outgoing,
        prepared: &dyn Prepared,
    ) -> Result<Called, Stop> {
        args.check()?;
        if self.group.hosts(function.manager) {
            return Ok(Called::Here(prepared.run(self).await?));
        }
        let answer = self.call_out(function, args).await?;
        if answer.status == 0 || function.outcomes.contains(&answer.status) {
            return Ok(Called::Elsewhere(answer));
        }
        Err(Stop::Failed(Failure {
            status: answer.status,
            message: answer.message,
            data: Some(answer.data),
        }))
    }

    /// The same for another player: the function, and all that it calls, has `player` as its caller.
    pub async fn call_for<F: Callable>(
        &mut self,
        player: PlayerId,
        args: &F::Args,
    ) -> Result<Returned<F::Reply>, Stop> {
        let request = Request {
            caller: Some(player),
            ..self.request.clone()
        };
        let mut cx = Cx {
            group: self.group,
            request: &request,
            phase: match &mut self.phase {
                Phase::Whole(conn) => Phase::Whole(conn),
                Phase::Reading(db, journal) => Phase::Reading(db, journal),
                Phase::Writing(conn, journal) => Phase::Writing(conn, journal),
            },
            seed: self.seed,
            config: self.config,
            thrown: AtomicU64::new(*self.thrown.get_mut()),
        };
        let returned = cx.call::<F>(args).await;
        // What is thrown from here on differs from what it threw.
        let thrown = cx.thrown.into_inner();
        *self.thrown.get_mut() = thrown;
        returned
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

/// What a called function came to.
enum Called {
    /// In this process.
    Here(Returned),
    /// In another one, which answered with a reply.
    Elsewhere(Answer),
}

/// The reply in an answer of another process.
fn answered<R: Incoming>(function: &FunctionInfo, answer: Answer) -> Result<Returned<R>, Stop> {
    let broken = |what: String| Stop::fault(format!("reply of {}: {what}", function.name));
    let data = serde_json::from_str(&answer.data).map_err(|e| broken(e.to_string()))?;
    Ok(Returned {
        status: answer.status,
        message: "",
        data: R::decode(&data).map_err(|e| broken(e.0))?,
    })
}
