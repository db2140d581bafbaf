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
    sqlite: "\
CREATE TABLE \"account\" (
  \"player\" TEXT NOT NULL,
  \"account\" TEXT UNIQUE,
  \"email\" TEXT UNIQUE,
  \"phone_number\" TEXT UNIQUE,
  \"password_hash\" TEXT,
  \"created_ms\" INTEGER NOT NULL,
  PRIMARY KEY (\"player\")
) STRICT, WITHOUT ROWID",
};

/// The player's last session. Its row stays when it expires: the generation goes on counting.
static CREATE_SESSION: Statement = Statement {
    name: "token.session.create",
    sqlite: "\
CREATE TABLE \"session\" (
  \"player\" TEXT NOT NULL,
  \"generation\" INTEGER NOT NULL,
  \"jti\" TEXT NOT NULL,
  \"expires_s\" INTEGER NOT NULL,
  PRIMARY KEY (\"player\")
) STRICT, WITHOUT ROWID",
};

pub(super) static ACCOUNT_OF_PLAYER: Statement = Statement {
    name: "token.account.of_player",
    sqlite: "SELECT \"account\" FROM \"account\" WHERE \"player\" = ?1",
};

pub(super) static INSERT_ACCOUNT: Statement = Statement {
    name: "token.account.insert",
    sqlite: "INSERT INTO \"account\" (\"player\", \"created_ms\") VALUES (?1, ?2)",
};

pub(super) static BIND_ACCOUNT: Statement = Statement {
    name: "token.account.bind",
    sqlite: "UPDATE \"account\" SET \"account\" = ?2, \"email\" = ?3, \"phone_number\" = ?4, \
             \"password_hash\" = ?5 WHERE \"player\" = ?1",
};

pub(super) static FIND_BY_ACCOUNT: Statement = Statement {
    name: "token.account.by_account",
    sqlite: "SELECT \"player\", \"password_hash\" FROM \"account\" WHERE \"account\" = ?1",
};

pub(super) static FIND_BY_EMAIL: Statement = Statement {
    name: "token.account.by_email",
    sqlite: "SELECT \"player\", \"password_hash\" FROM \"account\" WHERE \"email\" = ?1",
};

pub(super) static FIND_BY_PHONE_NUMBER: Statement = Statement {
    name: "token.account.by_phone_number",
    sqlite: "SELECT \"player\", \"password_hash\" FROM \"account\" WHERE \"phone_number\" = ?1",
};

pub(super) static GENERATION: Statement = Statement {
    name: "token.session.generation",
    sqlite: "SELECT \"generation\" FROM \"session\" WHERE \"player\" = ?1",
};

pub(super) static SAVE_SESSION: Statement = Statement {
    name: "token.session.save",
    sqlite: "INSERT INTO \"session\" (\"player\", \"generation\", \"jti\", \"expires_s\") \
             VALUES (?1, ?2, ?3, ?4) ON CONFLICT (\"player\") DO UPDATE SET \
             \"generation\" = excluded.\"generation\", \"jti\" = excluded.\"jti\", \
             \"expires_s\" = excluded.\"expires_s\"",
};

/// A page of live sessions, in the order of the primary key.
pub(super) static LIVE_SESSIONS: Statement = Statement {
    name: "token.session.live",
    sqlite: "SELECT \"player\", \"generation\", \"jti\", \"expires_s\" FROM \"session\" \
             WHERE \"player\" > ?1 AND \"expires_s\" > ?2 ORDER BY \"player\" LIMIT 1000",
};
