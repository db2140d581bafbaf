//! The lock that keeps a second server off a database's file.

use std::ffi::OsString;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use super::super::DbError;
use super::open::failed;

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

fn beside(path: &Path) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(".lock");
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
