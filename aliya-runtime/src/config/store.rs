//! The balance tables of a process, as they hold now.

use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;

use serde_json::Value;
use tokio_util::sync::CancellationToken;

use super::read;
use super::{Config, ConfigError, Problem, Table, Values};
use crate::wire::Data;

/// How often is looked whether a file has changed.
const POLL_INTERVAL: Duration = Duration::from_millis(500);

/// No file is larger.
const FILE_MAX_BYTES: u64 = 16 << 20;

/// The balance tables of a process.
#[derive(Debug)]
pub struct Store {
    config: &'static Config,
    folder: PathBuf,
    /// Held for as long as it takes to clone or to set the pointer.
    now: RwLock<Values>,
    seen: Mutex<Seen>,
}

/// The files as they were.
#[derive(Debug)]
struct Seen {
    /// When they were last read, right or wrong.
    read: Vec<Stamp>,
    /// At the last look.
    looked: Vec<Stamp>,
}

/// What tells that a file has changed; `None` where there is none. The times of a file are those of its
/// content and of whatever else of it: the first can be set to anything, the second by nobody.
type Stamp = Option<[i64; 7]>;

/// What became of a look at the files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reloaded {
    /// They are as they were.
    Unchanged,
    /// Requests that come from now on see the new values.
    Changed,
    /// The new ones are wrong: the old values stay.
    Kept(ConfigError),
}

impl Store {
    /// Reads the files of `folder`.
    ///
    /// # Errors
    /// Where a file cannot be read, or a value is not what is declared.
    pub fn open(config: &'static Config, folder: &Path) -> Result<Arc<Self>, ConfigError> {
        let read = stamps(config, folder);
        let values = read_all(config, folder)?;
        let looked = read.clone();
        Ok(Arc::new(Self {
            config,
            folder: folder.to_owned(),
            now: RwLock::new(values),
            seen: Mutex::new(Seen { read, looked }),
        }))
    }

    /// The values as they are now: they do not change under whoever holds them.
    pub fn values(&self) -> Values {
        // Nothing that can panic happens while it is held.
        let now = self.now.read().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&now)
    }

    /// Reads the files at once where one has changed since they were read last, whether or not it is
    /// written to. Blocks on the disk.
    pub fn reload(&self) -> Reloaded {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        // Before they are read: what changes meanwhile is seen at the next look.
        let stamps = stamps(self.config, &self.folder);
        seen.looked.clone_from(&stamps);
        if seen.read == stamps {
            return Reloaded::Unchanged;
        }
        seen.read = stamps;
        self.take(read_all(self.config, &self.folder))
    }

    /// Looks at the files, and reads them where one has changed since they were read last and all are as
    /// they were at the last look: what is being saved is not read half. Blocks on the disk.
    pub fn look(&self) -> Reloaded {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let now = stamps(self.config, &self.folder);
        let is_still = seen.looked == now;
        seen.looked.clone_from(&now);
        if seen.read == now || !is_still {
            return Reloaded::Unchanged;
        }
        let read = read_all(self.config, &self.folder);
        let after = stamps(self.config, &self.folder);
        if after != now {
            // One was written to while it was read.
            seen.looked = after;
            return Reloaded::Unchanged;
        }
        seen.read = now;
        self.take(read)
    }

    fn take(&self, read: Result<Values, ConfigError>) -> Reloaded {
        match read {
            Ok(values) => {
                *self.now.write().unwrap_or_else(PoisonError::into_inner) = values;
                Reloaded::Changed
            }
            Err(error) => Reloaded::Kept(error),
        }
    }

    /// Looks at the files every half second until `stop`, and logs what became of a change.
    pub async fn watch(self: Arc<Self>, stop: CancellationToken) {
        let mut ticks = tokio::time::interval(POLL_INTERVAL);
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        while stop.run_until_cancelled(ticks.tick()).await.is_some() {
            let store = Arc::clone(&self);
            match tokio::task::spawn_blocking(move || store.look()).await {
                Ok(Reloaded::Unchanged) => {}
                Ok(Reloaded::Changed) => tracing::info!("balance tables were read again"),
                Ok(Reloaded::Kept(ConfigError(problems))) => {
                    for problem in problems {
                        tracing::error!("balance tables keep their old values: {problem}");
                    }
                }
                Err(error) => tracing::error!("balance tables could not be looked at: {error}"),
            }
        }
    }
}

fn path(folder: &Path, table: &Table) -> PathBuf {
    folder.join(format!("{}.yaml", table.name))
}

fn stamps(config: &Config, folder: &Path) -> Vec<Stamp> {
    let stamp = |table: &Table| {
        let about = fs::metadata(path(folder, table)).ok()?;
        Some([
            about.dev().cast_signed(),
            about.ino().cast_signed(),
            about.len().cast_signed(),
            about.mtime(),
            about.mtime_nsec(),
            about.ctime(),
            about.ctime_nsec(),
        ])
    };
    config.tables.iter().map(stamp).collect()
}

/// Reads all tables; what is wrong with any of them is told.
fn read_all(config: &Config, folder: &Path) -> Result<Values, ConfigError> {
    let mut data = Data::new();
    let mut problems = Vec::new();
    for table in config.tables {
        match read_table(folder, table) {
            Ok(value) => _ = data.insert(table.name.to_owned(), value),
            Err(problem) => problems.push(problem),
        }
    }
    if !problems.is_empty() {
        return Err(ConfigError(problems));
    }
    (config.decode)(&data).map_err(|mismatch| {
        // Not to be expected: the values have the shapes that the same declaration gave.
        ConfigError(vec![Problem::Wrong {
            file: folder.to_owned(),
            place: None,
            what: format!("expected {}", mismatch.0),
        }])
    })
}

fn read_table(folder: &Path, table: &Table) -> Result<Value, Problem> {
    let file = path(folder, table);
    let text = match bounded(&file) {
        Ok(text) => text,
        Err(error) => {
            return Err(Problem::Unreadable {
                file,
                reason: error.to_string(),
            });
        }
    };
    read::read(&text, table.shape).map_err(|wrong| Problem::Wrong {
        file,
        place: wrong.place,
        what: wrong.what,
    })
}

fn bounded(file: &Path) -> io::Result<String> {
    let about = fs::metadata(file)?;
    // A pipe would keep its reader until somebody writes.
    if !about.is_file() {
        return Err(io::Error::other("it is no regular file"));
    }
    let bytes = about.len();
    if bytes > FILE_MAX_BYTES {
        return Err(io::Error::other(format!(
            "it has {bytes} bytes, and {FILE_MAX_BYTES} are the most"
        )));
    }
    fs::read_to_string(file)
}
