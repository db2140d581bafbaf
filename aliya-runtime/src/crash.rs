//! Places at which a test lets the process crash: before and after each commit, and before and after
//! each call between processes, on both sides.
//!
//! Only builds with debug assertions have them: in a release build they are nothing.

/// Passes a place. Where the variable `ALIYA_CRASH_AT` is a number, the process aborts at the place
/// of that number, counted from 1 since it started, and says which one it was.
#[cfg(debug_assertions)]
pub(crate) fn point(place: &str) {
    use std::sync::LazyLock;
    use std::sync::atomic::{AtomicU64, Ordering};

    static CRASH_AT: LazyLock<Option<u64>> =
        LazyLock::new(|| std::env::var("ALIYA_CRASH_AT").ok()?.parse().ok());
    static PASSED: AtomicU64 = AtomicU64::new(0);

    if let Some(at) = *CRASH_AT
        && PASSED.fetch_add(1, Ordering::SeqCst) + 1 == at
    {
        eprintln!("crashes at its place {at}: {place}");
        std::process::abort();
    }
}

/// Passes a place.
#[cfg(not(debug_assertions))]
pub(crate) fn point(_: &str) {}
