//! Panics of one request, caught so that they end nothing but that request.

use std::any::Any;
use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::task::Poll;

/// Runs `future`; an `Err` is what it said when it panicked.
///
/// The future is dropped after a panic and never polled again. What it shares with other requests
/// must not be left half changed by a panic: the runtime's locks hold plain maps and counters.
pub(crate) async fn caught<T>(future: impl Future<Output = T>) -> Result<T, String> {
    let mut future = pin!(future);
    poll_fn(|cx| {
        let polled = catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(cx)));
        match polled {
            Ok(Poll::Pending) => Poll::Pending,
            Ok(Poll::Ready(value)) => Poll::Ready(Ok(value)),
            Err(panic) => Poll::Ready(Err(said(&*panic))),
        }
    })
    .await
}

/// The text of a panic.
fn said(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied();
    let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("something that is no text").to_owned()
}

#[cfg(test)]
mod tests {
    use super::caught;

    #[tokio::test]
    async fn tells_what_a_panic_said() {
        let panicked = caught(async {
            tokio::task::yield_now().await;
            panic!("weapon {} is made of glass", 7)
        });
        let said: Result<(), _> = panicked.await;
        assert_eq!(said, Err("weapon 7 is made of glass".to_owned()));
    }

    #[tokio::test]
    async fn passes_on_what_a_future_returns() {
        assert_eq!(caught(async { 3 }).await, Ok(3));
    }
}
