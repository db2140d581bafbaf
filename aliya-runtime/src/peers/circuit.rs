//! Keeps calls from a callee that does not reply: after a few failures in a row calls fail at once,
//! and from time to time one of them probes whether the callee is back.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::attempts::up_to;

/// So many failures in a row open the circuit.
const FAILURES: u32 = 5;

/// How long it is open before the first probe; twice as long after each that fails.
const FIRST_WAIT: Duration = Duration::from_millis(200);

/// The longest time between two probes.
const LONGEST_WAIT: Duration = Duration::from_secs(1);

/// The circuit of one URL.
#[derive(Debug)]
pub(super) struct Circuit {
    url: String,
    /// Who gives up earlier has learnt nothing of the callee.
    silence: Duration,
    /// Held for a few assignments, never while anything is waited for.
    state: Mutex<State>,
}

/// A call that may be made; the circuit is told how it ends. Where nobody says so, somebody has
/// stopped waiting: that is a failure if it took long enough to be one.
#[derive(Debug)]
pub(super) struct Pass<'c> {
    circuit: &'c Circuit,
    probes: bool,
    began: Instant,
    ended: bool,
}

impl Circuit {
    /// A closed one. Calls that end without a reply before `silence` do not count.
    pub(super) fn new(url: String, silence: Duration) -> Self {
        Self {
            url,
            silence,
            state: Mutex::default(),
        }
    }

    /// Whether calls are made as ever.
    pub(super) fn is_closed(&self) -> bool {
        self.state().open.is_none()
    }

    /// Lets a call through, or says why not.
    pub(super) fn pass(&self) -> Result<Pass<'_>, String> {
        let began = Instant::now();
        let passed = self.state().pass(began);
        let probes = passed.map_err(|why| format!("no call is made for now: {why}"))?;
        Ok(Pass {
            circuit: self,
            probes,
            began,
            ended: false,
        })
    }

    fn replied(&self) {
        if self.state().replied() {
            tracing::info!("{} replies again", self.url);
        }
    }

    fn failed(&self, probe: bool, why: String) {
        // Between half of a wait and all of it: processes that saw a callee fail at one time do not
        // come back at one time.
        let varied = |wait: Duration| wait / 2 + up_to(wait / 2);
        let told = why.clone();
        let opened = self.state().failed(probe, why, Instant::now(), varied);
        if let Some(wait) = opened {
            let wait_ms = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX);
            tracing::warn!(wait_ms, "{}: no calls are made for now: {told}", self.url);
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Pass<'_> {
    /// A reply came, whatever it says.
    pub(super) fn replied(mut self) {
        self.ended = true;
        self.circuit.replied();
    }

    /// None came, and none will.
    pub(super) fn failed(mut self, why: &str) {
        self.ended = true;
        self.circuit.failed(self.probes, why.to_owned());
    }
}

impl Drop for Pass<'_> {
    fn drop(&mut self) {
        if self.ended {
            return;
        }
        let waited = self.began.elapsed();
        if waited >= self.circuit.silence {
            let why = format!("no reply within {} ms", waited.as_millis());
            self.circuit.failed(self.probes, why);
        } else if self.probes {
            self.circuit.state().gave_up();
        }
    }
}

#[derive(Debug, Default)]
struct State {
    /// Failures since the last reply, while it is closed.
    failures: u32,
    open: Option<Open>,
}

#[derive(Debug)]
struct Open {
    /// When the next probe may go.
    until: Instant,
    /// The wait that led there, before it was varied.
    wait: Duration,
    /// Whether a probe is out.
    probing: bool,
    /// What the last failure was.
    why: String,
}

impl State {
    /// Whether a call at that time is a probe; what the last failure was, where none may be made.
    fn pass(&mut self, now: Instant) -> Result<bool, String> {
        match &mut self.open {
            None => Ok(false),
            Some(open) if now >= open.until && !open.probing => {
                open.probing = true;
                Ok(true)
            }
            Some(open) => Err(open.why.clone()),
        }
    }

    /// Closes it; whether it was open.
    fn replied(&mut self) -> bool {
        self.failures = 0;
        self.open.take().is_some()
    }

    /// Counts a failure; how long it is open for, where this opened it or a probe has failed.
    fn failed(
        &mut self,
        probe: bool,
        why: String,
        now: Instant,
        varied: impl Fn(Duration) -> Duration,
    ) -> Option<Duration> {
        let wait = match &self.open {
            // A call from before it opened tells nothing new.
            Some(_) if !probe => return None,
            Some(open) => (2 * open.wait).min(LONGEST_WAIT),
            None => {
                self.failures = self.failures.saturating_add(1);
                if self.failures < FAILURES {
                    return None;
                }
                FIRST_WAIT
            }
        };
        self.open = Some(Open {
            until: now + varied(wait),
            wait,
            probing: false,
            why,
        });
        Some(wait)
    }

    /// A probe was given up before anything could be learnt from it: another call may be one.
    fn gave_up(&mut self) {
        if let Some(open) = &mut self.open {
            open.probing = false;
        }
    }
}

#[cfg(test)]
#[path = "circuit_tests.rs"]
mod tests;
