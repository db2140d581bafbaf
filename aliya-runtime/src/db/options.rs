//! How a database is run: its limits.

/// How a database is run. The defaults suit a game's server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// How many writes share one commit of SQLite at most. 1 gives each a commit of its own.
    pub max_batch: usize,
    /// How long writes may join such a commit, in milliseconds from the first one's start: a bound on
    /// what a write waits for its neighbours.
    pub max_batch_ms: u64,
    /// How many jobs may wait, of each kind (writes, reads); one more is answered
    /// [`DbError::Unavailable`](super::DbError::Unavailable) at once.
    pub max_waiting: usize,
    /// How many reads run at a time in SQLite: each has a thread and a connection.
    pub readers: usize,
    /// Whether another process may have the file of SQLite open: to look at a server's database while
    /// it runs.
    pub beside: bool,
    /// How large the write-ahead log of SQLite may become, in bytes: as long as another program reads the
    /// database, it is not emptied. Writes that come then are answered
    /// [`DbError::Unavailable`](super::DbError::Unavailable).
    pub max_log_bytes: u64,
    /// How many connections to a server are open at a time: each runs one job.
    pub connections: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            max_batch: 256,
            max_batch_ms: 5,
            max_waiting: 4096,
            readers: 2,
            beside: false,
            max_log_bytes: 1024 * 1024 * 1024,
            connections: 16,
        }
    }
}
