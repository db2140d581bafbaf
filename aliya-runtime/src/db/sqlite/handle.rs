//! The one place where rusqlite takes over a connection that sqlx has opened.

use sqlx::Connection as _;
use sqlx::sqlite::SqliteConnection;

use super::super::{Conn, DbError};
use super::SqliteConn;

/// Runs `work` on this thread with the connection `opened`, then closes it.
pub(super) fn drive<R>(
    mut opened: SqliteConnection,
    work: impl FnOnce(&mut Conn) -> R,
) -> Result<R, DbError> {
    let failed = |error: sqlx::Error| DbError::Failed(format!("closing the database: {error}"));
    // sqlx's own thread for the connection answers: nothing here needs a runtime's drivers.
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .map_err(|error| DbError::Failed(format!("starting a thread: {error}")))?;
    let result = {
        let mut locked = runtime.block_on(opened.lock_handle()).map_err(failed)?;
        let handle = locked.as_raw_handle();
        // SAFETY: `handle` is a live `sqlite3*` of the same libsqlite3-sys that rusqlite links.
        // `locked` keeps sqlx's thread off it and keeps it open; it is dropped after `conn`, which
        // therefore finalizes its statements in time. Nothing can move `conn` out of here: `work`
        // gets it by reference, and no `Conn` can be made elsewhere to be swapped for it.
        // `from_handle` does not own the handle: sqlx closes it.
        #[allow(unsafe_code)]
        let raw = unsafe { rusqlite::Connection::from_handle(handle.as_ptr()) };
        let raw = raw.map_err(|error| DbError::Failed(error.to_string()))?;
        let mut conn = Conn::Sqlite(SqliteConn::new(raw));
        work(&mut conn)
    };
    runtime.block_on(opened.close()).map_err(failed)?;
    Ok(result)
}
