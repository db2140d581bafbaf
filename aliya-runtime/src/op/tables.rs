//! What makes the tables of ops. Names of a game have no `$`, so that none of its
//! tables is called like them.

use crate::db::Statement;
use crate::db::migrate::{History, beginning};

/// What makes the tables.
pub(crate) static HISTORY: History = beginning!(
    "aliya$op",
    "new tables `aliya$op`, `aliya$op_floor`",
    [CREATE, CREATE_INDEX, CREATE_FLOOR, BEGIN_FLOOR]
);

/// The table; the key is compared byte by byte.
static CREATE: Statement = Statement {
    name: "aliya.op.create",
    sqlite: r#"CREATE TABLE "aliya$op" (
  "key" TEXT NOT NULL,
  "born_ms" INTEGER NOT NULL,
  "is_child" INTEGER NOT NULL,
  "manager" TEXT NOT NULL,
  "function" TEXT NOT NULL,
  "declaration" TEXT NOT NULL,
  "args_hash" TEXT NOT NULL,
  "args" TEXT NOT NULL,
  "caller" TEXT,
  "now_ms" INTEGER NOT NULL,
  "seed" TEXT NOT NULL,
  "reply_limit" INTEGER,
  "status" TEXT NOT NULL,
  "epoch" INTEGER NOT NULL,
  "counter" INTEGER NOT NULL,
  "journal" TEXT NOT NULL,
  "reply" TEXT,
  "attempts" INTEGER NOT NULL,
  "next_ms" INTEGER NOT NULL,
  "trouble" TEXT,
  PRIMARY KEY ("key")
) STRICT, WITHOUT ROWID"#,
    postgres: r#"CREATE TABLE "aliya$op" (
  "key" TEXT COLLATE "C" NOT NULL,
  "born_ms" BIGINT NOT NULL,
  "is_child" BIGINT NOT NULL,
  "manager" TEXT COLLATE "C" NOT NULL,
  "function" TEXT COLLATE "C" NOT NULL,
  "declaration" TEXT COLLATE "C" NOT NULL,
  "args_hash" TEXT COLLATE "C" NOT NULL,
  "args" TEXT COLLATE "C" NOT NULL,
  "caller" TEXT COLLATE "C",
  "now_ms" BIGINT NOT NULL,
  "seed" TEXT COLLATE "C" NOT NULL,
  "reply_limit" BIGINT,
  "status" TEXT COLLATE "C" NOT NULL,
  "epoch" BIGINT NOT NULL,
  "counter" BIGINT NOT NULL,
  "journal" TEXT COLLATE "C" NOT NULL,
  "reply" TEXT COLLATE "C",
  "attempts" BIGINT NOT NULL,
  "next_ms" BIGINT NOT NULL,
  "trouble" TEXT COLLATE "C",
  PRIMARY KEY ("key")
)"#,
    mysql: r#"CREATE TABLE `aliya$op` (
  `key` VARCHAR(255) NOT NULL,
  `born_ms` BIGINT NOT NULL,
  `is_child` BIGINT NOT NULL,
  `manager` VARCHAR(255) NOT NULL,
  `function` VARCHAR(255) NOT NULL,
  `declaration` VARCHAR(16) NOT NULL,
  `args_hash` VARCHAR(64) NOT NULL,
  `args` LONGTEXT NOT NULL,
  `caller` LONGTEXT,
  `now_ms` BIGINT NOT NULL,
  `seed` VARCHAR(64) NOT NULL,
  `reply_limit` BIGINT,
  `status` VARCHAR(16) NOT NULL,
  `epoch` BIGINT NOT NULL,
  `counter` BIGINT NOT NULL,
  `journal` LONGTEXT NOT NULL,
  `reply` LONGTEXT,
  `attempts` BIGINT NOT NULL,
  `next_ms` BIGINT NOT NULL,
  `trouble` LONGTEXT,
  PRIMARY KEY (`key`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"#,
};

/// What is due, of a manager.
static CREATE_INDEX: Statement = Statement {
    name: "aliya.op.index_next",
    sqlite: r#"CREATE INDEX "aliya$op$next" ON "aliya$op" ("manager", "next_ms")"#,
    postgres: r#"CREATE INDEX "aliya$op$next" ON "aliya$op" ("manager", "next_ms")"#,
    mysql: r#"CREATE INDEX `aliya$op$next` ON `aliya$op` (`manager`, `next_ms`)"#,
};

/// The time below which keys may have been collected: of requests, and of calls between functions.
static CREATE_FLOOR: Statement = Statement {
    name: "aliya.op.floor.create",
    sqlite: r#"CREATE TABLE "aliya$op_floor" (
  "is_child" INTEGER NOT NULL,
  "floor_ms" INTEGER NOT NULL,
  PRIMARY KEY ("is_child")
) STRICT"#,
    postgres: r#"CREATE TABLE "aliya$op_floor" (
  "is_child" BIGINT NOT NULL,
  "floor_ms" BIGINT NOT NULL,
  PRIMARY KEY ("is_child")
)"#,
    mysql: r#"CREATE TABLE `aliya$op_floor` (
  `is_child` BIGINT NOT NULL,
  `floor_ms` BIGINT NOT NULL,
  PRIMARY KEY (`is_child`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"#,
};

/// Nothing has been collected.
static BEGIN_FLOOR: Statement = Statement {
    name: "aliya.op.floor.begin",
    sqlite: r#"INSERT INTO "aliya$op_floor" ("is_child", "floor_ms") VALUES (0, 0), (1, 0) ON CONFLICT DO NOTHING"#,
    postgres: r#"INSERT INTO "aliya$op_floor" ("is_child", "floor_ms") VALUES (0, 0), (1, 0) ON CONFLICT DO NOTHING"#,
    mysql: r#"INSERT IGNORE INTO `aliya$op_floor` (`is_child`, `floor_ms`) VALUES (0, 0), (1, 0)"#,
};
