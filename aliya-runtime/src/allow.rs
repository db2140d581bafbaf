//! Allowances: how often something may be done in a window of time. The step `allow`, and the
//! runtime's own table behind it, one in each database.
//!
//! A row counts what one key has used in one window. Each window has its own, so that none is opened
//! twice, however clocks go back and forth; those of windows that are long over are collected.

use std::fmt::Write;

use sha2::{Digest, Sha256};

use crate::db::migrate::{History, beginning};
use crate::db::{Conn, DbError, Param, Statement, Value};
use crate::time_zone::{Per, Zone};
use crate::types::Time;
use crate::wire;

/// How long a row stays after its window ended: so far a clock may be ahead, and collect by that, and
/// no window is opened twice when it is right again.
const KEPT_MS: i64 = 2 * 86_400_000;

/// Of how many uses one also collects rows of past windows. It deletes up to four times as many as
/// these uses can have added, so that the table shrinks to what is in use.
const COLLECT_EVERY: u64 = 64;

/// The longest key that is stored as it is, in bytes and without its window; of a longer one, its hash.
const MAX_KEY_BYTES: usize = 100;

/// A use of an allowance, as the step `allow` declares it.
#[derive(Clone, Copy, Debug)]
pub struct Allow<'a> {
    /// The manager whose it is.
    pub manager: &'static str,
    /// Its name in the manager.
    pub name: &'static str,
    /// The window in which uses are counted.
    pub per: Per,
    /// Whose uses are counted together.
    pub by: &'a [Param<'a>],
    /// How many uses a window has.
    pub max: i64,
    /// How many of them this is: 0 or more.
    pub uses: i64,
    /// The step's file, line, column and text.
    pub at: &'static str,
}

/// What an [`Allow`] comes down to for a request.
pub(crate) struct Use {
    manager: &'static str,
    name: &'static str,
    key: String,
    window: (Time, Time),
    uses: i64,
    /// How many may have been used before.
    before: i64,
}

impl Use {
    /// `None` where the time is beyond the calendar. `allow.uses` is from 0 to `allow.max`.
    pub(crate) fn new(allow: &Allow<'_>, zone: &Zone, now: Time) -> Option<Self> {
        let window = allow.per.window(zone, now)?;
        Some(Self {
            manager: allow.manager,
            name: allow.name,
            key: format!("{}@{}", key(allow.by), window.0.0),
            window,
            uses: allow.uses,
            before: allow.max.checked_sub(allow.uses)?,
        })
    }

    /// Counts the use, and returns how many are used now; `None` where it would be too many.
    pub(crate) async fn count(&self, conn: &mut Conn) -> Result<Option<i64>, DbError> {
        let key = [self.manager, self.name, &self.key].map(Param::Text);
        let rows = conn.query(&FIND, &key).await?;
        let before = match rows.first().map(Vec::as_slice) {
            Some([Value::Int(used)]) => *used,
            _ => 0,
        };
        if before > self.before {
            return Ok(None);
        }
        let used = before.saturating_add(self.uses);
        let [manager, name, key] = key;
        let (began, ends) = self.window;
        let [began_ms, ends_ms, now_used] = [began.0, ends.0, used].map(Param::Int);
        let row = [manager, name, key, began_ms, ends_ms, now_used];
        conn.execute(&SAVE, &row).await?;
        Ok(Some(used))
    }
}

/// The values as a JSON array, so that no two keys look alike.
fn key(by: &[Param<'_>]) -> String {
    let mut key = String::from("[");
    for (at, value) in by.iter().enumerate() {
        if at > 0 {
            key.push(',');
        }
        // Writing to a String cannot fail.
        let _ = match value {
            Param::Null => write!(key, "null"),
            Param::Int(value) => write!(key, "{value}"),
            Param::Float(value) => write!(key, "{value:?}"),
            Param::Text(value) => {
                wire::write_text(value, &mut key);
                Ok(())
            }
            Param::Json(value) => write!(key, "{value}"),
        };
    }
    key.push(']');
    if key.len() <= MAX_KEY_BYTES {
        return key;
    }
    let mut hash = String::from("sha256:");
    for byte in Sha256::digest(key.as_bytes()) {
        let _ = write!(hash, "{byte:02x}");
    }
    hash
}

/// Whether the use of that number, counted since the process started, collects.
pub(crate) fn collects(number: u64) -> bool {
    number.is_multiple_of(COLLECT_EVERY)
}

/// Rows whose windows ended before this may go.
pub(crate) fn collected_before(now: Time) -> i64 {
    now.0.saturating_sub(KEPT_MS)
}

/// What makes the table. Names of a game have no `$`, so that none of its tables is called like it.
pub(crate) static HISTORY: History = beginning!(
    "aliya$allowance",
    "new table `aliya$allowance`",
    [CREATE, CREATE_INDEX]
);

static CREATE: Statement = Statement {
    name: "aliya.allowance.create",
    sqlite: r#"CREATE TABLE "aliya$allowance" (
  "manager" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "key" TEXT NOT NULL,
  "began_ms" INTEGER NOT NULL,
  "ends_ms" INTEGER NOT NULL,
  "used" INTEGER NOT NULL,
  PRIMARY KEY ("manager", "name", "key")
) STRICT, WITHOUT ROWID"#,
    postgres: r#"CREATE TABLE "aliya$allowance" (
  "manager" TEXT COLLATE "C" NOT NULL,
  "name" TEXT COLLATE "C" NOT NULL,
  "key" TEXT COLLATE "C" NOT NULL,
  "began_ms" BIGINT NOT NULL,
  "ends_ms" BIGINT NOT NULL,
  "used" BIGINT NOT NULL,
  PRIMARY KEY ("manager", "name", "key")
)"#,
    mysql: r#"CREATE TABLE `aliya$allowance` (
  `manager` VARCHAR(255) NOT NULL,
  `name` VARCHAR(255) NOT NULL,
  `key` VARCHAR(128) NOT NULL,
  `began_ms` BIGINT NOT NULL,
  `ends_ms` BIGINT NOT NULL,
  `used` BIGINT NOT NULL,
  PRIMARY KEY (`manager`, `name`, `key`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"#,
};

static CREATE_INDEX: Statement = Statement {
    name: "aliya.allowance.index_ends",
    sqlite: r#"CREATE INDEX "aliya$allowance$ends" ON "aliya$allowance" ("ends_ms")"#,
    postgres: r#"CREATE INDEX "aliya$allowance$ends" ON "aliya$allowance" ("ends_ms")"#,
    mysql: r#"CREATE INDEX `aliya$allowance$ends` ON `aliya$allowance` (`ends_ms`)"#,
};

/// What the key has used in its window.
static FIND: Statement = Statement {
    name: "aliya.allowance.find",
    sqlite: r#"SELECT "used"
FROM "aliya$allowance"
WHERE "manager" = ?1 AND "name" = ?2 AND "key" = ?3"#,
    postgres: r#"SELECT "used"
FROM "aliya$allowance"
WHERE "manager" = $1 AND "name" = $2 AND "key" = $3 FOR UPDATE"#,
    mysql: r#"SELECT `used`
FROM `aliya$allowance`
WHERE `manager` = ? AND `name` = ? AND `key` = ? FOR UPDATE"#,
};

static SAVE: Statement = Statement {
    name: "aliya.allowance.save",
    sqlite: r#"INSERT INTO "aliya$allowance" ("manager", "name", "key", "began_ms", "ends_ms", "used")
VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT ("manager", "name", "key") DO UPDATE SET "began_ms" = excluded."began_ms", "ends_ms" = excluded."ends_ms", "used" = excluded."used""#,
    postgres: r#"INSERT INTO "aliya$allowance" ("manager", "name", "key", "began_ms", "ends_ms", "used")
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT ("manager", "name", "key") DO UPDATE SET "began_ms" = excluded."began_ms", "ends_ms" = excluded."ends_ms", "used" = excluded."used""#,
    mysql: r#"INSERT INTO `aliya$allowance` (`manager`, `name`, `key`, `began_ms`, `ends_ms`, `used`)
VALUES (?, ?, ?, ?, ?, ?)
ON DUPLICATE KEY UPDATE `began_ms` = VALUES(`began_ms`), `ends_ms` = VALUES(`ends_ms`), `used` = VALUES(`used`)"#,
};

/// Deletes some rows whose windows ended before a time.
pub(crate) static COLLECT: Statement = Statement {
    name: "aliya.allowance.collect",
    sqlite: r#"DELETE FROM "aliya$allowance" WHERE ("manager", "name", "key") IN (
  SELECT "manager", "name", "key" FROM "aliya$allowance" WHERE "ends_ms" < ?1
  ORDER BY "ends_ms" LIMIT 256)"#,
    postgres: r#"DELETE FROM "aliya$allowance" WHERE ("manager", "name", "key") IN (
  SELECT "manager", "name", "key" FROM "aliya$allowance" WHERE "ends_ms" < $1
  ORDER BY "ends_ms" LIMIT 256)"#,
    mysql: r#"DELETE FROM `aliya$allowance` WHERE `ends_ms` < ? ORDER BY `ends_ms` LIMIT 256"#,
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_differ_where_their_values_do() {
        let text = |value| [Param::Text(value)];
        assert_eq!(
            key(&[Param::Text("a\"b"), Param::Int(-3)]),
            r#"["a\"b",-3]"#
        );
        assert_ne!(key(&text("1")), key(&[Param::Int(1)]));
        assert_ne!(
            key(&[Param::Text("a,b")]),
            key(&[Param::Text("a"), Param::Text("b")])
        );
        assert_eq!(key(&[]), "[]");
        let (long, longer) = ("x".repeat(200), "x".repeat(201));
        assert_ne!(key(&text(&long)), key(&text(&longer)));
        assert!(key(&text(&longer)).len() <= MAX_KEY_BYTES);
    }
}
