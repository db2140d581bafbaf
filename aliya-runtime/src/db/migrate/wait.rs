//! Waiting for another process that migrates: for whom, since when, and not for ever.

use std::time::{Duration, Instant};

use super::MigrateError;

/// How often is looked whether the other one is done.
const INTERVAL: Duration = Duration::from_millis(200);
/// How long it is before it is said again for whom.
const SAID_EVERY: Duration = Duration::from_secs(30);
/// How long one waits at most: whoever started this one looks at the other by then.
const LONGEST: Duration = Duration::from_secs(600);

/// How long a server keeps the lock of a process that says nothing, in seconds: one that was stopped, or
/// whose machine is gone. One that migrates is never silent for that long.
pub(in crate::db) const SILENT_S: u32 = 15;

/// Called with who migrates, when a wait begins and every half minute.
pub(in crate::db) type Waits = Box<dyn FnMut(&str) + Send>;

/// A wait for the lock of a database.
pub(in crate::db) struct Wait {
    database: String,
    waits: Waits,
    begin: Instant,
    said: Option<Instant>,
}

impl Wait {
    /// One that begins now.
    pub(in crate::db) fn new(database: &str, waits: Waits) -> Self {
        Self {
            database: database.to_owned(),
            waits,
            begin: Instant::now(),
            said: None,
        }
    }

    /// How long to wait before the lock is tried again; `holder` has it now.
    ///
    /// # Errors
    /// [`MigrateError::Held`] where one has waited long enough.
    pub(in crate::db) fn another(&mut self, holder: &str) -> Result<Duration, MigrateError> {
        if self.begin.elapsed() >= LONGEST {
            return Err(MigrateError::Held {
                database: self.database.clone(),
                holder: holder.to_owned(),
                minutes: LONGEST.as_secs() / 60,
            });
        }
        if self.said.is_none_or(|said| said.elapsed() >= SAID_EVERY) {
            (self.waits)(holder);
            self.said = Some(Instant::now());
        }
        Ok(INTERVAL)
    }
}

/// A process that began then, in words.
pub(in crate::db) fn since(who: &str, ago_ms: i64) -> String {
    format!("{who}, for {} s", ago_ms.max(0) / 1000)
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    #[test]
    fn a_wait_says_for_whom_and_ends() {
        let (say, said) = mpsc::channel();
        let waits = Box::new(move |holder: &str| say.send(holder.to_owned()).unwrap());
        let mut wait = Wait::new("game.db", waits);
        for _ in 0..3 {
            assert_eq!(wait.another("process 7"), Ok(INTERVAL));
        }
        assert_eq!(said.try_iter().collect::<Vec<_>>(), ["process 7"]);
        wait.said = Some(Instant::now() - SAID_EVERY);
        assert_eq!(wait.another("process 8"), Ok(INTERVAL));
        assert_eq!(said.try_iter().collect::<Vec<_>>(), ["process 8"]);
        wait.begin -= LONGEST;
        let ended = wait.another("process 8").unwrap_err().to_string();
        assert!(ended.contains("process 8"), "{ended}");
    }
}
