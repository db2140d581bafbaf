//! What MySQL's errors mean to a job.

use sqlx::Error;
use sqlx::mysql::MySqlDatabaseError;

use super::super::server::{Fault, Kind};

/// The fault that an error is.
pub(super) fn of(error: &Error) -> Fault {
    let known = error
        .as_database_error()
        .and_then(|error| error.try_downcast_ref::<MySqlDatabaseError>());
    let kind = match (error, known) {
        (_, Some(known)) => of_number(known.number()),
        (Error::Io(_) | Error::Tls(_) | Error::Protocol(_) | Error::WorkerCrashed, None) => {
            Kind::Lost
        }
        (_, None) => Kind::Failed,
    };
    let what = match known {
        Some(known) => format!("{} ({})", known.message(), known.number()),
        None => error.to_string(),
    };
    Fault { kind, what }
}

/// By number: MySQL's Server Error Message Reference, and from 4000 to 4999 MariaDB's.
fn of_number(number: u16) -> Kind {
    match number {
        // Deadlock; a lock was waited for too long; the row has changed since the snapshot.
        1213 | 1205 | 1020 => Kind::Conflict,
        // The server stops; it has ended the connection (of a silent transaction, too).
        1053 | 1927 | 4031 | 1152 | 1159 | 1161 => Kind::Lost,
        // Connections, memory, disk (also of temporary tables and of the log), a timeout of a
        // statement, a server that only reads.
        1040 | 1203 | 1226 | 1037 | 1038 | 1041 | 1021 | 1114 | 1026 | 1030 | 1969 | 3024
        | 1317 | 1290 | 1792 | 1836 => Kind::Unavailable,
        1062 | 1586 => Kind::Duplicate,
        // A table or an index of that name is there.
        1050 | 1061 => Kind::Duplicate,
        // NOT NULL, references, CHECK (in MySQL, in MariaDB), text and number that do not fit.
        1048 | 1216 | 1217 | 1451 | 1452 | 3819 | 4025 | 1406 | 1264 => Kind::Constraint,
        _ => Kind::Failed,
    }
}
