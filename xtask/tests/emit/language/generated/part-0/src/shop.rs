//! What is sold,
//! and who bought it.
//!
//! Written by `cargo xtask gen` from managers.yaml. Do not edit.

use aliya_runtime::prelude::*;

pub use crate::calls::shop::*;
use crate::enums::{Good, Rank};

/// A row of `stop`.
#[derive(Clone, Table)]
#[table(name = "shop_stop")]
pub struct Stop_ {
    pub player: PlayerId,
    pub r#type: Good,
    #[column(name = "self", min = -10, max = 100)]
    pub self_: i64,
    pub rank: Rank,
    #[column(min = 0.0)]
    pub price: f64,
    pub open: bool,
    pub since: Time,
    #[column(max = 20)]
    pub note: String,
    pub owner: Option<PlayerId>,
    pub left: Option<i64>,
}

/// Numbered by the database.
#[derive(Clone, Table)]
#[table(name = "shop_mail")]
pub struct Mail {
    pub id: Id,
    pub player: PlayerId,
    #[column(min = 1, max = 40)]
    pub subject: String,
    pub read: bool,
}

/// A row of `ticket`.
#[derive(Clone, Table)]
#[table(name = "shop_ticket")]
pub struct Ticket {
    pub id: Id,
    pub of: i64,
}

/// Args of `self`.
#[derive(Args, Outgoing)]
#[callee(manager = "shop", function = "self")]
pub struct SelfArgs {
    #[arg(name = "crate", default = 2)]
    pub crate_: i64,
}

/// Reply of `self`.
#[derive(Clone, Reply, Incoming)]
pub struct SelfReply {
    #[reply(name = "self")]
    pub self_: i64,
}

/// Args of `send`.
#[derive(Args)]
pub struct SendArgs {
    #[arg(min = 1, max = 40)]
    pub subject: String,
}

/// Reply of `send`.
#[derive(Reply)]
pub struct SendReply {
    pub id: Id,
    pub subject: String,
}

/// Args of `send_quietly`.
#[derive(Args)]
pub struct SendQuietlyArgs {
    #[arg(min = 1, max = 40)]
    pub subject: String,
}

/// Reply of `send_quietly`.
#[derive(Reply)]
pub struct SendQuietlyReply {
    pub found: bool,
    pub subject: String,
    pub ticket: Id,
}

/// Args of `read_mail`.
#[derive(Args)]
pub struct ReadMailArgs {
    pub id: i64,
}

/// Reply of `read_mail`.
#[derive(Reply)]
pub struct ReadMailReply {
    pub subject: String,
    pub read: bool,
}

/// Args of `swap`.
#[derive(Args)]
pub struct SwapArgs {
    pub r#type: Good,
}

/// Reply of `swap`.
#[derive(Reply)]
pub struct SwapReply {
    #[reply(name = "self")]
    pub self_: i64,
    pub left: Option<i64>,
    pub open: bool,
    pub owner: Option<PlayerId>,
}

/// Args of `find`.
#[derive(Args)]
pub struct FindArgs {
    pub low: i64,
    pub high: i64,
    #[arg(default = 10)]
    pub first: i64,
    pub types: Vec<Good>,
}

/// Reply of `find`.
#[derive(Reply)]
pub struct FindReply {
    pub types: Vec<Good>,
    pub total: i64,
    pub same: i64,
    pub iron: bool,
    pub cheap: Vec<FindReplyCheap>,
    pub rising: Vec<FindReplyRising>,
    pub kept: Vec<Good>,
}

/// A list of fixed length in the reply of `find`: travels as a JSON array.
#[derive(Clone, Reply)]
pub struct FindReplyCheap(pub i64, pub Good, pub String);

/// An object in the reply of `find`.
#[derive(Clone, Reply)]
pub struct FindReplyRising {
    pub more: i64,
    pub who: PlayerId,
}

/// Args of `branches`.
#[derive(Args)]
pub struct BranchesArgs {
    pub n: i64,
    #[arg(default = false)]
    pub deep: bool,
}

/// Reply of `branches`.
#[derive(Reply)]
pub struct BranchesReply {
    pub word: String,
    pub half: Option<i64>,
    pub far: Option<f64>,
}

/// An object in the reply of `branches`.
#[derive(Clone, Reply)]
pub struct BranchesReplyNegative {
    pub n: i64,
    pub wanted: BranchesReplyNegativeWanted,
}

/// A list of fixed length in the reply of `branches`: travels as a JSON array.
#[derive(Clone, Reply)]
pub struct BranchesReplyNegativeWanted(pub i64, pub i64);

/// Args of `sums`.
#[derive(Args)]
pub struct SumsArgs {
    pub a: i64,
    pub b: i64,
    pub f: f64,
    pub t: Time,
    #[arg(max = 20)]
    pub texts: Vec<String>,
    pub ints: Vec<i64>,
    #[arg(default = "Abc")]
    pub name: String,
}

/// Reply of `sums`.
#[derive(Reply)]
pub struct SumsReply {
    pub big: i64,
    pub small: i64,
    pub c: i64,
    pub lit: i64,
    pub third: i64,
    pub made: i64,
    pub later: i64,
    pub sooner: Time,
    pub f: SumsReplyF,
    pub rest: i64,
    pub minus: i64,
    pub abs: i64,
    pub product: i64,
    pub chain: i64,
    pub lower: String,
    pub same: bool,
    pub before: bool,
    pub has: bool,
    pub has2: bool,
    pub has3: bool,
    pub length: i64,
    pub shout: String,
    pub texts: Vec<String>,
    pub upto: Vec<String>,
    pub day: i64,
}

/// A list of fixed length in the reply of `sums`: travels as a JSON array.
#[derive(Clone, Reply)]
pub struct SumsReplyF(pub f64, pub f64, pub f64, pub f64);

/// Args of `late`.
#[derive(Args)]
pub struct LateArgs {
    pub which: i64,
    pub note: Option<String>,
    pub n: Option<i64>,
}

/// Reply of `late`.
#[derive(Reply)]
pub struct LateReply {
    pub note: Option<String>,
    pub of: i64,
    pub me: i64,
    pub mails: i64,
    pub sum: Option<i64>,
    pub ticket: Id,
}

/// Args of `nest`.
#[derive(Args)]
pub struct NestArgs {
    #[arg(max = 20)]
    pub xs: Vec<i64>,
    #[arg(max = 20)]
    pub ys: Vec<String>,
    pub who: PlayerId,
}

/// Reply of `nest`.
#[derive(Reply)]
pub struct NestReply {
    pub grid: Vec<Vec<NestReplyGrid>>,
    pub same: Vec<String>,
    pub copies: Vec<i64>,
    pub plain: Vec<NestReplyPlain>,
    pub mixed: f64,
    pub sign: bool,
    pub third: i64,
    pub half: f64,
    pub k: i64,
    pub big: bool,
    pub other: bool,
    pub at: bool,
    pub none: Vec<i64>,
}

/// A list of fixed length in the reply of `nest`: travels as a JSON array.
#[derive(Clone, Reply)]
pub struct NestReplyGrid(pub i64, pub i64, pub String);

/// An object in the reply of `nest`.
#[derive(Clone, Reply)]
pub struct NestReplyPlain {
    pub y: String,
    pub who: PlayerId,
}

static CREATE_STOP: Statement = Statement {
    name: "shop.stop.create",
    sqlite: r#"CREATE TABLE "shop_stop" (
  "player" TEXT NOT NULL,
  "type" TEXT NOT NULL
    CONSTRAINT "shop_stop_type_known" CHECK ("type" IN ('none', 'self', 'iron', 'gold_2')),
  "self" INTEGER NOT NULL DEFAULT 5
    CONSTRAINT "shop_stop_self_min" CHECK ("self" >= -10)
    CONSTRAINT "shop_stop_self_max" CHECK ("self" <= 100),
  "rank" INTEGER NOT NULL DEFAULT -1
    CONSTRAINT "shop_stop_rank_known" CHECK ("rank" IN (10, -1, 4)),
  "price" REAL NOT NULL DEFAULT 0.5
    CONSTRAINT "shop_stop_price_min" CHECK ("price" >= 0.0),
  "open" INTEGER NOT NULL DEFAULT 1
    CONSTRAINT "shop_stop_open_bool" CHECK ("open" IN (0, 1)),
  "since" INTEGER NOT NULL DEFAULT 0,
  "note" TEXT NOT NULL DEFAULT 'it''s "new"'
    CONSTRAINT "shop_stop_note_max" CHECK (length("note") <= 20),
  "owner" TEXT,
  "left" INTEGER,
  PRIMARY KEY ("player", "type")
) STRICT, WITHOUT ROWID"#,
    postgres: r#"CREATE TABLE "shop_stop" (
  "player" TEXT COLLATE "C" NOT NULL,
  "type" TEXT COLLATE "C" NOT NULL
    CONSTRAINT "shop_stop_type_known" CHECK ("type" IN ('none', 'self', 'iron', 'gold_2')),
  "self" BIGINT NOT NULL DEFAULT 5
    CONSTRAINT "shop_stop_self_min" CHECK ("self" >= -10)
    CONSTRAINT "shop_stop_self_max" CHECK ("self" <= 100),
  "rank" BIGINT NOT NULL DEFAULT -1
    CONSTRAINT "shop_stop_rank_known" CHECK ("rank" IN (10, -1, 4)),
  "price" DOUBLE PRECISION NOT NULL DEFAULT 0.5
    CONSTRAINT "shop_stop_price_min" CHECK ("price" >= 0.0),
  "open" BIGINT NOT NULL DEFAULT 1
    CONSTRAINT "shop_stop_open_bool" CHECK ("open" IN (0, 1)),
  "since" BIGINT NOT NULL DEFAULT 0,
  "note" TEXT COLLATE "C" NOT NULL DEFAULT 'it''s "new"'
    CONSTRAINT "shop_stop_note_max" CHECK (char_length("note") <= 20),
  "owner" TEXT COLLATE "C",
  "left" BIGINT,
  CONSTRAINT "shop_stop_pkey" PRIMARY KEY ("player", "type")
)"#,
    mysql: r#"CREATE TABLE `shop_stop` (
  `player` VARCHAR(255) NOT NULL,
  `type` VARCHAR(64) NOT NULL,
  `self` BIGINT NOT NULL DEFAULT 5,
  `rank` BIGINT NOT NULL DEFAULT -1,
  `price` DOUBLE NOT NULL DEFAULT 0.5,
  `open` TINYINT NOT NULL DEFAULT 1,
  `since` BIGINT NOT NULL DEFAULT 0,
  `note` VARCHAR(20) NOT NULL DEFAULT ('it''s "new"'),
  `owner` LONGTEXT,
  `left` BIGINT,
  PRIMARY KEY (`player`, `type`),
  CONSTRAINT `shop_stop_type_known` CHECK (`type` IN ('none', 'self', 'iron', 'gold_2')),
  CONSTRAINT `shop_stop_self_min` CHECK (`self` >= -10),
  CONSTRAINT `shop_stop_self_max` CHECK (`self` <= 100),
  CONSTRAINT `shop_stop_rank_known` CHECK (`rank` IN (10, -1, 4)),
  CONSTRAINT `shop_stop_price_min` CHECK (`price` >= 0.0),
  CONSTRAINT `shop_stop_open_bool` CHECK (`open` IN (0, 1)),
  CONSTRAINT `shop_stop_note_max` CHECK (CHAR_LENGTH(`note`) <= 20)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"#,
};

static INDEX_STOP_RANK_SINCE: Statement = Statement {
    name: "shop.stop.index_rank_since",
    sqlite: r#"CREATE INDEX "idx_shop_stop__rank__since" ON "shop_stop" ("rank", "since")"#,
    postgres: r#"CREATE INDEX "idx_shop_stop__rank__since" ON "shop_stop" ("rank", "since")"#,
    mysql: "CREATE INDEX `idx_shop_stop__rank__since` ON `shop_stop` (`rank`, `since`)",
};

static CREATE_MAIL: Statement = Statement {
    name: "shop.mail.create",
    sqlite: r#"CREATE TABLE "shop_mail" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT,
  "player" TEXT NOT NULL,
  "subject" TEXT NOT NULL
    CONSTRAINT "shop_mail_subject_min" CHECK (length("subject") >= 1)
    CONSTRAINT "shop_mail_subject_max" CHECK (length("subject") <= 40),
  "read" INTEGER NOT NULL DEFAULT 0
    CONSTRAINT "shop_mail_read_bool" CHECK ("read" IN (0, 1))
) STRICT"#,
    postgres: r#"CREATE TABLE "shop_mail" (
  "id" BIGINT GENERATED BY DEFAULT AS IDENTITY,
  "player" TEXT COLLATE "C" NOT NULL,
  "subject" TEXT COLLATE "C" NOT NULL
    CONSTRAINT "shop_mail_subject_min" CHECK (char_length("subject") >= 1)
    CONSTRAINT "shop_mail_subject_max" CHECK (char_length("subject") <= 40),
  "read" BIGINT NOT NULL DEFAULT 0
    CONSTRAINT "shop_mail_read_bool" CHECK ("read" IN (0, 1)),
  CONSTRAINT "shop_mail_pkey" PRIMARY KEY ("id")
)"#,
    mysql: r#"CREATE TABLE `shop_mail` (
  `id` BIGINT NOT NULL AUTO_INCREMENT,
  `player` VARCHAR(255) NOT NULL,
  `subject` VARCHAR(40) NOT NULL,
  `read` TINYINT NOT NULL DEFAULT 0,
  PRIMARY KEY (`id`),
  CONSTRAINT `shop_mail_subject_min` CHECK (CHAR_LENGTH(`subject`) >= 1),
  CONSTRAINT `shop_mail_subject_max` CHECK (CHAR_LENGTH(`subject`) <= 40),
  CONSTRAINT `shop_mail_read_bool` CHECK (`read` IN (0, 1))
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"#,
};

static UNIQUE_MAIL_PLAYER_SUBJECT: Statement = Statement {
    name: "shop.mail.unique_player_subject",
    sqlite: r#"CREATE UNIQUE INDEX "unique_shop_mail__player__subject" ON "shop_mail" ("player", "subject")"#,
    postgres: r#"CREATE UNIQUE INDEX "unique_shop_mail__player__subject" ON "shop_mail" ("player", "subject")"#,
    mysql: "CREATE UNIQUE INDEX `unique_shop_mail__player__subject` ON `shop_mail` (`player`, `subject`)",
};

static INDEX_MAIL_PLAYER: Statement = Statement {
    name: "shop.mail.index_player",
    sqlite: r#"CREATE INDEX "idx_shop_mail__player" ON "shop_mail" ("player")"#,
    postgres: r#"CREATE INDEX "idx_shop_mail__player" ON "shop_mail" ("player")"#,
    mysql: "CREATE INDEX `idx_shop_mail__player` ON `shop_mail` (`player`)",
};

static CREATE_TICKET: Statement = Statement {
    name: "shop.ticket.create",
    sqlite: r#"CREATE TABLE "shop_ticket" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT,
  "of" INTEGER NOT NULL DEFAULT 0
) STRICT"#,
    postgres: r#"CREATE TABLE "shop_ticket" (
  "id" BIGINT GENERATED BY DEFAULT AS IDENTITY,
  "of" BIGINT NOT NULL DEFAULT 0,
  CONSTRAINT "shop_ticket_pkey" PRIMARY KEY ("id")
)"#,
    mysql: r#"CREATE TABLE `shop_ticket` (
  `id` BIGINT NOT NULL AUTO_INCREMENT,
  `of` BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"#,
};

static INSERT_STOP_NEW: Statement = Statement {
    name: "shop.stop.insert_new",
    sqlite: r#"INSERT INTO "shop_stop" ("player", "type", "self", "rank", "price", "open", "since", "note", "owner", "left")
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
ON CONFLICT DO NOTHING"#,
    postgres: r#"INSERT INTO "shop_stop" ("player", "type", "self", "rank", "price", "open", "since", "note", "owner", "left")
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
ON CONFLICT DO NOTHING"#,
    mysql: r#"INSERT INTO `shop_stop` (`player`, `type`, `self`, `rank`, `price`, `open`, `since`, `note`, `owner`, `left`)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"#,
};

static INSERT_MAIL_NEW_RETURNING_ID: Statement = Statement {
    name: "shop.mail.insert_new_returning_id",
    sqlite: r#"INSERT INTO "shop_mail" ("player", "subject", "read")
VALUES (?1, ?2, ?3)
ON CONFLICT DO NOTHING
RETURNING "id""#,
    postgres: r#"INSERT INTO "shop_mail" ("player", "subject", "read")
VALUES ($1, $2, $3)
ON CONFLICT DO NOTHING
RETURNING "id""#,
    mysql: "INSERT INTO `shop_mail` (`player`, `subject`, `read`) VALUES (?, ?, ?)",
};

static INSERT_MAIL_NEW: Statement = Statement {
    name: "shop.mail.insert_new",
    sqlite: r#"INSERT INTO "shop_mail" ("player", "subject", "read")
VALUES (?1, ?2, ?3)
ON CONFLICT DO NOTHING"#,
    postgres: r#"INSERT INTO "shop_mail" ("player", "subject", "read")
VALUES ($1, $2, $3)
ON CONFLICT DO NOTHING"#,
    mysql: "INSERT INTO `shop_mail` (`player`, `subject`, `read`) VALUES (?, ?, ?)",
};

static INSERT_TICKET_RETURNING_ID: Statement = Statement {
    name: "shop.ticket.insert_returning_id",
    sqlite: r#"INSERT INTO "shop_ticket" ("of") VALUES (?1) RETURNING "id""#,
    postgres: r#"INSERT INTO "shop_ticket" ("of") VALUES ($1) RETURNING "id""#,
    mysql: "INSERT INTO `shop_ticket` (`of`) VALUES (?)",
};

static GET_MAIL_BY_PLAYER_SUBJECT: Statement = Statement {
    name: "shop.mail.get_by_player_subject",
    sqlite: r#"SELECT "id", "player", "subject", "read"
FROM "shop_mail"
WHERE "player" = ?1 AND "subject" = ?2"#,
    postgres: r#"SELECT "id", "player", "subject", "read"
FROM "shop_mail"
WHERE "player" = $1 AND "subject" = $2"#,
    mysql: r#"SELECT `id`, `player`, `subject`, `read`
FROM `shop_mail`
WHERE `player` = ? AND `subject` = ?"#,
};

static LOCK_MAIL_BY_ID: Statement = Statement {
    name: "shop.mail.lock_by_id",
    sqlite: r#"SELECT "id", "player", "subject", "read" FROM "shop_mail" WHERE "id" = ?1"#,
    postgres: r#"SELECT "id", "player", "subject", "read" FROM "shop_mail" WHERE "id" = $1 FOR UPDATE"#,
    mysql: "SELECT `id`, `player`, `subject`, `read` FROM `shop_mail` WHERE `id` = ? FOR UPDATE",
};

static SAVE_MAIL_READ: Statement = Statement {
    name: "shop.mail.save_read",
    sqlite: r#"UPDATE "shop_mail" SET "read" = ?1 WHERE "id" = ?2"#,
    postgres: r#"UPDATE "shop_mail" SET "read" = $1 WHERE "id" = $2"#,
    mysql: "UPDATE `shop_mail` SET `read` = ? WHERE `id` = ?",
};

static LOCK_STOP_BY_PLAYER_TYPE: Statement = Statement {
    name: "shop.stop.lock_by_player_type",
    sqlite: r#"SELECT "player", "type", "self", "rank", "price", "open", "since", "note", "owner", "left"
FROM "shop_stop"
WHERE "player" = ?1 AND "type" = ?2"#,
    postgres: r#"SELECT "player", "type", "self", "rank", "price", "open", "since", "note", "owner", "left"
FROM "shop_stop"
WHERE "player" = $1 AND "type" = $2
FOR UPDATE"#,
    mysql: r#"SELECT `player`, `type`, `self`, `rank`, `price`, `open`, `since`, `note`, `owner`, `left`
FROM `shop_stop`
WHERE `player` = ? AND `type` = ?
FOR UPDATE"#,
};

static SAVE_STOP_LEFT_SELF_OPEN_OWNER: Statement = Statement {
    name: "shop.stop.save_left_self_open_owner",
    sqlite: r#"UPDATE "shop_stop"
SET "left" = ?1, "self" = ?2, "open" = ?3, "owner" = ?4
WHERE "player" = ?5 AND "type" = ?6"#,
    postgres: r#"UPDATE "shop_stop"
SET "left" = $1, "self" = $2, "open" = $3, "owner" = $4
WHERE "player" = $5 AND "type" = $6"#,
    mysql: r#"UPDATE `shop_stop`
SET `left` = ?, `self` = ?, `open` = ?, `owner` = ?
WHERE `player` = ? AND `type` = ?"#,
};

static SELECT_STOP_BY_SELF_BETWEEN_TYPE_IN_AND_3_MORE_ORDER_SELF_DESC_TYPE_FIRST_OFFSET: Statement = Statement {
    name: "shop.stop.select_by_self_between_type_in_and_3_more_order_self_desc_type_first_offset",
    sqlite: r#"SELECT "player", "type", "self", "rank", "price", "open", "since", "note", "owner", "left"
FROM "shop_stop"
WHERE "self" BETWEEN ?1 AND ?2 AND "type" IN (SELECT value FROM json_each(?3)) AND "player" = ?4 AND "price" >= ?5 AND "note" <> ?6
ORDER BY "self" DESC, "type"
LIMIT ?7 OFFSET ?8"#,
    postgres: r#"SELECT "player", "type", "self", "rank", "price", "open", "since", "note", "owner", "left"
FROM "shop_stop"
WHERE "self" BETWEEN $1 AND $2 AND "type" = ANY (ARRAY(SELECT value FROM json_array_elements_text(CAST($3 AS json)))) AND "player" = $4 AND "price" >= $5 AND "note" <> $6
ORDER BY "self" DESC, "type"
LIMIT $7 OFFSET $8"#,
    mysql: r#"SELECT `player`, `type`, `self`, `rank`, `price`, `open`, `since`, `note`, `owner`, `left`
FROM `shop_stop`
WHERE `self` BETWEEN ? AND ? AND `type` IN (SELECT `value` FROM JSON_TABLE(?, '$[*]' COLUMNS (`value` LONGTEXT PATH '$')) AS `list`) AND `player` = ? AND `price` >= ? AND `note` <> ?
ORDER BY `self` DESC, `type`
LIMIT ? OFFSET ?"#,
};

static SELECT_STOP_BY_TYPE_IN_RANK_IN_SINCE_LE_OPEN: Statement = Statement {
    name: "shop.stop.select_by_type_in_rank_in_since_le_open",
    sqlite: r#"SELECT "player", "type", "self", "rank", "price", "open", "since", "note", "owner", "left"
FROM "shop_stop"
WHERE "type" IN (SELECT value FROM json_each(?1)) AND "rank" IN (SELECT value FROM json_each(?2)) AND "since" <= ?3 AND "open" = ?4"#,
    postgres: r#"SELECT "player", "type", "self", "rank", "price", "open", "since", "note", "owner", "left"
FROM "shop_stop"
WHERE "type" = ANY (ARRAY(SELECT value FROM json_array_elements_text(CAST($1 AS json)))) AND "rank" = ANY (ARRAY(SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST($2 AS json)))) AND "since" <= $3 AND "open" = $4"#,
    mysql: r#"SELECT `player`, `type`, `self`, `rank`, `price`, `open`, `since`, `note`, `owner`, `left`
FROM `shop_stop`
WHERE `type` IN (SELECT `value` FROM JSON_TABLE(?, '$[*]' COLUMNS (`value` LONGTEXT PATH '$')) AS `list`) AND `rank` IN (SELECT `value` FROM JSON_TABLE(?, '$[*]' COLUMNS (`value` BIGINT PATH '$')) AS `list`) AND `since` <= ? AND `open` = ?"#,
};

static SELECT_MAIL_BY_PLAYER_ORDER_ID: Statement = Statement {
    name: "shop.mail.select_by_player_order_id",
    sqlite: r#"SELECT "id", "player", "subject", "read"
FROM "shop_mail"
WHERE "player" = ?1
ORDER BY "id""#,
    postgres: r#"SELECT "id", "player", "subject", "read"
FROM "shop_mail"
WHERE "player" = $1
ORDER BY "id""#,
    mysql: "SELECT `id`, `player`, `subject`, `read` FROM `shop_mail` WHERE `player` = ? ORDER BY `id`",
};

static SELECT_MAIL_ALL: Statement = Statement {
    name: "shop.mail.select_all",
    sqlite: r#"SELECT "id", "player", "subject", "read" FROM "shop_mail""#,
    postgres: r#"SELECT "id", "player", "subject", "read" FROM "shop_mail""#,
    mysql: "SELECT `id`, `player`, `subject`, `read` FROM `shop_mail`",
};

static UPSERT_STOP_SELF: Statement = Statement {
    name: "shop.stop.upsert_self",
    sqlite: r#"INSERT INTO "shop_stop" ("player", "type", "self", "rank", "price", "open", "since", "note", "owner", "left")
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
ON CONFLICT ("player", "type") DO UPDATE SET "self" = excluded."self""#,
    postgres: r#"INSERT INTO "shop_stop" ("player", "type", "self", "rank", "price", "open", "since", "note", "owner", "left")
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
ON CONFLICT ("player", "type") DO UPDATE SET "self" = excluded."self""#,
    mysql: r#"INSERT INTO `shop_stop` (`player`, `type`, `self`, `rank`, `price`, `open`, `since`, `note`, `owner`, `left`)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON DUPLICATE KEY UPDATE `self` = VALUES(`self`)"#,
};

/// What is sold,
/// and who bought it.
pub struct ShopManager;

#[manager(
    name = "shop",
    port = 9001,
    schema = [
        CREATE_STOP,
        INDEX_STOP_RANK_SINCE,
        CREATE_MAIL,
        UNIQUE_MAIL_PLAYER_SUBJECT,
        INDEX_MAIL_PLAYER,
        CREATE_TICKET,
    ],
)]
impl ShopManager {
    /// The function `open_stop`.
    #[function(access = Internal, writes, fails, declaration = "95568928ce25d24b")]
    pub async fn open_stop(
        cx: &mut Cx<'_>,
        args: &OpenStopArgs,
    ) -> Result<Returned, Stop> {
        const THERE: Failure = Failure::new(21, "there \"already\"");
        let caller = cx.caller()?;
        let now = cx.now();
        let s = Stop_ {
            player: caller,
            r#type: args.r#type,
            self_: 5,
            rank: args.rank,
            price: args.price,
            open: true,
            since: now,
            note: args.note.clone().unwrap_or_else(|| "none".to_owned()),
            owner: None,
            left: Some(3),
        };
        if !cx.insert_or_ignore(&INSERT_STOP_NEW, &s, &s.params()).await? {
            return Err(THERE.into());
        }
        Ok(
            Returned::success(
                Box::new(OpenStopReply {
                    player: s.player,
                    note: s.note,
                    since: s.since,
                    rank: s.rank,
                    left: s.left,
                    open: s.open,
                    self_: s.self_,
                }),
            ),
        )
    }

    /// A function whose name cannot be one in Rust.
    #[function(
        access = Player,
        name = "self",
        one_query,
        declaration = "d76a0fd4d2cc0dcc"
    )]
    pub async fn self_(_cx: &mut Cx<'_>, args: &SelfArgs) -> Result<Returned, Stop> {
        Ok(Returned::success(Box::new(SelfReply { self_: args.crate_ })))
    }

    /// The function `send`.
    #[function(access = Internal, writes, fails, declaration = "dd874a8890b7c023")]
    pub async fn send(cx: &mut Cx<'_>, args: &SendArgs) -> Result<Returned, Stop> {
        const SENT: Failure = Failure::new(22, "sent before");
        let caller = cx.caller()?;
        let mut m = Mail {
            id: Id(0),
            player: caller,
            subject: args.subject.clone(),
            read: false,
        };
        m.id = cx
            .insert_id_or_ignore(
                &INSERT_MAIL_NEW_RETURNING_ID,
                &m,
                &[m.player.param(), m.subject.param(), m.read.param()],
            )
            .await?
            .ok_or(SENT)?;
        Ok(
            Returned::success(
                Box::new(SendReply {
                    id: m.id,
                    subject: m.subject,
                }),
            ),
        )
    }

    /// The function `send_quietly`.
    #[function(access = Player, writes, declaration = "e36bccca81db24ea")]
    pub async fn send_quietly(
        cx: &mut Cx<'_>,
        args: &SendQuietlyArgs,
    ) -> Result<Returned, Stop> {
        let caller = cx.caller()?;
        let mail = Mail {
            id: Id(0),
            player: caller.clone(),
            subject: args.subject.clone(),
            read: false,
        };
        cx.insert_or_ignore(
                &INSERT_MAIL_NEW,
                &mail,
                &[mail.player.param(), mail.subject.param(), mail.read.param()],
            )
            .await?;
        let mut t = Ticket { id: Id(0), of: 1 };
        t.id = cx.insert_id(&INSERT_TICKET_RETURNING_ID, &t, &[t.of.param()]).await?;
        let mut ticket = Ticket { id: Id(0), of: 2 };
        ticket.id = cx
            .insert_id(&INSERT_TICKET_RETURNING_ID, &ticket, &[ticket.of.param()])
            .await?;
        if t.id == ticket.id {
            t = ticket.clone();
        }
        let m: Option<Mail> = cx
            .get(&GET_MAIL_BY_PLAYER_SUBJECT, &[caller.param(), args.subject.param()])
            .await?
            .row()?;
        Ok(
            Returned::success(
                Box::new(SendQuietlyReply {
                    found: m.is_some(),
                    subject: m
                        .as_ref()
                        .map(|row| row.subject.clone())
                        .unwrap_or_default(),
                    ticket: t.id,
                }),
            ),
        )
    }

    /// The function `read_mail`.
    #[function(access = Player, writes, fails, declaration = "2acd7563c16b3b1a")]
    pub async fn read_mail(
        cx: &mut Cx<'_>,
        args: &ReadMailArgs,
    ) -> Result<Returned, Stop> {
        const NO_MAIL: Failure = Failure::new(23, "no such mail");
        let mut m: Mail = cx
            .get(&LOCK_MAIL_BY_ID, &[Id(args.id).param()])
            .await?
            .row()?
            .ok_or(NO_MAIL)?;
        m.read = true;
        cx.save(&SAVE_MAIL_READ, &m, &[m.read.param(), m.id.param()]).await?;
        Ok(
            Returned::success(
                Box::new(ReadMailReply {
                    subject: m.subject,
                    read: m.read,
                }),
            ),
        )
    }

    /// Each is computed from the row as it was.
    #[function(access = Player, writes, fails, declaration = "203b852d164ed2c6")]
    pub async fn swap(cx: &mut Cx<'_>, args: &SwapArgs) -> Result<Returned, Stop> {
        const NOTHING: Failure = Failure::new(24, "nothing there");
        let caller = cx.caller()?;
        let mut s: Stop_ = cx
            .get(&LOCK_STOP_BY_PLAYER_TYPE, &[caller.param(), args.r#type.param()])
            .await?
            .row()?
            .ok_or(NOTHING)?;
        (s.left, s.self_, s.open, s.owner) = (
            Some(s.self_),
            s.left.unwrap_or(0),
            !s.open,
            Some(caller),
        );
        cx.save(
                &SAVE_STOP_LEFT_SELF_OPEN_OWNER,
                &s,
                &[
                    s.left.param(),
                    s.self_.param(),
                    s.open.param(),
                    s.owner.param(),
                    s.player.param(),
                    s.r#type.param(),
                ],
            )
            .await?;
        Ok(
            Returned::success(
                Box::new(SwapReply {
                    self_: s.self_,
                    left: s.left,
                    open: s.open,
                    owner: s.owner,
                }),
            ),
        )
    }

    /// The function `find`.
    #[function(access = Player, declaration = "df65ab13d12c9476")]
    pub async fn find(cx: &mut Cx<'_>, args: &FindArgs) -> Result<Returned, Stop> {
        let caller = cx.caller()?;
        let now = cx.now();
        let rows: Vec<Stop_> = cx
            .select(
                &SELECT_STOP_BY_SELF_BETWEEN_TYPE_IN_AND_3_MORE_ORDER_SELF_DESC_TYPE_FIRST_OFFSET,
                &[
                    args.low.param(),
                    args.high.param(),
                    Param::Text(&ops::json(&args.types)),
                    caller.param(),
                    Param::Float(0.0),
                    Param::Text("x"),
                    Param::Int(args.first.max(0)),
                    Param::Int(0),
                ],
            )
            .await?
            .rows()?;
        let same: Vec<Stop_> = cx
            .select(
                &SELECT_STOP_BY_TYPE_IN_RANK_IN_SINCE_LE_OPEN,
                &[
                    Param::Text(
                        &ops::json(
                            &rows.iter().map(|row| row.r#type).collect::<Vec<_>>(),
                        ),
                    ),
                    Param::Text(&ops::json(&[Rank::Elite, Rank::Basic])),
                    now.param(),
                    true.param(),
                ],
            )
            .await?
            .rows()?;
        Ok(
            Returned::success(
                Box::new(FindReply {
                    types: rows.iter().map(|row| row.r#type).collect::<Vec<_>>(),
                    total: ops::sum(rows.iter().map(|row| row.self_))
                        .at("managers.yaml:122:22: sum(rows.self)")?,
                    same: ops::len(&same),
                    iron: rows.iter().any(|row| row.r#type == Good::Iron),
                    cheap: {
                        let mut list = Vec::new();
                        for (at, r) in (0_i64..).zip(&rows) {
                            if r.price < 2.5 {
                                list.push(FindReplyCheap(at, r.r#type, r.note.clone()));
                            }
                        }
                        list
                    },
                    rising: {
                        let mut list = Vec::new();
                        for r in &rows {
                            list.push(FindReplyRising {
                                more: ops::add(r.self_, 1)
                                    .at("managers.yaml:126:56: r.self + 1")?,
                                who: r.player.clone(),
                            });
                        }
                        list
                    },
                    kept: rows.iter().filter(|r| r.self_ > 5).map(|r| r.r#type).collect(),
                }),
            ),
        )
    }

    /// The function `branches`.
    #[function(
        access = Player,
        one_query,
        outcomes = [25],
        fails,
        declaration = "f25248fd603fda73"
    )]
    pub async fn branches(
        _cx: &mut Cx<'_>,
        args: &BranchesArgs,
    ) -> Result<Returned, Stop> {
        const NEGATIVE: Failure = Failure::new(26, "negative");
        if args.n < 0 || args.n == 13 {
            return Err(
                NEGATIVE
                    .with(
                        &BranchesReplyNegative {
                            n: args.n,
                            wanted: BranchesReplyNegativeWanted(0, 12),
                        },
                    )
                    .into(),
            );
        }
        let word: String;
        let half: i64;
        if ops::rem(args.n, 2).at("managers.yaml:136:17: args.n % 2")? == 1 {
            word = "odd".to_owned();
            half = ops::div(args.n, 2).at("managers.yaml:138:45: args.n / 2")?;
            if args.deep {
                return Ok(
                    Returned::outcome(
                        25,
                        "odd",
                        Box::new(BranchesReply {
                            word,
                            half: Some(half),
                            far: None,
                        }),
                    ),
                );
            }
        } else {
            word = "even".to_owned();
            half = ops::add(
                    ops::div(args.n, 2).at("managers.yaml:144:46: args.n / 2")?,
                    0,
                )
                .at("managers.yaml:144:46: args.n / 2 + 0")?;
        }
        if args.n > 100 {
            Ok(
                Returned::success(
                    Box::new(BranchesReply {
                        word,
                        half: None,
                        far: None,
                    }),
                ),
            )
        } else if args.n > 50 {
            Ok(
                Returned::success(
                    Box::new(BranchesReply {
                        word: [word.as_str(), "!", word.as_str()].concat(),
                        half: Some(half),
                        far: Some(0.5),
                    }),
                ),
            )
        } else {
            Ok(
                Returned::success(
                    Box::new(BranchesReply {
                        word,
                        half: Some(half),
                        far: Some(1.0),
                    }),
                ),
            )
        }
    }

    /// The function `sums`.
    #[function(access = Player, one_query, declaration = "dde3048c4acc3fa1")]
    pub async fn sums(cx: &mut Cx<'_>, args: &SumsArgs) -> Result<Returned, Stop> {
        let now = cx.now();
        let big = i64::max(i64::max(1, 2), args.a);
        let small = args.a.min(args.b);
        let c = ops::clamp(args.a, 0, 10);
        let lit: i64 = i64::min(3, 4);
        let list = vec![1, 2, args.a];
        let none = [args.ints.as_slice(), [7].as_slice()].concat();
        let pick: i64 = if args.a > 1 { 5 } else { 6 };
        let later = ops::sub(
                ops::add(now.0, 3600000).at("managers.yaml:159:27: now + hours(1)")?,
                args.t.0,
            )
            .at("managers.yaml:159:27: now + hours(1) - args.t")?;
        let sooner = Time(
            ops::sub(
                    args.t.0,
                    ops::mul(args.a, 60000).at("managers.yaml:159:69: minutes(args.a)")?,
                )
                .at("managers.yaml:159:60: args.t - minutes(args.a)")?,
        );
        let f1 = ops::finite(
                ops::finite(args.f * 2.0).at("managers.yaml:160:24: args.f * 2")? - 1.5,
            )
            .at("managers.yaml:160:24: args.f * 2 - 1.5")?;
        let f2 = ops::quotient(-args.f / 4.0).at("managers.yaml:160:46: -args.f / 4")?;
        let f3 = f64::abs(args.f);
        let f4 = f64::max(0.5, args.f);
        Ok(
            Returned::success(
                Box::new(SumsReply {
                    big,
                    small,
                    c,
                    lit,
                    third: ops::index(&args.ints, 2)
                        .at("managers.yaml:166:22: args.ints[2]")?,
                    made: ops::sum([
                            ops::index(&list, 1).at("managers.yaml:167:21: list[1]")?,
                            ops::len(&none),
                            pick,
                        ])
                        .at("managers.yaml:167:21: list[1] + len(none) + pick")?,
                    later,
                    sooner,
                    f: SumsReplyF(f1, f2, f3, f4),
                    rest: ops::rem(args.a, args.b)
                        .at("managers.yaml:171:21: args.a % args.b")?,
                    minus: ops::neg(args.a).at("managers.yaml:172:22: -args.a")?,
                    abs: ops::abs(args.a).at("managers.yaml:173:20: abs(args.a)")?,
                    product: ops::mul(
                            ops::add(args.a, 1)
                                .at("managers.yaml:174:24: (args.a + 1)")?,
                            ops::sub(args.b, 1).at("managers.yaml:174:39: (args.b - 1)")?,
                        )
                        .at("managers.yaml:174:24: (args.a + 1) * (args.b - 1)")?,
                    chain: ops::sum([args.a, args.b, 1, 2])
                        .at("managers.yaml:175:22: args.a + args.b + 1 + 2")?,
                    lower: args.name.to_lowercase(),
                    same: args.name.to_lowercase() == "abc",
                    before: args.name.as_str() < "b",
                    has: args.texts.contains(&args.name),
                    has2: ["Abc", "x"].contains(&args.name.as_str()),
                    has3: [1, 2].contains(&args.a),
                    length: ops::characters(&args.name),
                    shout: [args.name.as_str(), "!", args.name.to_lowercase().as_str()]
                        .concat(),
                    texts: args.texts.clone(),
                    upto: if args.a > 3 { args.texts.clone() } else { Vec::new() },
                    day: 86400000,
                }),
            ),
        )
    }

    /// Names that branches bind, of every kind.
    #[function(access = Player, writes, declaration = "c80f0caad51dffaa")]
    pub async fn late(cx: &mut Cx<'_>, args: &LateArgs) -> Result<Returned, Stop> {
        let caller = cx.caller()?;
        let mut s: Stop_;
        let mails: Vec<Mail>;
        let mut t: Ticket;
        let me: SelfReply;
        if args.which == 1 {
            s = match cx
                .get(&LOCK_STOP_BY_PLAYER_TYPE, &[caller.param(), Good::Iron.param()])
                .await?
                .row()?
            {
                Some(row) => row,
                None => {
                    Stop_ {
                        player: caller.clone(),
                        r#type: Good::Iron,
                        self_: 5,
                        rank: Rank::Basic,
                        price: 0.5,
                        open: true,
                        since: Time(0),
                        note: "it's \"new\"".to_owned(),
                        owner: None,
                        left: None,
                    }
                }
            };
            mails = cx
                .select(&SELECT_MAIL_BY_PLAYER_ORDER_ID, &[caller.param()])
                .await?
                .rows()?;
            t = Ticket { id: Id(0), of: 3 };
            t.id = cx.insert_id(&INSERT_TICKET_RETURNING_ID, &t, &[t.of.param()]).await?;
            me = cx.call(&SelfArgs { crate_: 2 }).await?.data()?;
        } else {
            s = match cx
                .get(&LOCK_STOP_BY_PLAYER_TYPE, &[caller.param(), Good::None.param()])
                .await?
                .row()?
            {
                Some(row) => row,
                None => {
                    Stop_ {
                        player: caller.clone(),
                        r#type: Good::None,
                        self_: 5,
                        rank: Rank::Basic,
                        price: 0.5,
                        open: true,
                        since: Time(0),
                        note: "it's \"new\"".to_owned(),
                        owner: None,
                        left: None,
                    }
                }
            };
            mails = cx.select(&SELECT_MAIL_ALL, &[]).await?.rows()?;
            t = Ticket {
                id: Id(0),
                of: match args.n {
                    Some(value) => value,
                    None => {
                        ops::mul(args.which, 2)
                            .at("managers.yaml:214:45: args.which * 2")?
                    }
                },
            };
            t.id = cx.insert_id(&INSERT_TICKET_RETURNING_ID, &t, &[t.of.param()]).await?;
            me = cx.call(&SelfArgs { crate_: 9 }).await?.data()?;
        }
        s.self_ = t.of;
        cx.keep_in_bounds(&mut s);
        cx.save(&UPSERT_STOP_SELF, &s, &s.params()).await?;
        if args.note.is_some() && ops::len(&mails) <= 3 && me.self_ >= 0 {
            let empty: Vec<i64> = [[1].as_slice(), [2].as_slice()].concat();
            return Ok(
                Returned::success(
                    Box::new(LateReply {
                        note: args.note.clone(),
                        of: s.self_,
                        me: me.self_,
                        mails: ops::len(&mails),
                        sum: Some(
                            ops::sum(empty.iter().copied())
                                .at("managers.yaml:224:93: sum(empty)")?,
                        ),
                        ticket: t.id,
                    }),
                ),
            );
        }
        Ok(
            Returned::success(
                Box::new(LateReply {
                    note: None,
                    of: s.self_,
                    me: me.self_,
                    mails: ops::len(&mails),
                    sum: None,
                    ticket: t.id,
                }),
            ),
        )
    }

    /// The function `nest`.
    #[function(access = Player, one_query, declaration = "b163bb6ce6b875ec")]
    pub async fn nest(cx: &mut Cx<'_>, args: &NestArgs) -> Result<Returned, Stop> {
        let caller = cx.caller()?;
        let now = cx.now();
        let k: Vec<i64> = if ops::len(&args.xs) > 2 { vec![1, 2] } else { Vec::new() };
        Ok(
            Returned::success(
                Box::new(NestReply {
                    grid: {
                        let mut list = Vec::new();
                        for x in args.xs.iter().copied() {
                            if x > 0 {
                                list.push(
                                    (0_i64..)
                                        .zip(args.ys.iter())
                                        .map(|(i, y)| NestReplyGrid(x, i, y.clone()))
                                        .collect(),
                                );
                            }
                        }
                        list
                    },
                    same: {
                        let mut list = Vec::new();
                        for y in &args.ys {
                            if *y == "b" {
                                list.push(y.clone());
                            }
                        }
                        list
                    },
                    copies: {
                        let mut list = Vec::new();
                        for (i, x) in (0_i64..).zip(args.xs.iter().copied()) {
                            list.push(ops::add(x, i).at("managers.yaml:233:56: x + i")?);
                        }
                        list
                    },
                    plain: args
                        .ys
                        .iter()
                        .map(|y| NestReplyPlain {
                            y: y.clone(),
                            who: args.who.clone(),
                        })
                        .collect(),
                    mixed: if args.who == caller {
                        0.5
                    } else {
                        i64::max(
                            1,
                            ops::index(&args.xs, 0)
                                .at("managers.yaml:235:67: args.xs[0]")?,
                        ) as f64
                    },
                    sign: (if ops::len(&args.ys) > 0 { -1i64 } else { 1i64 }) < 0,
                    third: i64::min(if args.who != caller { 3 } else { 4 }, 9),
                    half: ops::finite(
                            ((if ops::len(&args.ys) > 0 { 1i64 } else { 2i64 }) as f64)
                                * 0.5,
                        )
                        .at(
                            "managers.yaml:238:21: (if len(args.ys) > 0 { 1 } else { 2 }) * 0.5",
                        )?,
                    k: ops::len(&k),
                    big: 9223372036854775807i64 > 5000000000i64,
                    other: args.who != PlayerId::new("zed"),
                    at: now
                        > Time(
                            ops::sub(
                                    ops::add(
                                            now.0,
                                            ops::index(&args.xs, 0)
                                                .at("managers.yaml:242:25: args.xs[0]")?,
                                        )
                                        .at("managers.yaml:242:25: args.xs[0] + now")?,
                                    3600000,
                                )
                                .at("managers.yaml:242:25: args.xs[0] + now - hours(1)")?,
                        ),
                    none: Vec::new(),
                }),
            ),
        )
    }
}
