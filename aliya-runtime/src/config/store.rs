//! The balance tables of a process, as they hold now.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::{Duration, SystemTime};

use serde_json::Value;
use tokio_util::sync::CancellationToken;

use super::read;
use super::{Config, ConfigError, Problem, Table, Values};
use crate::wire::Data;

/// How often is looked whether a file has changed.
const POLL_INTERVAL: Duration = Duration::from_secs(1);

/// No file is larger.
const FILE_MAX_BYTES: u64 = 16 << 20;

/// The balance tables of a process.
#[derive(Debug)]
pub struct Store {
    config: &'static Config,
    folder: PathBuf,
    /// Held for as long as it takes to clone or to set the pointer.
    now: RwLock<Values>,
    /// The files as they were when they were last read, right or wrong.
    seen: Mutex<Vec<Stamp>>,
}

/// What tells that a file has changed; `None` where there is none.
type Stamp = Option<(Option<SystemTime>, u64)>;

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
        let seen = stamps(config, folder);
        let values = read_all(config, folder)?;
        Ok(Arc::new(Self {
            config,
            folder: folder.to_owned(),
            now: RwLock::new(values),
            seen: Mutex::new(seen),
        }))
    }

    /// The values as they are now: they do not change under whoever holds them.
    pub fn values(&self) -> Values {
        // Nothing that can panic happens while it is held.
        let now = self.now.read().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&now)
    }

    /// Looks at the files, and reads them where one has changed since the last look. Blocks on the
    /// disk.
    pub fn reload(&self) -> Reloaded {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        // Before they are read: what changes meanwhile is seen at the next look.
        let stamps = stamps(self.config, &self.folder);
        if *seen == stamps {
            return Reloaded::Unchanged;
        }
        *seen = stamps;
        match read_all(self.config, &self.folder) {
            Ok(values) => {
                *self.now.write().unwrap_or_else(PoisonError::into_inner) = values;
                Reloaded::Changed
            }
            Err(error) => Reloaded::Kept(error),
        }
    }

    /// Looks at the files every second until `stop`, and logs what became of a change.
    pub async fn watch(self: Arc<Self>, stop: CancellationToken) {
        let mut ticks = tokio::time::interval(POLL_INTERVAL);
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        while stop.run_until_cancelled(ticks.tick()).await.is_some() {
            let store = Arc::clone(&self);
            match tokio::task::spawn_blocking(move || store.reload()).await {
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
        Some((about.modified().ok(), about.len()))
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
    let bytes = fs::metadata(file)?.len();
    if bytes > FILE_MAX_BYTES {
        return Err(io::Error::other(format!(
            "it has {bytes} bytes, and {FILE_MAX_BYTES} are the most"
        )));
    }
    fs::read_to_string(file)
}
