//! The write-ahead log of a database: emptied when nobody writes, bounded while others keep it.
//!
//! SQLite empties it by itself, but not while another program reads what was there before, and it does
//! not make the file smaller. A copy of the database's file alone lacks what is in the log, so that a
//! quiet server has nothing there.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::super::DbError;
use super::SqliteConn;

/// How long nobody writes before the log is emptied.
pub(super) const QUIET: Duration = Duration::from_millis(500);
/// How large the log is before it is emptied while others write, in bytes.
const LARGE: u64 = 64 * 1024 * 1024;
/// How long a try to empty it is ago before the next.
const PAUSE: Duration = Duration::from_secs(1);

/// The log of one database.
#[derive(Debug)]
pub(super) struct Log {
    path: PathBuf,
    large: u64,
    max: u64,
    tried: Option<Instant>,
    told: Told,
    /// Whether something was written since it was emptied.
    pub(super) is_used: bool,
}

/// What was said of its size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Told {
    Nothing,
    Large,
    Full,
}

impl Log {
    /// The log of the database `path`, which has `max` bytes at most.
    pub(super) fn new(path: &Path, max: u64) -> Self {
        let mut name = OsString::from(path);
        name.push("-wal");
        Self {
            path: name.into(),
            large: LARGE.min(max / 2),
            max,
            tried: None,
            told: Told::Nothing,
            is_used: true,
        }
    }

    /// Empties it, as far as others let it. To be called when nobody writes.
    pub(super) fn empty(&mut self, conn: &mut SqliteConn) {
        self.tried = Some(Instant::now());
        match conn.try_checkpoint() {
            Ok(true) => self.is_used = false,
            Ok(false) => {}
            Err(error) => tracing::debug!("emptying {}: {error}", self.path.display()),
        }
        self.tell();
    }

    /// Whether there is room for more: empties it where it is large, and refuses writes where it is
    /// as large as it may be.
    pub(super) fn has_room(&mut self, conn: &mut SqliteConn) -> Result<(), DbError> {
        let is_large = self.bytes() >= self.large;
        let is_time = self.tried.is_none_or(|tried| tried.elapsed() >= PAUSE);
        if is_large && is_time {
            self.empty(conn);
        } else if !is_large && self.told != Told::Nothing {
            self.tell();
        }
        self.is_used = true;
        match is_large && self.bytes() >= self.max {
            true => Err(DbError::Unavailable(format!(
                "{} is as large as it may be, as another program reads the database",
                self.path.display()
            ))),
            false => Ok(()),
        }
    }

    /// Says once that it is large, that it is full, and that it is neither any more.
    fn tell(&mut self) {
        let bytes = self.bytes();
        let now = match bytes {
            _ if bytes >= self.max => Told::Full,
            _ if bytes >= self.large => Told::Large,
            _ => Told::Nothing,
        };
        if now == self.told || (now, self.told) == (Told::Large, Told::Full) {
            return;
        }
        let (path, mib) = (self.path.display(), bytes / (1024 * 1024));
        let max_mib = self.max / (1024 * 1024);
        match now {
            Told::Large => tracing::warn!(
                "{path} has {mib} MiB, and grows: another program reads the database, and keeps what \
                 was written since from being moved there; from {max_mib} MiB on nothing is written"
            ),
            Told::Full => tracing::error!(
                "{path} has {mib} MiB: nothing is written until the other program that reads the \
                 database ends, and requests that write are answered 13"
            ),
            Told::Nothing => tracing::info!("{path} was given back: it has {mib} MiB"),
        }
        self.told = now;
    }

    fn bytes(&self) -> u64 {
        fs::metadata(&self.path).map_or(0, |found| found.len())
    }
}
