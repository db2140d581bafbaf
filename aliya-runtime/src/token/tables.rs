//! The token server's tables, and the statements over them.

use crate::db::Statement;
use crate::db::migrate::{History, beginning};

/// What makes the tables.
pub(super) static HISTORY: History = beginning!(
    "aliya$token",
    "new tables `account`, `session`",
    [CREATE_ACCOUNT, CREATE_SESSION]
);

/// A player; the names are null until bound. SQLite compares text byte by byte unless told
/// otherwise.
static CREATE_ACCOUNT: Statement = Statement {
    name: "token.account.create",
    sqlite: r#"CREATE TABLE "account" (
  "player" TEXT NOT NULL,
  "account" TEXT UNIQUE,
  "email" TEXT UNIQUE,
  "phone_number" TEXT UNIQUE,
  "password_hash" TEXT,
  "created_ms" INTEGER NOT NULL,
  PRIMARY KEY ("player")
) STRICT, WITHOUT ROWID"#,
    postgres: r#"CREATE TABLE "account" (
  "player" TEXT COLLATE "C" NOT NULL,
  "account" TEXT COLLATE "C" UNIQUE,
  "email" TEXT COLLATE "C" UNIQUE,
  "phone_number" TEXT COLLATE "C" UNIQUE,
  "password_hash" TEXT COLLATE "C",
  "created_ms" BIGINT NOT NULL,
  PRIMARY KEY ("player")
)"#,
    mysql: r#"CREATE TABLE `account` (
  `player` VARCHAR(128) NOT NULL,
  `account` VARCHAR(128) UNIQUE,
  `email` VARCHAR(128) UNIQUE,
  `phone_number` VARCHAR(128) UNIQUE,
  `password_hash` VARCHAR(255),
  `created_ms` BIGINT NOT NULL,
  PRIMARY KEY (`player`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"#,
};

/// The player's last session. Its row stays when it expires: the generation goes on counting.
static CREATE_SESSION: Statement = Statement {
    name: "token.session.create",
    sqlite: r#"CREATE TABLE "session" (
  "player" TEXT NOT NULL,
  "generation" INTEGER NOT NULL,
  "jti" TEXT NOT NULL,
  "expires_s" INTEGER NOT NULL,
  PRIMARY KEY ("player")
) STRICT, WITHOUT ROWID"#,
    postgres: r#"CREATE TABLE "session" (
  "player" TEXT COLLATE "C" NOT NULL,
  "generation" BIGINT NOT NULL,
  "jti" TEXT COLLATE "C" NOT NULL,
  "expires_s" BIGINT NOT NULL,
  PRIMARY KEY ("player")
)"#,
    mysql: r#"CREATE TABLE `session` (
  `player` VARCHAR(128) NOT NULL,
  `generation` BIGINT NOT NULL,
  `jti` VARCHAR(32) NOT NULL,
  `expires_s` BIGINT NOT NULL,
  PRIMARY KEY (`player`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"#,
};

pub(super) static ACCOUNT_OF_PLAYER: Statement = Statement {
    name: "token.account.of_player",
    sqlite: r#"SELECT "account" FROM "account" WHERE "player" = ?1"#,
    postgres: r#"SELECT "account" FROM "account" WHERE "player" = $1"#,
    mysql: r#"SELECT `account` FROM `account` WHERE `player` = ?"#,
};

pub(super) static INSERT_ACCOUNT: Statement = Statement {
    name: "token.account.insert",
    sqlite: r#"INSERT INTO "account" ("player", "created_ms") VALUES (?1, ?2)"#,
    postgres: r#"INSERT INTO "account" ("player", "created_ms") VALUES ($1, $2)"#,
    mysql: r#"INSERT INTO `account` (`player`, `created_ms`) VALUES (?, ?)"#,
};

pub(super) static BIND_ACCOUNT: Statement = Statement {
    name: "token.account.bind",
    sqlite: r#"UPDATE "account"
SET "account" = ?1, "email" = ?2, "phone_number" = ?3, "password_hash" = ?4
WHERE "player" = ?5"#,
    postgres: r#"UPDATE "account"
SET "account" = $1, "email" = $2, "phone_number" = $3, "password_hash" = $4
WHERE "player" = $5"#,
    mysql: r#"UPDATE `account`
SET `account` = ?, `email` = ?, `phone_number` = ?, `password_hash` = ?
WHERE `player` = ?"#,
};

pub(super) static FIND_BY_ACCOUNT: Statement = Statement {
    name: "token.account.by_account",
    sqlite: r#"SELECT "player", "password_hash" FROM "account" WHERE "account" = ?1"#,
    postgres: r#"SELECT "player", "password_hash" FROM "account" WHERE "account" = $1"#,
    mysql: r#"SELECT `player`, `password_hash` FROM `account` WHERE `account` = ?"#,
};

pub(super) static FIND_BY_EMAIL: Statement = Statement {
    name: "token.account.by_email",
    sqlite: r#"SELECT "player", "password_hash" FROM "account" WHERE "email" = ?1"#,
    postgres: r#"SELECT "player", "password_hash" FROM "account" WHERE "email" = $1"#,
    mysql: r#"SELECT `player`, `password_hash` FROM `account` WHERE `email` = ?"#,
};

pub(super) static FIND_BY_PHONE_NUMBER: Statement = Statement {
    name: "token.account.by_phone_number",
    sqlite: r#"SELECT "player", "password_hash" FROM "account" WHERE "phone_number" = ?1"#,
    postgres: r#"SELECT "player", "password_hash" FROM "account" WHERE "phone_number" = $1"#,
    mysql: r#"SELECT `player`, `password_hash` FROM `account` WHERE `phone_number` = ?"#,
};

pub(super) static GENERATION: Statement = Statement {
    name: "token.session.generation",
    sqlite: r#"SELECT "generation" FROM "session" WHERE "player" = ?1"#,
    postgres: r#"SELECT "generation" FROM "session" WHERE "player" = $1 FOR UPDATE"#,
    mysql: r#"SELECT `generation` FROM `session` WHERE `player` = ? FOR UPDATE"#,
};

pub(super) static SAVE_SESSION: Statement = Statement {
    name: "token.session.save",
    sqlite: r#"INSERT INTO "session" ("player", "generation", "jti", "expires_s")
VALUES (?1, ?2, ?3, ?4)
ON CONFLICT ("player") DO UPDATE SET "generation" = excluded."generation", "jti" = excluded."jti", "expires_s" = excluded."expires_s""#,
    postgres: r#"INSERT INTO "session" ("player", "generation", "jti", "expires_s")
VALUES ($1, $2, $3, $4)
ON CONFLICT ("player") DO UPDATE SET "generation" = excluded."generation", "jti" = excluded."jti", "expires_s" = excluded."expires_s""#,
    mysql: r#"INSERT INTO `session` (`player`, `generation`, `jti`, `expires_s`)
VALUES (?, ?, ?, ?)
ON DUPLICATE KEY UPDATE `generation` = VALUES(`generation`), `jti` = VALUES(`jti`), `expires_s` = VALUES(`expires_s`)"#,
};

/// The last session of a player.
pub(super) static SESSION: Statement = Statement {
    name: "token.session.of_player",
    sqlite: r#"SELECT "player", "generation", "jti", "expires_s" FROM "session" WHERE "player" = ?1"#,
    postgres: r#"SELECT "player", "generation", "jti", "expires_s" FROM "session" WHERE "player" = $1"#,
    mysql: r#"SELECT `player`, `generation`, `jti`, `expires_s` FROM `session` WHERE `player` = ?"#,
};

/// A page of live sessions, in the order of the primary key.
pub(super) static LIVE_SESSIONS: Statement = Statement {
    name: "token.session.live",
    sqlite: r#"SELECT "player", "generation", "jti", "expires_s"
FROM "session"
WHERE "player" > ?1 AND "expires_s" > ?2 ORDER BY "player" LIMIT 1000"#,
    postgres: r#"SELECT "player", "generation", "jti", "expires_s"
FROM "session"
WHERE "player" > $1 AND "expires_s" > $2 ORDER BY "player" LIMIT 1000"#,
    mysql: r#"SELECT `player`, `generation`, `jti`, `expires_s`
FROM `session`
WHERE `player` > ? AND `expires_s` > ? ORDER BY `player` LIMIT 1000"#,
};
