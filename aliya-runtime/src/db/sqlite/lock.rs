//! The lock that keeps a second server off a database's file.

use std::ffi::OsString;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};

use super::super::DbError;
use super::super::migrate::{Wait, Waits, since};
use super::open::{self, failed};

/// Takes the lock of the database `path`: an advisory lock on a file beside it, with the holder's
/// process id in it. It is held until the file is dropped; a process that is killed holds none.
pub(super) fn lock(path: &Path) -> Result<File, DbError> {
    let beside = beside(path);
    let cannot = |error: std::io::Error| {
        let what = format!("its lock {}: {error}", beside.display());
        failed(&path.display(), &what)
    };
    let mut file = OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false) // It may be another process's.
        .open(&beside)
        .map_err(cannot)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            return Err(DbError::InUse {
                path: path.display().to_string(),
                holder: holder(&mut file),
            });
        }
        Err(TryLockError::Error(error)) => return Err(cannot(error)),
    }
    file.set_len(0).map_err(cannot)?;
    write!(file, "{}", std::process::id()).map_err(cannot)?;
    Ok(file)
}

/// Keeps other migrations off a database's file, until it is dropped.
#[derive(Debug)]
pub(in crate::db) struct MigrationLock {
    _file: File,
}

impl MigrationLock {
    /// Waits until no other process migrates the database `path`; `waits` is called where there is
    /// one. It blocks its thread.
    pub(in crate::db) fn wait(path: &Path, waits: Waits) -> Result<Self, DbError> {
        let absolute = std::path::absolute(path);
        let path = &absolute.map_err(|error| failed(&path.display(), &error))?;
        let beside = named(path, ".migrate.lock");
        let cannot = |error: std::io::Error| {
            let what = format!("its lock {}: {error}", beside.display());
            failed(&path.display(), &what)
        };
        if let Some(folder) = path.parent() {
            open::make_folder(path, folder)?;
        }
        let mut wait = Wait::new(&path.display().to_string(), waits);
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false) // It may be another process's.
            .open(&beside)
            .map_err(cannot)?;
        loop {
            match file.try_lock() {
                Ok(()) => break,
                Err(TryLockError::WouldBlock) => {
                    let ago_ms = file.metadata().and_then(|found| found.modified());
                    let ago_ms = ago_ms.ok().and_then(|then| then.elapsed().ok());
                    let ago_ms = ago_ms.and_then(|ago| i64::try_from(ago.as_millis()).ok());
                    file.rewind().map_err(cannot)?;
                    let holder = since(&holder(&mut file), ago_ms.unwrap_or(0));
                    std::thread::sleep(wait.another(&holder)?);
                }
                Err(TryLockError::Error(error)) => return Err(cannot(error)),
            }
        }
        // For who waits: the process, and by the time of the file since when.
        file.set_len(0).map_err(cannot)?;
        file.rewind().map_err(cannot)?;
        write!(file, "{}", std::process::id()).map_err(cannot)?;
        Ok(Self { _file: file })
    }
}

fn beside(path: &Path) -> PathBuf {
    named(path, ".lock")
}

fn named(path: &Path, end: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(end);
    name.into()
}

fn holder(file: &mut File) -> String {
    let mut id = String::new();
    let read = file.take(20).read_to_string(&mut id);
    match read {
        Ok(_) if id.parse::<u32>().is_ok() => format!("process {id}"),
        _ => "another process".to_owned(),
    }
}
