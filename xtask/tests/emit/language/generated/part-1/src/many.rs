//! The manager `many`.
//!
//! Written by `cargo xtask gen` from managers/many.yaml. Do not edit.

use aliya_runtime::prelude::*;

use crate::enums::Good;

/// A row of `score`.
#[derive(Clone, Table)]
#[table(name = "many_score")]
pub struct Score {
    pub player: PlayerId,
    #[column(max = 8)]
    pub board: String,
    #[column(min = 0, max = 1000000)]
    pub points: i64,
    pub total: i64,
    pub weight: f64,
    pub kind: Good,
    pub open: bool,
    pub at: Time,
    pub bonus: Option<i64>,
    pub now: i64,
}

/// A row of `note`.
#[derive(Clone, Table)]
#[table(name = "many_note")]
pub struct Note {
    pub id: Id,
    pub player: PlayerId,
    #[column(max = 20)]
    pub line: String,
    pub n: i64,
}

/// A row of `pair`.
#[derive(Clone, Table)]
#[table(name = "many_pair")]
pub struct Pair {
    pub a: i64,
    pub b: i64,
}

/// Args of `put_score`.
#[derive(Args)]
pub struct PutScoreArgs {
    pub who: PlayerId,
    #[arg(max = 8, default = "a")]
    pub board: String,
    pub points: i64,
    #[arg(default = 0)]
    pub total: i64,
    #[arg(default = 1.0)]
    pub weight: f64,
    pub bonus: Option<i64>,
    #[arg(default = Good::Iron)]
    pub kind: Good,
    #[arg(default = true)]
    pub open: bool,
}

/// Reply of `put_score`.
#[derive(Reply)]
pub struct PutScoreReply {
    pub points: i64,
}

/// Args of `scores`.
#[derive(Args)]
pub struct ScoresArgs {
    #[arg(max = 8, default = "a")]
    pub board: String,
}

/// Reply of `scores`.
#[derive(Reply)]
pub struct ScoresReply {
    pub rows: Vec<ScoresReplyRows>,
    pub bonus: Vec<i64>,
}

/// A list of fixed length in the reply of `scores`: travels as a JSON array.
#[derive(Clone, Reply)]
pub struct ScoresReplyRows(pub PlayerId, pub i64, pub i64, pub f64, pub bool, pub Time);

/// Args of `raise`.
#[derive(Args)]
pub struct RaiseArgs {
    pub by: i64,
    #[arg(default = 0)]
    pub least: i64,
    #[arg(default = 1.0)]
    pub factor: f64,
}

/// Reply of `raise`.
#[derive(Reply)]
pub struct RaiseReply {
    pub n: i64,
}

/// Args of `cap`.
#[derive(Args)]
pub struct CapArgs {
    pub most: i64,
}

/// Reply of `cap`.
#[derive(Reply)]
pub struct CapReply {}

/// Args of `drop_below`.
#[derive(Args)]
pub struct DropBelowArgs {
    pub points: i64,
}

/// Reply of `drop_below`.
#[derive(Reply)]
pub struct DropBelowReply {
    pub n: i64,
}

/// Args of `drop_mine`.
#[derive(Args)]
pub struct DropMineArgs {}

/// Reply of `drop_mine`.
#[derive(Reply)]
pub struct DropMineReply {
    pub points: i64,
}

/// An object in the reply of `drop_mine`.
#[derive(Clone, Reply)]
pub struct DropMineReplyNone {
    pub who: PlayerId,
}

/// Args of `drop_default`.
#[derive(Args)]
pub struct DropDefaultArgs {}

/// Reply of `drop_default`.
#[derive(Reply)]
pub struct DropDefaultReply {}

/// Args of `measure`.
#[derive(Args)]
pub struct MeasureArgs {
    #[arg(default = 0)]
    pub least: i64,
    pub who: PlayerId,
}

/// Reply of `measure`.
#[derive(Reply)]
pub struct MeasureReply {
    pub all: i64,
    pub some: i64,
    pub points: i64,
    pub totals: i64,
    pub weight: f64,
    pub bonus: i64,
    pub any: bool,
    pub place: i64,
    pub among: i64,
    pub line: i64,
}

/// Args of `compare`.
#[derive(Args)]
pub struct CompareArgs {
    pub n: i64,
    pub m: i64,
    pub list: Vec<i64>,
    pub who: PlayerId,
    pub kinds: Vec<Good>,
}

/// Reply of `compare`.
#[derive(Reply)]
pub struct CompareReply {
    pub gt: Vec<i64>,
    pub lt: Vec<i64>,
    pub ge: Vec<i64>,
    pub le: Vec<i64>,
    pub ne: Vec<i64>,
    pub eq: Vec<i64>,
    pub among: Vec<i64>,
    pub two: Vec<i64>,
    pub between: Vec<i64>,
    pub both: Vec<i64>,
    pub mixed: Vec<i64>,
    pub bonus: Vec<i64>,
}

/// Args of `write_notes`.
#[derive(Args)]
pub struct WriteNotesArgs {
    pub lines: Vec<String>,
    pub who: PlayerId,
}

/// Reply of `write_notes`.
#[derive(Reply)]
pub struct WriteNotesReply {
    pub n: i64,
}

/// An object in the reply of `write_notes`.
#[derive(Clone, Reply)]
pub struct WriteNotesReplyThere {
    pub lines: Vec<String>,
}

/// Args of `write_quietly`.
#[derive(Args)]
pub struct WriteQuietlyArgs {
    pub lines: Vec<String>,
    pub numbers: Vec<i64>,
}

/// Reply of `write_quietly`.
#[derive(Reply)]
pub struct WriteQuietlyReply {
    pub n: i64,
    pub x: Id,
    pub pairs: i64,
}

/// Args of `notes`.
#[derive(Args)]
pub struct NotesArgs {
    pub who: PlayerId,
}

/// Reply of `notes`.
#[derive(Reply)]
pub struct NotesReply {
    pub notes: Vec<NotesReplyNotes>,
}

/// A list of fixed length in the reply of `notes`: travels as a JSON array.
#[derive(Clone, Reply)]
pub struct NotesReplyNotes(pub Id, pub String, pub i64);

/// Args of `loops`.
#[derive(Args)]
pub struct LoopsArgs {
    #[arg(max = 20)]
    pub xs: Vec<i64>,
    pub who: PlayerId,
    #[arg(default = -1)]
    pub stop: i64,
}

/// Reply of `loops`.
#[derive(Reply)]
pub struct LoopsReply {
    pub at: Option<i64>,
    pub doubled: Option<Vec<i64>>,
    pub large: Option<Vec<i64>>,
    pub total: Option<i64>,
    pub rows: Option<Vec<LoopsReplyRows>>,
    pub sum: Option<i64>,
}

/// A list of fixed length in the reply of `loops`: travels as a JSON array.
#[derive(Clone, Reply)]
pub struct LoopsReplyRows(pub i64, pub i64);

/// An object in the reply of `loops`.
#[derive(Clone, Reply)]
pub struct LoopsReplyNegative {
    pub x: i64,
    pub at: i64,
}

/// Args of `first_over`.
#[derive(Args)]
pub struct FirstOverArgs {
    #[arg(max = 20)]
    pub xs: Vec<i64>,
    pub least: i64,
    pub deep: bool,
}

/// Reply of `first_over`.
#[derive(Reply)]
pub struct FirstOverReply {
    pub x: Option<i64>,
    pub more: Option<Vec<i64>>,
    pub names: Option<Vec<NameOfReply>>,
    pub second: Option<Vec<String>>,
}

/// Args of `name_of`.
#[derive(Args, Outgoing)]
#[callee(manager = "many", function = "name_of")]
pub struct NameOfArgs {
    pub n: i64,
}

/// Reply of `name_of`.
#[derive(Clone, Reply, Incoming)]
pub struct NameOfReply {
    pub who: PlayerId,
    pub n: i64,
    pub name: String,
}

/// An object in the reply of `name_of`.
#[derive(Clone, Reply, Incoming)]
pub struct NameOfReplyNobody {
    pub n: i64,
}

/// Args of `give_points`.
#[derive(Args, Outgoing)]
#[callee(manager = "many", function = "give_points")]
pub struct GivePointsArgs {
    pub points: i64,
}

/// Reply of `give_points`.
#[derive(Clone, Reply, Incoming)]
pub struct GivePointsReply {
    pub points: i64,
    pub name: String,
}

/// Args of `gift`.
#[derive(Args)]
pub struct GiftArgs {
    pub who: PlayerId,
    pub points: i64,
}

/// Reply of `gift`.
#[derive(Reply)]
pub struct GiftReply {
    pub theirs: i64,
    pub name: String,
    pub mine: i64,
    pub own: String,
}

/// An object in the reply of `gift`.
#[derive(Clone, Reply)]
pub struct GiftReplyNo {
    pub who: PlayerId,
}

/// Args of `ask`.
#[derive(Args)]
pub struct AskArgs {
    pub n: i64,
}

/// Reply of `ask`.
#[derive(Reply)]
pub struct AskReply {
    pub found: bool,
    pub n: i64,
    pub name: Option<String>,
}

/// An object in the reply of `ask`.
#[derive(Clone, Reply)]
pub struct AskReplyBad {
    pub n: i64,
    pub by: AskReplyBadBy,
}

/// An object in the reply of `ask`.
#[derive(Clone, Reply)]
pub struct AskReplyBadBy {
    pub who: PlayerId,
}

/// Args of `texts`.
#[derive(Args)]
pub struct TextsArgs {
    pub name: String,
    pub n: i64,
    pub f: f64,
    pub kind: Good,
    pub who: PlayerId,
}

/// Reply of `texts`.
#[derive(Reply)]
pub struct TextsReply {
    pub greeting: String,
    pub all: String,
    pub one: String,
    pub length: i64,
    pub kind: String,
    pub numbered: Vec<String>,
}

static CREATE_SCORE: Statement = Statement {
    name: "many.score.create",
    sqlite: r#"CREATE TABLE "many_score" (
  "player" TEXT NOT NULL,
  "board" TEXT NOT NULL
    CONSTRAINT "many_score_board_max" CHECK (length("board") <= 8),
  "points" INTEGER NOT NULL DEFAULT 0
    CONSTRAINT "many_score_points_min" CHECK ("points" >= 0)
    CONSTRAINT "many_score_points_max" CHECK ("points" <= 1000000),
  "total" INTEGER NOT NULL DEFAULT 0,
  "weight" REAL NOT NULL DEFAULT 1.0,
  "kind" TEXT NOT NULL DEFAULT 'iron'
    CONSTRAINT "many_score_kind_known" CHECK ("kind" IN ('none', 'self', 'iron', 'gold_2')),
  "open" INTEGER NOT NULL DEFAULT 1
    CONSTRAINT "many_score_open_bool" CHECK ("open" IN (0, 1)),
  "at" INTEGER NOT NULL DEFAULT 0,
  "bonus" INTEGER,
  "now" INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY ("board", "player")
) STRICT, WITHOUT ROWID"#,
    postgres: r#"CREATE TABLE "many_score" (
  "player" TEXT COLLATE "C" NOT NULL,
  "board" TEXT COLLATE "C" NOT NULL
    CONSTRAINT "many_score_board_max" CHECK (char_length("board") <= 8),
  "points" BIGINT NOT NULL DEFAULT 0
    CONSTRAINT "many_score_points_min" CHECK ("points" >= 0)
    CONSTRAINT "many_score_points_max" CHECK ("points" <= 1000000),
  "total" BIGINT NOT NULL DEFAULT 0,
  "weight" DOUBLE PRECISION NOT NULL DEFAULT 1.0,
  "kind" TEXT COLLATE "C" NOT NULL DEFAULT 'iron'
    CONSTRAINT "many_score_kind_known" CHECK ("kind" IN ('none', 'self', 'iron', 'gold_2')),
  "open" BIGINT NOT NULL DEFAULT 1
    CONSTRAINT "many_score_open_bool" CHECK ("open" IN (0, 1)),
  "at" BIGINT NOT NULL DEFAULT 0,
  "bonus" BIGINT,
  "now" BIGINT NOT NULL DEFAULT 0,
  CONSTRAINT "many_score_pkey" PRIMARY KEY ("board", "player")
)"#,
    mysql: r#"CREATE TABLE `many_score` (
  `player` VARCHAR(255) NOT NULL,
  `board` VARCHAR(8) NOT NULL,
  `points` BIGINT NOT NULL DEFAULT 0,
  `total` BIGINT NOT NULL DEFAULT 0,
  `weight` DOUBLE NOT NULL DEFAULT 1.0,
  `kind` VARCHAR(64) NOT NULL DEFAULT ('iron'),
  `open` TINYINT NOT NULL DEFAULT 1,
  `at` BIGINT NOT NULL DEFAULT 0,
  `bonus` BIGINT,
  `now` BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (`board`, `player`),
  CONSTRAINT `many_score_board_max` CHECK (CHAR_LENGTH(`board`) <= 8),
  CONSTRAINT `many_score_points_min` CHECK (`points` >= 0),
  CONSTRAINT `many_score_points_max` CHECK (`points` <= 1000000),
  CONSTRAINT `many_score_kind_known` CHECK (`kind` IN ('none', 'self', 'iron', 'gold_2')),
  CONSTRAINT `many_score_open_bool` CHECK (`open` IN (0, 1))
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"#,
};

static INDEX_SCORE_POINTS_AT: Statement = Statement {
    name: "many.score.index_points_at",
    sqlite: r#"CREATE INDEX "idx_many_score__points__at" ON "many_score" ("points", "at")"#,
    postgres: r#"CREATE INDEX "idx_many_score__points__at" ON "many_score" ("points", "at")"#,
    mysql: "CREATE INDEX `idx_many_score__points__at` ON `many_score` (`points`, `at`)",
};

static INDEX_SCORE_BOARD_OPEN_POINTS: Statement = Statement {
    name: "many.score.index_board_open_points",
    sqlite: r#"CREATE INDEX "idx_many_score__board__open__points" ON "many_score" ("board", "open", "points")"#,
    postgres: r#"CREATE INDEX "idx_many_score__board__open__points" ON "many_score" ("board", "open", "points")"#,
    mysql: "CREATE INDEX `idx_many_score__board__open__points` ON `many_score` (`board`, `open`, `points`)",
};

static INDEX_SCORE_BONUS: Statement = Statement {
    name: "many.score.index_bonus",
    sqlite: r#"CREATE INDEX "idx_many_score__bonus" ON "many_score" ("bonus")"#,
    postgres: r#"CREATE INDEX "idx_many_score__bonus" ON "many_score" ("bonus" NULLS FIRST)"#,
    mysql: "CREATE INDEX `idx_many_score__bonus` ON `many_score` (`bonus`)",
};

static INDEX_SCORE_PLAYER: Statement = Statement {
    name: "many.score.index_player",
    sqlite: r#"CREATE INDEX "idx_many_score__player" ON "many_score" ("player")"#,
    postgres: r#"CREATE INDEX "idx_many_score__player" ON "many_score" ("player")"#,
    mysql: "CREATE INDEX `idx_many_score__player` ON `many_score` (`player`)",
};

static CREATE_NOTE: Statement = Statement {
    name: "many.note.create",
    sqlite: r#"CREATE TABLE "many_note" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT,
  "player" TEXT NOT NULL,
  "line" TEXT NOT NULL
    CONSTRAINT "many_note_line_max" CHECK (length("line") <= 20),
  "n" INTEGER NOT NULL DEFAULT 0
) STRICT"#,
    postgres: r#"CREATE TABLE "many_note" (
  "id" BIGINT GENERATED BY DEFAULT AS IDENTITY,
  "player" TEXT COLLATE "C" NOT NULL,
  "line" TEXT COLLATE "C" NOT NULL
    CONSTRAINT "many_note_line_max" CHECK (char_length("line") <= 20),
  "n" BIGINT NOT NULL DEFAULT 0,
  CONSTRAINT "many_note_pkey" PRIMARY KEY ("id")
)"#,
    mysql: r#"CREATE TABLE `many_note` (
  `id` BIGINT NOT NULL AUTO_INCREMENT,
  `player` VARCHAR(255) NOT NULL,
  `line` VARCHAR(20) NOT NULL,
  `n` BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (`id`),
  CONSTRAINT `many_note_line_max` CHECK (CHAR_LENGTH(`line`) <= 20)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"#,
};

static UNIQUE_NOTE_PLAYER_LINE: Statement = Statement {
    name: "many.note.unique_player_line",
    sqlite: r#"CREATE UNIQUE INDEX "unique_many_note__player__line" ON "many_note" ("player", "line")"#,
    postgres: r#"CREATE UNIQUE INDEX "unique_many_note__player__line" ON "many_note" ("player", "line")"#,
    mysql: "CREATE UNIQUE INDEX `unique_many_note__player__line` ON `many_note` (`player`, `line`)",
};

static INDEX_NOTE_N: Statement = Statement {
    name: "many.note.index_n",
    sqlite: r#"CREATE INDEX "idx_many_note__n" ON "many_note" ("n")"#,
    postgres: r#"CREATE INDEX "idx_many_note__n" ON "many_note" ("n")"#,
    mysql: "CREATE INDEX `idx_many_note__n` ON `many_note` (`n`)",
};

static CREATE_PAIR: Statement = Statement {
    name: "many.pair.create",
    sqlite: r#"CREATE TABLE "many_pair" (
  "a" INTEGER NOT NULL,
  "b" INTEGER NOT NULL,
  PRIMARY KEY ("a", "b")
) STRICT, WITHOUT ROWID"#,
    postgres: r#"CREATE TABLE "many_pair" (
  "a" BIGINT NOT NULL,
  "b" BIGINT NOT NULL,
  CONSTRAINT "many_pair_pkey" PRIMARY KEY ("a", "b")
)"#,
    mysql: r#"CREATE TABLE `many_pair` (
  `a` BIGINT NOT NULL,
  `b` BIGINT NOT NULL,
  PRIMARY KEY (`a`, `b`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"#,
};

static REPLACE_SCORE: Statement = Statement {
    name: "many.score.replace",
    sqlite: r#"INSERT INTO "many_score" ("player", "board", "points", "total", "weight", "kind", "open", "at", "bonus", "now")
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
ON CONFLICT ("board", "player") DO UPDATE SET "points" = excluded."points", "total" = excluded."total", "weight" = excluded."weight", "kind" = excluded."kind", "open" = excluded."open", "at" = excluded."at", "bonus" = excluded."bonus", "now" = excluded."now""#,
    postgres: r#"INSERT INTO "many_score" ("player", "board", "points", "total", "weight", "kind", "open", "at", "bonus", "now")
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
ON CONFLICT ("board", "player") DO UPDATE SET "points" = excluded."points", "total" = excluded."total", "weight" = excluded."weight", "kind" = excluded."kind", "open" = excluded."open", "at" = excluded."at", "bonus" = excluded."bonus", "now" = excluded."now""#,
    mysql: r#"INSERT INTO `many_score` (`player`, `board`, `points`, `total`, `weight`, `kind`, `open`, `at`, `bonus`, `now`)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON DUPLICATE KEY UPDATE `points` = VALUES(`points`), `total` = VALUES(`total`), `weight` = VALUES(`weight`), `kind` = VALUES(`kind`), `open` = VALUES(`open`), `at` = VALUES(`at`), `bonus` = VALUES(`bonus`), `now` = VALUES(`now`)"#,
};

static SELECT_SCORE_BY_BOARD_ORDER_PLAYER_FIRST: Statement = Statement {
    name: "many.score.select_by_board_order_player_first",
    sqlite: r#"SELECT "player", "board", "points", "total", "weight", "kind", "open", "at", "bonus", "now"
FROM "many_score"
WHERE "board" = ?1
ORDER BY "player"
LIMIT ?2"#,
    postgres: r#"SELECT "player", "board", "points", "total", "weight", "kind", "open", "at", "bonus", "now"
FROM "many_score"
WHERE "board" = $1
ORDER BY "player"
LIMIT $2"#,
    mysql: r#"SELECT `player`, `board`, `points`, `total`, `weight`, `kind`, `open`, `at`, `bonus`, `now`
FROM `many_score`
WHERE `board` = ?
ORDER BY `player`
LIMIT ?"#,
};

static UPDATE_SCORE_POINTS_TOTAL_AND_4_MORE_BY_BOARD_POINTS_GE: Statement = Statement {
    name: "many.score.update_points_total_and_4_more_by_board_points_ge",
    sqlite: r#"UPDATE "many_score"
SET "points" = CASE WHEN typeof("points" + ?1) = 'integer' THEN "points" + ?1 ELSE 'overflow' END, "total" = CASE WHEN typeof(("total" * ?2) - ("points" + ?3)) = 'integer' THEN ("total" * ?2) - ("points" + ?3) ELSE 'overflow' END, "weight" = CASE WHEN abs(("weight" * ?4) + ?5) <= 1.7976931348623157e308 THEN ("weight" * ?4) + ?5 ELSE 'overflow' END, "open" = NOT ("open"), "at" = ?6, "bonus" = CASE WHEN typeof(COALESCE("bonus", ?7) + ?8) = 'integer' THEN COALESCE("bonus", ?7) + ?8 ELSE 'overflow' END
WHERE "board" = ?9 AND "points" >= ?10"#,
    postgres: r#"UPDATE "many_score"
SET "points" = "points" + $1, "total" = ("total" * $2) - ("points" + $3), "weight" = ((SELECT CASE WHEN abs(p.a) >= 1 OR abs(p.b) >= 1 OR least(abs(p.a), abs(p.b)) >= 3.054936363499605e-151 THEN p.a * p.b WHEN abs((p.a * 4.4989137945431964e161::float8) * (p.b * 4.4989137945431964e161::float8)) <= 0.5 THEN 0 ELSE p.a * p.b END FROM (SELECT CAST("weight" AS float8), CAST($4 AS float8)) AS p (a, b))) + $5, "open" = 1 - ("open"), "at" = $6, "bonus" = COALESCE("bonus", $7) + $8
WHERE "board" = $9 AND "points" >= $10"#,
    mysql: r#"UPDATE `many_score` JOIN (SELECT `board`, `player`, `points` + ? AS `new_2`, (`total` * ?) + - (`points` + ?) AS `new_3`, (`weight` * ?) + ? AS `new_4`, NOT (`open`) AS `new_6`, ? AS `new_7`, COALESCE(`bonus`, ?) + ? AS `new_8` FROM `many_score` WHERE `board` = ? AND `points` >= ? LIMIT 18446744073709551615) AS `old`
ON `many_score`.`board` = `old`.`board` AND `many_score`.`player` = `old`.`player`
SET `many_score`.`points` = `old`.`new_2`, `many_score`.`total` = `old`.`new_3`, `many_score`.`weight` = `old`.`new_4`, `many_score`.`open` = `old`.`new_6`, `many_score`.`at` = `old`.`new_7`, `many_score`.`bonus` = `old`.`new_8`"#,
};

static UPDATE_SCORE_POINTS_TOTAL_AND_3_MORE_BY_BOARD: Statement = Statement {
    name: "many.score.update_points_total_and_3_more_by_board",
    sqlite: r#"UPDATE "many_score"
SET "points" = CASE WHEN typeof("points" + ?1) = 'integer' THEN min(max("points" + ?1, ?2), ?3) ELSE 'overflow' END, "total" = CASE WHEN typeof(?4 - "total") = 'integer' THEN ?4 - "total" ELSE 'overflow' END, "kind" = ?5, "weight" = CASE WHEN typeof("points" + "total") = 'integer' THEN CAST("points" + "total" AS REAL) ELSE 'overflow' END, "bonus" = "points"
WHERE "board" = ?6"#,
    postgres: r#"UPDATE "many_score"
SET "points" = LEAST(GREATEST("points" + $1, $2), $3), "total" = $4 - "total", "kind" = $5, "weight" = CAST("points" + "total" AS DOUBLE PRECISION), "bonus" = "points"
WHERE "board" = $6"#,
    mysql: r#"UPDATE `many_score` JOIN (SELECT `board`, `player`, LEAST(GREATEST(`points` + ?, ?), ?) AS `new_2`, ? + - `total` AS `new_3`, ? AS `new_5`, CAST(`points` + `total` AS DOUBLE) AS `new_4`, `points` AS `new_8` FROM `many_score` WHERE `board` = ? LIMIT 18446744073709551615) AS `old`
ON `many_score`.`board` = `old`.`board` AND `many_score`.`player` = `old`.`player`
SET `many_score`.`points` = `old`.`new_2`, `many_score`.`total` = `old`.`new_3`, `many_score`.`kind` = `old`.`new_5`, `many_score`.`weight` = `old`.`new_4`, `many_score`.`bonus` = `old`.`new_8`"#,
};

static DELETE_SCORE_BY_POINTS_LT_BOARD: Statement = Statement {
    name: "many.score.delete_by_points_lt_board",
    sqlite: r#"DELETE FROM "many_score" WHERE "points" < ?1 AND "board" = ?2"#,
    postgres: r#"DELETE FROM "many_score" WHERE "points" < $1 AND "board" = $2"#,
    mysql: "DELETE FROM `many_score` WHERE `points` < ? AND `board` = ?",
};

static LOCK_SCORE_BY_BOARD_PLAYER: Statement = Statement {
    name: "many.score.lock_by_board_player",
    sqlite: r#"SELECT "player", "board", "points", "total", "weight", "kind", "open", "at", "bonus", "now"
FROM "many_score"
WHERE "board" = ?1 AND "player" = ?2"#,
    postgres: r#"SELECT "player", "board", "points", "total", "weight", "kind", "open", "at", "bonus", "now"
FROM "many_score"
WHERE "board" = $1 AND "player" = $2
FOR UPDATE"#,
    mysql: r#"SELECT `player`, `board`, `points`, `total`, `weight`, `kind`, `open`, `at`, `bonus`, `now`
FROM `many_score`
WHERE `board` = ? AND `player` = ?
FOR UPDATE"#,
};

static DELETE_SCORE_BY_BOARD_PLAYER: Statement = Statement {
    name: "many.score.delete_by_board_player",
    sqlite: r#"DELETE FROM "many_score" WHERE "board" = ?1 AND "player" = ?2"#,
    postgres: r#"DELETE FROM "many_score" WHERE "board" = $1 AND "player" = $2"#,
    mysql: "DELETE FROM `many_score` WHERE `board` = ? AND `player` = ?",
};

static DELETE_PAIR_BY_A: Statement = Statement {
    name: "many.pair.delete_by_a",
    sqlite: r#"DELETE FROM "many_pair" WHERE "a" = ?1"#,
    postgres: r#"DELETE FROM "many_pair" WHERE "a" = $1"#,
    mysql: "DELETE FROM `many_pair` WHERE `a` = ?",
};

static COUNT_SCORE: Statement = Statement {
    name: "many.score.count",
    sqlite: r#"SELECT COUNT(*) FROM "many_score""#,
    postgres: r#"SELECT COUNT(*) FROM "many_score""#,
    mysql: "SELECT COUNT(*) FROM `many_score`",
};

static COUNT_SCORE_BY_POINTS_GE: Statement = Statement {
    name: "many.score.count_by_points_ge",
    sqlite: r#"SELECT COUNT(*) FROM "many_score" WHERE "points" >= ?1"#,
    postgres: r#"SELECT COUNT(*) FROM "many_score" WHERE "points" >= $1"#,
    mysql: "SELECT COUNT(*) FROM `many_score` WHERE `points` >= ?",
};

static SUM_SCORE_POINTS_BY_POINTS_GE: Statement = Statement {
    name: "many.score.sum_points_by_points_ge",
    sqlite: r#"SELECT COALESCE(SUM("points"), 0) FROM "many_score" WHERE "points" >= ?1"#,
    postgres: r#"SELECT CAST(COALESCE(SUM("points"), 0) AS BIGINT) FROM "many_score" WHERE "points" >= $1"#,
    mysql: "SELECT COALESCE(SUM(`points`), 0) DIV 1 FROM `many_score` WHERE `points` >= ?",
};

static SUM_SCORE_TOTAL: Statement = Statement {
    name: "many.score.sum_total",
    sqlite: r#"SELECT COALESCE(SUM("total"), 0) FROM "many_score""#,
    postgres: r#"SELECT CAST(COALESCE(SUM("total"), 0) AS BIGINT) FROM "many_score""#,
    mysql: "SELECT COALESCE(SUM(`total`), 0) DIV 1 FROM `many_score`",
};

static SUM_SCORE_WEIGHT_BY_BOARD: Statement = Statement {
    name: "many.score.sum_weight_by_board",
    sqlite: r#"SELECT COALESCE(SUM("weight"), 0.0) FROM "many_score" WHERE "board" = ?1"#,
    postgres: r#"SELECT COALESCE(SUM("weight"), 0) FROM "many_score" WHERE "board" = $1"#,
    mysql: "SELECT COALESCE(SUM(`weight`), 0) + 0 FROM `many_score` WHERE `board` = ?",
};

static SUM_SCORE_BONUS: Statement = Statement {
    name: "many.score.sum_bonus",
    sqlite: r#"SELECT COALESCE(SUM("bonus"), 0) FROM "many_score""#,
    postgres: r#"SELECT CAST(COALESCE(SUM("bonus"), 0) AS BIGINT) FROM "many_score""#,
    mysql: "SELECT COALESCE(SUM(`bonus`), 0) DIV 1 FROM `many_score`",
};

static EXISTS_SCORE_BY_PLAYER: Statement = Statement {
    name: "many.score.exists_by_player",
    sqlite: r#"SELECT EXISTS (SELECT 1 FROM "many_score" WHERE "player" = ?1)"#,
    postgres: r#"SELECT EXISTS (SELECT 1 FROM "many_score" WHERE "player" = $1)"#,
    mysql: "SELECT EXISTS (SELECT 1 FROM `many_score` WHERE `player` = ?)",
};

static RANK_SCORE_OF_BOARD_PLAYER_ORDER_POINTS_DESC_AT: Statement = Statement {
    name: "many.score.rank_of_board_player_order_points_desc_at",
    sqlite: r#"SELECT COALESCE((SELECT 1 + (SELECT COUNT(*) FROM "many_score" AS "other" WHERE "other"."points" > "me"."points" OR ("other"."points" = "me"."points" AND ("other"."at" < "me"."at")))
FROM "many_score" AS "me" WHERE "me"."board" = ?1 AND "me"."player" = ?2), 0)"#,
    postgres: r#"SELECT COALESCE((SELECT 1 + (SELECT COUNT(*) FROM "many_score" AS "other" WHERE "other"."points" > "me"."points" OR ("other"."points" = "me"."points" AND ("other"."at" < "me"."at")))
FROM "many_score" AS "me" WHERE "me"."board" = $1 AND "me"."player" = $2), 0)"#,
    mysql: r#"SELECT COALESCE((SELECT 1 + (SELECT COUNT(*) FROM `many_score` AS `other` WHERE `other`.`points` > `me`.`points` OR (`other`.`points` = `me`.`points` AND (`other`.`at` < `me`.`at`)))
FROM `many_score` AS `me` WHERE `me`.`board` = ? AND `me`.`player` = ?), 0)"#,
};

static RANK_SCORE_OF_BOARD_PLAYER_BY_BOARD_OPEN_ORDER_POINTS_DESC: Statement = Statement {
    name: "many.score.rank_of_board_player_by_board_open_order_points_desc",
    sqlite: r#"WITH "all" AS (SELECT * FROM "many_score" WHERE "board" = ?1 AND "open" = ?2)
SELECT COALESCE((SELECT 1 + (SELECT COUNT(*) FROM "all" AS "other" WHERE "other"."points" > "me"."points")
FROM "all" AS "me" WHERE "me"."board" = ?3 AND "me"."player" = ?4), 0)"#,
    postgres: r#"WITH "all" AS (SELECT * FROM "many_score" WHERE "board" = $1 AND "open" = $2)
SELECT COALESCE((SELECT 1 + (SELECT COUNT(*) FROM "all" AS "other" WHERE "other"."points" > "me"."points")
FROM "all" AS "me" WHERE "me"."board" = $3 AND "me"."player" = $4), 0)"#,
    mysql: r#"WITH `all` AS (SELECT * FROM `many_score` WHERE `board` = ? AND `open` = ?)
SELECT COALESCE((SELECT 1 + (SELECT COUNT(*) FROM `all` AS `other` WHERE `other`.`points` > `me`.`points`)
FROM `all` AS `me` WHERE `me`.`board` = ? AND `me`.`player` = ?), 0)"#,
};

static RANK_NOTE_OF_PLAYER_LINE_ORDER_N: Statement = Statement {
    name: "many.note.rank_of_player_line_order_n",
    sqlite: r#"SELECT COALESCE((SELECT 1 + (SELECT COUNT(*) FROM "many_note" AS "other" WHERE "other"."n" < "me"."n")
FROM "many_note" AS "me" WHERE "me"."player" = ?1 AND "me"."line" = ?2), 0)"#,
    postgres: r#"SELECT COALESCE((SELECT 1 + (SELECT COUNT(*) FROM "many_note" AS "other" WHERE "other"."n" < "me"."n")
FROM "many_note" AS "me" WHERE "me"."player" = $1 AND "me"."line" = $2), 0)"#,
    mysql: r#"SELECT COALESCE((SELECT 1 + (SELECT COUNT(*) FROM `many_note` AS `other` WHERE `other`.`n` < `me`.`n`)
FROM `many_note` AS `me` WHERE `me`.`player` = ? AND `me`.`line` = ?), 0)"#,
};

static SELECT_SCORE_BY_POINTS_GT_ORDER_POINTS_FIRST: Statement = Statement {
    name: "many.score.select_by_points_gt_order_points_first",
    sqlite: r#"SELECT "player", "board", "points", "total", "weight", "kind", "open", "at", "bonus", "now"
FROM "many_score"
WHERE "points" > ?1
ORDER BY "points", "board", "player"
LIMIT ?2"#,
    postgres: r#"SELECT "player", "board", "points", "total", "weight", "kind", "open", "at", "bonus", "now"
FROM "many_score"
WHERE "points" > $1
ORDER BY "points", "board", "player"
LIMIT $2"#,
    mysql: r#"SELECT `player`, `board`, `points`, `total`, `weight`, `kind`, `open`, `at`, `bonus`, `now`
FROM `many_score`
WHERE `points` > ?
ORDER BY `points`, `board`, `player`
LIMIT ?"#,
};

static SELECT_SCORE_BY_POINTS_LT_ORDER_POINTS_FIRST: Statement = Statement {
    name: "many.score.select_by_points_lt_order_points_first",
    sqlite: r#"SELECT "player", "board", "points", "total", "weight", "kind", "open", "at", "bonus", "now"
FROM "many_score"
WHERE "points" < ?1
ORDER BY "points", "board", "player"
LIMIT ?2"#,
    postgres: r#"SELECT "player", "board", "points", "total", "weight", "kind", "open", "at", "bonus", "now"
FROM "many_score"
WHERE "points" < $1
ORDER BY "points", "board", "player"
LIMIT $2"#,
    mysql: r#"SELECT `player`, `board`, `points`, `total`, `weight`, `kind`, `open`, `at`, `bonus`, `now`
FROM `many_score`
WHERE `points` < ?
ORDER BY `points`, `board`, `player`
LIMIT ?"#,
};

static SELECT_SCORE_BY_POINTS_GE_ORDER_POINTS_FIRST: Statement = Statement {
    name: "many.score.select_by_points_ge_order_points_first",
    sqlite: r#"SELECT "player", "board", "points", "total", "weight", "kind", "open", "at", "bonus", "now"
FROM "many_score"
WHERE "points" >= ?1
ORDER BY "points", "board", "player"
LIMIT ?2"#,
    postgres: r#"SELECT "player", "board", "points", "total", "weight", "kind", "open", "at", "bonus", "now"
FROM "many_score"
WHERE "points" >= $1
ORDER BY "points", "board", "player"
LIMIT $2"#,
    mysql: r#"SELECT `player`, `board`, `points`, `total`, `weight`, `kind`, `open`, `at`, `bonus`, `now`
FROM `many_score`
WHERE `points` >= ?
ORDER BY `points`, `board`, `player`
LIMIT ?"#,
};

static SELECT_SCORE_BY_POINTS_LE_ORDER_POINTS_FIRST: Statement = Statement {
    name: "many.score.select_by_points_le_order_points_first",
    sqlite: r#"SELECT "player", "board", "points", "total", "weight", "kind", "open", "at", "bonus", "now"
FROM "many_score"
WHERE "points" <= ?1
ORDER BY "points", "board", "player"
LIMIT ?2"#,
    postgres: r#"SELECT "player", "board", "points", "total", "weight", "kind", "open", "at", "bonus", "now"
FROM "many_score"
WHERE "points" <= $1
ORDER BY "points", "board", "player"
LIMIT $2"#,
    mysql: r#"SELECT `player`, `board`, `points`, `total`, `weight`, `kind`, `open`, `at`, `bonus`, `now`
FROM `many_score`
WHERE `points` <= ?
ORDER BY `points`, `board`, `player`
LIMIT ?"#,
};

static SELECT_SCORE_BY_POINTS_NE_ORDER_POINTS_FIRST: Statement = Statement {
    name: "many.score.select_by_points_ne_order_points_first",
    sqlite: r#"SELECT "player", "board", "points", "total", "weight", "kind", "open", "at", "bonus", "now"
FROM "many_score"
WHERE "points" <> ?1
ORDER BY "points", "board", "player"
LIMIT ?2"#,
    postgres: r#"SELECT "player", "board", "points", "total", "weight", "kind", "open", "at", "bonus", "now"
FROM "many_score"
WHERE "points" <> $1
ORDER BY "points", "board", "player"
LIMIT $2"#,
    mysql: r#"SELECT `player`, `board`, `points`, `total`, `weight`, `kind`, `open`, `at`, `bonus`, `now`
FROM `many_score`
WHERE `points` <> ?
ORDER BY `points`, `board`, `player`
LIMIT ?"#,
};

static SELECT_SCORE_BY_POINTS_FIRST: Statement = Statement {
    name: "many.score.select_by_points_first",
    sqlite: r#"SELECT "player", "board", "points", "total", "weight", "kind", "open", "at", "bonus", "now"
FROM "many_score"
WHERE "points" = ?1
LIMIT ?2"#,
    postgres: r#"SELECT "player", "board", "points", "total", "weight", "kind", "open", "at", "bonus", "now"
FROM "many_score"
WHERE "points" = $1
LIMIT $2"#,
    mysql: r#"SELECT `player`, `board`, `points`, `total`, `weight`, `kind`, `open`, `at`, `bonus`, `now`
FROM `many_score`
WHERE `points` = ?
LIMIT ?"#,
};

static SELECT_SCORE_BY_POINTS_IN_ORDER_POINTS_FIRST: Statement = Statement {
    name: "many.score.select_by_points_in_order_points_first",
    sqlite: r#"SELECT "player", "board", "points", "total", "weight", "kind", "open", "at", "bonus", "now"
FROM "many_score"
WHERE "points" IN (SELECT value FROM json_each(?1))
ORDER BY "points", "board", "player"
LIMIT ?2"#,
    postgres: r#"SELECT "player", "board", "points", "total", "weight", "kind", "open", "at", "bonus", "now"
FROM "many_score"
WHERE "points" = ANY (ARRAY(SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST($1 AS json))))
ORDER BY "points", "board", "player"
LIMIT $2"#,
    mysql: r#"SELECT `player`, `board`, `points`, `total`, `weight`, `kind`, `open`, `at`, `bonus`, `now`
FROM `many_score`
WHERE `points` IN (SELECT `value` FROM JSON_TABLE(?, '$[*]' COLUMNS (`value` BIGINT PATH '$')) AS `list`)
ORDER BY `points`, `board`, `player`
LIMIT ?"#,
};

static SELECT_SCORE_BY_POINTS_BETWEEN_ORDER_POINTS_FIRST: Statement = Statement {
    name: "many.score.select_by_points_between_order_points_first",
    sqlite: r#"SELECT "player", "board", "points", "total", "weight", "kind", "open", "at", "bonus", "now"
FROM "many_score"
WHERE "points" BETWEEN ?1 AND ?2
ORDER BY "points", "board", "player"
LIMIT ?3"#,
    postgres: r#"SELECT "player", "board", "points", "total", "weight", "kind", "open", "at", "bonus", "now"
FROM "many_score"
WHERE "points" BETWEEN $1 AND $2
ORDER BY "points", "board", "player"
LIMIT $3"#,
    mysql: r#"SELECT `player`, `board`, `points`, `total`, `weight`, `kind`, `open`, `at`, `bonus`, `now`
FROM `many_score`
WHERE `points` BETWEEN ? AND ?
ORDER BY `points`, `board`, `player`
LIMIT ?"#,
};

static SELECT_SCORE_BY_POINTS_GT_POINTS_LT_POINTS_NE_ORDER_POINTS_FIRST: Statement = Statement {
    name: "many.score.select_by_points_gt_points_lt_points_ne_order_points_first",
    sqlite: r#"SELECT "player", "board", "points", "total", "weight", "kind", "open", "at", "bonus", "now"
FROM "many_score"
WHERE "points" > ?1 AND "points" < ?2 AND "points" <> ?3
ORDER BY "points", "board", "player"
LIMIT ?4"#,
    postgres: r#"SELECT "player", "board", "points", "total", "weight", "kind", "open", "at", "bonus", "now"
FROM "many_score"
WHERE "points" > $1 AND "points" < $2 AND "points" <> $3
ORDER BY "points", "board", "player"
LIMIT $4"#,
    mysql: r#"SELECT `player`, `board`, `points`, `total`, `weight`, `kind`, `open`, `at`, `bonus`, `now`
FROM `many_score`
WHERE `points` > ? AND `points` < ? AND `points` <> ?
ORDER BY `points`, `board`, `player`
LIMIT ?"#,
};

static SELECT_SCORE_BY_KIND_IN_PLAYER_NE_AND_4_MORE_ORDER_POINTS_FIRST: Statement = Statement {
    name: "many.score.select_by_kind_in_player_ne_and_4_more_order_points_first",
    sqlite: r#"SELECT "player", "board", "points", "total", "weight", "kind", "open", "at", "bonus", "now"
FROM "many_score"
WHERE "kind" IN (SELECT value FROM json_each(?1)) AND "player" <> ?2 AND "weight" < ?3 AND "open" = ?4 AND "at" <= ?5 AND "board" >= ?6
ORDER BY "points", "board", "player"
LIMIT ?7"#,
    postgres: r#"SELECT "player", "board", "points", "total", "weight", "kind", "open", "at", "bonus", "now"
FROM "many_score"
WHERE "kind" = ANY (ARRAY(SELECT value FROM json_array_elements_text(CAST($1 AS json)))) AND "player" <> $2 AND "weight" < $3 AND "open" = $4 AND "at" <= $5 AND "board" >= $6
ORDER BY "points", "board", "player"
LIMIT $7"#,
    mysql: r#"SELECT `player`, `board`, `points`, `total`, `weight`, `kind`, `open`, `at`, `bonus`, `now`
FROM `many_score`
WHERE `kind` IN (SELECT `value` FROM JSON_TABLE(?, '$[*]' COLUMNS (`value` LONGTEXT PATH '$')) AS `list`) AND `player` <> ? AND `weight` < ? AND `open` = ? AND `at` <= ? AND `board` >= ?
ORDER BY `points`, `board`, `player`
LIMIT ?"#,
};

static SELECT_SCORE_BY_BONUS_GE_ORDER_POINTS_FIRST: Statement = Statement {
    name: "many.score.select_by_bonus_ge_order_points_first",
    sqlite: r#"SELECT "player", "board", "points", "total", "weight", "kind", "open", "at", "bonus", "now"
FROM "many_score"
WHERE "bonus" >= ?1
ORDER BY "points", "board", "player"
LIMIT ?2"#,
    postgres: r#"SELECT "player", "board", "points", "total", "weight", "kind", "open", "at", "bonus", "now"
FROM "many_score"
WHERE "bonus" >= $1
ORDER BY "points", "board", "player"
LIMIT $2"#,
    mysql: r#"SELECT `player`, `board`, `points`, `total`, `weight`, `kind`, `open`, `at`, `bonus`, `now`
FROM `many_score`
WHERE `bonus` >= ?
ORDER BY `points`, `board`, `player`
LIMIT ?"#,
};

static INSERT_NOTE_NEW: Statement = Statement {
    name: "many.note.insert_new",
    sqlite: r#"INSERT INTO "many_note" ("player", "line", "n") VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING"#,
    postgres: r#"INSERT INTO "many_note" ("player", "line", "n") VALUES ($1, $2, $3) ON CONFLICT DO NOTHING"#,
    mysql: "INSERT INTO `many_note` (`player`, `line`, `n`) VALUES (?, ?, ?)",
};

static REPLACE_NOTE: Statement = Statement {
    name: "many.note.replace",
    sqlite: r#"INSERT INTO "many_note" ("player", "line", "n")
VALUES (?1, ?2, ?3)
ON CONFLICT ("player", "line") DO UPDATE SET "n" = excluded."n""#,
    postgres: r#"INSERT INTO "many_note" ("player", "line", "n")
VALUES ($1, $2, $3)
ON CONFLICT ("player", "line") DO UPDATE SET "n" = excluded."n""#,
    mysql: r#"INSERT INTO `many_note` (`player`, `line`, `n`)
VALUES (?, ?, ?)
ON DUPLICATE KEY UPDATE `id` = IF(`player` <=> VALUES(`player`) AND `line` <=> VALUES(`line`), `id`, -9223372036854775807 - 1 - `id`), `n` = VALUES(`n`)"#,
};

static REPLACE_NOTE_RETURNING_ID: Statement = Statement {
    name: "many.note.replace_returning_id",
    sqlite: r#"INSERT INTO "many_note" ("player", "line", "n")
VALUES (?1, ?2, ?3)
ON CONFLICT ("player", "line") DO UPDATE SET "n" = excluded."n"
RETURNING "id""#,
    postgres: r#"INSERT INTO "many_note" ("player", "line", "n")
VALUES ($1, $2, $3)
ON CONFLICT ("player", "line") DO UPDATE SET "n" = excluded."n"
RETURNING "id""#,
    mysql: r#"INSERT INTO `many_note` (`player`, `line`, `n`)
VALUES (?, ?, ?)
ON DUPLICATE KEY UPDATE `id` = IF(`player` <=> VALUES(`player`) AND `line` <=> VALUES(`line`), LAST_INSERT_ID(`id`), -9223372036854775807 - 1 - `id`), `n` = VALUES(`n`)"#,
};

static REPLACE_PAIR: Statement = Statement {
    name: "many.pair.replace",
    sqlite: r#"INSERT INTO "many_pair" ("a", "b")
VALUES (?1, ?2)
ON CONFLICT ("a", "b") DO UPDATE SET "a" = excluded."a", "b" = excluded."b""#,
    postgres: r#"INSERT INTO "many_pair" ("a", "b")
VALUES ($1, $2)
ON CONFLICT ("a", "b") DO UPDATE SET "a" = excluded."a", "b" = excluded."b""#,
    mysql: r#"INSERT INTO `many_pair` (`a`, `b`)
VALUES (?, ?)
ON DUPLICATE KEY UPDATE `a` = VALUES(`a`), `b` = VALUES(`b`)"#,
};

static INSERT_PAIR: Statement = Statement {
    name: "many.pair.insert",
    sqlite: r#"INSERT INTO "many_pair" ("a", "b") VALUES (?1, ?2)"#,
    postgres: r#"INSERT INTO "many_pair" ("a", "b") VALUES ($1, $2)"#,
    mysql: "INSERT INTO `many_pair` (`a`, `b`) VALUES (?, ?)",
};

static SELECT_NOTE_BY_PLAYER_ORDER_ID_FIRST: Statement = Statement {
    name: "many.note.select_by_player_order_id_first",
    sqlite: r#"SELECT "id", "player", "line", "n"
FROM "many_note"
WHERE "player" = ?1
ORDER BY "id"
LIMIT ?2"#,
    postgres: r#"SELECT "id", "player", "line", "n"
FROM "many_note"
WHERE "player" = $1
ORDER BY "id"
LIMIT $2"#,
    mysql: r#"SELECT `id`, `player`, `line`, `n`
FROM `many_note`
WHERE `player` = ?
ORDER BY `id`
LIMIT ?"#,
};

static UPSERT_SCORE_TOTAL: Statement = Statement {
    name: "many.score.upsert_total",
    sqlite: r#"INSERT INTO "many_score" ("player", "board", "points", "total", "weight", "kind", "open", "at", "bonus", "now")
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
ON CONFLICT ("board", "player") DO UPDATE SET "total" = excluded."total""#,
    postgres: r#"INSERT INTO "many_score" ("player", "board", "points", "total", "weight", "kind", "open", "at", "bonus", "now")
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
ON CONFLICT ("board", "player") DO UPDATE SET "total" = excluded."total""#,
    mysql: r#"INSERT INTO `many_score` (`player`, `board`, `points`, `total`, `weight`, `kind`, `open`, `at`, `bonus`, `now`)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON DUPLICATE KEY UPDATE `total` = VALUES(`total`)"#,
};

static UPSERT_SCORE_POINTS: Statement = Statement {
    name: "many.score.upsert_points",
    sqlite: r#"INSERT INTO "many_score" ("player", "board", "points", "total", "weight", "kind", "open", "at", "bonus", "now")
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
ON CONFLICT ("board", "player") DO UPDATE SET "points" = excluded."points""#,
    postgres: r#"INSERT INTO "many_score" ("player", "board", "points", "total", "weight", "kind", "open", "at", "bonus", "now")
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
ON CONFLICT ("board", "player") DO UPDATE SET "points" = excluded."points""#,
    mysql: r#"INSERT INTO `many_score` (`player`, `board`, `points`, `total`, `weight`, `kind`, `open`, `at`, `bonus`, `now`)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON DUPLICATE KEY UPDATE `points` = VALUES(`points`)"#,
};

static INSERT_PAIR_NEW: Statement = Statement {
    name: "many.pair.insert_new",
    sqlite: r#"INSERT INTO "many_pair" ("a", "b") VALUES (?1, ?2) ON CONFLICT DO NOTHING"#,
    postgres: r#"INSERT INTO "many_pair" ("a", "b") VALUES ($1, $2) ON CONFLICT DO NOTHING"#,
    mysql: "INSERT INTO `many_pair` (`a`, `b`) VALUES (?, ?)",
};

static SELECT_PAIR_ALL_ORDER_A_B_FIRST: Statement = Statement {
    name: "many.pair.select_all_order_a_b_first",
    sqlite: r#"SELECT "a", "b" FROM "many_pair" ORDER BY "a", "b" LIMIT ?1"#,
    postgres: r#"SELECT "a", "b" FROM "many_pair" ORDER BY "a", "b" LIMIT $1"#,
    mysql: "SELECT `a`, `b` FROM `many_pair` ORDER BY `a`, `b` LIMIT ?",
};

static GET_PAIR_BY_A_B: Statement = Statement {
    name: "many.pair.get_by_a_b",
    sqlite: r#"SELECT "a", "b" FROM "many_pair" WHERE "a" = ?1 AND "b" = ?2"#,
    postgres: r#"SELECT "a", "b" FROM "many_pair" WHERE "a" = $1 AND "b" = $2"#,
    mysql: "SELECT `a`, `b` FROM `many_pair` WHERE `a` = ? AND `b` = ?",
};

static DELETE_PAIR_BY_A_B: Statement = Statement {
    name: "many.pair.delete_by_a_b",
    sqlite: r#"DELETE FROM "many_pair" WHERE "a" = ?1 AND "b" = ?2"#,
    postgres: r#"DELETE FROM "many_pair" WHERE "a" = $1 AND "b" = $2"#,
    mysql: "DELETE FROM `many_pair` WHERE `a` = ? AND `b` = ?",
};

/// The manager `many`.
pub struct ManyManager;

#[manager(
    name = "many",
    port = 9003,
    schema = [
        CREATE_SCORE,
        INDEX_SCORE_POINTS_AT,
        INDEX_SCORE_BOARD_OPEN_POINTS,
        INDEX_SCORE_BONUS,
        INDEX_SCORE_PLAYER,
        CREATE_NOTE,
        UNIQUE_NOTE_PLAYER_LINE,
        INDEX_NOTE_N,
        CREATE_PAIR,
    ],
)]
impl ManyManager {
    /// The function `put_score`.
    #[function(access = Player, writes, declaration = "3fe91dc43ed1b2a9")]
    pub async fn put_score(
        cx: &mut Cx<'_>,
        args: &PutScoreArgs,
    ) -> Result<Returned, Stop> {
        let mut s = Score {
            player: args.who.clone(),
            board: args.board.clone(),
            points: args.points,
            total: args.total,
            weight: args.weight,
            kind: args.kind,
            open: args.open,
            at: Time(0),
            bonus: args.bonus,
            now: 0,
        };
        cx.keep_in_bounds(&mut s);
        cx.insert(&REPLACE_SCORE, &s, &s.params()).await?;
        Ok(Returned::success(Box::new(PutScoreReply { points: s.points })))
    }

    /// The function `scores`.
    #[function(access = Player, one_query, declaration = "2ab8bc9b7b9d50b1")]
    pub async fn scores(cx: &mut Cx<'_>, args: &ScoresArgs) -> Result<Returned, Stop> {
        let rows: Vec<Score> = cx
            .select(
                &SELECT_SCORE_BY_BOARD_ORDER_PLAYER_FIRST,
                &[args.board.param(), Param::Int(30)],
            )
            .await?
            .rows()?;
        Ok(
            Returned::success(
                Box::new(ScoresReply {
                    rows: rows
                        .iter()
                        .map(|s| ScoresReplyRows(
                            s.player.clone(),
                            s.points,
                            s.total,
                            s.weight,
                            s.open,
                            s.at,
                        ))
                        .collect(),
                    bonus: rows.iter().map(|s| s.bonus.unwrap_or(-1)).collect(),
                }),
            ),
        )
    }

    /// The function `raise`.
    #[function(access = Player, writes, declaration = "6b09db5bd7071cb3")]
    pub async fn raise(cx: &mut Cx<'_>, args: &RaiseArgs) -> Result<Returned, Stop> {
        let now = cx.now();
        let twice = ops::mul(args.by, 2).at("managers/many.yaml:49:27: args.by * 2")?;
        let n = cx
            .change(
                &UPDATE_SCORE_POINTS_TOTAL_AND_4_MORE_BY_BOARD_POINTS_GE,
                &[
                    args.by.param(),
                    Param::Int(2),
                    twice.param(),
                    args.factor.param(),
                    Param::Float(1.0),
                    now.param(),
                    Param::Int(0),
                    Param::Int(1),
                    Param::Text("a"),
                    args.least.param(),
                ],
                "managers/many.yaml:50:13: update",
            )
            .await?;
        Ok(Returned::success(Box::new(RaiseReply { n })))
    }

    /// The function `cap`.
    #[function(access = Player, writes, declaration = "5ea221c63d4016be")]
    pub async fn cap(cx: &mut Cx<'_>, args: &CapArgs) -> Result<Returned, Stop> {
        cx.change(
                &UPDATE_SCORE_POINTS_TOTAL_AND_3_MORE_BY_BOARD,
                &[
                    Param::Int(5),
                    Param::Int(10),
                    args.most.param(),
                    Param::Int(0),
                    Good::Gold2.param(),
                    Param::Text("a"),
                ],
                "managers/many.yaml:58:13: update",
            )
            .await?;
        Ok(Returned::success(Box::new(CapReply {})))
    }

    /// The function `drop_below`.
    #[function(access = Player, writes, declaration = "84c1bce781b22e86")]
    pub async fn drop_below(
        cx: &mut Cx<'_>,
        args: &DropBelowArgs,
    ) -> Result<Returned, Stop> {
        let n = cx
            .change(
                &DELETE_SCORE_BY_POINTS_LT_BOARD,
                &[args.points.param(), Param::Text("a")],
                "managers/many.yaml:65:13: delete",
            )
            .await?;
        Ok(Returned::success(Box::new(DropBelowReply { n })))
    }

    /// The function `drop_mine`.
    #[function(access = Player, writes, fails, declaration = "36cf81955687d7cb")]
    pub async fn drop_mine(
        cx: &mut Cx<'_>,
        _args: &DropMineArgs,
    ) -> Result<Returned, Stop> {
        const NONE: Failure = Failure::new(41, "none");
        let caller = cx.caller()?;
        let s: Score = match cx
            .get(&LOCK_SCORE_BY_BOARD_PLAYER, &[Param::Text("a"), caller.param()])
            .await?
            .row()?
        {
            Some(row) => row,
            None => {
                return Err(
                    NONE
                        .with(
                            &DropMineReplyNone {
                                who: caller.clone(),
                            },
                        )
                        .into(),
                );
            }
        };
        cx.change(
                &DELETE_SCORE_BY_BOARD_PLAYER,
                &[s.board.param(), s.player.param()],
                "managers/many.yaml:77:13: delete",
            )
            .await?;
        cx.change(
                &DELETE_PAIR_BY_A,
                &[Param::Int(0)],
                "managers/many.yaml:78:13: delete",
            )
            .await?;
        Ok(Returned::success(Box::new(DropMineReply { points: s.points })))
    }

    /// A row that is not there can be deleted, too.
    #[function(access = Player, writes, declaration = "f238ba105a5c97bf")]
    pub async fn drop_default(
        cx: &mut Cx<'_>,
        _args: &DropDefaultArgs,
    ) -> Result<Returned, Stop> {
        let caller = cx.caller()?;
        let s: Score = match cx
            .get(&LOCK_SCORE_BY_BOARD_PLAYER, &[Param::Text("none"), caller.param()])
            .await?
            .row()?
        {
            Some(row) => row,
            None => {
                Score {
                    player: caller.clone(),
                    board: "none".to_owned(),
                    points: 0,
                    total: 0,
                    weight: 1.0,
                    kind: Good::Iron,
                    open: true,
                    at: Time(0),
                    bonus: None,
                    now: 0,
                }
            }
        };
        cx.change(
                &DELETE_SCORE_BY_BOARD_PLAYER,
                &[s.board.param(), s.player.param()],
                "managers/many.yaml:88:13: delete",
            )
            .await?;
        Ok(Returned::success(Box::new(DropDefaultReply {})))
    }

    /// The function `measure`.
    #[function(access = Player, declaration = "688bbbbdc75dc2c5")]
    pub async fn measure(cx: &mut Cx<'_>, args: &MeasureArgs) -> Result<Returned, Stop> {
        let all: i64 = cx
            .value(&COUNT_SCORE, &[], "managers/many.yaml:93:13: count")
            .await?
            .value()?;
        let some: i64 = cx
            .value(
                &COUNT_SCORE_BY_POINTS_GE,
                &[args.least.param()],
                "managers/many.yaml:95:13: count",
            )
            .await?
            .value()?;
        let points: i64 = cx
            .value(
                &SUM_SCORE_POINTS_BY_POINTS_GE,
                &[args.least.param()],
                "managers/many.yaml:98:13: sum",
            )
            .await?
            .value()?;
        let totals: i64 = cx
            .value(&SUM_SCORE_TOTAL, &[], "managers/many.yaml:101:13: sum")
            .await?
            .value()?;
        let weight: f64 = cx
            .value(
                &SUM_SCORE_WEIGHT_BY_BOARD,
                &[Param::Text("no")],
                "managers/many.yaml:103:13: sum",
            )
            .await?
            .value()?;
        let bonus: i64 = cx
            .value(&SUM_SCORE_BONUS, &[], "managers/many.yaml:106:13: sum")
            .await?
            .value()?;
        let any: bool = cx
            .value(
                &EXISTS_SCORE_BY_PLAYER,
                &[args.who.param()],
                "managers/many.yaml:108:13: exists",
            )
            .await?
            .value()?;
        let place: i64 = cx
            .value(
                &RANK_SCORE_OF_BOARD_PLAYER_ORDER_POINTS_DESC_AT,
                &[Param::Text("a"), args.who.param()],
                "managers/many.yaml:111:13: rank",
            )
            .await?
            .value()?;
        let among: i64 = cx
            .value(
                &RANK_SCORE_OF_BOARD_PLAYER_BY_BOARD_OPEN_ORDER_POINTS_DESC,
                &[Param::Text("a"), true.param(), Param::Text("a"), args.who.param()],
                "managers/many.yaml:115:13: rank",
            )
            .await?
            .value()?;
        let line: i64 = cx
            .value(
                &RANK_NOTE_OF_PLAYER_LINE_ORDER_N,
                &[args.who.param(), Param::Text("x")],
                "managers/many.yaml:120:13: rank",
            )
            .await?
            .value()?;
        Ok(
            Returned::success(
                Box::new(MeasureReply {
                    all,
                    some,
                    points,
                    totals,
                    weight,
                    bonus,
                    any,
                    place,
                    among,
                    line,
                }),
            ),
        )
    }

    /// Every comparison of a where.
    #[function(access = Player, declaration = "2172491712a559de")]
    pub async fn compare(cx: &mut Cx<'_>, args: &CompareArgs) -> Result<Returned, Stop> {
        let now = cx.now();
        let gt: Vec<Score> = cx
            .select(
                &SELECT_SCORE_BY_POINTS_GT_ORDER_POINTS_FIRST,
                &[args.n.param(), Param::Int(50)],
            )
            .await?
            .rows()?;
        let lt: Vec<Score> = cx
            .select(
                &SELECT_SCORE_BY_POINTS_LT_ORDER_POINTS_FIRST,
                &[args.n.param(), Param::Int(50)],
            )
            .await?
            .rows()?;
        let ge: Vec<Score> = cx
            .select(
                &SELECT_SCORE_BY_POINTS_GE_ORDER_POINTS_FIRST,
                &[args.n.param(), Param::Int(50)],
            )
            .await?
            .rows()?;
        let le: Vec<Score> = cx
            .select(
                &SELECT_SCORE_BY_POINTS_LE_ORDER_POINTS_FIRST,
                &[args.n.param(), Param::Int(50)],
            )
            .await?
            .rows()?;
        let ne: Vec<Score> = cx
            .select(
                &SELECT_SCORE_BY_POINTS_NE_ORDER_POINTS_FIRST,
                &[args.n.param(), Param::Int(50)],
            )
            .await?
            .rows()?;
        let eq: Vec<Score> = cx
            .select(&SELECT_SCORE_BY_POINTS_FIRST, &[args.n.param(), Param::Int(50)])
            .await?
            .rows()?;
        let among: Vec<Score> = cx
            .select(
                &SELECT_SCORE_BY_POINTS_IN_ORDER_POINTS_FIRST,
                &[Param::Text(&ops::json(&args.list)), Param::Int(50)],
            )
            .await?
            .rows()?;
        let two: Vec<Score> = cx
            .select(
                &SELECT_SCORE_BY_POINTS_IN_ORDER_POINTS_FIRST,
                &[Param::Text(&ops::json(&[args.n, 30])), Param::Int(50)],
            )
            .await?
            .rows()?;
        let between: Vec<Score> = cx
            .select(
                &SELECT_SCORE_BY_POINTS_BETWEEN_ORDER_POINTS_FIRST,
                &[args.n.param(), args.m.param(), Param::Int(50)],
            )
            .await?
            .rows()?;
        let both: Vec<Score> = cx
            .select(
                &SELECT_SCORE_BY_POINTS_GT_POINTS_LT_POINTS_NE_ORDER_POINTS_FIRST,
                &[Param::Int(0), args.m.param(), args.n.param(), Param::Int(50)],
            )
            .await?
            .rows()?;
        let mixed: Vec<Score> = cx
            .select(
                &SELECT_SCORE_BY_KIND_IN_PLAYER_NE_AND_4_MORE_ORDER_POINTS_FIRST,
                &[
                    Param::Text(&ops::json(&args.kinds)),
                    args.who.param(),
                    Param::Float(1.5),
                    true.param(),
                    now.param(),
                    Param::Text("a"),
                    Param::Int(50),
                ],
            )
            .await?
            .rows()?;
        let bonus: Vec<Score> = cx
            .select(
                &SELECT_SCORE_BY_BONUS_GE_ORDER_POINTS_FIRST,
                &[Param::Int(1), Param::Int(50)],
            )
            .await?
            .rows()?;
        Ok(
            Returned::success(
                Box::new(CompareReply {
                    gt: gt.iter().map(|row| row.points).collect::<Vec<_>>(),
                    lt: lt.iter().map(|row| row.points).collect::<Vec<_>>(),
                    ge: ge.iter().map(|row| row.points).collect::<Vec<_>>(),
                    le: le.iter().map(|row| row.points).collect::<Vec<_>>(),
                    ne: ne.iter().map(|row| row.points).collect::<Vec<_>>(),
                    eq: eq.iter().map(|row| row.points).collect::<Vec<_>>(),
                    among: among.iter().map(|row| row.points).collect::<Vec<_>>(),
                    two: two.iter().map(|row| row.points).collect::<Vec<_>>(),
                    between: between.iter().map(|row| row.points).collect::<Vec<_>>(),
                    both: both.iter().map(|row| row.points).collect::<Vec<_>>(),
                    mixed: mixed.iter().map(|row| row.points).collect::<Vec<_>>(),
                    bonus: bonus.iter().map(|row| row.points).collect::<Vec<_>>(),
                }),
            ),
        )
    }

    /// The function `write_notes`.
    #[function(access = Player, writes, fails, declaration = "fd8a241b707b1df7")]
    pub async fn write_notes(
        cx: &mut Cx<'_>,
        args: &WriteNotesArgs,
    ) -> Result<Returned, Stop> {
        const THERE: Failure = Failure::new(42, "there already");
        let mut rows = Vec::new();
        for (i, line) in (0_i64..).zip(&args.lines) {
            rows.push(Note {
                id: Id(0),
                player: args.who.clone(),
                line: line.clone(),
                n: ops::add(i, 1).at("managers/many.yaml:195:53: i + 1")?,
            });
        }
        if cx
            .insert_all_or_ignore(
                &INSERT_NOTE_NEW,
                &rows,
                |row| vec![row.player.param(), row.line.param(), row.n.param()],
            )
            .await? < ops::len(&rows)
        {
            return Err(
                THERE
                    .with(
                        &WriteNotesReplyThere {
                            lines: args.lines.clone(),
                        },
                    )
                    .into(),
            );
        }
        let n = ops::len(&rows);
        Ok(Returned::success(Box::new(WriteNotesReply { n })))
    }

    /// The function `write_quietly`.
    #[function(access = Player, writes, fails, declaration = "1806fb80ab4d60a1")]
    pub async fn write_quietly(
        cx: &mut Cx<'_>,
        args: &WriteQuietlyArgs,
    ) -> Result<Returned, Stop> {
        let caller = cx.caller()?;
        let rows: Vec<_> = args
            .lines
            .iter()
            .map(|line| Note {
                id: Id(0),
                player: caller.clone(),
                line: line.clone(),
                n: 7,
            })
            .collect();
        let n = cx
            .insert_all_or_ignore(
                &INSERT_NOTE_NEW,
                &rows,
                |row| vec![row.player.param(), row.line.param(), row.n.param()],
            )
            .await?;
        let rows_2: Vec<_> = args
            .lines
            .iter()
            .map(|line| Note {
                id: Id(0),
                player: caller.clone(),
                line: line.clone(),
                n: 8,
            })
            .collect();
        cx.insert_all(
                &REPLACE_NOTE,
                &rows_2,
                |row| vec![row.player.param(), row.line.param(), row.n.param()],
            )
            .await?;
        let mut x = Note {
            id: Id(0),
            player: caller,
            line: "x".to_owned(),
            n: 9,
        };
        x.id = cx
            .insert_id(
                &REPLACE_NOTE_RETURNING_ID,
                &x,
                &[x.player.param(), x.line.param(), x.n.param()],
            )
            .await?;
        let rows_3: Vec<_> = (0_i64..)
            .zip(args.numbers.iter().copied())
            .map(|(b, a)| Pair { a, b })
            .collect();
        let pairs = cx.insert_all(&REPLACE_PAIR, &rows_3, Pair::params).await?;
        let mut rows_4 = Vec::new();
        for a in args.numbers.iter().copied() {
            rows_4
                .push(Pair {
                    a: ops::add(a, 100).at("managers/many.yaml:223:23: a + 100")?,
                    b: 0,
                });
        }
        cx.insert_all(&INSERT_PAIR, &rows_4, Pair::params).await?;
        Ok(
            Returned::success(
                Box::new(WriteQuietlyReply {
                    n,
                    x: x.id,
                    pairs,
                }),
            ),
        )
    }

    /// The function `notes`.
    #[function(access = Player, one_query, declaration = "8a48c999a8a8173b")]
    pub async fn notes(cx: &mut Cx<'_>, args: &NotesArgs) -> Result<Returned, Stop> {
        let rows: Vec<Note> = cx
            .select(
                &SELECT_NOTE_BY_PLAYER_ORDER_ID_FIRST,
                &[args.who.param(), Param::Int(50)],
            )
            .await?
            .rows()?;
        Ok(
            Returned::success(
                Box::new(NotesReply {
                    notes: ops::each(rows, |n| NotesReplyNotes(n.id, n.line, n.n)),
                }),
            ),
        )
    }

    /// The function `loops`.
    #[function(
        access = Player,
        writes,
        outcomes = [43],
        fails,
        declaration = "b74f43389f7c0e62"
    )]
    pub async fn loops(cx: &mut Cx<'_>, args: &LoopsArgs) -> Result<Returned, Stop> {
        const NEGATIVE: Failure = Failure::new(44, "negative");
        let caller = cx.caller()?;
        let mut s: Score = match cx
            .get(&LOCK_SCORE_BY_BOARD_PLAYER, &[Param::Text("loop"), caller.param()])
            .await?
            .row()?
        {
            Some(row) => row,
            None => {
                Score {
                    player: caller.clone(),
                    board: "loop".to_owned(),
                    points: 0,
                    total: 0,
                    weight: 1.0,
                    kind: Good::Iron,
                    open: true,
                    at: Time(0),
                    bonus: None,
                    now: 0,
                }
            }
        };
        let mut doubled: Vec<i64> = Vec::new();
        for (i, x) in (0_i64..).zip(args.xs.iter().copied()) {
            if x == 5 {
                continue;
            }
            if x <= -10 {
                return Err(NEGATIVE.with(&LoopsReplyNegative { x, at: i }).into());
            }
            if x == args.stop {
                return Ok(
                    Returned::outcome(
                        43,
                        "stopped",
                        Box::new(LoopsReply {
                            at: Some(i),
                            doubled: None,
                            large: None,
                            total: None,
                            rows: None,
                            sum: None,
                        }),
                    ),
                );
            }
            let twice = ops::mul(x, 2).at("managers/many.yaml:253:31: x * 2")?;
            let who = args.who.clone();
            s.total = ops::add(s.total, twice)
                .at("managers/many.yaml:255:31: s.total + twice")?;
            cx.save(&UPSERT_SCORE_TOTAL, &s, &s.params()).await?;
            let mut other: Score = match cx
                .get(&LOCK_SCORE_BY_BOARD_PLAYER, &[Param::Text("loop"), who.param()])
                .await?
                .row()?
            {
                Some(row) => row,
                None => {
                    Score {
                        player: who.clone(),
                        board: "loop".to_owned(),
                        points: 0,
                        total: 0,
                        weight: 1.0,
                        kind: Good::Iron,
                        open: true,
                        at: Time(0),
                        bonus: None,
                        now: 0,
                    }
                }
            };
            other.points = ops::add(other.points, 1)
                .at("managers/many.yaml:261:32: other.points + 1")?;
            cx.save(&UPSERT_SCORE_POINTS, &other, &other.params()).await?;
            if s.board == other.board && s.player == other.player {
                s = other.clone();
            }
            doubled.push(ops::add(twice, i).at("managers/many.yaml:262:19: twice + i")?);
        }
        let mut large: Vec<i64> = Vec::new();
        for d in doubled.iter().copied() {
            if d <= 4 {
                continue;
            }
            large.push(d);
        }
        for x in large.iter().copied() {
            for y in args.xs.iter().copied() {
                let pair = Pair { a: x, b: y };
                cx.insert_or_ignore(&INSERT_PAIR_NEW, &pair, &pair.params()).await?;
            }
        }
        let pairs: Vec<Pair> = cx
            .select(&SELECT_PAIR_ALL_ORDER_A_B_FIRST, &[Param::Int(100)])
            .await?
            .rows()?;
        let mut rows: Vec<Pair> = Vec::new();
        for p in &pairs {
            rows.push(p.clone());
        }
        for p in pairs {
            let q: Option<Pair> = cx
                .get(&GET_PAIR_BY_A_B, &[p.a.param(), p.b.param()])
                .await?
                .row()?;
            if q.is_some() && p.a > 100 {
                cx.change(
                        &DELETE_PAIR_BY_A_B,
                        &[p.a.param(), p.b.param()],
                        "managers/many.yaml:290:21: delete",
                    )
                    .await?;
            }
        }
        Ok(
            Returned::success(
                Box::new(LoopsReply {
                    at: None,
                    doubled: Some(doubled),
                    large: Some(large),
                    total: Some(s.total),
                    rows: Some(rows.iter().map(|p| LoopsReplyRows(p.a, p.b)).collect()),
                    sum: Some(
                        ops::sum(rows.iter().map(|row| row.a))
                            .at("managers/many.yaml:292:121: sum(rows.a)")?,
                    ),
                }),
            ),
        )
    }

    /// The function `first_over`.
    #[function(access = Player, one_query, fails, declaration = "b1a89f9623e58911")]
    pub async fn first_over(
        cx: &mut Cx<'_>,
        args: &FirstOverArgs,
    ) -> Result<Returned, Stop> {
        for x in args.xs.iter().copied() {
            if x <= args.least {
                continue;
            }
            return Ok(
                Returned::success(
                    Box::new(FirstOverReply {
                        x: Some(x),
                        more: None,
                        names: None,
                        second: None,
                    }),
                ),
            );
        }
        let mut more: Vec<i64>;
        if args.deep {
            more = Vec::new();
            for x in args.xs.iter().copied() {
                more.push(ops::add(x, 1).at("managers/many.yaml:303:23: x + 1")?);
            }
        } else {
            more = Vec::new();
            for (i, __) in (0_i64..).zip(args.xs.iter().copied()) {
                more.push(i);
            }
        }
        let mut names: Vec<NameOfReply> = Vec::new();
        for x in args.xs.iter().copied() {
            let named: NameOfReply = cx.call(&NameOfArgs { n: x }).await?.data()?;
            names.push(named);
        }
        Ok(
            Returned::success(
                Box::new(FirstOverReply {
                    x: None,
                    more: Some(more),
                    names: Some(names.clone()),
                    second: Some({
                        let mut list = Vec::new();
                        for n in &names {
                            if n.n > 1 {
                                list.push(n.name.clone());
                            }
                        }
                        list
                    }),
                }),
            ),
        )
    }

    /// The function `name_of`.
    #[function(access = Internal, one_query, fails, declaration = "4a658d4f30710d8b")]
    pub async fn name_of(cx: &mut Cx<'_>, args: &NameOfArgs) -> Result<Returned, Stop> {
        const NOBODY: Failure = Failure::new(45, "nobody");
        let caller = cx.caller()?;
        if args.n < 0 {
            return Err(NOBODY.with(&NameOfReplyNobody { n: args.n }).into());
        }
        Ok(
            Returned::success(
                Box::new(NameOfReply {
                    who: caller.clone(),
                    n: args.n,
                    name: [caller.as_str(), " has ", args.n.to_string().as_str()]
                        .concat(),
                }),
            ),
        )
    }

    /// The function `give_points`.
    #[function(access = Internal, writes, fails, declaration = "0cad30d0747aeeb2")]
    pub async fn give_points(
        cx: &mut Cx<'_>,
        args: &GivePointsArgs,
    ) -> Result<Returned, Stop> {
        let caller = cx.caller()?;
        let mut s: Score = match cx
            .get(&LOCK_SCORE_BY_BOARD_PLAYER, &[Param::Text("gift"), caller.param()])
            .await?
            .row()?
        {
            Some(row) => row,
            None => {
                Score {
                    player: caller.clone(),
                    board: "gift".to_owned(),
                    points: 0,
                    total: 0,
                    weight: 1.0,
                    kind: Good::Iron,
                    open: true,
                    at: Time(0),
                    bonus: None,
                    now: 0,
                }
            }
        };
        s.points = ops::add(s.points, args.points)
            .at("managers/many.yaml:335:28: s.points + args.points")?;
        cx.save(&UPSERT_SCORE_POINTS, &s, &s.params()).await?;
        let named: NameOfReply = cx.call(&NameOfArgs { n: s.points }).await?.data()?;
        Ok(
            Returned::success(
                Box::new(GivePointsReply {
                    points: s.points,
                    name: named.name,
                }),
            ),
        )
    }

    /// The function `gift`.
    #[function(access = Player, writes, fails, declaration = "3a89cda449916f24")]
    pub async fn gift(cx: &mut Cx<'_>, args: &GiftArgs) -> Result<Returned, Stop> {
        const NO: Failure = Failure::new(46, "no");
        let theirs: GivePointsReply = cx
            .call_for(
                args.who.clone(),
                &GivePointsArgs {
                    points: args.points,
                },
            )
            .await?
            .data()?;
        let mine: GivePointsReply = match cx.call(&GivePointsArgs { points: 1 }).await {
            Err(Stop::Failed(_)) => {
                return Err(
                    NO
                        .with(
                            &GiftReplyNo {
                                who: args.who.clone(),
                            },
                        )
                        .into(),
                );
            }
            answered => answered?.data()?,
        };
        Ok(
            Returned::success(
                Box::new(GiftReply {
                    theirs: theirs.points,
                    name: theirs.name,
                    mine: mine.points,
                    own: mine.name,
                }),
            ),
        )
    }

    /// The function `ask`.
    #[function(access = Player, one_query, fails, declaration = "e0f22dafc291e748")]
    pub async fn ask(cx: &mut Cx<'_>, args: &AskArgs) -> Result<Returned, Stop> {
        const BAD: Failure = Failure::new(47, "bad");
        let caller = cx.caller()?;
        let named: Option<NameOfReply> = match cx.call(&NameOfArgs { n: args.n }).await {
            Err(Stop::Failed(_)) => None,
            answered => Some(answered?.data()?),
        };
        match cx.call(&NameOfArgs { n: args.n }).await {
            Err(Stop::Failed(_)) => {}
            answered => drop(answered?),
        }
        if args.n < -5 {
            match cx.call(&NameOfArgs { n: args.n }).await {
                Err(Stop::Failed(_)) => {
                    return Err(
                        BAD
                            .with(
                                &AskReplyBad {
                                    n: args.n,
                                    by: AskReplyBadBy { who: caller },
                                },
                            )
                            .into(),
                    );
                }
                answered => answered?,
            };
        }
        Ok(
            Returned::success(
                Box::new(AskReply {
                    found: named.is_some(),
                    n: named.as_ref().map(|reply| reply.n).unwrap_or(0),
                    name: named.as_ref().map(|reply| reply.name.clone()),
                }),
            ),
        )
    }

    /// The function `texts`.
    #[function(access = Public, one_query, declaration = "63853538598c2c02")]
    pub async fn texts(_cx: &mut Cx<'_>, args: &TextsArgs) -> Result<Returned, Stop> {
        let greeting = ["Welcome, ", args.name.as_str(), "!"].concat();
        let empty = String::new();
        let one = args.n.to_string();
        Ok(
            Returned::success(
                Box::new(TextsReply {
                    greeting,
                    all: [
                        ops::add(args.n, 1)
                            .at("managers/many.yaml:380:30: args.n + 1")?
                            .to_string()
                            .as_str(),
                        ", ",
                        args.f.to_string().as_str(),
                        ", ",
                        args.kind.as_str(),
                        " of ",
                        args.who.as_str(),
                        ": ",
                        (if args.n > 1 {
                            "many".to_owned()
                        } else {
                            args.name.to_lowercase()
                        })
                            .as_str(),
                        " {",
                        args.n.to_string().as_str(),
                        "}",
                    ]
                        .concat(),
                    one,
                    length: ops::characters(&empty),
                    kind: args.kind.as_str().to_owned(),
                    numbered: [1i64, 2]
                        .into_iter()
                        .map(|i| ["no. ", i.to_string().as_str()].concat())
                        .collect(),
                }),
            ),
        )
    }
}
