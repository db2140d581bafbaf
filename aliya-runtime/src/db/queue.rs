//! The bounded queue between the tasks that want jobs run and the threads that run them.

use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::DbError;
use super::job::Job;

/// Jobs that wait, first in, first out.
pub(super) struct Queue {
    state: Mutex<State>,
    /// Told when a job arrives while a thread sleeps, and when the queue closes.
    changed: Condvar,
    max_waiting: usize,
}

struct State {
    jobs: VecDeque<Box<dyn Job>>,
    closed: bool,
    /// Threads that sleep until a job arrives: with none, an arrival needs no system call.
    sleeping: usize,
}

impl Queue {
    pub(super) fn new(max_waiting: usize) -> Self {
        Self {
            state: Mutex::new(State {
                jobs: VecDeque::new(),
                closed: false,
                sleeping: 0,
            }),
            changed: Condvar::new(),
            max_waiting,
        }
    }

    /// Adds a job; refuses it where the queue is full or closed.
    pub(super) fn push(&self, job: Box<dyn Job>) -> Result<(), DbError> {
        let mut state = self.lock();
        if state.closed {
            return Err(DbError::closed());
        }
        if state.jobs.len() >= self.max_waiting {
            let waiting = state.jobs.len();
            return Err(DbError::Unavailable(format!("{waiting} jobs wait already")));
        }
        state.jobs.push_back(job);
        let wake = state.sleeping > 0;
        drop(state);
        if wake {
            self.changed.notify_one();
        }
        Ok(())
    }

    /// Moves up to `max` jobs into `into`, sleeping until there is one; `false` once the queue is
    /// closed and empty.
    pub(super) fn wait(&self, into: &mut VecDeque<Box<dyn Job>>, max: usize) -> bool {
        self.wait_for(into, max, None) != Waited::Closed
    }

    /// The same, for no longer than `most` where there is one.
    pub(super) fn wait_for(
        &self,
        into: &mut VecDeque<Box<dyn Job>>,
        max: usize,
        most: Option<Duration>,
    ) -> Waited {
        let mut state = self.lock();
        while state.jobs.is_empty() {
            if state.closed {
                return Waited::Closed;
            }
            state.sleeping += 1;
            let mut is_late = false;
            state = match most {
                None => {
                    let woken = self.changed.wait(state);
                    woken.unwrap_or_else(PoisonError::into_inner)
                }
                Some(most) => {
                    let woken = self.changed.wait_timeout(state, most);
                    let (state, timeout) = woken.unwrap_or_else(PoisonError::into_inner);
                    is_late = timeout.timed_out();
                    state
                }
            };
            state.sleeping -= 1;
            if is_late && state.jobs.is_empty() && !state.closed {
                return Waited::InVain;
            }
        }
        state.take(into, max);
        Waited::Jobs
    }

    /// Moves up to `max` jobs of those that wait now into `into`.
    pub(super) fn take(&self, into: &mut VecDeque<Box<dyn Job>>, max: usize) {
        self.lock().take(into, max);
    }

    /// Takes no more jobs; those that wait are still handed out.
    pub(super) fn close(&self) {
        self.lock().closed = true;
        self.changed.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // No code of others runs under the lock: a panic cannot leave the state half changed.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// How a wait for jobs ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Waited {
    /// There are jobs.
    Jobs,
    /// There were none for as long as was to be waited.
    InVain,
    /// There are none, and none will come.
    Closed,
}

/// Held by a thread that runs jobs. However that ends, no job may wait for it: the queue is closed,
/// and those that are left are answered that it is.
pub(super) struct EndOfJobs(pub(super) Arc<Queue>);

impl Drop for EndOfJobs {
    fn drop(&mut self) {
        self.0.close();
        let left = std::mem::take(&mut self.0.lock().jobs);
        left.into_iter().for_each(|job| job.drop_quietly());
    }
}

impl State {
    fn take(&mut self, into: &mut VecDeque<Box<dyn Job>>, max: usize) {
        let count = self.jobs.len().min(max);
        into.extend(self.jobs.drain(..count));
    }
}
