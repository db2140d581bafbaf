//! A job on its way to the thread that runs it, and its result on the way back.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::task::{Context, Poll, Waker};

use tokio::sync::oneshot;

use super::queue::Queue;
use super::{Conn, DbError};
use crate::BoxFuture;

/// A job of any type. It is run one or more times, then answered once.
pub(super) trait Job: Send {
    /// Whether whoever wants the result has gone.
    fn abandoned(&self) -> bool;

    /// Runs it to its end and keeps the result; `true` where its writes are to be kept. Never
    /// panics: a panic of the job is its result.
    fn run(&mut self, conn: &mut Conn) -> bool;

    /// Replaces the result.
    fn fail(&mut self, error: DbError);

    /// Hands the result over.
    fn answer(self: Box<Self>);

    /// Drops the job without a result.
    fn drop_quietly(self: Box<Self>);
}

/// Puts `job` into the queue and waits for its result.
pub(super) async fn submit<T, E, F>(queue: &Queue, job: F) -> Result<T, E>
where
    T: Send + 'static,
    E: Send + From<DbError> + 'static,
    F: for<'a> FnMut(&'a mut Conn) -> BoxFuture<'a, Result<T, E>> + Send + 'static,
{
    let (reply, answer) = oneshot::channel();
    queue.push(Box::new(Task {
        job,
        result: None,
        reply,
    }))?;
    answer
        .await
        .unwrap_or_else(|_| Err(DbError::closed().into()))
}

struct Task<T, E, F> {
    job: F,
    result: Option<Result<T, E>>,
    reply: oneshot::Sender<Result<T, E>>,
}

impl<T, E, F> Job for Task<T, E, F>
where
    T: Send,
    E: Send + From<DbError>,
    F: for<'a> FnMut(&'a mut Conn) -> BoxFuture<'a, Result<T, E>> + Send,
{
    fn abandoned(&self) -> bool {
        self.reply.is_closed()
    }

    fn run(&mut self, conn: &mut Conn) -> bool {
        let Self { job, result, .. } = self;
        let ran = catch_unwind(AssertUnwindSafe(|| {
            *result = None;
            poll_once(job(conn))
        }));
        let ended = match ran {
            Ok(Poll::Ready(ended)) => ended,
            // No database makes this job wait, so nothing would ever wake it.
            Ok(Poll::Pending) => Err(DbError::Failed(
                "the job waits for something other than its database".to_owned(),
            )
            .into()),
            Err(panic) => Err(DbError::Panicked(message(&*panic)).into()),
        };
        let keep = ended.is_ok();
        self.result = Some(ended);
        keep
    }

    fn fail(&mut self, error: DbError) {
        quietly(|| self.result = Some(Err(error.into())));
    }

    fn answer(self: Box<Self>) {
        quietly(|| {
            let Self { result, reply, .. } = *self;
            if let Some(result) = result {
                let _ = reply.send(result);
            }
        });
    }

    fn drop_quietly(self: Box<Self>) {
        quietly(|| drop(self));
    }
}

/// The values of a job may panic where they are dropped, on the thread of all jobs: the others must
/// not suffer from it.
fn quietly(work: impl FnOnce()) {
    if catch_unwind(AssertUnwindSafe(work)).is_err() {
        tracing::error!("a value of a job panicked when it was dropped");
    }
}

fn poll_once<T>(mut future: BoxFuture<'_, T>) -> Poll<T> {
    let mut nobody = Context::from_waker(Waker::noop());
    future.as_mut().poll(&mut nobody)
}

/// What a panic says.
pub(super) fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("with a value that is no text")
        .to_owned()
}
