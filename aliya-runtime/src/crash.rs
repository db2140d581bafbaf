//! Places at which a test lets the process crash: before and after each commit, and before and after
//! each call between processes, on both sides.
//!
//! Only builds with debug assertions have them: in a release build they are nothing.

/// Passes a place. The variable `CRASH_ALIYA_WHEN`, which is no setting and so is not named like one,
/// names a file. When that file is there, and begins with a number, the process aborts at the place of
/// that number, counted from 1 since the file has had its text, and says which one it was: a test that
/// writes the file counts neither what the process has passed at its start nor what was asked before.
#[cfg(debug_assertions)]
pub(crate) fn point(place: &str) {
    use std::path::PathBuf;
    use std::sync::{LazyLock, Mutex, PoisonError};

    static WHEN: LazyLock<Option<PathBuf>> =
        LazyLock::new(|| std::env::var_os("CRASH_ALIYA_WHEN").map(PathBuf::from));
    static COUNT: Mutex<Count> = Mutex::new(Count::new());

    let Some(file) = &*WHEN else {
        return;
    };
    // Places of several threads are counted one after the other.
    let mut count = COUNT.lock().unwrap_or_else(PoisonError::into_inner);
    let said = std::fs::read_to_string(file).unwrap_or_default();
    if count.passes(&said) {
        eprintln!("crashes at its place {}: {place}", count.passed);
        std::process::abort();
    }
}

/// Passes a place.
#[cfg(not(debug_assertions))]
pub(crate) fn point(_: &str) {}

/// How many places were passed since the file has had its text.
#[cfg(debug_assertions)]
struct Count {
    said: String,
    passed: u64,
}

#[cfg(debug_assertions)]
impl Count {
    const fn new() -> Self {
        Self {
            said: String::new(),
            passed: 0,
        }
    }

    /// Counts a place that is passed while the file says that; whether it is the one to crash at.
    fn passes(&mut self, said: &str) -> bool {
        if self.said != said {
            said.clone_into(&mut self.said);
            self.passed = 0;
        }
        self.passed += 1;
        let number = said.split(' ').next().and_then(|it| it.parse().ok());
        number == Some(self.passed)
    }
}

#[cfg(all(test, debug_assertions))]
mod tests {
    use super::*;

    #[test]
    fn places_are_counted_from_when_the_file_is_there() {
        let mut count = Count::new();
        let passed = [
            "",
            "",
            "2 of a take",
            "2 of a take",
            "2 of a take",
            "",
            "1 of a note",
        ];
        let crashes = passed.map(|said| count.passes(said));
        assert_eq!(crashes, [false, false, false, true, false, false, true]);
        assert!(!count.passes("2 of a take"));
    }
}
