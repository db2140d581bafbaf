//! Calls of other functions: here as a part of what runs, elsewhere by the journal.

use std::sync::atomic::AtomicU64;

use super::found::Reply;
use super::run::failure;
use super::wants::{Asked, Wants};
use super::{Called, Cx, Phase};
use crate::BoxFuture;
use crate::call::{MAX_BODY_BYTES, PeerCall, Request};
use crate::function::FunctionInfo;
use crate::op::{Entry, Sent};
use crate::stop::{Answer, Stop};
use crate::types::PlayerId;
use crate::wire::Outgoing;

/// What a call of another group is to the function that makes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// It writes nothing: it is made when it comes up.
    Ask,
    /// It writes, and can be taken back: it is made before the commit point.
    Take,
    /// It writes, and is not taken back: it is made after the commit point. One that may fail
    /// is the last thing that the function does.
    Give { fails: bool },
}

impl Way {
    fn of(function: &FunctionInfo) -> Self {
        match function {
            FunctionInfo { writes: false, .. } => Self::Ask,
            FunctionInfo {
                fails: true,
                undone_by: Some(_),
                ..
            } => Self::Take,
            FunctionInfo { fails, .. } => Self::Give { fails: *fails },
        }
    }
}

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
        if let Some(function) = self.world.hosted(callee) {
            let returned = function.steps.run(self, args).await?;
            return Ok(Called(Reply::Here(returned)));
        }
        let function = self.world.function(callee.manager, callee.function)?;
        let Some(answer) = self.call_out(function, args).await? else {
            return Ok(Called(Reply::Later));
        };
        if function.succeeds_with(answer.status) {
            return Ok(Called(Reply::Elsewhere(function, answer)));
        }
        Err(Stop::Failed(failure(answer)))
    }

    async fn called_for(&mut self, player: PlayerId, args: &dyn Outgoing) -> Result<Called, Stop> {
        let request = Request {
            caller: Some(player),
            ..self.request.clone()
        };
        let mut cx = Cx {
            world: self.world,
            request: &request,
            phase: match &mut self.phase {
                Phase::Whole(conn) => Phase::Whole(conn.again()),
                Phase::Looking(run) => Phase::Looking(run.again()),
                Phase::Committing(conn, run) => Phase::Committing(conn.again(), run.again()),
            },
            seed: self.seed,
            config: self.config,
            thrown: AtomicU64::new(*self.thrown.get_mut()),
            writes: self.writes,
        };
        let called = cx.call(args).await;
        // What is thrown from here on differs from what it threw.
        (self.thrown, self.writes) = (cx.thrown, cx.writes);
        called
    }

    /// What another group answers; `None` of a give that is not done yet.
    async fn call_out(
        &mut self,
        function: &'static FunctionInfo,
        args: &dyn Outgoing,
    ) -> Result<Option<Answer>, Stop> {
        let mut body = String::new();
        args.encode(&mut body);
        if body.len() > MAX_BODY_BYTES {
            let (bytes, name) = (body.len(), function.name);
            return Err(Stop::fault(format!(
                "the args of {name} have {bytes} bytes, {MAX_BODY_BYTES} may be sent"
            )));
        }
        let sent = Sent {
            manager: function.manager.to_owned(),
            function: function.name.to_owned(),
            player: self.request.caller.as_ref().map(ToString::to_string),
            body,
            reply: None,
        };
        let way = Way::of(function);
        match &mut self.phase {
            Phase::Whole(_) => {
                let name = function.name;
                Err(Stop::fault(format!("{name}: called out of a transaction")))
            }
            Phase::Looking(run) => {
                run.goes_on()?;
                match way {
                    Way::Take => run.take(sent).map(Some),
                    Way::Give { .. } => Err(run.end(Wants::Commit)),
                    Way::Ask => {
                        let asked = run.asks(sent);
                        match asked.sent.reply {
                            Some(answer) => Ok(Some(answer)),
                            None => self.ask(function, asked).await.map(Some),
                        }
                    }
                }
            }
            Phase::Committing(_, run) => {
                run.goes_on()?;
                if let Way::Give { fails } = way {
                    return run.give(sent, fails);
                }
                if let Some(entry) = run.replay() {
                    if way == Way::Take {
                        run.took();
                    }
                    return entry.into_answer().map(Some);
                }
                let answer = match way {
                    Way::Take => run.take(sent)?,
                    _ => {
                        let asked = run.asks(sent);
                        match asked.sent.reply {
                            Some(answer) => answer,
                            // No transaction is open while another group is asked.
                            None => return Err(run.end(Wants::Ask(asked))),
                        }
                    }
                };
                run.record(Entry::Reply(answer.clone()));
                Ok(Some(answer))
            }
        }
    }

    /// Asks a function elsewhere that writes nothing, where no transaction is open.
    async fn ask(&mut self, function: &'static FunctionInfo, ask: Asked) -> Result<Answer, Stop> {
        let body = ask.sent.body.clone();
        let answer = asked(self.world.peers.as_ref(), function, self.request, body).await?;
        if let Phase::Looking(run) = &mut self.phase {
            run.keep_asked(ask.answered(answer.clone()));
        }
        Ok(answer)
    }
}

/// What a function elsewhere answers that writes nothing.
pub(crate) async fn asked(
    peers: &dyn crate::call::Peers,
    function: &'static FunctionInfo,
    request: &Request,
    body: String,
) -> Result<Answer, Stop> {
    // The client's frame bounds what this function returns, not what it is told; and nothing is
    // kept of what writes nothing.
    let request = Request {
        reply_limit: None,
        key: None,
        ..request.clone()
    };
    let answered = peers.call(PeerCall::new(function, &request, body)).await;
    answered.or_else(Stop::into_declared)
}
