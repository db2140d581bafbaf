//! What PostgreSQL's errors mean to a job.

use sqlx::Error;

use super::super::server::{Fault, Kind};

/// The fault that an error is.
pub(super) fn of(error: &Error) -> Fault {
    let code = error.as_database_error().and_then(|error| error.code());
    let kind = match (error, code.as_deref()) {
        (_, Some(code)) => of_code(code),
        (Error::Io(_) | Error::Tls(_) | Error::Protocol(_) | Error::WorkerCrashed, None) => {
            Kind::Lost
        }
        (_, None) => Kind::Failed,
    };
    let what = match error {
        Error::Database(error) => error.message().to_owned(),
        other => other.to_string(),
    };
    Fault { kind, what }
}

/// By SQLSTATE: <https://www.postgresql.org/docs/current/errcodes-appendix.html>.
fn of_code(code: &str) -> Kind {
    match code {
        // Serialization failure, deadlock, a lock that was waited for too long.
        "40001" | "40P01" | "55P03" => Kind::Conflict,
        // The server stops, or has crashed, or ends a connection that was silent.
        "57P01" | "57P02" | "25P03" | "57P05" => Kind::Lost,
        // A timeout of a statement; it is read-only, or only just starting.
        "57014" | "25006" | "57P03" => Kind::Unavailable,
        "23505" => Kind::Duplicate,
        // A table or an index of that name is there.
        "42P07" => Kind::Duplicate,
        _ => match code.get(..2) {
            Some("23") => Kind::Constraint,
            // Connections, resources (disk, memory, connections), the system.
            Some("08") => Kind::Lost,
            Some("53" | "58") => Kind::Unavailable,
            _ => Kind::Failed,
        },
    }
}
