//! Opens a database's file and its connections, through sqlx.

use std::fmt::Display;
use std::fs::{DirBuilder, File};
use std::os::unix::fs::DirBuilderExt;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use sqlx::ConnectOptions;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteSynchronous};

use super::super::DbError;
use super::lock::lock;

/// How long a statement waits for a lock of another program on the file. Ours do not wait for each
/// other: one writes, and readers need no lock.
pub(super) const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// The writer's page cache: the pages that are written again and again stay in memory.
const WRITER_CACHE: &str = "-32768"; // KiB, as SQLite counts negative sizes.

/// Up to how large a database is looked through when it is opened, in bytes: of a larger one, only
/// whether it has all of its pages.
const LOOKED_THROUGH: i64 = 32 * 1024 * 1024;

/// How much of the log's file stays when it is begun anew, in bytes.
const LOG_KEPT: &str = "67108864";

/// What belongs to an open database, before its threads run.
pub(super) struct Opened {
    pub(super) path: Arc<str>,
    /// What keeps other processes from it; `None` where this one is beside another.
    pub(super) lock: Option<File>,
    pub(super) writer: SqliteConnection,
    pub(super) readers: Vec<SqliteConnection>,
}

/// Opens the file `path`, and makes it and its folder where they are not there yet; `beside` another
/// process that may have it open, it has to be there.
pub(super) async fn open(path: &Path, readers: usize, beside: bool) -> Result<Opened, DbError> {
    // An absolute path cannot be taken for one of SQLite's `file:` URIs.
    let path = std::path::absolute(path).map_err(|error| failed(&path.display(), &error))?;
    let lock = match beside {
        true => None,
        false => {
            if let Some(folder) = path.parent() {
                make_folder(&path, folder)?;
            }
            Some(lock(&path)?)
        }
    };
    let options = SqliteConnectOptions::new()
        .filename(&path)
        .busy_timeout(BUSY_TIMEOUT)
        .foreign_keys(true)
        .synchronous(SqliteSynchronous::Full);
    let writing = options
        .clone()
        .create_if_missing(!beside)
        .journal_mode(SqliteJournalMode::Wal)
        .pragma("cache_size", WRITER_CACHE)
        .pragma("journal_size_limit", LOG_KEPT);
    let reading = options.read_only(true).pragma("query_only", "ON");

    let mut writer = connect(&writing, &path).await?;
    check(&mut writer, &path).await?;
    is_whole(&mut writer, &path).await?;
    let mut opened = Opened {
        path: path.display().to_string().into(),
        lock,
        writer,
        readers: Vec::with_capacity(readers),
    };
    for _ in 0..readers.max(1) {
        opened.readers.push(connect(&reading, &path).await?);
    }
    Ok(opened)
}

/// Makes the folder of the file `path` where it is not there yet.
pub(super) fn make_folder(path: &Path, folder: &Path) -> Result<(), DbError> {
    // Hashes of passwords are nobody else's business.
    let made = DirBuilder::new().recursive(true).mode(0o700).create(folder);
    made.map_err(|error| {
        let what = format!("its folder {}: {error}", folder.display());
        failed(&path.display(), &what)
    })
}

/// A connection to the file `path`, which is open already, that does not follow references.
pub(super) async fn without_references(path: &Path) -> Result<SqliteConnection, DbError> {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .busy_timeout(BUSY_TIMEOUT)
        .foreign_keys(false)
        .synchronous(SqliteSynchronous::Full);
    connect(&options, path).await
}

/// The error of a database that cannot be opened.
pub(super) fn failed(path: &dyn Display, what: &dyn Display) -> DbError {
    DbError::Open {
        path: path.to_string(),
        what: what.to_string(),
    }
}

async fn connect(options: &SqliteConnectOptions, path: &Path) -> Result<SqliteConnection, DbError> {
    options.connect().await.map_err(|error| {
        let code = error.as_database_error().and_then(|error| error.code());
        let path = path.display().to_string();
        match code.as_deref() {
            Some("26") => DbError::NotADatabase { path },
            Some("11") => DbError::Damaged {
                path,
                what: error.to_string(),
            },
            Some("5") => DbError::InUse {
                path,
                holder: "another program".to_owned(),
            },
            _ => failed(&path, &error),
        }
    })
}

/// SQLite answers a pragma that it cannot follow, as on a network's file system, with the mode that
/// it stays in.
async fn check(writer: &mut SqliteConnection, path: &Path) -> Result<(), DbError> {
    let query = "SELECT journal_mode, synchronous FROM pragma_journal_mode, pragma_synchronous";
    let modes: (String, i64) = sqlx::query_as(query)
        .fetch_one(writer)
        .await
        .map_err(|error| unread(path, &error))?;
    if modes != ("wal".to_owned(), 2) {
        let what = format!("its file system gives no write-ahead log, but {modes:?}");
        return Err(failed(&path.display(), &what));
    }
    Ok(())
}

/// Refuses a file that lacks pages, or whose pages do not belong together: what is left of a copy that
/// was made while a server wrote.
async fn is_whole(writer: &mut SqliteConnection, path: &Path) -> Result<(), DbError> {
    let damaged = |what: String| DbError::Damaged {
        path: path.display().to_string(),
        what,
    };
    let pages = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size";
    let bytes: i64 = sqlx::query_scalar(pages)
        .fetch_one(&mut *writer)
        .await
        .map_err(|error| unread(path, &error))?;
    let found = path.metadata().map_or(0, |found| found.len());
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    let has_log = Path::new(&log).metadata().is_ok_and(|log| log.len() > 0);
    if !has_log && u64::try_from(bytes).is_ok_and(|bytes| bytes > found) {
        return Err(damaged(format!("it has {found} bytes of {bytes}")));
    }
    if bytes > LOOKED_THROUGH {
        return Ok(());
    }
    let said: Vec<String> = sqlx::query_scalar("PRAGMA quick_check(1)")
        .fetch_all(writer)
        .await
        .map_err(|error| unread(path, &error))?;
    match said.first().map(String::as_str) {
        None | Some("ok") => Ok(()),
        Some(what) => Err(damaged(what.replace('\n', " "))),
    }
}

/// The error of a file that cannot be read.
fn unread(path: &Path, error: &sqlx::Error) -> DbError {
    let code = error.as_database_error().and_then(|error| error.code());
    match code.as_deref() {
        Some("11") => DbError::Damaged {
            path: path.display().to_string(),
            what: error.to_string(),
        },
        _ => failed(&path.display(), error),
    }
}
