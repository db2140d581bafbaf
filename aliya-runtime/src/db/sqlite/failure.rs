//! What SQLite's errors mean to a job.

use rusqlite::{Error, ErrorCode};

use super::super::DbError;

/// The error of the statement called `statement`.
pub(super) fn of(statement: &'static str, error: &Error) -> DbError {
    let what = error.to_string();
    match error.sqlite_error_code() {
        Some(ErrorCode::ConstraintViolation) => DbError::Constraint { statement, what },
        Some(
            ErrorCode::DatabaseBusy
            | ErrorCode::DatabaseLocked
            | ErrorCode::DiskFull
            | ErrorCode::SystemIoFailure
            | ErrorCode::OutOfMemory
            | ErrorCode::CannotOpen
            | ErrorCode::FileLockingProtocolFailed
            | ErrorCode::OperationInterrupted,
        ) => DbError::Unavailable(format!("{statement}: {what}")),
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => DbError::Damaged {
            path: String::new(),
            what: format!("{statement}: {what}"),
        },
        _ => DbError::Failed(format!("{statement}: {what}")),
    }
}
