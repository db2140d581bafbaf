//! The way to one URL: how many calls are out there at a time, and whether any are made at all.

use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::timeout_at;

use super::circuit::{Circuit, Pass};
use super::http::HttpConfig;
use crate::call::Deadline;

/// The way to one URL. Calls to others have their own: none waits for a callee that is not its own.
#[derive(Debug)]
pub(super) struct Line {
    url: String,
    turns: Semaphore,
    circuit: Circuit,
}

/// One call's turn.
#[derive(Debug)]
pub(super) struct Turn<'l> {
    /// What the call's end is told to.
    pub(super) pass: Pass<'l>,
    _turn: Option<SemaphorePermit<'l>>,
}

impl Line {
    /// The way to a URL such as `http://127.0.0.1:8082`.
    pub(super) fn new(url: String, config: &HttpConfig) -> Self {
        let url = url.trim_end_matches('/').to_owned();
        let turns = config.max_calls.clamp(1, Semaphore::MAX_PERMITS);
        Self {
            circuit: Circuit::new(url.clone(), config.silence()),
            turns: Semaphore::new(turns),
            url,
        }
    }

    /// The URL, without a slash at its end.
    pub(super) fn url(&self) -> &str {
        &self.url
    }

    /// Waits until a call may go out, not beyond its deadline; an error, at once, where none may,
    /// says why.
    pub(super) async fn turn(&self, deadline: Deadline) -> Result<Turn<'_>, String> {
        // The call that probes has no need of a turn: hanging calls may have them all.
        let turn = if self.circuit.is_closed() {
            let turn = timeout_at(deadline.instant(), self.turns.acquire()).await;
            let turn = turn.map_err(|_| "its turn among many calls did not come in time")?;
            Some(turn.map_err(|error| error.to_string())?)
        } else {
            None
        };
        // Whoever has waited may find it open by now.
        let pass = self.circuit.pass()?;
        Ok(Turn { pass, _turn: turn })
    }
}
