//! What a session is told, and held to: a proxy in front of the server may give each statement another
//! session.

use std::collections::BTreeSet;
use std::time::Duration;

use sqlx::mysql::MySqlConnection;
use sqlx::{AssertSqlSafe, Row as _};

use super::super::server::{Fault, Kind};
use super::{Product, fault};

/// How long a statement runs at most.
const STATEMENT_TIMEOUT: Duration = Duration::from_secs(10);
/// How long one waits for a lock: two that wait for each other are found out at once.
const LOCK_TIMEOUT: Duration = Duration::from_secs(5);
/// How long the server keeps the locks of a transaction that is silent.
const SILENT_TRANSACTION_TIMEOUT: Duration = Duration::from_secs(15);
/// Values that do not fit are errors, and 0 is a number like others.
const MODE: &str = "STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION,NO_AUTO_VALUE_ON_ZERO";

/// Sets the settings of a session, and refuses one that does not keep them.
pub(super) async fn set(raw: &mut MySqlConnection, product: Product) -> Result<(), Fault> {
    let variables = variables(product);
    let pairs = variables
        .iter()
        .map(|(name, value)| format!("{name} = {value}"));
    let sets = format!(
        "SET NAMES utf8mb4; SET SESSION TRANSACTION ISOLATION LEVEL SERIALIZABLE; SET SESSION {}",
        pairs.collect::<Vec<_>>().join(", ")
    );
    let done = sqlx::raw_sql(AssertSqlSafe(sets)).execute(&mut *raw).await;
    done.map_err(|error| fault::of(&error))?;
    let isolation = match product {
        Product::Mariadb => "tx_isolation",
        Product::Mysql => "transaction_isolation",
    };
    let mut wanted = vec![
        ("character_set_client", "utf8mb4".to_owned()),
        (isolation, "SERIALIZABLE".to_owned()),
    ];
    wanted.extend(variables);
    let shown = wanted
        .iter()
        .map(|(name, _)| format!("CAST(@@session.{name} AS CHAR)"));
    // Asked apart: within one message, also a session that is another one a moment later keeps them.
    let asked = format!("SELECT {}", shown.collect::<Vec<_>>().join(", "));
    let row = sqlx::raw_sql(AssertSqlSafe(asked)).fetch_one(raw).await;
    let row = row.map_err(|error| fault::of(&error))?;
    for (at, (name, wanted)) in wanted.iter().enumerate() {
        let found: String = row.try_get(at).map_err(|error| fault::of(&error))?;
        if !same(&found, wanted) {
            return Err(Fault {
                kind: Kind::Failed,
                what: format!(
                    "the session does not keep what it is told: `{name}` is {found} and not \
                     {wanted}; what lies between the program and the database (a proxy?) must give \
                     each connection a session of its own, or name the server itself"
                ),
            });
        }
    }
    Ok(())
}

/// Variables with what they are set to.
fn variables(product: Product) -> Vec<(&'static str, String)> {
    let mut variables = vec![
        ("autocommit", "1".to_owned()),
        ("sql_mode", format!("'{MODE}'")),
        ("time_zone", "'+00:00'".to_owned()),
        (
            "innodb_lock_wait_timeout",
            LOCK_TIMEOUT.as_secs().to_string(),
        ),
    ];
    match product {
        Product::Mariadb => variables.extend([
            (
                "max_statement_time",
                STATEMENT_TIMEOUT.as_secs().to_string(),
            ),
            (
                "idle_transaction_timeout",
                SILENT_TRANSACTION_TIMEOUT.as_secs().to_string(),
            ),
        ]),
        // Of SELECT alone; a silent transaction ends with its connection.
        Product::Mysql => variables.push((
            "max_execution_time",
            STATEMENT_TIMEOUT.as_millis().to_string(),
        )),
    }
    variables
}

/// Whether a variable is shown as it was set: lists come in any order, times with digits after the
/// point, switches as words.
fn same(found: &str, wanted: &str) -> bool {
    let wanted = wanted.trim_matches('\'');
    let parts = |text: &str| -> BTreeSet<String> { text.split(',').map(str::to_owned).collect() };
    parts(found) == parts(wanted)
        || (found, wanted) == ("ON", "1")
        || matches!(
            (found.parse::<f64>(), wanted.parse::<f64>()),
            (Ok(found), Ok(wanted)) if (found - wanted).abs() < 1e-6
        )
}

#[cfg(test)]
mod tests {
    use super::same;

    #[test]
    fn what_is_shown_is_compared_as_what_it_means() {
        assert!(same("10.000000", "10"));
        assert!(same("B,A", "'A,B'"));
        assert!(same("ON", "1"));
        assert!(same("+00:00", "'+00:00'"));
        assert!(!same("REPEATABLE-READ", "SERIALIZABLE"));
        assert!(!same("50.000000", "5"));
    }
}
