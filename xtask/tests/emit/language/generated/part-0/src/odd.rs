//! What nobody writes on purpose.
//!
//! Written by `cargo xtask gen` from managers/odd.yaml. Do not edit.

use aliya_runtime::prelude::*;

use crate::enums::{Good, Rank};
use crate::formulas;

/// A row of `number`.
#[derive(Clone, Table)]
#[table(name = "odd_number")]
pub struct Number {
    pub id: Id,
}

/// A row of `thing`.
#[derive(Clone, Table)]
#[table(name = "odd_thing")]
pub struct Thing {
    pub player: PlayerId,
    pub n: i64,
    pub kept: bool,
}

/// A row of `part`.
#[derive(Clone, Table)]
#[table(name = "odd_part")]
pub struct Part {
    pub player: PlayerId,
    pub numbers: Vec<i64>,
    pub ranks: Vec<Rank>,
    pub counts: Vec<BTreeMap<String, i64>>,
    pub lists: BTreeMap<Good, Vec<f64>>,
}

/// A row of `ticket`.
#[derive(Clone, Table)]
#[table(name = "odd_ticket")]
pub struct Ticket {
    pub id: Id,
    pub player: PlayerId,
    pub n: i64,
}

/// A row of `label`.
#[derive(Clone, Table)]
#[table(name = "odd_label")]
pub struct Label {
    pub player: PlayerId,
    #[column(min = 1, max = 9)]
    pub text: String,
}

/// Args of `put_thing`.
#[derive(Args)]
pub struct PutThingArgs {
    pub n: i64,
}

/// Reply of `put_thing`.
#[derive(Reply)]
pub struct PutThingReply {
    pub none: i64,
}

/// Args of `number_rows`.
#[derive(Args)]
pub struct NumberRowsArgs {
    pub many: i64,
}

/// Reply of `number_rows`.
#[derive(Reply)]
pub struct NumberRowsReply {
    pub written: i64,
}

/// Args of `filtered`.
#[derive(Args)]
pub struct FilteredArgs {
    pub yes: bool,
}

/// Reply of `filtered`.
#[derive(Reply)]
pub struct FilteredReply {
    pub tested: Vec<i64>,
    pub given: Vec<i64>,
    pub either: Vec<i64>,
    pub made: Vec<Vec<i64>>,
}

/// Args of `take_apart`.
#[derive(Args)]
pub struct TakeApartArgs {}

/// Reply of `take_apart`.
#[derive(Reply)]
pub struct TakeApartReply {
    pub numbers: Vec<i64>,
    pub ranks: Vec<Rank>,
    pub counts: Vec<BTreeMap<String, i64>>,
    pub lists: BTreeMap<Good, Vec<f64>>,
}

/// Args of `take_ticket`.
#[derive(Args)]
pub struct TakeTicketArgs {
    pub n: i64,
}

/// Reply of `take_ticket`.
#[derive(Reply)]
pub struct TakeTicketReply {
    pub n: i64,
}

/// An object in the reply of `take_ticket`.
#[derive(Clone, Reply)]
pub struct TakeTicketReplyTaken {
    pub of: i64,
}

/// Args of `keep_thing`.
#[derive(Args)]
pub struct KeepThingArgs {}

/// Reply of `keep_thing`.
#[derive(Reply)]
pub struct KeepThingReply {
    pub n: i64,
}

/// Args of `go_through`.
#[derive(Args)]
pub struct GoThroughArgs {}

/// Reply of `go_through`.
#[derive(Reply)]
pub struct GoThroughReply {
    pub floats: Option<Vec<f64>>,
    pub ints: Option<Vec<i64>>,
    pub chosen: Option<Vec<f64>>,
    pub spans: Option<Vec<i64>>,
    pub clamped: Option<Vec<f64>>,
    pub joined: Option<Vec<f64>>,
    pub turned: Option<Vec<f64>>,
    pub lowest: Option<i64>,
    pub lists: Option<BTreeMap<Good, Vec<f64>>>,
    pub counts: Option<Vec<BTreeMap<String, i64>>>,
    pub at: Option<i64>,
}

/// An object in the reply of `go_through`.
#[derive(Clone, Reply)]
pub struct GoThroughReplySelf {
    pub of: GoThroughReplySelfOf,
}

/// An object in the reply of `go_through`.
#[derive(Clone, Reply)]
pub struct GoThroughReplySelfOf {
    pub name: String,
}

/// Args of `label`.
#[derive(Args)]
pub struct LabelArgs {
    pub texts: Vec<String>,
}

/// Reply of `label`.
#[derive(Reply)]
pub struct LabelReply {
    pub labels: i64,
}

/// Args of `far`.
#[derive(Args)]
pub struct FarArgs {
    pub n: i64,
}

/// Reply of `far`.
#[derive(Reply)]
pub struct FarReply {
    pub few: i64,
    pub times: i64,
    pub beyond: bool,
}

/// Args of `never`.
#[derive(Args)]
pub struct NeverArgs {}

/// Reply of `never`.
#[derive(Reply)]
pub struct NeverReply {
    #[reply(name = "Self")]
    pub self_: NeverReplySelf,
}

/// An object in the reply of `never`.
#[derive(Clone, Reply)]
pub struct NeverReplySelf {
    #[reply(name = "self")]
    pub self_: NeverReplySelfSelf,
}

/// An object in the reply of `never`.
#[derive(Clone, Reply)]
pub struct NeverReplySelfSelf {
    #[reply(name = "Self")]
    pub self_: i64,
}

/// Args of `luck`.
#[derive(Args)]
pub struct LuckArgs {
    pub n: i64,
}

/// Reply of `luck`.
#[derive(Reply)]
pub struct LuckReply {
    #[reply(name = "args_")]
    pub args: i64,
    pub cx: PlayerId,
}

/// Args of `note_luck`.
#[derive(Args, Outgoing)]
#[callee(manager = "odd", function = "note_luck")]
pub struct NoteLuckArgs {
    pub n: i64,
}

/// Reply of `note_luck`.
#[derive(Clone, Reply, Incoming)]
pub struct NoteLuckReply {}

/// Args of `thing_of`.
#[derive(Args, Outgoing)]
#[callee(manager = "odd", function = "thing_of")]
pub struct ThingOfArgs {}

/// Reply of `thing_of`.
#[derive(Clone, Reply, Incoming)]
pub struct ThingOfReply {
    pub n: i64,
}

/// Args of `look_after`.
#[derive(Args, Outgoing)]
#[callee(manager = "odd", function = "look_after")]
pub struct LookAfterArgs {}

/// Reply of `look_after`.
#[derive(Clone, Reply, Incoming)]
pub struct LookAfterReply {}

static CREATE_NUMBER: Statement = Statement {
    name: "odd.number.create",
    sqlite: r#"CREATE TABLE "odd_number" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT
) STRICT"#,
    postgres: r#"CREATE TABLE "odd_number" (
  "id" BIGINT GENERATED BY DEFAULT AS IDENTITY,
  CONSTRAINT "odd_number_pkey" PRIMARY KEY ("id")
)"#,
    mysql: r#"CREATE TABLE `odd_number` (
  `id` BIGINT NOT NULL AUTO_INCREMENT,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"#,
};

static CREATE_THING: Statement = Statement {
    name: "odd.thing.create",
    sqlite: r#"CREATE TABLE "odd_thing" (
  "player" TEXT NOT NULL,
  "n" INTEGER NOT NULL DEFAULT 0,
  "kept" INTEGER NOT NULL DEFAULT 1
    CONSTRAINT "odd_thing_kept_bool" CHECK ("kept" IN (0, 1)),
  PRIMARY KEY ("player")
) STRICT, WITHOUT ROWID"#,
    postgres: r#"CREATE TABLE "odd_thing" (
  "player" TEXT COLLATE "C" NOT NULL,
  "n" BIGINT NOT NULL DEFAULT 0,
  "kept" BIGINT NOT NULL DEFAULT 1
    CONSTRAINT "odd_thing_kept_bool" CHECK ("kept" IN (0, 1)),
  CONSTRAINT "odd_thing_pkey" PRIMARY KEY ("player")
)"#,
    mysql: r#"CREATE TABLE `odd_thing` (
  `player` VARCHAR(255) NOT NULL,
  `n` BIGINT NOT NULL DEFAULT 0,
  `kept` TINYINT NOT NULL DEFAULT 1,
  PRIMARY KEY (`player`),
  CONSTRAINT `odd_thing_kept_bool` CHECK (`kept` IN (0, 1))
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"#,
};

static INDEX_THING_N: Statement = Statement {
    name: "odd.thing.index_n",
    sqlite: r#"CREATE INDEX "idx_odd_thing__n" ON "odd_thing" ("n")"#,
    postgres: r#"CREATE INDEX "idx_odd_thing__n" ON "odd_thing" ("n")"#,
    mysql: "CREATE INDEX `idx_odd_thing__n` ON `odd_thing` (`n`)",
};

static CREATE_PART: Statement = Statement {
    name: "odd.part.create",
    sqlite: r#"CREATE TABLE "odd_part" (
  "player" TEXT NOT NULL,
  "numbers" TEXT NOT NULL,
  "ranks" TEXT NOT NULL,
  "counts" TEXT NOT NULL,
  "lists" TEXT NOT NULL,
  PRIMARY KEY ("player")
) STRICT, WITHOUT ROWID"#,
    postgres: r#"CREATE TABLE "odd_part" (
  "player" TEXT COLLATE "C" NOT NULL,
  "numbers" TEXT COLLATE "C" NOT NULL,
  "ranks" TEXT COLLATE "C" NOT NULL,
  "counts" TEXT COLLATE "C" NOT NULL,
  "lists" TEXT COLLATE "C" NOT NULL,
  CONSTRAINT "odd_part_pkey" PRIMARY KEY ("player")
)"#,
    mysql: r#"CREATE TABLE `odd_part` (
  `player` VARCHAR(255) NOT NULL,
  `numbers` LONGTEXT NOT NULL,
  `ranks` LONGTEXT NOT NULL,
  `counts` LONGTEXT NOT NULL,
  `lists` LONGTEXT NOT NULL,
  PRIMARY KEY (`player`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"#,
};

static CREATE_TICKET: Statement = Statement {
    name: "odd.ticket.create",
    sqlite: r#"CREATE TABLE "odd_ticket" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT,
  "player" TEXT NOT NULL,
  "n" INTEGER NOT NULL
) STRICT"#,
    postgres: r#"CREATE TABLE "odd_ticket" (
  "id" BIGINT GENERATED BY DEFAULT AS IDENTITY,
  "player" TEXT COLLATE "C" NOT NULL,
  "n" BIGINT NOT NULL,
  CONSTRAINT "odd_ticket_pkey" PRIMARY KEY ("id")
)"#,
    mysql: r#"CREATE TABLE `odd_ticket` (
  `id` BIGINT NOT NULL AUTO_INCREMENT,
  `player` VARCHAR(255) NOT NULL,
  `n` BIGINT NOT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"#,
};

static UNIQUE_TICKET_PLAYER_N: Statement = Statement {
    name: "odd.ticket.unique_player_n",
    sqlite: r#"CREATE UNIQUE INDEX "unique_odd_ticket__player__n" ON "odd_ticket" ("player", "n")"#,
    postgres: r#"CREATE UNIQUE INDEX "unique_odd_ticket__player__n" ON "odd_ticket" ("player", "n")"#,
    mysql: "CREATE UNIQUE INDEX `unique_odd_ticket__player__n` ON `odd_ticket` (`player`, `n`)",
};

static CREATE_LABEL: Statement = Statement {
    name: "odd.label.create",
    sqlite: r#"CREATE TABLE "odd_label" (
  "player" TEXT NOT NULL,
  "text" TEXT NOT NULL
    CONSTRAINT "odd_label_text_min" CHECK (length("text") >= 1)
    CONSTRAINT "odd_label_text_max" CHECK (length("text") <= 9),
  PRIMARY KEY ("player", "text")
) STRICT, WITHOUT ROWID"#,
    postgres: r#"CREATE TABLE "odd_label" (
  "player" TEXT COLLATE "C" NOT NULL,
  "text" TEXT COLLATE "C" NOT NULL
    CONSTRAINT "odd_label_text_min" CHECK (char_length("text") >= 1)
    CONSTRAINT "odd_label_text_max" CHECK (char_length("text") <= 9),
  CONSTRAINT "odd_label_pkey" PRIMARY KEY ("player", "text")
)"#,
    mysql: r#"CREATE TABLE `odd_label` (
  `player` VARCHAR(255) NOT NULL,
  `text` VARCHAR(9) NOT NULL,
  PRIMARY KEY (`player`, `text`),
  CONSTRAINT `odd_label_text_min` CHECK (CHAR_LENGTH(`text`) >= 1),
  CONSTRAINT `odd_label_text_max` CHECK (CHAR_LENGTH(`text`) <= 9)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"#,
};

static LOCK_THING_BY_PLAYER: Statement = Statement {
    name: "odd.thing.lock_by_player",
    sqlite: r#"SELECT "player", "n", "kept" FROM "odd_thing" WHERE "player" = ?1"#,
    postgres: r#"SELECT "player", "n", "kept" FROM "odd_thing" WHERE "player" = $1 FOR UPDATE"#,
    mysql: "SELECT `player`, `n`, `kept` FROM `odd_thing` WHERE `player` = ? FOR UPDATE",
};

static UPSERT_THING_N: Statement = Statement {
    name: "odd.thing.upsert_n",
    sqlite: r#"INSERT INTO "odd_thing" ("player", "n", "kept")
VALUES (?1, ?2, ?3)
ON CONFLICT ("player") DO UPDATE SET "n" = excluded."n""#,
    postgres: r#"INSERT INTO "odd_thing" ("player", "n", "kept")
VALUES ($1, $2, $3)
ON CONFLICT ("player") DO UPDATE SET "n" = excluded."n""#,
    mysql: r#"INSERT INTO `odd_thing` (`player`, `n`, `kept`)
VALUES (?, ?, ?)
ON DUPLICATE KEY UPDATE `n` = VALUES(`n`)"#,
};

static COUNT_THING_BY_N_IN: Statement = Statement {
    name: "odd.thing.count_by_n_in",
    sqlite: r#"SELECT COUNT(*) FROM "odd_thing" WHERE "n" IN (SELECT value FROM json_each(?1))"#,
    postgres: r#"SELECT COUNT(*)
FROM "odd_thing"
WHERE "n" = ANY (ARRAY(SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST($1 AS json))))"#,
    mysql: r#"SELECT COUNT(*)
FROM `odd_thing`
WHERE `n` IN (SELECT `value` FROM JSON_TABLE(?, '$[*]' COLUMNS (`value` BIGINT PATH '$')) AS `list`)"#,
};

static INSERT_NUMBER: Statement = Statement {
    name: "odd.number.insert",
    sqlite: r#"INSERT INTO "odd_number" DEFAULT VALUES"#,
    postgres: r#"INSERT INTO "odd_number" DEFAULT VALUES"#,
    mysql: "INSERT INTO `odd_number` () VALUES ()",
};

static SELECT_THING_ALL_ORDER_PLAYER_FIRST: Statement = Statement {
    name: "odd.thing.select_all_order_player_first",
    sqlite: r#"SELECT "player", "n", "kept" FROM "odd_thing" ORDER BY "player" LIMIT ?1"#,
    postgres: r#"SELECT "player", "n", "kept" FROM "odd_thing" ORDER BY "player" LIMIT $1"#,
    mysql: "SELECT `player`, `n`, `kept` FROM `odd_thing` ORDER BY `player` LIMIT ?",
};

static INSERT_PART: Statement = Statement {
    name: "odd.part.insert",
    sqlite: r#"INSERT INTO "odd_part" ("player", "numbers", "ranks", "counts", "lists")
VALUES (?1, ?2, ?3, ?4, ?5)"#,
    postgres: r#"INSERT INTO "odd_part" ("player", "numbers", "ranks", "counts", "lists")
VALUES ($1, $2, $3, $4, $5)"#,
    mysql: r#"INSERT INTO `odd_part` (`player`, `numbers`, `ranks`, `counts`, `lists`)
VALUES (?, ?, ?, ?, ?)"#,
};

static INSERT_TICKET_NEW_RETURNING_ID: Statement = Statement {
    name: "odd.ticket.insert_new_returning_id",
    sqlite: r#"INSERT INTO "odd_ticket" ("player", "n")
VALUES (?1, ?2)
ON CONFLICT DO NOTHING
RETURNING "id""#,
    postgres: r#"INSERT INTO "odd_ticket" ("player", "n")
VALUES ($1, $2)
ON CONFLICT DO NOTHING
RETURNING "id""#,
    mysql: "INSERT INTO `odd_ticket` (`player`, `n`) VALUES (?, ?)",
};

static GET_LABEL_BY_PLAYER_TEXT: Statement = Statement {
    name: "odd.label.get_by_player_text",
    sqlite: r#"SELECT "player", "text" FROM "odd_label" WHERE "player" = ?1 AND "text" = ?2"#,
    postgres: r#"SELECT "player", "text" FROM "odd_label" WHERE "player" = $1 AND "text" = $2"#,
    mysql: "SELECT `player`, `text` FROM `odd_label` WHERE `player` = ? AND `text` = ?",
};

static REPLACE_LABEL: Statement = Statement {
    name: "odd.label.replace",
    sqlite: r#"INSERT INTO "odd_label" ("player", "text")
VALUES (?1, ?2)
ON CONFLICT ("player", "text") DO UPDATE SET "player" = excluded."player", "text" = excluded."text""#,
    postgres: r#"INSERT INTO "odd_label" ("player", "text")
VALUES ($1, $2)
ON CONFLICT ("player", "text") DO UPDATE SET "player" = excluded."player", "text" = excluded."text""#,
    mysql: r#"INSERT INTO `odd_label` (`player`, `text`)
VALUES (?, ?)
ON DUPLICATE KEY UPDATE `player` = VALUES(`player`), `text` = VALUES(`text`)"#,
};

static COUNT_LABEL: Statement = Statement {
    name: "odd.label.count",
    sqlite: r#"SELECT COUNT(*) FROM "odd_label""#,
    postgres: r#"SELECT COUNT(*) FROM "odd_label""#,
    mysql: "SELECT COUNT(*) FROM `odd_label`",
};

static COUNT_THING: Statement = Statement {
    name: "odd.thing.count",
    sqlite: r#"SELECT COUNT(*) FROM "odd_thing""#,
    postgres: r#"SELECT COUNT(*) FROM "odd_thing""#,
    mysql: "SELECT COUNT(*) FROM `odd_thing`",
};

static SELECT_NUMBER_ALL_ORDER_ID_FIRST: Statement = Statement {
    name: "odd.number.select_all_order_id_first",
    sqlite: r#"SELECT "id" FROM "odd_number" ORDER BY "id" LIMIT ?1"#,
    postgres: r#"SELECT "id" FROM "odd_number" ORDER BY "id" LIMIT $1"#,
    mysql: "SELECT `id` FROM `odd_number` ORDER BY `id` LIMIT ?",
};

static GET_THING_BY_PLAYER: Statement = Statement {
    name: "odd.thing.get_by_player",
    sqlite: r#"SELECT "player", "n", "kept" FROM "odd_thing" WHERE "player" = ?1"#,
    postgres: r#"SELECT "player", "n", "kept" FROM "odd_thing" WHERE "player" = $1"#,
    mysql: "SELECT `player`, `n`, `kept` FROM `odd_thing` WHERE `player` = ?",
};

static INSERT_THING_NEW: Statement = Statement {
    name: "odd.thing.insert_new",
    sqlite: r#"INSERT INTO "odd_thing" ("player", "n", "kept") VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING"#,
    postgres: r#"INSERT INTO "odd_thing" ("player", "n", "kept") VALUES ($1, $2, $3) ON CONFLICT DO NOTHING"#,
    mysql: "INSERT INTO `odd_thing` (`player`, `n`, `kept`) VALUES (?, ?, ?)",
};

/// What nobody writes on purpose.
pub struct OddManager;

#[manager(
    name = "odd",
    port = 9112,
    schema = [
        CREATE_NUMBER,
        CREATE_THING,
        INDEX_THING_N,
        CREATE_PART,
        CREATE_TICKET,
        UNIQUE_TICKET_PLAYER_N,
        CREATE_LABEL,
    ],
)]
impl OddManager {
    /// Nothing is in an empty list.
    #[function(access = Player, writes, declaration = "640508e048a8fbf0")]
    pub async fn put_thing(
        cx: &mut Cx<'_>,
        args: &PutThingArgs,
    ) -> Result<Returned, Stop> {
        let caller = cx.caller()?;
        let mut t: Thing = match cx
            .get(&LOCK_THING_BY_PLAYER, &[caller.param()])
            .await?
            .row()?
        {
            Some(row) => row,
            None => {
                Thing {
                    player: caller.clone(),
                    n: 0,
                    kept: true,
                }
            }
        };
        t.n = args.n;
        cx.save(&UPSERT_THING_N, &t, &t.params()).await?;
        let none: i64 = cx
            .value(
                &COUNT_THING_BY_N_IN,
                &[Param::Text("[]")],
                "managers/odd.yaml:41:13: count",
            )
            .await?
            .value()?;
        Ok(Returned::success(Box::new(PutThingReply { none })))
    }

    /// Rows that have nothing but what the database gives them.
    #[function(access = Player, writes, declaration = "d6fd32b24af0b024")]
    pub async fn number_rows(
        cx: &mut Cx<'_>,
        args: &NumberRowsArgs,
    ) -> Result<Returned, Stop> {
        let rows: Vec<_> = ops::range(1, args.many)
            .at("managers/odd.yaml:50:25: range(1, args.many)")?
            .into_iter()
            .map(|_x| Number { id: Id(0) })
            .collect();
        let written = cx.insert_all(&INSERT_NUMBER, &rows, |_| vec![]).await?;
        Ok(Returned::success(Box::new(NumberRowsReply { written })))
    }

    /// Of an item, the condition alone is read, or the value alone.
    #[function(access = Player, one_query, declaration = "34168339b2d9d9af")]
    pub async fn filtered(
        cx: &mut Cx<'_>,
        args: &FilteredArgs,
    ) -> Result<Returned, Stop> {
        let rows: Vec<Thing> = cx
            .select(&SELECT_THING_ALL_ORDER_PLAYER_FIRST, &[Param::Int(10)])
            .await?
            .rows()?;
        Ok(
            Returned::success(
                Box::new(FilteredReply {
                    tested: rows.iter().filter(|t| t.kept).map(|_| 1).collect(),
                    given: rows.iter().filter(|_| args.yes).map(|t| t.n).collect(),
                    either: {
                        let mut list = Vec::new();
                        for (i, x) in (0_i64..)
                            .zip(
                                ops::items::<i64, _>(
                                    if args.yes { vec![5i64, 6i64] } else { vec![7i64] },
                                ),
                            )
                        {
                            if i < 1 {
                                list.push(x);
                            }
                        }
                        list
                    },
                    made: [8i64, 9]
                        .into_iter()
                        .map(|x| [x].into_iter().map(|y| y).collect())
                        .collect(),
                }),
            ),
        )
    }

    /// What is in a list or map becomes what is wanted there, as it does alone.
    #[function(access = Player, writes, fails, declaration = "c7498fa3cce509f6")]
    pub async fn take_apart(
        cx: &mut Cx<'_>,
        _args: &TakeApartArgs,
    ) -> Result<Returned, Stop> {
        let caller = cx.caller()?;
        let p = Part {
            player: caller,
            numbers: vec![10, 3],
            ranks: vec![Rank::Owner, Rank::Elite],
            counts: vec![
                BTreeMap::from([("a".to_owned(), 1), ("b".to_owned(), -1)]),
                BTreeMap::new(),
            ],
            lists: BTreeMap::from([
                (Good::Iron, Vec::new()),
                (Good::Self_, vec![1.0, 0.5]),
            ]),
        };
        cx.insert(&INSERT_PART, &p, &p.params()).await?;
        Ok(
            Returned::success(
                Box::new(TakeApartReply {
                    numbers: p.numbers,
                    ranks: p.ranks,
                    counts: p.counts,
                    lists: p.lists,
                }),
            ),
        )
    }

    /// What an error says may itself go wrong.
    #[function(access = Player, writes, fails, declaration = "1a763048b2d304bd")]
    pub async fn take_ticket(
        cx: &mut Cx<'_>,
        args: &TakeTicketArgs,
    ) -> Result<Returned, Stop> {
        const TAKEN: Failure = Failure::new(132, "taken");
        let caller = cx.caller()?;
        let mut t = Ticket {
            id: Id(0),
            player: caller,
            n: args.n,
        };
        t.id = match cx
            .insert_id_or_ignore(
                &INSERT_TICKET_NEW_RETURNING_ID,
                &t,
                &[t.player.param(), t.n.param()],
            )
            .await?
        {
            Some(id) => id,
            None => {
                return Err(
                    TAKEN
                        .with(
                            &TakeTicketReplyTaken {
                                of: ops::div(100, args.n)
                                    .at("managers/odd.yaml:87:25: 100 / args.n")?,
                            },
                        )
                        .into(),
                );
            }
        };
        Ok(Returned::success(Box::new(TakeTicketReply { n: t.n })))
    }

    /// A row is written as it is.
    #[function(access = Player, writes, declaration = "a88b681fbc0ab1fb")]
    pub async fn keep_thing(
        cx: &mut Cx<'_>,
        _args: &KeepThingArgs,
    ) -> Result<Returned, Stop> {
        let caller = cx.caller()?;
        let t: Thing = match cx
            .get(&LOCK_THING_BY_PLAYER, &[caller.param()])
            .await?
            .row()?
        {
            Some(row) => row,
            None => {
                Thing {
                    player: caller.clone(),
                    n: 0,
                    kept: true,
                }
            }
        };
        cx.save(&UPSERT_THING_N, &t, &t.params()).await?;
        Ok(Returned::success(Box::new(KeepThingReply { n: t.n })))
    }

    /// Numbers of which the list alone says what they are, and what is in what is gone through.
    #[function(access = Player, writes, fails, declaration = "ab9dbce0780a1a72")]
    pub async fn go_through(
        cx: &mut Cx<'_>,
        _args: &GoThroughArgs,
    ) -> Result<Returned, Stop> {
        const SELF: Failure = Failure::new(131, "unlike");
        let caller = cx.caller()?;
        let mut floats: Vec<f64> = Vec::new();
        for x in [-1.5f64, 2.0] {
            floats.push(x.max(0.5));
        }
        let mut ints: Vec<i64> = Vec::new();
        for x in [-3i64, 4] {
            ints.push(x.min(0));
        }
        let mut chosen: Vec<f64> = Vec::new();
        for x in ops::items::<f64, _>([
            if ops::len(&floats) == 0 { -1.5f64 } else { 2.5f64 },
        ]) {
            chosen.push(x.max(0.5));
        }
        let mut spans: Vec<i64> = Vec::new();
        for x in ops::items::<i64, _>([3600000, 7200000]) {
            spans.push(x.min(5));
        }
        let mut clamped: Vec<f64> = Vec::new();
        for x in ops::items::<f64, _>([ops::clamp(1.5, 0.0, 2.0)]) {
            clamped.push(x.max(2.0));
        }
        let mut joined: Vec<f64> = Vec::new();
        for x in ops::items::<f64, _>([[1.5].as_slice(), [2.5].as_slice()].concat()) {
            joined.push(x.max(2.0));
        }
        let mut turned: Vec<f64> = Vec::new();
        for x in ops::items::<f64, _>([
            -(if ops::len(&joined) > 5 { 1.5 } else { -2.5 }),
            2.5,
        ]) {
            turned.push(x.min(2.0));
        }
        let p = Part {
            player: caller.clone(),
            numbers: Vec::new(),
            ranks: Vec::new(),
            counts: vec![
                BTreeMap::from([("a".to_owned(), 1), ("b".to_owned(), 2)]),
                BTreeMap::new(),
            ],
            lists: BTreeMap::from([(Good::Iron, vec![2.0, 0.5])]),
        };
        cx.insert(&INSERT_PART, &p, &p.params()).await?;
        for counted in &p.counts {
            for (name, &n) in counted {
                let l: Label = match cx
                    .get(&GET_LABEL_BY_PLAYER_TEXT, &[caller.param(), name.param()])
                    .await?
                    .row()?
                {
                    Some(row) => row,
                    None => {
                        Label {
                            player: caller.clone(),
                            text: name.clone(),
                        }
                    }
                };
                if l.text != *name || n <= 0 {
                    return Err(
                        SELF
                            .with(
                                &GoThroughReplySelf {
                                    of: GoThroughReplySelfOf {
                                        name: name.clone(),
                                    },
                                },
                            )
                            .into(),
                    );
                }
            }
        }
        for list in p.lists.values() {
            for (i, x) in (0_i64..).zip(list.iter().copied()) {
                if x >= 1.0 {
                    continue;
                }
                return Ok(
                    Returned::success(
                        Box::new(GoThroughReply {
                            floats: Some(floats),
                            ints: Some(ints),
                            chosen: Some(chosen),
                            spans: Some(spans),
                            clamped: Some(clamped),
                            joined: Some(joined),
                            turned: Some(turned),
                            lowest: Some(formulas::lowest_of(2)?),
                            lists: Some(p.lists),
                            counts: Some(p.counts),
                            at: Some(i),
                        }),
                    ),
                );
            }
        }
        Ok(
            Returned::success(
                Box::new(GoThroughReply {
                    floats: None,
                    ints: None,
                    chosen: None,
                    spans: None,
                    clamped: None,
                    joined: None,
                    turned: None,
                    lowest: None,
                    lists: None,
                    counts: None,
                    at: None,
                }),
            ),
        )
    }

    /// A column takes texts of 1 to 9 characters, and is given any.
    #[function(access = Player, writes, declaration = "b144b639427f17ee")]
    pub async fn label(cx: &mut Cx<'_>, args: &LabelArgs) -> Result<Returned, Stop> {
        let caller = cx.caller()?;
        let rows: Vec<_> = args
            .texts
            .iter()
            .map(|text| Label {
                player: caller.clone(),
                text: text.clone(),
            })
            .collect();
        cx.insert_all(&REPLACE_LABEL, &rows, Label::params).await?;
        let labels: i64 = cx
            .value(&COUNT_LABEL, &[], "managers/odd.yaml:154:13: count")
            .await?
            .value()?;
        Ok(Returned::success(Box::new(LabelReply { labels })))
    }

    /// Numbers that are too large for what the compiler takes them for.
    #[function(access = Player, declaration = "4ffaf83a990b010a")]
    pub async fn far(cx: &mut Cx<'_>, args: &FarArgs) -> Result<Returned, Stop> {
        let few: i64 = cx
            .value(
                &COUNT_THING_BY_N_IN,
                &[Param::Text(&ops::json(&[0, 1]))],
                "managers/odd.yaml:161:13: count",
            )
            .await?
            .value()?;
        let mut alls: Vec<i64> = Vec::new();
        for _x in [9223372036854775807i64, -3000000000i64] {
            let all: i64 = cx
                .value(&COUNT_THING, &[], "managers/odd.yaml:166:17: count")
                .await?
                .value()?;
            alls.push(all);
        }
        Ok(
            Returned::success(
                Box::new(FarReply {
                    few,
                    times: ops::len(&alls),
                    beyond: args.n > 9223372036854775807i64,
                }),
            ),
        )
    }

    /// An error that never comes, and whose data nobody needs.
    #[function(access = Player, writes, fails, declaration = "6d034f62c1a595c2")]
    pub async fn never(cx: &mut Cx<'_>, _args: &NeverArgs) -> Result<Returned, Stop> {
        let returned: Result<Returned, Stop> = async {
            let cx = &mut *cx;
            let numbers: Vec<Number> = cx
                .select(&SELECT_NUMBER_ALL_ORDER_ID_FIRST, &[Param::Int(1)])
                .await?
                .rows()?;
            for _n in numbers {}
            Ok(
                Returned::success(
                    Box::new(NeverReply {
                        self_: NeverReplySelf {
                            self_: NeverReplySelfSelf { self_: 1 },
                        },
                    }) as Box<dyn Reply>,
                ),
            )
        }
            .await;
        let returned = returned?;
        cx.call(&LookAfterArgs {}).await?;
        Ok(returned)
    }

    /// It waits for nothing, and something follows it.
    #[function(access = Player, writes, declaration = "e0cd7cf1f0e0c988")]
    pub async fn luck(cx: &mut Cx<'_>, _args: &LuckArgs) -> Result<Returned, Stop> {
        let returned: Result<Returned, Stop> = async {
            let cx = &mut *cx;
            let caller = cx.caller()?;
            let drawn: i64 = cx
                .draw_one(&[4], |_| Ok(1), "managers/odd.yaml:192:13: draw")?;
            Ok(
                Returned::success(
                    Box::new(LuckReply {
                        args: drawn,
                        cx: caller,
                    }) as Box<dyn Reply>,
                ),
            )
        }
            .await;
        let returned = returned?;
        let reply = returned.data::<LuckReply>()?;
        cx.call(&NoteLuckArgs { n: reply.args }).await?;
        Ok(returned)
    }

    /// The function `note_luck`.
    #[function(
        access = Internal,
        writes,
        runs = After,
        declaration = "19e8369a6881519a"
    )]
    pub async fn note_luck(
        cx: &mut Cx<'_>,
        args: &NoteLuckArgs,
    ) -> Result<Returned, Stop> {
        let caller = cx.caller()?;
        let mut t: Thing = match cx
            .get(&LOCK_THING_BY_PLAYER, &[caller.param()])
            .await?
            .row()?
        {
            Some(row) => row,
            None => {
                Thing {
                    player: caller.clone(),
                    n: 0,
                    kept: true,
                }
            }
        };
        t.n = ops::add(t.n, args.n).at("managers/odd.yaml:203:23: t.n + args.n")?;
        cx.save(&UPSERT_THING_N, &t, &t.params()).await?;
        Ok(Returned::success(Box::new(NoteLuckReply {})))
    }

    /// The function `thing_of`.
    #[function(access = Internal, one_query, fails, declaration = "5115bb7a90da9512")]
    pub async fn thing_of(
        cx: &mut Cx<'_>,
        _args: &ThingOfArgs,
    ) -> Result<Returned, Stop> {
        const NO_THING: Failure = Failure::new(131, "no such thing");
        let caller = cx.caller()?;
        let t: Thing = cx
            .get(&GET_THING_BY_PLAYER, &[caller.param()])
            .await?
            .row()?
            .ok_or(NO_THING)?;
        Ok(Returned::success(Box::new(ThingOfReply { n: t.n })))
    }

    /// What it asks may fail, and it goes on.
    #[function(
        access = Internal,
        writes,
        runs = After,
        declaration = "34967f169e7a9319"
    )]
    pub async fn look_after(
        cx: &mut Cx<'_>,
        _args: &LookAfterArgs,
    ) -> Result<Returned, Stop> {
        let caller = cx.caller()?;
        let had: Option<ThingOfReply> = match cx.call(&ThingOfArgs {}).await {
            Err(Stop::Failed(_)) => None,
            answered => Some(answered?.data()?),
        };
        let thing = Thing {
            player: caller,
            n: had.as_ref().map(|reply| reply.n).unwrap_or(7),
            kept: true,
        };
        cx.insert_or_ignore(&INSERT_THING_NEW, &thing, &thing.params()).await?;
        Ok(Returned::success(Box::new(LookAfterReply {})))
    }
}
