//! The statements of ops.

use crate::db::Statement;

/// Inserts an op, unless there is one of that key, or the key is from before the floor.
pub(super) static INSERT: Statement = Statement {
    name: "aliya.op.insert",
    sqlite: r#"INSERT INTO "aliya$op" ("key", "born_ms", "is_child", "manager", "function", "declaration", "args_hash", "args", "caller",
  "now_ms", "seed", "reply_limit", "status", "epoch", "counter", "journal", "reply", "attempts",
  "next_ms")
SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19
FROM "aliya$op_floor"
WHERE "is_child" = ?20 AND "floor_ms" <= ?21
ON CONFLICT DO NOTHING"#,
    postgres: r#"INSERT INTO "aliya$op" ("key", "born_ms", "is_child", "manager", "function", "declaration", "args_hash", "args", "caller",
  "now_ms", "seed", "reply_limit", "status", "epoch", "counter", "journal", "reply", "attempts",
  "next_ms")
SELECT CAST($1 AS TEXT), CAST($2 AS BIGINT), CAST($3 AS BIGINT), CAST($4 AS TEXT), CAST($5 AS TEXT),
  CAST($6 AS TEXT), CAST($7 AS TEXT), CAST($8 AS TEXT), CAST($9 AS TEXT), CAST($10 AS BIGINT),
  CAST($11 AS TEXT), CAST($12 AS BIGINT), CAST($13 AS TEXT), CAST($14 AS BIGINT), CAST($15 AS BIGINT),
  CAST($16 AS TEXT), CAST($17 AS TEXT), CAST($18 AS BIGINT), CAST($19 AS BIGINT)
FROM "aliya$op_floor"
WHERE "is_child" = $20 AND "floor_ms" <= $21
ON CONFLICT DO NOTHING"#,
    mysql: r#"INSERT INTO `aliya$op` (`key`, `born_ms`, `is_child`, `manager`, `function`, `declaration`, `args_hash`, `args`, `caller`,
  `now_ms`, `seed`, `reply_limit`, `status`, `epoch`, `counter`, `journal`, `reply`, `attempts`,
  `next_ms`)
SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?
FROM `aliya$op_floor`
WHERE `is_child` = ? AND `floor_ms` <= ?"#,
};

/// The op of a key.
pub(super) static FIND: Statement = Statement {
    name: "aliya.op.find",
    sqlite: r#"SELECT "key", "born_ms", "is_child", "manager", "function", "declaration", "args_hash", "args", "caller",
  "now_ms", "seed", "reply_limit", "status", "epoch", "counter", "journal", "reply", "attempts",
  "next_ms", "trouble"
FROM "aliya$op"
WHERE "key" = ?1"#,
    postgres: r#"SELECT "key", "born_ms", "is_child", "manager", "function", "declaration", "args_hash", "args", "caller",
  "now_ms", "seed", "reply_limit", "status", "epoch", "counter", "journal", "reply", "attempts",
  "next_ms", "trouble"
FROM "aliya$op"
WHERE "key" = $1"#,
    mysql: r#"SELECT `key`, `born_ms`, `is_child`, `manager`, `function`, `declaration`, `args_hash`, `args`, `caller`,
  `now_ms`, `seed`, `reply_limit`, `status`, `epoch`, `counter`, `journal`, `reply`, `attempts`,
  `next_ms`, `trouble`
FROM `aliya$op`
WHERE `key` = ?"#,
};

/// The same, which nobody else changes until the transaction ends.
pub(super) static FIND_LOCKED: Statement = Statement {
    name: "aliya.op.find_locked",
    sqlite: r#"SELECT "key", "born_ms", "is_child", "manager", "function", "declaration", "args_hash", "args", "caller",
  "now_ms", "seed", "reply_limit", "status", "epoch", "counter", "journal", "reply", "attempts",
  "next_ms", "trouble"
FROM "aliya$op"
WHERE "key" = ?1"#,
    postgres: r#"SELECT "key", "born_ms", "is_child", "manager", "function", "declaration", "args_hash", "args", "caller",
  "now_ms", "seed", "reply_limit", "status", "epoch", "counter", "journal", "reply", "attempts",
  "next_ms", "trouble"
FROM "aliya$op"
WHERE "key" = $1
FOR UPDATE"#,
    mysql: r#"SELECT `key`, `born_ms`, `is_child`, `manager`, `function`, `declaration`, `args_hash`, `args`, `caller`,
  `now_ms`, `seed`, `reply_limit`, `status`, `epoch`, `counter`, `journal`, `reply`, `attempts`,
  `next_ms`, `trouble`
FROM `aliya$op`
WHERE `key` = ?
FOR UPDATE"#,
};

/// Moves an op on, where nobody else has moved it.
pub(super) static ADVANCE: Statement = Statement {
    name: "aliya.op.advance",
    sqlite: r#"UPDATE "aliya$op"
SET "status" = ?1, "epoch" = ?2, "counter" = "counter" + 1, "journal" = ?3, "reply" = ?4, "attempts" = 0, "next_ms" = ?5, "trouble" = NULL
WHERE "key" = ?6 AND "status" = ?7 AND "epoch" = ?8 AND "counter" = ?9"#,
    postgres: r#"UPDATE "aliya$op"
SET "status" = $1, "epoch" = $2, "counter" = "counter" + 1, "journal" = $3, "reply" = $4, "attempts" = 0, "next_ms" = $5, "trouble" = NULL
WHERE "key" = $6 AND "status" = $7 AND "epoch" = $8 AND "counter" = $9"#,
    mysql: r#"UPDATE `aliya$op`
SET `status` = ?, `epoch` = ?, `counter` = `counter` + 1, `journal` = ?, `reply` = ?, `attempts` = 0, `next_ms` = ?, `trouble` = NULL
WHERE `key` = ? AND `status` = ? AND `epoch` = ? AND `counter` = ?"#,
};

/// Lets an op wait that could not be driven on.
pub(super) static POSTPONE: Statement = Statement {
    name: "aliya.op.postpone",
    sqlite: r#"UPDATE "aliya$op"
SET "attempts" = "attempts" + 1, "next_ms" = ?1, "trouble" = ?2
WHERE "key" = ?3 AND "counter" = ?4 AND "status" IN ('TAKING', 'UNDOING', 'GIVING')"#,
    postgres: r#"UPDATE "aliya$op"
SET "attempts" = "attempts" + 1, "next_ms" = $1, "trouble" = $2
WHERE "key" = $3 AND "counter" = $4 AND "status" IN ('TAKING', 'UNDOING', 'GIVING')"#,
    mysql: r#"UPDATE `aliya$op`
SET `attempts` = `attempts` + 1, `next_ms` = ?, `trouble` = ?
WHERE `key` = ? AND `counter` = ? AND `status` IN ('TAKING', 'UNDOING', 'GIVING')"#,
};

/// Makes an op due that is not final.
pub(super) static RETRY: Statement = Statement {
    name: "aliya.op.retry",
    sqlite: r#"UPDATE "aliya$op"
SET "attempts" = 0, "next_ms" = 0
WHERE "key" = ?1 AND "status" IN ('TAKING', 'UNDOING', 'GIVING')"#,
    postgres: r#"UPDATE "aliya$op"
SET "attempts" = 0, "next_ms" = 0
WHERE "key" = $1 AND "status" IN ('TAKING', 'UNDOING', 'GIVING')"#,
    mysql: r#"UPDATE `aliya$op`
SET `attempts` = 0, `next_ms` = 0
WHERE `key` = ? AND `status` IN ('TAKING', 'UNDOING', 'GIVING')"#,
};

/// The ops of a manager that are to be driven on.
pub(super) static DUE: Statement = Statement {
    name: "aliya.op.due",
    sqlite: r#"SELECT "key", "born_ms", "is_child", "manager", "function", "declaration", "args_hash", "args", "caller",
  "now_ms", "seed", "reply_limit", "status", "epoch", "counter", "journal", "reply", "attempts",
  "next_ms", "trouble"
FROM "aliya$op"
WHERE "manager" = ?1 AND "next_ms" <= ?2 AND "status" IN ('TAKING', 'UNDOING', 'GIVING')
ORDER BY "next_ms"
LIMIT ?3"#,
    postgres: r#"SELECT "key", "born_ms", "is_child", "manager", "function", "declaration", "args_hash", "args", "caller",
  "now_ms", "seed", "reply_limit", "status", "epoch", "counter", "journal", "reply", "attempts",
  "next_ms", "trouble"
FROM "aliya$op"
WHERE "manager" = $1 AND "next_ms" <= $2 AND "status" IN ('TAKING', 'UNDOING', 'GIVING')
ORDER BY "next_ms"
LIMIT $3"#,
    mysql: r#"SELECT `key`, `born_ms`, `is_child`, `manager`, `function`, `declaration`, `args_hash`, `args`, `caller`,
  `now_ms`, `seed`, `reply_limit`, `status`, `epoch`, `counter`, `journal`, `reply`, `attempts`,
  `next_ms`, `trouble`
FROM `aliya$op`
WHERE `manager` = ? AND `next_ms` <= ? AND `status` IN ('TAKING', 'UNDOING', 'GIVING')
ORDER BY `next_ms`
LIMIT ?"#,
};

/// Refuses keys from before a time.
pub(super) static RAISE_FLOOR: Statement = Statement {
    name: "aliya.op.floor.raise",
    sqlite: r#"UPDATE "aliya$op_floor"
SET "floor_ms" = ?1
WHERE "is_child" = ?2 AND "floor_ms" < ?3"#,
    postgres: r#"UPDATE "aliya$op_floor"
SET "floor_ms" = $1
WHERE "is_child" = $2 AND "floor_ms" < $3"#,
    mysql: r#"UPDATE `aliya$op_floor`
SET `floor_ms` = ?
WHERE `is_child` = ? AND `floor_ms` < ?"#,
};

/// Deletes some final ops whose keys are refused: one that was made at the time of the floor is not.
pub(super) static COLLECT: Statement = Statement {
    name: "aliya.op.collect",
    sqlite: r#"DELETE FROM "aliya$op"
WHERE "key" IN (
  SELECT "key" FROM "aliya$op"
  WHERE "manager" = ?1 AND "next_ms" < ?2 AND "is_child" = ?3 AND "status" IN ('FAILED', 'OK', 'UNDONE')
  ORDER BY "next_ms" LIMIT 500)"#,
    postgres: r#"DELETE FROM "aliya$op"
WHERE "key" IN (
  SELECT "key" FROM "aliya$op"
  WHERE "manager" = $1 AND "next_ms" < $2 AND "is_child" = $3 AND "status" IN ('FAILED', 'OK', 'UNDONE')
  ORDER BY "next_ms" LIMIT 500)"#,
    mysql: r#"DELETE FROM `aliya$op`
WHERE `manager` = ? AND `next_ms` < ? AND `is_child` = ? AND `status` IN ('FAILED', 'OK', 'UNDONE')
ORDER BY `next_ms`
LIMIT 500"#,
};
