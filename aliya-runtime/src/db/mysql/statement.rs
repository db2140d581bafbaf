//! What a statement of a migration does, and to which tables.

use sha2::{Digest, Sha256};
use sqlx::mysql::MySqlConnection;
use sqlx::{AssertSqlSafe, Row as _};

const TABLES: &str = "\
SELECT CAST(table_name AS CHAR) FROM information_schema.tables
WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE' ORDER BY 1";

/// Whether it changes rows, and no table: it can be undone.
pub(super) fn changes_rows(statement: &str) -> bool {
    let word = statement.split_whitespace().next().unwrap_or_default();
    ["UPDATE", "INSERT", "DELETE", "REPLACE"]
        .iter()
        .any(|verb| word.eq_ignore_ascii_case(verb))
}

/// A hash of what the tables are that it names.
pub(super) async fn tables(
    conn: &mut MySqlConnection,
    statement: &str,
) -> Result<String, sqlx::Error> {
    let names: Vec<String> = sqlx::query_scalar(TABLES).fetch_all(&mut *conn).await?;
    let mut hash = Sha256::new();
    for name in names {
        // People may write names without quotes; what is in another name, too, does no harm.
        let escaped = name.replace('`', "``");
        if !statement.contains(&escaped) {
            continue;
        }
        let show = AssertSqlSafe(format!("SHOW CREATE TABLE `{escaped}`"));
        let row = sqlx::raw_sql(show).fetch_one(&mut *conn).await?;
        let text: String = row.try_get_unchecked(1)?;
        hash.update(without_count(&text));
    }
    let hash = hash.finalize();
    Ok(hash.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// What made a table, without the number that its next row gets.
fn without_count(text: &str) -> String {
    const COUNT: &str = " AUTO_INCREMENT=";
    let Some((before, after)) = text.split_once(COUNT) else {
        return text.to_owned();
    };
    let after = after.trim_start_matches(|c: char| c.is_ascii_digit());
    format!("{before}{after}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_are_told_apart() {
        assert!(changes_rows("update `t`\nSET `x` = 1"));
        assert!(!changes_rows("ALTER TABLE `t` ADD COLUMN `update` INT"));
        let made = "CREATE TABLE `t` (`x` INT) ENGINE=InnoDB AUTO_INCREMENT=17 CHARSET=utf8mb4";
        let without = "CREATE TABLE `t` (`x` INT) ENGINE=InnoDB CHARSET=utf8mb4";
        assert_eq!(without_count(made), without);
        assert_eq!(without_count(without), without);
    }
}
